package import Connectors
internal import Crypto
internal import JSON
package import Posture
internal import Text

/// A stored observation: `observation.json` and one `<collection>.ndjson` for each collection.
///
/// Every file is checked against the digest and the count that were written with it, while it is
/// read: damaged data is `unknown`, not a verdict.
package struct RecordedReading: ObservationReading {
  /// What `observation.json` says. The digest is over the collections' names, states and contents,
  /// not over the time.
  package let summary: ObservationSummary
  /// SHA-256 of `observation.json`, in hexadecimal.
  package let manifestDigest: String
  let files: any RepositoryFiles
  private let folder: String
  /// SHA-256 of each complete collection's file, in hexadecimal, as the manifest says.
  let digests: [String: String]
  let proven = ProvenFiles()
  private let collections: [String: Connector.Collection]
  /// Threads that may help to judge a large collection; nil for none.
  package var helpers: Helpers?

  /// - Parameters:
  ///   - path: The folder, relative to the repository's root.
  ///   - app: The app that the instance declares; an observation of another app is refused.
  ///   - origin: The origin that a stored observation must have; nil for a folder of the
  ///     repository, which its path alone identifies.
  package init(
    _ files: any RepositoryFiles, path: String, app: String, connector: Connector?,
    origin: ObservationOrigin? = nil
  ) throws(Fault) {
    let manifest = "\(path)/observation.json"
    let bytes = try files.contents(of: manifest, limit: FileLimits.manifest)
    let view: JSONView
    do throws(JSONError) {
      view = try JSONView(parsing: bytes)
    } catch {
      throw Fault(.malformed, "\(manifest): \(error.message)")
    }
    func fault(_ message: String) -> Fault {
      Fault(.malformed, "\(manifest): \(message)")
    }
    guard view["apiVersion"]?.string == "plumb/v1", view["kind"]?.string == "Observation" else {
      throw fault("it is no Observation of plumb/v1")
    }
    guard view["app"]?.string == app else {
      throw fault("it is of app '\(view["app"]?.string ?? "")', not '\(app)'")
    }
    try origin?.refuseOther(view)
    guard let observedAt = view["observedAt"]?.string.flatMap(Instant.init) else {
      throw fault("'observedAt' is not a time")
    }
    guard let listed = view["collections"], listed.kind == .object else {
      throw fault("'collections' is not an object")
    }
    var summaries: [CollectionSummary] = []
    var digests: [String: String] = [:]
    for (name, entry) in listed.members {
      guard Self.isFileName(name) else { throw fault("'\(name)' is no name of a collection") }
      guard let state = entry["state"]?.string.flatMap(CollectionSummary.State.init) else {
        throw fault("collection '\(name)' has no known 'state'")
      }
      let count = entry["count"]?.int ?? 0
      guard (0...StateCodec.largestCount).contains(count) else {
        throw fault("collection '\(name)' has a 'count' that no collection has")
      }
      summaries.append(
        CollectionSummary(
          name: name, state: state, count: count,
          fault: entry["reason"]?.string.map {
            Fault(.init(recorded: entry["code"]?.string), $0)
          }))
      if state == .complete {
        guard let digest = entry["sha256"]?.string, entry["count"]?.int != nil else {
          throw fault("collection '\(name)' is complete but has no 'sha256' and 'count'")
        }
        digests[name] = digest
      }
    }
    let collections = (connector?.collections ?? []).keyed(by: \.name)
    let all = summaries
    summaries = all.map { Self.checked($0, connector: collections[$0.name], all: all) }
    for summary in summaries where summary.state != .complete { digests[summary.name] = nil }
    self.files = files
    manifestDigest = Digest.sha256(bytes)
    folder = path
    self.digests = digests
    self.collections = collections
    let contents = summaries.sorted { $0.name < $1.name }.map {
      "\($0.name) \($0.state.rawValue) \(digests[$0.name] ?? $0.fault?.detail ?? "")"
    }
    var summary = ObservationSummary(
      observedAt: observedAt, digest: Digest.sha256(contents.joined(separator: "\n")),
      collections: summaries)
    summary.requests = view["requests"]?.int.flatMap {
      (0...StateCodec.largestCount).contains($0) ? $0 : nil
    }
    self.summary = summary
  }

  /// The summary; a failed one where the collection is empty though every tenant has something.
  private static func checked(
    _ summary: CollectionSummary, connector: Connector.Collection?, all: [CollectionSummary]
  ) -> CollectionSummary {
    guard summary.state == .complete, summary.count == 0, let connector, connector.isNeverEmpty
    else { return summary }
    if let parent = connector.forEach, all.first(where: { $0.name == parent })?.count == 0 {
      return summary
    }
    return CollectionSummary(
      name: summary.name, state: .failed, count: 0, fault: CollectionSummary.cameEmpty)
  }

  package func parentCollection(of collection: String) -> String? {
    collections[collection]?.forEach
  }

  /// Whether the files are Plumb's own, where nobody else writes.
  var isOwn: Bool { files is StoredFiles }

  func path(of collection: String) -> String { "\(folder)/\(collection).ndjson" }

  package func forEachResource(in collection: String, _ body: (ObservedResource) -> Void)
    throws(Fault)
  {
    try read(collection) { file, shape throws(Fault) in
      try inOrder(collection, file, shape, body)
    }
  }

  package func judgeResources(
    of collection: String, by makeJudge: () -> any ResourceJudge
  ) throws(Fault) {
    try read(collection) { file, shape throws(Fault) in
      if let helpers, let file {
        do throws(JSONError) {
          return try SharedLines(file, shape).read(helpers, by: makeJudge)
        } catch {
          throw unreadable(collection, error)
        }
      }
      let judge = makeJudge()
      var place = 0
      return try inOrder(collection, file, shape) { resource in
        place += 1
        judge.take(resource, place: place)
      }
    }
  }

  /// Reads a collection's file, and checks that it is what was recorded.
  private func read(
    _ collection: String, _ body: (OpenFile?, ResourceShape) throws(Fault) -> ReadLines
  ) throws(Fault) {
    do throws(Fault) {
      guard let expected = digests[collection] else {
        throw Fault(.failed, "collection \(collection) is not complete")
      }
      let path = path(of: collection)
      let file = try files.open(path)
      let stamp = file?.stamp
      let lines = try body(file, ResourceShape(collections[collection]))
      if let untyped = lines.untyped { throw untyped.of { "\(path): \($0)" } }
      guard lines.sha256 == expected else {
        throw Fault(.malformed, "\(path) is not what was recorded: its SHA-256 differs")
      }
      let recorded = summary.collections.first { $0.name == collection }?.count
      guard recorded == lines.count else {
        throw Fault(
          .malformed,
          "\(path) has \(lines.count) resources, observation.json says \(recorded ?? 0)")
      }
      proven.add(proof(collection, lines.sha256, file, since: stamp))
    } catch {
      proven.fail()
      throw error
    }
  }

  private func inOrder(
    _ collection: String, _ file: OpenFile?, _ shape: ResourceShape,
    _ body: (ObservedResource) -> Void
  ) throws(Fault) -> ReadLines {
    var hash = SHA256()
    var count = 0
    var untyped: Fault?
    var lines = JSONLines(chunkSize: 256 << 10, kept: JSONColumn.capacity)
    let visit: (JSONLines.Line) -> Void = { line in
      count += 1
      do throws(Fault) {
        body(try shape.resource(line.view))
      } catch {
        untyped = untyped ?? error
      }
    }
    do {
      if let file {
        try lines.read(
          descriptor: file.descriptor, bytes: { hash.update(bufferPointer: $0) }, visit)
      } else {
        let bytes = try files.contents(of: path(of: collection), limit: FileLimits.export)
        hash.update(data: bytes)
        try lines.read(bytes, visit)
      }
    } catch let fault as Fault {
      throw fault
    } catch {
      throw unreadable(collection, error as? JSONError)
    }
    return ReadLines(hash, count: count, untyped: untyped)
  }

  private func unreadable(_ collection: String, _ error: JSONError?) -> Fault {
    Fault(.malformed, "\(path(of: collection)): \(error?.description ?? "cannot be read")")
  }

  /// A collection's name is a file's name: nothing in it may lead elsewhere.
  private static func isFileName(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= 128
      && name.utf8.allSatisfy {
        (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 95
          || $0 == 45
      }
  }
}
