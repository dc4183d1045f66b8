package import JSON
package import Posture

/// An observation that a test writes down, handed out as a stored one is: line by line, in memory
/// that is used again.
package struct MemoryReading: ObservationReading {
  package var summary: ObservationSummary
  /// The collection that a collection's resources were read for.
  package var parents: [String: String] = [:]
  /// What reading a collection to its end shows.
  package var faults: [String: String] = [:]
  private let lines: [String: [UInt8]]

  /// - Parameters:
  ///   - collections: Complete ones, each with its resources. `id` identifies a resource, `_parent`
  ///     its parent.
  ///   - incomplete: State and reason of the others.
  package init(
    _ collections: KeyValuePairs<String, [JSONValue]>, incomplete: [CollectionSummary] = [],
    observedAt: Instant = Instant(secondsSince1970: 0), digest: String = "observation"
  ) {
    self.init(
      collections.map { ($0.key, $0.value) }, incomplete: incomplete, observedAt: observedAt,
      digest: digest)
  }

  package init(
    _ collections: [(String, [JSONValue])],
    incomplete: [CollectionSummary] = [], observedAt: Instant = Instant(secondsSince1970: 0),
    digest: String = "observation"
  ) {
    var lines: [String: [UInt8]] = [:]
    for (name, resources) in collections {
      lines[name] = resources.flatMap { $0.bytes() + [UInt8(ascii: "\n")] }
    }
    self.lines = lines
    summary = ObservationSummary(
      observedAt: observedAt, digest: digest,
      collections: collections.map {
        CollectionSummary(name: $0.0, state: .complete, count: $0.1.count)
      } + incomplete)
  }

  package func parentCollection(of collection: String) -> String? { parents[collection] }

  package func forEachResource(in collection: String, _ body: (ObservedResource) -> Void)
    throws(Fault)
  {
    var reader = JSONLines()
    do {
      try reader.read(lines[collection] ?? []) { line in
        body(
          ObservedResource(
            id: line.view["id"]?.string, parent: line.view["_parent"]?.string, view: line.view,
            isTransient: true))
      }
    } catch {
      throw Fault(.failed, "\(error)")
    }
    if let fault = faults[collection] { throw Fault(.failed, fault) }
  }
}

extension CollectionSummary {
  /// A collection that was not read whole.
  package static func incomplete(_ name: String, _ state: State, _ reason: String?) -> Self {
    CollectionSummary(
      name: name, state: state, count: 0,
      fault: reason.map { Fault(state == .denied ? .denied : .failed, $0) })
  }
}
