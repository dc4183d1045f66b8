internal import CEL
internal import JSON
internal import Text

/// The collections that conditions read whole, loaded when the first condition needs them.
struct ListCache<Reading: ObservationReading> {
  let reading: Reading
  private let complete: Set<String>
  private let summaries: [CollectionSummary]
  private var loaded: [String: (value: Value, list: GuardedList)] = [:]

  init(reading: Reading) {
    self.reading = reading
    summaries = reading.summary.collections
    complete = Set(summaries.filter { $0.state == .complete }.map(\.name))
  }

  mutating func values(for names: Set<String>) throws(Fault) -> [String: Value] {
    var result: [String: Value] = [:]
    for name in names.sorted() {
      if let known = loaded[name] {
        result[name] = known.value
        continue
      }
      var views: [JSONView] = []
      // What is required has been found complete; of the others, half a list tells nothing.
      if complete.contains(name) {
        try reading.forEachResource(in: name) { views.append($0.kept) }
      }
      let value = Value.list(views.map { Value($0) })
      loaded[name] = (value, GuardedList(views))
      result[name] = value
    }
    return result
  }

  /// What could not be read, collection by collection: resources' parts, and optional collections as a whole.
  func losses(of names: Set<String>) -> [Unread] {
    summaries.filter { names.contains($0.name) }.compactMap { summary in
      summary.state == .complete
        ? summary.fault.map { .parts(of: summary.name, why: $0.detail) }
        : .collection(summary.name, summary.state, why: summary.fault?.detail)
    }
  }

  /// Why the lists that a recommendation reads can't be relied on; nil when they can.
  mutating func fault(of compiled: CompiledRecommendation) -> String? {
    for name in compiled.collections.sorted() {
      let fault = compiled.guards.fault(
        in: &loaded[name, default: (.null, GuardedList([]))].list, of: name)
      if let fault { return fault }
    }
    return nil
  }

  /// The resources of the collection that `collection` was read for, by identity.
  func parents(of collection: String) throws(Fault) -> [ExactText: JSONView] {
    guard let name = reading.parentCollection(of: collection) else { return [:] }
    var result: [ExactText: JSONView] = [:]
    try reading.forEachResource(in: name) { resource in
      if let id = resource.id { result[ExactText(id)] = resource.kept }
    }
    return result
  }
}
