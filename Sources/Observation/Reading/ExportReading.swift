internal import JSON
package import Posture

/// Another tool's export as an observation: its keys as collections.
package struct ExportReading: ObservationReading {
  package let summary: ObservationSummary
  private let views: [String: (view: JSONView, collection: ExportFormat.Collection)]

  package init(
    _ files: any RepositoryFiles, path: String, format: ExportFormat
  ) throws(ObservationFault) {
    let bytes = try files.contents(of: path, limit: FileLimits.export)
    let root: JSONView
    do throws(JSONError) {
      root = try JSONView(parsing: bytes)
    } catch {
      throw ObservationFault("\(path): \(error.message)")
    }
    guard root.kind == .object else {
      throw ObservationFault("\(path): it is not a JSON object, as a \(format.name) export is")
    }
    guard
      let observedAt = root.value(at: format.observedAt)?.string.flatMap(Self.time)
    else {
      throw ObservationFault(
        "\(path): \(format.observedAt) is not a time; is this a \(format.title)?")
    }
    var views: [String: (view: JSONView, collection: ExportFormat.Collection)] = [:]
    var summaries: [CollectionSummary] = []
    for collection in format.collections {
      if let obstacle = Self.obstacle(to: collection, in: root) {
        summaries.append(
          CollectionSummary(name: collection.name, state: .failed, count: 0, reason: obstacle))
      } else if let view = root.value(at: collection.pointer) {
        views[collection.name] = (view, collection)
        summaries.append(
          CollectionSummary(
            name: collection.name, state: .complete, count: Self.count(view, collection.shape)))
      }
    }
    self.views = views
    summary = ObservationSummary(
      observedAt: observedAt, digest: Digest.sha256(bytes), collections: summaries)
  }

  /// A time as such, or at the end of a name: `…_2026_07_20_12_41_27`.
  private static func time(_ text: String) -> Instant? {
    if let instant = Instant(text) { return instant }
    let parts = text.split(separator: "_").suffix(6)
    guard parts.count == 6, parts.dropFirst().allSatisfy({ $0.count == 2 }) else { return nil }
    let words = Array(parts)
    return Instant(
      "\(words[0])-\(words[1])-\(words[2])T\(words[3]):\(words[4]):\(words[5])Z")
  }

  /// Why the export does not have the collection, if it does not.
  private static func obstacle(
    to collection: ExportFormat.Collection, in root: JSONView
  ) -> String? {
    if let list = collection.succeeded, !collection.commands.isEmpty {
      let succeeded = Set(
        (root[list].map { Array($0.elements) } ?? []).compactMap { $0.string?.lowercased() })
      let missing = collection.commands.filter { !succeeded.contains($0.lowercased()) }
      if !missing.isEmpty { return "\(missing.joined(separator: ", ")) did not succeed" }
    }
    return root.value(at: collection.pointer) == nil
      ? "the export has no \(collection.pointer)" : nil
  }

  private static func count(_ view: JSONView, _ shape: ExportFormat.Shape) -> Int {
    switch (view.kind, shape) {
    case (.null, .list), (.null, .map), (.null, .entries): 0
    case (.array, .list), (.array, .map): view.elements.reduce(0) { $1.isNull ? $0 : $0 + 1 }
    case (.object, .map), (.object, .entries):
      view.members.reduce(0) { $1.value.isNull ? $0 : $0 + 1 }
    default: 1
    }
  }

  /// One member as an object of its own.
  private static func entry(
    _ key: String, _ value: JSONView
  ) throws(ObservationFault) -> JSONView {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("key", key)
      writer.member("value", value)
    }
    do throws(JSONError) {
      return try JSONView(parsing: writer.bytes)
    } catch {
      throw ObservationFault("the member '\(key)' of the export: \(error.message)")
    }
  }

  package func parentCollection(of collection: String) -> String? { nil }

  package func forEachResource(in collection: String, _ body: (ObservedResource) -> Void)
    throws(ObservationFault)
  {
    guard let (view, declared) = views[collection] else {
      throw ObservationFault("collection \(collection) is not complete")
    }
    let identity = declared.identity.map(Identity.init)
    func hand(_ view: JSONView, id: String?) {
      guard !view.isNull || declared.shape == .value else { return }
      body(
        ObservedResource(
          id: id ?? identity?.of(view), parent: nil, view: view, isTransient: false))
    }
    switch (view.kind, declared.shape) {
    case (.array, .list), (.array, .map): for element in view.elements { hand(element, id: nil) }
    case (.object, .map): for (key, value) in view.members { hand(value, id: key) }
    case (.object, .entries):
      for (key, value) in view.members { hand(try Self.entry(key, value), id: key) }
    case (.null, .list), (.null, .map), (.null, .entries): break
    default: hand(view, id: nil)
    }
  }
}
