internal import Connectors
package import Posture
internal import Text

/// What several sources of one instance have, as one observation: see ``SourceMerge``.
package struct JoinedReading: ObservationReading {
  /// What is taken of the sources, and how each was found.
  package let summary: ObservationSummary
  /// By the place of the source; nil where nothing is taken of it.
  private let readings: [(any ObservationReading)?]
  private let places: [String: Int]

  init(
    _ sources: [(source: Instance.Source, opened: Readings.Opened)], connector: Connector?,
    now: Instant
  ) {
    let parents = (connector?.collections ?? []).compactMap { item in
      item.forEach.map { (item.name, $0) }
    }
    let merge = SourceMerge(
      sources.map { ($0.source, $0.opened.map(\.summary)) },
      parents: Dictionary(firstOf: parents), now: now)
    summary = merge.summary
    places = merge.places
    let taken = Set(merge.places.values)
    readings = sources.enumerated().map { place, source in
      taken.contains(place) ? try? source.opened.get() : nil
    }
  }

  private func reading(of collection: String) -> (any ObservationReading)? {
    places[collection].flatMap { readings[$0] }
  }

  private func known(_ collection: String) throws(Fault) -> any ObservationReading {
    guard let reading = reading(of: collection) else {
      throw Fault(.failed, "collection \(collection) is not complete")
    }
    return reading
  }

  package func parentCollection(of collection: String) -> String? {
    reading(of: collection)?.parentCollection(of: collection)
  }

  package func forEachResource(in collection: String, _ body: (ObservedResource) -> Void)
    throws(Fault)
  {
    try known(collection).forEachResource(in: collection, body)
  }

  package func judgeResources(
    of collection: String, by makeJudge: () -> any ResourceJudge
  ) throws(Fault) {
    try known(collection).judgeResources(of: collection, by: makeJudge)
  }
}

extension JoinedReading: ProvenReading {
  private var proven: [any ProvenReading] {
    readings.compactMap { $0 as? any ProvenReading }
  }

  package var manifestDigest: String {
    Digest.sha256(([summary.digest] + proven.map(\.manifestDigest)).joined(separator: "\n"))
  }

  package var provenFiles: [ProvenFile]? {
    var files: [ProvenFile] = []
    for (place, reading) in readings.enumerated() {
      guard let reading = reading as? any ProvenReading else { continue }
      guard let own = reading.provenFiles else { return nil }
      // What was read to learn the tenant's name need not be what is taken.
      files += own.filter { places[$0.collection] == place }
    }
    return files.sorted { $0.collection < $1.collection }
  }

  package func proves(_ files: [ProvenFile]) -> [ProvenFile]? {
    var known: [ProvenFile] = []
    for file in files {
      guard let reading = reading(of: file.collection) as? any ProvenReading,
        let own = reading.proves([file])
      else { return nil }
      known += own
    }
    return known
  }
}
