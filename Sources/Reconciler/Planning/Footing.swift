internal import Connectors
internal import Observation
internal import Posture
internal import Text

/// What counts for an instance now: its observation, the record, or nothing; and, where it is not
/// seen as it is now, why.
///
/// Observations and records count until `maxAge`. A failure to observe since then is told at once,
/// and changes no verdict until that time. Whoever reads the branch alone, without observations of
/// their own, sees the record. Of several sources each has a footing of its own: see ``SourceFooting``.
struct Footing {
  enum Source {
    case observation(ObservationSummary, [String: Verdict], ImportedObservation?)
    case record
    case nothing
  }

  let source: Source
  /// Of several sources the first's that is not seen as it is now.
  let staleReason: StaleReason?
  /// How each of several sources stands, in their order; empty for an instance with one.
  let sources: [Snapshot.Source]
  /// What verdicts stand on, by the source's name.
  private let grounds: [String: SourceFooting.Ground]
  private let places: [String: Int]

  init(
    of observation: InstanceObservation?, failure: FailedAttempt?, instance: Instance,
    recorded: Snapshot.Instance?, now: Instant
  ) {
    let summary = observation?.summary
    let suspension = instance.suspension(at: now).map {
      StaleReason.suspended($0.reason, until: $0.until)
    }
    let footings = instance.sources.map { source in
      SourceFooting(
        source, Self.found(source, observation), failure: source.way == .api ? failure : nil,
        recorded: recorded?.standing(of: source), suspension: suspension, now: now)
    }
    let isObserved = footings.contains { $0.ground == .observation }
    // A record that was not believed is not believed now.
    let suspect = recorded?.staleReason.flatMap { $0.suspicion == nil || isObserved ? nil : $0 }
    staleReason = footings.lazy.compactMap(\.staleReason).first ?? suspect
    let names = instance.sources.map(\.name)
    grounds = Dictionary(firstOf: zip(names, footings.map(\.ground)))
    places = Dictionary(firstOf: names.enumerated().map { ($1, $0) })
    if isObserved, case .observed(let summary, let verdicts, let imported)? = observation {
      source = .observation(summary, verdicts, imported)
    } else {
      source = footings.contains { $0.ground == .record } ? .record : .nothing
    }
    guard instance.sources.count > 1 else {
      sources = []
      return
    }
    sources = zip(instance.sources, footings).map { source, footing in
      let was = recorded?.source(source.name)
      let seen = summary?.sources.first { $0.name == source.name }
      let isSeen =
        footing.ground == .observation || footing.ground == .nothing && seen?.digest != nil
      return Snapshot.Source(
        name: source.name, observedAt: isSeen ? seen?.observedAt : was?.observedAt,
        digest: isSeen ? seen?.digest : was?.digest, staleReason: footing.staleReason)
    }
  }

  private static func found(
    _ source: Instance.Source, _ observation: InstanceObservation?
  ) -> SourceFooting.Found {
    switch observation {
    case .observed(let summary, _, _)?:
      guard !summary.sources.isEmpty else { return .seen(summary.observedAt) }
      guard let found = summary.sources.first(where: { $0.name == source.name }) else {
        return .absent
      }
      if case .unreadable(let fault) = found.state { return .missing(fault) }
      return found.observedAt.map(SourceFooting.Found.seen) ?? .absent
    case .missing(let fault)?: return .missing(fault)
    case .absent?, .carried?: return .absent
    case nil: return .notSought
    }
  }

  /// Whether recorded results stand in for an observation, those of one source at least. They do until
  /// `maxAge`; then they are unknown.
  static func stands(_ recorded: Snapshot.Instance, for instance: Instance, now: Instant) -> Bool {
    instance.sources.contains {
      SourceFooting.stands(recorded.standing(of: $0), $0, now: now)
    }
  }

  /// Whether a recorded result still counts: what every source of it had does.
  static func stands(
    _ result: Snapshot.Result, in recorded: Snapshot.Instance, for instance: Instance, now: Instant
  ) -> Bool {
    guard instance.sources.count > 1 else { return stands(recorded, for: instance, now: now) }
    return result.verdict.sources.values.allSatisfy { name in
      instance.source(named: name).map {
        SourceFooting.stands(recorded.standing(of: $0), $0, now: now)
      } ?? false
    }
  }
}

// MARK: What stands as recorded beside what is observed

extension Footing {
  /// What is taken of several sources: of each collection what was observed, or what is recorded where a source that
  /// comes before has it and is not seen here.
  ///
  /// - Returns: The collections sorted by name, and the names of those that stand as recorded.
  func collections(
    of summary: ObservationSummary, recorded: Snapshot.Instance?
  ) -> (all: [CollectionSummary], kept: Set<String>) {
    guard !sources.isEmpty, let recorded else { return (summary.collections, []) }
    var taken = summary.collections.keyed(by: \.name)
    var kept: Set<String> = []
    for earlier in recorded.collections {
      guard let name = earlier.source, grounds[name] == .record else { continue }
      // What was not whole stands only where nothing else is known.
      if earlier.state != .complete, taken[earlier.name] != nil { continue }
      if let now = taken[earlier.name], now.state == .complete, let source = now.source,
        (places[source] ?? 0) < (places[name] ?? 0)
      {
        continue
      }
      taken[earlier.name] = earlier
      kept.insert(earlier.name)
    }
    return (taken.values.sorted { $0.name < $1.name }, kept)
  }

  /// Whether a recorded result is what counts beside what is observed: it rests on what stands as recorded, and
  /// everything that it rests on counts. One that is unknown stands in for nothing that is known now.
  func keeps(_ earlier: Snapshot.Result, _ kept: Set<String>, for seen: Verdict) -> Bool {
    (earlier.verdict.compliance != .unknown || seen.compliance == .unknown)
      && earlier.verdict.sources.keys.contains(where: kept.contains)
      && earlier.verdict.sources.values.allSatisfy { grounds[$0].map { $0 != .nothing } ?? false }
  }

  /// The verdict, with the source that is not seen as its reason where that is why a collection is missing.
  func explained(
    _ verdict: Verdict, _ kept: Set<String>, delivers: (String, String) -> Bool
  ) -> Verdict {
    guard case .notObserved(let collection)? = verdict.reason else { return verdict }
    var verdict = verdict
    if kept.contains(collection) {
      verdict.reason = .unanswered
    } else if let source = sources.first(where: {
      $0.staleReason != nil && grounds[$0.name] == .nothing && delivers(collection, $0.name)
    }), let reason = source.staleReason {
      verdict.reason = .sourceUnseen(collection: collection, source: source.name, reason)
    }
    return verdict
  }

  /// The digest of all that verdicts stand on.
  ///
  /// - Parameter isAlone: Whether nothing stands as recorded beside what was observed.
  func digest(of summary: ObservationSummary, isAlone: Bool) -> String {
    guard !isAlone else { return summary.digest }
    let kept = sources.filter { grounds[$0.name] == .record }.map {
      "\($0.name) \($0.digest ?? "")"
    }
    return Digest.sha256(([summary.digest] + kept).joined(separator: "\n"))
  }

  /// When what verdicts stand on was read last, of all sources or of some.
  func observedAt(_ names: Set<String>? = nil) -> Instant? {
    sources.filter { grounds[$0.name] != .nothing && names?.contains($0.name) != false }
      .compactMap(\.observedAt).max()
  }
}
