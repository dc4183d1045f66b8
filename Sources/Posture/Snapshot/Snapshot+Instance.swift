extension Snapshot {
  /// One instance as it stands.
  package struct Instance: Sendable, Hashable, Named {
    /// The document's name: `okta-contoso-eu`.
    package internal(set) var name: String
    /// The app's name, such as `okta`.
    package var app: String
    /// The app's own name, for people; nil in files of earlier versions.
    package var appTitle: String?
    /// How reports name the instance.
    package var displayName: String
    /// The labels that selectors match; empty when it has none.
    package var labels: [String: String] = [:]
    /// Whether it is assessed.
    package var recommendations: Bool
    /// The digest of its declaration.
    package var digest: String
    /// When it was observed; nil where there is no observation.
    package var observedAt: Instant?
    /// The digest of the observation; nil where there is none.
    package var observationDigest: String?
    /// How each of several sources stands, in their order; empty where the instance has one.
    package var sources: [Source] = []
    /// What the observation holds, collection by collection.
    package var collections: [CollectionSummary]
    /// What its last observation cost, in requests rounded to a power of two; nil where nobody counted.
    package var cost: Int?
    /// Why its results are older than its last observation, if they are.
    package var staleReason: StaleReason?
    /// The results on this instance, by the recommendation's name.
    package var results: ByName<Result>
    /// The time that conditions read as `now`; nil in files of earlier versions.
    package var judgedAt: Instant?
    /// The accounts and groups that are kept for emergencies.
    package var breakGlass: [Posture.Instance.BreakGlass] = []

    package init(
      name: String, app: String, displayName: String, recommendations: Bool, digest: String,
      observedAt: Instant?, observationDigest: String?, collections: [CollectionSummary],
      staleReason: StaleReason?, results: some Sequence<Result>
    ) {
      self.name = name
      self.app = app
      self.displayName = displayName
      self.recommendations = recommendations
      self.digest = digest
      self.observedAt = observedAt
      self.observationDigest = observationDigest
      self.collections = collections
      self.staleReason = staleReason
      self.results = ByName(results)
    }

    /// The source of a name; nil where the instance has one source, or none of that name.
    package func source(_ name: String) -> Source? { sources.first { $0.name == name } }

    /// How a source stands, be it the only one.
    package func standing(of declared: Posture.Instance.Source) -> Source {
      source(declared.name)
        ?? (sources.isEmpty
          ? Source(
            name: declared.name, observedAt: observedAt, digest: observationDigest,
            staleReason: staleReason)
          : Source(
            name: declared.name, observedAt: nil, digest: nil, staleReason: .neverObserved))
    }

    /// Whether its results are older than its last observation.
    package var isStale: Bool { staleReason != nil }

    /// Whether nothing of it is seen as it is now, of every source for the same reason.
    package var isUnseenAlike: Bool {
      staleReason != nil && sources.allSatisfy { $0.staleReason == staleReason }
    }

    /// Whether a result is older than the last observation where the instance is stale: of several sources only
    /// what rests on one that is not seen.
    package func isStale(_ result: Result) -> Bool {
      let names = result.verdict.sources.values
      return sources.isEmpty || staleReason?.suspicion != nil || names.isEmpty
        || names.contains { source($0)?.staleReason != nil }
    }

    /// What counts in scores: nothing while it is not assessed.
    package var standings: [Standing] {
      recommendations ? results.map { $0.standing(on: name) } : []
    }

    /// Nil while it is not assessed, or nothing is possible.
    package var score: Fraction? { recommendations ? ScoreCard(standings).score : nil }
  }

  /// One of an instance's several sources.
  package struct Source: Sendable, Hashable {
    /// The source's name: `api`, `scubagear`.
    package internal(set) var name: String
    /// When what counts of it was read; nil where nothing does.
    package var observedAt: Instant?
    /// The digest of what counts of it; nil where nothing does.
    package var digest: String?
    /// Why it is not seen as it is now; nil where it is.
    package var staleReason: StaleReason?

    package init(name: String, observedAt: Instant?, digest: String?, staleReason: StaleReason?) {
      self.name = name
      self.observedAt = observedAt
      self.digest = digest
      self.staleReason = staleReason
    }
  }

  /// One recommendation on one instance.
  package struct Result: Sendable, Hashable, Named {
    /// The recommendation's.
    package var name: String
    /// How reports name the recommendation.
    package var title: String
    /// The digest of its definition.
    package var digest: String
    /// The digest of what the repository said of it; nil for what was the catalog's alone.
    package var declaration: String?
    /// The collection whose resources are judged; nil where the instance is, as a whole, and in files
    /// of earlier versions.
    package var collection: String?
    /// What completing it earns, 1 to 100.
    package var points: Int
    /// The time of the observation that its compliance dates from; nil where there was none.
    package var since: Instant?
    /// What was observed.
    package var verdict: Verdict
    /// What counts of it.
    package var decision: Decision
    /// Why the compliance became what it is; nil in files of earlier versions.
    package var cause: Change.Cause?
    /// Why resources joined or left the affected ones when they last did.
    package var affectedCause: Change.Cause?

    package init(
      name: String, title: String, digest: String, declaration: String? = nil,
      collection: String? = nil, points: Int, since: Instant?, verdict: Verdict,
      decision: Decision
    ) {
      self.name = name
      self.title = title
      self.digest = digest
      self.declaration = declaration
      self.collection = collection
      self.points = points
      self.since = since
      self.verdict = verdict
      self.decision = decision
    }

    /// Whether a collection that both read was taken from another source then: what differs says nothing of the
    /// tenant.
    package func isMoved(since earlier: Result) -> Bool {
      verdict.sources != earlier.verdict.sources
    }

    /// The status that the decision gives; nil when the recommendation does not apply.
    package var status: Status? { decision.status }
    /// The exception that gave the status.
    package var exception: String? { decision.exception }

    /// What scores need of this result, on the instance of that name.
    package func standing(on instance: String) -> Standing {
      Standing(
        instance: instance, recommendation: name, points: points, decision: decision)
    }
  }
}
