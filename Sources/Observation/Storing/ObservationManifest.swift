internal import JSON
package import Posture

/// `observation.json`: what ``RecordedReading`` reads.
package struct ObservationManifest: Sendable {
  /// The app's name: `okta`.
  package let app: String
  /// When the observation began; of an export, when it was made.
  package let observedAt: Instant
  /// SHA-256 of the connector's manifest, in hexadecimal.
  package let connectorDigest: String
  /// The instance and the source that were observed; whoever reads refuses another's.
  package let origin: ObservationOrigin
  /// In any order.
  package let collections: [CollectionResult]
  /// Answers that were read, without what was asked again; nil where nobody counted.
  package var requests: Int?

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
      writer.member(ifPresent: "requests", requests)
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
  /// The collection's name, and that of its file without `.ndjson`.
  package let name: String
  /// How much of it was read.
  package let state: CollectionSummary.State
  /// Resources that were written.
  package let count: Int
  /// SHA-256 of the written lines, in hexadecimal; nil where no file was written.
  package let sha256: String?
  /// Why it is not complete; of a complete one, what of its resources could not be read. Nil where
  /// nothing is amiss.
  package let fault: Fault?

  /// The same result with its fault's secrets masked.
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
