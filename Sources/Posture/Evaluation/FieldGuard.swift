internal import CEL
internal import Connectors
internal import JSON
internal import Text
internal import YAML

/// What a field must hold for a verdict that reads it: a value of its documented type.
///
/// CEL compares values of different types without a word: a status that is null is not "ACTIVE".
/// Where the collection's `fields` say what a field's type is, null, an empty text and other types
/// are no values: what reads them is unknown, unless `fields` cites what the form means. A field
/// that is not there is the conditions' matter.
struct FieldGuard: Sendable {
  let path: [String]
  /// Its place among the guards of its collection.
  let place: Int
  private let route: FieldRoute
  /// The path as people and conditions write it.
  private let name: String
  /// The ends of the path, as conditions may write it.
  private let names: [String]
  let type: CollectionField.ValueType
  /// Whether texts are turned into values of the type: one that is left was not known.
  let isMapped: Bool
  /// The forms whose meaning is documented.
  let accepted: Set<CollectionField.Form>

  init(
    path: [String], place: Int, type: CollectionField.ValueType, isMapped: Bool,
    accepted: Set<CollectionField.Form>
  ) {
    self.path = path
    self.place = place
    route = FieldRoute(path)
    self.type = type
    self.isMapped = isMapped
    self.accepted = accepted
    names = path.indices.map { path[$0...].joined(separator: ".") }
    name = path.joined(separator: ".")
  }

  /// Why the resource's field can't be read; nil when it can, or is not there.
  func fault(in view: JSONView) -> String? { fault(in: view, along: route) }

  private func fault(in view: JSONView, along route: FieldRoute) -> String? {
    if !route.isAtEnd {
      if view.kind == .array {
        for element in view.elements {
          if let fault = fault(in: element, along: route) { return fault }
        }
        return nil
      }
      return route.step(in: view).flatMap { fault(in: $0.view, along: $0.rest) }
    }
    if view.isNull {
      return accepted.contains(.null) ? nil : "'\(name)' is null, not \(type.withArticle)"
    }
    guard let text = view.string else {
      return holds(view) ? nil : "'\(name)' is not \(type.withArticle)"
    }
    if text.isEmpty {
      return accepted.contains(.empty) ? nil : "'\(name)' is empty, not \(type.withArticle)"
    }
    guard isMapped else { return holds(view) ? nil : "'\(name)' is not \(type.withArticle)" }
    return type == .time && InternetTime(text) != nil
      ? nil
      : "'\(name)' is '\(text.bounded(to: Self.shown))', which is mapped to no \(type.noun)"
  }

  /// The bytes of a text that are shown.
  private static let shown = 100

  /// Whether one of the names is the field's, as conditions write it.
  func isNamed(in names: Set<String>) -> Bool {
    self.names.contains { names.contains($0) }
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
  /// Beyond so many names there are too many ways to a field to look at each.
  private static let manyNames = 6

  /// Say together of each row of a batch whether the field can be read.
  ///
  /// Which of the ways to it a row has is not asked: where one leads to what cannot be read, the row is judged alone.
  func columns(in batch: BatchProgram, ofParents: Bool) -> [JSONColumn] {
    var tags: Set<JSONColumn.Tag> =
      switch type {
      case .bool: [.no, .yes]
      case .int, .double: [.int, .uint, .double]
      case .string, .time, .duration: [.text]
      // Exporters write a list of one as its element.
      case .list: [.no, .yes, .int, .uint, .double, .text, .array, .object]
      case .object: [.object]
      }
    // Which texts are times is asked one by one.
    if isMapped, type == .time { tags = [] }
    if accepted.contains(.null) { tags.insert(.null) }
    if path.count > Self.manyNames {
      // No row is readable so: every one is judged alone.
      return [batch.readable([], ofParents: ofParents, as: [], allowsEmpty: false)]
    }
    return FieldRoute.ways(path[...]).map { way in
      batch.readable(way, ofParents: ofParents, as: tags, allowsEmpty: accepted.contains(.empty))
    }
  }
}

extension CollectionField.ValueType {
  fileprivate var noun: String {
    switch self {
    case .bool: "boolean"
    case .int, .double: "number"
    case .string: "text"
    case .time: "time"
    case .duration: "duration"
    case .list: "list"
    case .object: "object"
    }
  }

  fileprivate var withArticle: String { (self == .object ? "an " : "a ") + noun }
}

/// The guards of one recommendation: of the fields that its conditions name, in every collection that they read.
struct FieldGuards: Sendable {
  /// Those that `where` reads, and those that are asked of what it lets in.
  private let filter: Guards
  private let condition: Guards
  private let lists: [String: [FieldGuard]]
  /// Names of fields of which a condition, or `where`, asks whether they are there.
  private let tested: Set<String>
  private let testedByFilter: Set<String>

  init(
    _ recommendation: Recommendation, collections: [String], in scope: Scope
  ) {
    let citations = scope.citations
    let judged = recommendation.collection?.value
    let scopeWords = Vocabulary(filterOf: recommendation, definitions: scope.parsed)
    let scopeNames = scopeWords.names
    let words = Vocabulary(recommendation, definitions: scope.parsed)
    let names = words.names
    tested = words.tested
    testedByFilter = scopeWords.tested
    func guards(of collection: String?) -> [FieldGuard] {
      (collection.flatMap { citations.guards[$0] } ?? []).filter { item in
        item.isNamed(in: names)
      }
    }
    let all = Guards(
      resource: guards(of: judged), parent: guards(of: judged.flatMap { citations.parents[$0] }))
    filter = all.filter { $0.isNamed(in: scopeNames) }
    condition = all.filter { !$0.isNamed(in: scopeNames) }
    lists = Dictionary(firstOf: collections.map { ($0, guards(of: $0)) }.filter { !$0.1.isEmpty })
  }

  /// Says of each row of a batch whether its scope can be told, and whether it can be judged; nil where nothing is
  /// asked.
  func columns(in batch: BatchProgram) -> (readable: JSONColumn?, judgeable: JSONColumn?) {
    func column(_ guards: Guards, _ tested: Set<String>) -> JSONColumn? {
      // A resource that has the member is judged one by one.
      let known =
        tested.isEmpty
        ? nil
        : batch.readable(
          [ObservedResource.unknownMember], ofParents: false, as: [], allowsEmpty: false)
      return batch.all([known, guards.column(in: batch)].compactMap(\.self))
    }
    return (column(filter, testedByFilter), column(condition, tested))
  }

  /// Why it can't be told whether a resource is in scope; nil when it can.
  func faultOfFilter(_ resource: JSONView, parent: JSONView?) -> String? {
    Self.unknown(testedByFilter, resource) ?? filter.fault(of: resource, parent: parent)
  }

  /// Why a resource in scope can't be judged; nil when it can.
  func fault(of resource: JSONView, parent: JSONView?) -> String? {
    Self.unknown(tested, resource) ?? condition.fault(of: resource, parent: parent)
  }

  /// The guards of a resource, and of the one that it belongs to.
  private struct Guards: Sendable {
    let resource: [FieldGuard]
    let parent: [FieldGuard]

    func filter(_ isWanted: (FieldGuard) -> Bool) -> Guards {
      Guards(resource: resource.filter(isWanted), parent: parent.filter(isWanted))
    }

    func column(in batch: BatchProgram) -> JSONColumn? {
      batch.all(
        resource.flatMap { $0.columns(in: batch, ofParents: false) }
          + parent.flatMap { $0.columns(in: batch, ofParents: true) })
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

  /// That it can't be told whether a field is there: the vendor does not know it.
  private static func unknown(_ tested: Set<String>, _ resource: JSONView) -> String? {
    guard !tested.isEmpty, let unknown = resource[ObservedResource.unknownMember] else {
      return nil
    }
    return unknown.elements.lazy.compactMap(\.string).first { name in
      tested.contains(name) || tested.contains(String(name.split(separator: ".").last ?? ""))
    }.map { "whether there is '\($0)' is not known" }
  }

  /// Why a collection that is read as a list can't be relied on; nil when it can.
  func fault(in list: inout GuardedList, of collection: String) -> String? {
    // Of the first resource that has one counts what it can't say, then the first guard.
    var first: (place: Int, fault: String)?
    if !tested.isEmpty {
      for place in list.unsure where first == nil {
        first = Self.unknown(tested, list.views[place]).map { (place, $0) }
      }
    }
    for item in lists[collection] ?? [] {
      guard let found = list.firstFault(of: item), found.place < first?.place ?? .max else {
        continue
      }
      first = found
    }
    return first.map { "collection \(collection): \($0.fault)" }
  }
}
