internal import JSON
package import Posture

/// `observation.json`: what ``RecordedReading`` reads.
package struct ObservationManifest: Sendable {
  package let app: String
  package let observedAt: Instant
  package let connectorDigest: String
  /// An observation of another instance or source is none of it.
  package let origin: ObservationOrigin
  package let collections: [CollectionResult]

  /// The document's bytes: pretty, collections sorted by name, the same for the same content.
  package var bytes: [UInt8] {
    var writer = JSONWriter(layout: .pretty)
    writer.object { writer in
      writer.member("apiVersion", "plumb/v1")
      writer.member("kind", "Observation")
      writer.member("instance", origin.instance)
      writer.member("app", app)
      writer.member("observedAt", observedAt.description)
      writer.member("source", origin.source)
      writer.object("connector") { writer in
        writer.member("name", origin.connector)
        writer.member("digest", "sha256:\(connectorDigest)")
      }
      writer.object("collections") { writer in
        for result in collections.sorted(by: { $0.name < $1.name }) {
          writer.object(result.name) { writer in
            writer.member("state", result.state.rawValue)
            writer.member("count", result.count)
            writer.member(ifPresent: "sha256", result.sha256)
            writer.member(ifPresent: "code", result.fault?.code.rawValue)
            writer.member(ifPresent: "reason", result.fault?.detail)
          }
        }
      }
    }
    writer.newline()
    return writer.bytes
  }
}

/// How completely one collection was read, and what was written of it.
package struct CollectionResult: Sendable, Hashable {
  package let name: String
  package let state: CollectionSummary.State
  package let count: Int
  /// Of the written lines; nil when nothing was.
  package let sha256: String?
  /// Why not everything of it was read.
  package let fault: Fault?

  /// The same with its fault as it may be told.
  func telling(_ gate: SecretGate) -> CollectionResult {
    CollectionResult(
      name: name, state: state, count: count, sha256: sha256, fault: fault?.of(gate.telling))
  }

  package init(
    name: String, state: CollectionSummary.State, count: Int, sha256: String? = nil,
    fault: Fault? = nil
  ) {
    self.name = name
    self.state = state
    self.count = count
    self.sha256 = sha256
    self.fault = fault
  }
}
