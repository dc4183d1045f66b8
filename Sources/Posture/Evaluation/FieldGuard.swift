internal import CEL
internal import Connectors
internal import JSON
internal import Text
internal import YAML

/// What a field must hold for a verdict that reads it: a value of its documented type.
///
/// CEL compares values of different types without a word: a status that is null is not "ACTIVE". Where the collection's
/// `fields` say what a field's type is, null, an empty text and other types are no values: what reads them is unknown,
/// unless `fields` cites what the form means. A field that is not there is the conditions' matter.
struct FieldGuard: Sendable {
  let path: [String]
  let type: CollectionField.ValueType
  /// The forms whose meaning is documented.
  let accepted: Set<CollectionField.Form>

  /// Why the resource's field can't be read; nil when it can, or is not there.
  func fault(in view: JSONView) -> String? { fault(in: view, path[...]) }

  private func fault(in view: JSONView, _ rest: ArraySlice<String>) -> String? {
    if let name = rest.first {
      if view.kind == .array {
        for element in view.elements {
          if let fault = fault(in: element, rest) { return fault }
        }
        return nil
      }
      return view[name].flatMap { fault(in: $0, rest.dropFirst()) }
    }
    let name = path.joined(separator: ".")
    if view.isNull {
      return accepted.contains(.null) ? nil : "'\(name)' is null, not \(type.withArticle)"
    }
    if view.equals("" as StaticString) {
      return accepted.contains(.empty) ? nil : "'\(name)' is empty, not \(type.withArticle)"
    }
    return holds(view) ? nil : "'\(name)' is not \(type.withArticle)"
  }

  private func holds(_ view: JSONView) -> Bool {
    switch type {
    case .bool: view.bool != nil
    case .int, .double: view.double != nil
    case .string, .time, .duration: view.kind == .string
    // Exporters write a list of one as its element.
    case .list: true
    case .object: view.kind == .object
    }
  }
}

extension FieldGuard {
  /// Says of each row of a batch whether the field can be read.
  func column(in batch: BatchProgram, ofParents: Bool) -> JSONColumn {
    var tags: Set<JSONColumn.Tag> =
      switch type {
      case .bool: [.no, .yes]
      case .int, .double: [.int, .uint, .double]
      case .string, .time, .duration: [.text]
      // Exporters write a list of one as its element.
      case .list: [.no, .yes, .int, .uint, .double, .text, .array, .object]
      case .object: [.object]
      }
    if accepted.contains(.null) { tags.insert(.null) }
    return batch.readable(
      path, ofParents: ofParents, as: tags, allowsEmpty: accepted.contains(.empty))
  }
}

extension CollectionField.ValueType {
  fileprivate var withArticle: String {
    switch self {
    case .bool: "a boolean"
    case .int, .double: "a number"
    case .string: "a text"
    case .time: "a time"
    case .duration: "a duration"
    case .list: "a list"
    case .object: "an object"
    }
  }
}

/// The guards of one recommendation: of the fields that its conditions name, in every collection that they read.
struct FieldGuards: Sendable {
  /// Those that `where` reads, and those that are asked of what it lets in.
  private let filter: Guards
  private let condition: Guards
  private let lists: [String: [FieldGuard]]

  init(
    _ recommendation: Recommendation, collections: Set<String>, in scope: Scope
  ) {
    let citations = scope.citations
    let judged = recommendation.collection?.value
    let scopeNames = Vocabulary(filterOf: recommendation, definitions: scope.sources).names
    let names =
      citations.hasGuards(for: collections.union([judged].compactMap(\.self)))
      ? Vocabulary(recommendation, definitions: scope.sources).names : []
    func guards(of collection: String?) -> [FieldGuard] {
      (collection.flatMap { citations.guards[$0] } ?? []).filter { item in
        item.path.last.map(names.contains) ?? false
      }
    }
    let all = Guards(
      resource: guards(of: judged), parent: guards(of: judged.flatMap { citations.parents[$0] }))
    filter = all.filter { scopeNames.contains($0) }
    condition = all.filter { !scopeNames.contains($0) }
    lists = Dictionary(firstOf: collections.map { ($0, guards(of: $0)) }.filter { !$0.1.isEmpty })
  }

  /// Says of each row of a batch whether its scope can be told, and whether it can be judged; nil where nothing is
  /// asked.
  func columns(in batch: BatchProgram) -> (readable: JSONColumn?, judgeable: JSONColumn?) {
    (filter.column(in: batch), condition.column(in: batch))
  }

  /// Why it can't be told whether a resource is in scope; nil when it can.
  func faultOfFilter(_ resource: JSONView, parent: JSONView?) -> String? {
    filter.fault(of: resource, parent: parent)
  }

  /// Why a resource in scope can't be judged; nil when it can.
  func fault(of resource: JSONView, parent: JSONView?) -> String? {
    condition.fault(of: resource, parent: parent)
  }

  /// Of a resource, and of that which it belongs to.
  private struct Guards: Sendable {
    let resource: [FieldGuard]
    let parent: [FieldGuard]

    func filter(_ isWanted: (String) -> Bool) -> Guards {
      func wanted(_ item: FieldGuard) -> Bool { item.path.last.map(isWanted) ?? false }
      return Guards(resource: resource.filter(wanted), parent: parent.filter(wanted))
    }

    func column(in batch: BatchProgram) -> JSONColumn? {
      batch.all(
        resource.map { $0.column(in: batch, ofParents: false) }
          + parent.map { $0.column(in: batch, ofParents: true) })
    }

    func fault(of view: JSONView, parent owner: JSONView?) -> String? {
      for item in resource {
        if let fault = item.fault(in: view) { return fault }
      }
      guard let owner else { return nil }
      for item in parent {
        if let fault = item.fault(in: owner) { return "parent: \(fault)" }
      }
      return nil
    }
  }

  /// Why a collection that is read as a list can't be relied on; nil when it can.
  func fault(in resources: some Sequence<JSONView>, of collection: String) -> String? {
    guard let guards = lists[collection] else { return nil }
    for resource in resources {
      for item in guards {
        if let fault = item.fault(in: resource) { return "collection \(collection): \(fault)" }
      }
    }
    return nil
  }
}
