package import Connectors
internal import JSON
package import Posture

/// Stores what other tools have read as an observation, masked like what Plumb reads itself.
package enum Importer {
  /// Stores another tool's export.
  ///
  /// - Parameters:
  ///   - files: Where `path` is.
  ///   - instance: The instance as it is declared now; once its source is declared otherwise, it
  ///     needs another observation.
  ///   - clock: The machine's time: an export from later is refused.
  /// - Returns: What was stored of each collection, sorted by name.
  package static func store(
    export path: String, in files: any RepositoryFiles, format: ExportFormat, as instance: Instance,
    connector: Connector, store place: ObservationStore, clock: Instant
  ) async throws(Fault) -> [CollectionResult] {
    guard format.app == connector.name else {
      throw Fault(
        .misconfigured,
        "export format '\(format.name)' is for app '\(format.app)', not '\(connector.name)'")
    }
    let reading = try ExportReading(files, path: path, format: format)
    return try await store(as: instance, connector, reading.summary.observedAt, place, clock) {
      (draft) throws(Fault) in
      var results: [CollectionResult] = []
      for summary in reading.summary.collections {
        guard summary.state == .complete else {
          results.append(
            CollectionResult(
              name: summary.name, state: summary.state, count: 0, fault: summary.fault))
          continue
        }
        let lines = try Self.lines(
          of: reading, summary.name, connector: connector,
          isMap: format.collections.contains { $0.name == summary.name && $0.shape == .map })
        results.append(try await put(lines, summary.name, draft))
      }
      return results
    }
  }

  /// The lines of an export's collection.
  private static func lines(
    of reading: ExportReading, _ name: String, connector: Connector, isMap: Bool
  ) throws(Fault) -> [[UInt8]] {
    let declared = connector.collections.first { $0.name == name }
    let writer = ResourceWriter(
      paths: connector.redaction + (declared?.redaction ?? []), mask: SecretGate(), keys: .asIs)
    let types = TypedFields(declared?.fields ?? [])
    var lines: [[UInt8]] = []
    try reading.forEachResource(in: name) { resource in
      // A map's key is the identity, which its value need not repeat.
      var leading: [(String, String)] = []
      if isMap, let id = resource.id, let identity = declared?.identity,
        resource.view[identity] == nil
      {
        leading.append((identity, id))
      }
      lines.append(
        writer.line(
          ShapedResource(resource.view, attached: [], chosen: nil), leading: leading))
    }
    return try lines.map { line throws(Fault) in try types.typed(line) }
  }

  // MARK: Storing

  static func put(
    _ lines: [[UInt8]], _ name: String, _ draft: ObservationDraft
  ) async throws(Fault) -> CollectionResult {
    let file = try draft.file(for: name)
    try file.append(Lines(lines))
    let content = try await file.finish()
    return CollectionResult(
      name: name, state: .complete, count: content.count, sha256: content.sha256)
  }

  static func store(
    as instance: Instance, _ connector: Connector, _ observedAt: Instant, _ place: ObservationStore,
    _ clock: Instant,
    _ fill: (ObservationDraft) async throws(Fault) -> [CollectionResult]
  ) async throws(Fault) -> [CollectionResult] {
    try Plausibility.refuseFuture(observedAt, clock: clock)
    let draft = try ObservationDraft(in: place, instance: instance.name)
    do throws(Fault) {
      let results = try await fill(draft).sorted { $0.name < $1.name }
      guard results.contains(where: { $0.state == .complete }) else {
        throw Fault(.malformed, "there is no collection of app '\(connector.name)' in it")
      }
      let manifest = ObservationManifest(
        app: connector.name, observedAt: observedAt, connectorDigest: connector.digest,
        origin: ObservationOrigin(instance, connector: connector),
        collections: results)
      try await draft.commit(manifest: manifest.bytes)
      return results
    } catch {
      draft.discard()
      throw error
    }
  }
}
