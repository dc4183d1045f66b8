internal import Connectors
internal import JSON
internal import Posture

/// What an exporting tool says of its own failures.
struct ExportChecks {
  let root: JSONView
  /// The calls of the lists that were asked for, by the list.
  private var calls: [String: Set<String>] = [:]

  init(root: JSONView) { self.root = root }

  /// Why the export does not have the collection, if it does not.
  mutating func obstacle(to collection: ExportFormat.Collection) -> Fault? {
    // A call that failed once beats the same call's success: what it brought is cut.
    let failed = names(collection.failed)
    let broken = collection.commands.filter { failed.contains($0.lowercased()) }
    if !broken.isEmpty { return Fault(.failed, "\(broken.joined(separator: ", ")) failed") }
    if collection.succeeded != nil, !collection.commands.isEmpty {
      let succeeded = names(collection.succeeded)
      let missing = collection.commands.filter { !succeeded.contains($0.lowercased()) }
      if !missing.isEmpty {
        return Fault(.failed, "\(missing.joined(separator: ", ")) did not succeed")
      }
    }
    for pointer in collection.faults {
      if let fault = root.value(at: pointer), !Self.isEmpty(fault) {
        let text = fault.string.map { ": \($0.prefix(200))" } ?? ""
        return Fault(.failed, "the exporter reports \(pointer)\(text)")
      }
    }
    for (pointer, refused) in collection.requires {
      guard let text = root.value(at: pointer)?.string, !text.isEmpty, !refused.contains(text)
      else { return Fault(.failed, "the exporter could not read \(pointer)") }
    }
    guard let view = root.value(at: collection.pointer) else {
      return mayLack(collection)
        ? nil : Fault(.malformed, "the export has no \(collection.pointer)")
    }
    if collection.isNeverEmpty && Self.isEmpty(view) { return CollectionSummary.cameEmpty }
    return collection.mustHave.flatMap { must in
      Self.has(must, view, collection.shape) ? nil : must.fault
    }
  }

  /// Whether the resource that is always there is one of them.
  private static func has(
    _ must: ConnectorRequest.Witness, _ view: JSONView, _ shape: ExportFormat.Shape
  ) -> Bool {
    switch (view.kind, shape) {
    case (.array, .list), (.array, .map): view.elements.contains(where: must.stands)
    case (.object, .map): view.members.contains { must.stands(in: $0.value) }
    case (.object, .entries):
      view.members.contains { name, value in
        must.pointer == "/key"
          ? name == must.value
          : must.pointer.hasPrefix("/value")
            && value.value(at: String(must.pointer.dropFirst("/value".count)))?.plainText
              == must.value
      }
    default: must.stands(in: view)
    }
  }

  /// Whether the key may be missing, and the object that would have it is there.
  private func mayLack(_ collection: ExportFormat.Collection) -> Bool {
    guard collection.mayBeAbsent, !collection.isNeverEmpty,
      let slash = collection.pointer.lastIndex(of: "/")
    else { return false }
    return root.value(at: String(collection.pointer[..<slash]))?.kind == .object
  }

  /// What could not be read of a collection's values, as `section.field`.
  func withheld(from collection: ExportFormat.Collection) -> Set<String> {
    guard let pointer = collection.withheld, let list = root.value(at: pointer) else { return [] }
    return Set(list.elements.compactMap(\.string))
  }

  /// The calls of a list, in lower case.
  private mutating func names(_ list: String?) -> Set<String> {
    guard let list else { return [] }
    if let known = calls[list] { return known }
    // PowerShell writes a list of one as that one.
    let texts: [String] =
      switch root[list] {
      case let view? where view.kind == .array: view.elements.compactMap(\.string)
      case let view: [view?.string].compactMap(\.self)
      }
    let names = Set(texts.map { $0.lowercased() })
    calls[list] = names
    return names
  }

  /// Whether nothing is there: null, an empty text, list or object, or a list of these.
  static func isEmpty(_ view: JSONView) -> Bool {
    switch view.kind {
    case .null: true
    case .array: view.elements.allSatisfy(isEmpty)
    case .object: !view.members.contains { _ in true }
    default: view.string?.isEmpty == true
    }
  }
}
