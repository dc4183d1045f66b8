internal import Connectors
package import Posture

/// From which source each collection of an instance is taken. Pure.
///
/// In the order of the sources the first that has a collection complete delivers it, unless what it has is too old;
/// where none has it complete, the first that has a part, and then the first that says why not. What is read for
/// the resources of another collection is taken from where that is, if it is complete there: the two belong together.
package struct SourceMerge: Sendable {
  /// What is known of the sources together; its digest is over what is taken.
  package let summary: ObservationSummary
  /// The place of the source of each collection.
  package let places: [String: Int]

  /// - Parameters:
  ///   - sources: In their order, each with what it has, or the reason why nothing can be read.
  ///   - parents: By collection, the one for whose resources it is read.
  package init(
    _ sources: [(source: Instance.Source, found: Result<ObservationSummary, Fault>)],
    parents: [String: String], now: Instant
  ) {
    let states = sources.map { source, found in
      Self.summary(of: source, found, now: now)
    }
    let fresh = sources.indices.filter { states[$0].state == .fresh }
    var found: [String: [(place: Int, collection: CollectionSummary)]] = [:]
    for place in fresh {
      guard case .success(let summary) = sources[place].found else { continue }
      for collection in summary.collections {
        found[collection.name, default: []].append((place, collection))
      }
    }
    var taken: [String: (place: Int, collection: CollectionSummary)] = [:]
    func take(_ name: String, among open: Set<String>) {
      guard taken[name] == nil, let all = found[name] else { return }
      if let parent = parents[name], !open.contains(parent) {
        take(parent, among: open.union([name]))
        if let place = taken[parent]?.place,
          let own = all.first(where: { $0.place == place && $0.collection.state == .complete })
        {
          taken[name] = own
          return
        }
      }
      taken[name] =
        all.first { $0.collection.state == .complete }
        ?? all.first { $0.collection.state == .partial } ?? all.first
    }
    for name in found.keys.sorted() { take(name, among: []) }

    places = taken.mapValues(\.place)
    let contributing = Set(places.values)
    let times = (contributing.isEmpty ? Array(sources.indices) : contributing.sorted())
      .compactMap { states[$0].observedAt }
    var summary = ObservationSummary(
      observedAt: times.max() ?? Instant(secondsSince1970: 0),
      digest: Digest.sha256(
        contributing.sorted().map { "\(states[$0].name) \(states[$0].digest ?? "")" }
          .joined(separator: "\n")
          + "\n"
          + places.sorted { $0.key < $1.key }.map { "\($0.key) \(states[$0.value].name)" }
          .joined(separator: "\n")),
      collections: taken.values.map { $0.collection.from(states[$0.place].name) }, sources: states)
    summary.requests = sources.compactMap { try? $0.found.get().requests }.first
    self.summary = summary
  }

  private static func summary(
    of source: Instance.Source, _ found: Result<ObservationSummary, Fault>, now: Instant
  ) -> SourceSummary {
    switch found {
    case .success(let summary):
      let isTooOld = source.isTooOld(observedAt: summary.observedAt, now: now)
      return SourceSummary(
        name: source.name, observedAt: summary.observedAt, digest: summary.digest,
        state: isTooOld ? .tooOld : .fresh)
    case .failure(let fault):
      return SourceSummary(
        name: source.name, observedAt: nil, digest: nil,
        state: fault.code == .absent ? .absent : .unreadable(fault))
    }
  }
}
