package import Connectors
internal import JSON
package import Posture

/// Another tool's export as an observation: its keys as collections.
package struct ExportReading: ObservationReading {
  /// What the export has, by the format's collections: complete, or with the exporter's or Plumb's
  /// reason why not. The digest is the file's.
  package let summary: ObservationSummary
  private let views: [String: (view: JSONView, collection: ExportFormat.Collection)]
  private let checks: ExportChecks
  /// The collections whose key the export may leave out, and has left out.
  private var empty: Set<String> = []

  /// - Parameter path: The export, or the folder in which the tool has put it.
  package init(
    _ files: any RepositoryFiles, path: String, format: ExportFormat
  ) throws(Fault) {
    let path = try Self.file(path, in: files, format)
    let bytes = try files.contents(of: path, limit: FileLimits.export)
    let text: [UInt8]
    do throws(Fault) {
      text = try TextEncoding.utf8(bytes)
    } catch {
      throw error.of { "\(path): \($0)" }
    }
    let report: JSONView
    do throws(JSONError) {
      report = try JSONView(parsing: text)
    } catch {
      throw Fault(.malformed, "\(path): \(error.message)")
    }
    guard report.kind == .object else {
      throw Fault(.malformed, "\(path): it is not a JSON object, as a \(format.name) export is")
    }
    // A report of the tool has the export whole beside its own verdicts, which are not read.
    var root = report
    if let merged = format.merged, let inner = report.value(at: merged.pointer),
      inner.kind == .object
    {
      root = inner
    }
    guard
      let observedAt = root.value(at: format.observedAt)?.string.flatMap(Self.time)
        ?? format.merged.flatMap({ report.value(at: $0.observedAt)?.string.flatMap(Self.time) })
    else {
      throw Fault(
        .malformed, "\(path): \(format.observedAt) is not a time; is this a \(format.title)?")
    }
    var checks = ExportChecks(root: root)
    var views: [String: (view: JSONView, collection: ExportFormat.Collection)] = [:]
    var summaries: [CollectionSummary] = []
    for collection in format.collections {
      if let obstacle = checks.obstacle(to: collection) {
        summaries.append(
          CollectionSummary(
            name: collection.name, state: obstacle.code == .denied ? .denied : .failed, count: 0,
            fault: obstacle))
      } else if let view = root.value(at: collection.pointer) {
        views[collection.name] = (view, collection)
        summaries.append(
          CollectionSummary(
            name: collection.name, state: .complete, count: Self.count(view, collection.shape)))
      } else {
        empty.insert(collection.name)
        summaries.append(CollectionSummary(name: collection.name, state: .complete, count: 0))
      }
    }
    self.views = views
    self.checks = checks
    summary = ObservationSummary(
      observedAt: observedAt, digest: Digest.sha256(bytes), collections: summaries)
  }

  /// The file that is meant: the path itself or, of a folder, the one file in it that is called as the
  /// tool calls its exports.
  private static func file(
    _ path: String, in files: any RepositoryFiles, _ format: ExportFormat
  ) throws(Fault) -> String {
    guard let names = try files.names(in: path) else { return path }
    for pattern in format.files {
      let parts = pattern.split(separator: "*", maxSplits: 1, omittingEmptySubsequences: false)
      let found = names.filter { name in
        parts.count == 1
          ? name == pattern
          : name.count >= pattern.count - 1 && name.hasPrefix(parts[0]) && name.hasSuffix(parts[1])
      }
      if found.count == 1 { return "\(path)/\(found[0])" }
      if found.count > 1 {
        throw Fault(
          .misconfigured,
          "\(path) has several exports: name one of \(found.joined(separator: ", "))")
      }
    }
    throw Fault(
      .misconfigured,
      "\(path) has no \(format.files.joined(separator: " or ")), as a \(format.title) is called")
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
  ///
  /// - Parameter withheld: Fields of its sections, `section.field`, that were not read whatever stands
  ///   there: they are left out, so that what reads them is not known.
  private static func entry(
    _ key: String, _ value: JSONView, without withheld: Set<String>
  ) throws(Fault) -> JSONView {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("key", key)
      guard !withheld.isEmpty, value.kind == .object else {
        writer.member("value", value)
        return
      }
      writer.object("value") { writer in
        for (section, fields) in value.members {
          guard fields.kind == .object else {
            writer.member(section, fields)
            continue
          }
          writer.object(section) { writer in
            for (field, value) in fields.members where !withheld.contains("\(section).\(field)") {
              writer.member(field, value)
            }
          }
        }
      }
    }
    do throws(JSONError) {
      return try JSONView(parsing: writer.bytes)
    } catch {
      throw Fault(.malformed, "the member '\(key)' of the export: \(error.message)")
    }
  }

  package func parentCollection(of collection: String) -> String? { nil }

  package func forEachResource(in collection: String, _ body: (ObservedResource) -> Void)
    throws(Fault)
  {
    if empty.contains(collection) { return }
    guard let (view, declared) = views[collection] else {
      throw Fault(.failed, "collection \(collection) is not complete")
    }
    let identity = declared.identity.map(ResourceIdentity.init)
    let types = TypedFields(declared.fields)
    func hand(_ view: JSONView, id: String?) throws(Fault) {
      guard !view.isNull || declared.shape == .value else { return }
      let view = try types.typed(view)
      body(
        ObservedResource(
          id: id ?? identity?.of(view), parent: nil, view: view, isTransient: false))
    }
    switch (view.kind, declared.shape) {
    case (.array, .list), (.array, .map):
      for element in view.elements { try hand(element, id: nil) }
    case (.object, .map): for (key, value) in view.members { try hand(value, id: key) }
    case (.object, .entries):
      let withheld = checks.withheld(from: declared)
      for (key, value) in view.members {
        try hand(try Self.entry(key, value, without: withheld), id: key)
      }
    case (.null, .list), (.null, .map), (.null, .entries): break
    default: try hand(view, id: nil)
    }
  }
}
