internal import CEL
internal import JSON
internal import Text

/// The collections that conditions read whole, loaded when the first condition needs them.
struct ListCache<Reading: ObservationReading> {
  let reading: Reading
  private let complete: Set<String>
  /// What could not be read, by collection.
  private let losses: [(name: String, unread: Unread)]
  private var loaded: [String: (value: Value, list: GuardedList)] = [:]

  init(reading: Reading) {
    self.reading = reading
    let summaries = reading.summary.collections
    complete = Set(summaries.filter { $0.state == .complete }.map(\.name))
    losses = summaries.compactMap { summary in
      let unread =
        summary.state == .complete
        ? summary.fault.map { Unread.parts(of: summary.name, why: $0.detail) }
        : .collection(summary.name, summary.state, why: summary.fault?.detail)
      return unread.map { (summary.name, $0) }
    }
  }

  /// The lists that a recommendation reads, in the order in which it has them.
  mutating func values(
    for compiled: CompiledRecommendation
  ) throws(Fault) -> [(slot: Slot, value: Value)] {
    var result: [(slot: Slot, value: Value)] = []
    result.reserveCapacity(compiled.lists.count)
    for (name, slot) in compiled.lists {
      if let known = loaded[name] {
        result.append((slot, known.value))
        continue
      }
      var views: [JSONView] = []
      // What is required has been found complete; of the others, half a list tells nothing.
      if complete.contains(name) {
        try reading.forEachResource(in: name) { views.append($0.kept) }
      }
      let value = Value.list(views.map { Value($0) })
      loaded[name] = (value, GuardedList(views))
      result.append((slot, value))
    }
    return result
  }

  /// What could not be read of what a recommendation reads, collection by collection: resources' parts, and optional
  /// collections as a whole.
  func losses(of compiled: CompiledRecommendation) -> [Unread] {
    losses.filter { loss in compiled.lists.contains { $0.name == loss.name } }.map(\.unread)
  }

  /// Why the lists that a recommendation reads can't be relied on; nil when they can.
  mutating func fault(of compiled: CompiledRecommendation) -> String? {
    for (name, _) in compiled.lists {
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
