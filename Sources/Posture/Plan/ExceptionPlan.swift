
/// One exception in a plan: how it stands, what it covers now, and what it does to scores.
package struct ExceptionPlan: Sendable {
  package let exception: Exception
  package let state: State
  /// Names of the instances it is about.
  package let instances: [String]
  /// Results, or affected resources where it names resources, that it covers now.
  package let covers: Int
  /// Results that are otherwise because of it.
  package let results: Int
  /// Resources that it covers and that are not compliant.
  package let resources: Int
  /// What it does to the scores of tracked initiatives; without those that it does nothing to.
  package let effects: [Effect]
  /// Who declared it, where git has been asked.
  package var origin: Origin?

  package init(
    exception: Exception, state: State, instances: [String], covers: Int, results: Int = 0,
    resources: Int = 0, effects: [Effect] = [], origin: Origin? = nil
  ) {
    self.exception = exception
    self.state = state
    self.instances = instances
    self.covers = covers
    self.results = results
    self.resources = resources
    self.effects = effects
    self.origin = origin
  }

  package enum State: String, Sendable, CaseIterable {
    case active, expiringSoon, expired
    /// It holds, but nothing that it covers is amiss any more.
    case unused
  }

  /// What an exception does to one initiative: each score with it, less the score without it, in
  /// percentage points.
  package struct Effect: Sendable, Hashable {
    package let initiative: String
    package let title: String
    package let score: Fraction
    package let plannedScore: Fraction
    /// Accepting a risk puts its points out of reach: this is what that costs.
    package let achievableScore: Fraction

    package init(
      initiative: String, title: String, score: Fraction, plannedScore: Fraction,
      achievableScore: Fraction
    ) {
      self.initiative = initiative
      self.title = title
      self.score = score
      self.plannedScore = plannedScore
      self.achievableScore = achievableScore
    }

    /// Whether any of the scores is another one.
    package var isFelt: Bool {
      score != .zero || plannedScore != .zero || achievableScore != .zero
    }
  }

  /// What git knows of the lines of an exception's document.
  package enum Origin: Sendable, Hashable {
    /// Who wrote the oldest of the lines, where history goes back so far, and the newest.
    case commits(introduced: Commit?, changed: Commit)
    /// The lines are not committed yet, or not as they stand.
    case uncommitted
    /// History is cut off before the lines were written: a shallow clone.
    case beyondHistory

    /// A commit that wrote lines of the document.
    package struct Commit: Sendable, Hashable {
      package let id: String
      package let author: String
      package let date: Instant

      package init(id: String, author: String, date: Instant) {
        self.id = id
        self.author = author
        self.date = date
      }
    }
  }
}

extension ExceptionPlan {
  /// The order of review: what ends first, and what never ends last; then by name.
  package static func endsFirst(_ left: ExceptionPlan, _ right: ExceptionPlan) -> Bool {
    switch (left.exception.expires, right.exception.expires) {
    case (let left?, let right?) where left != right: return left < right
    case (nil, _?): return false
    case (_?, nil): return true
    default: return left.exception.name < right.exception.name
    }
  }
}

extension ExceptionPlan.Effect {
  /// `SaaS Security +1.2, planned +1.2`; a score that stays is not named.
  package var text: String {
    let parts = [("", score), ("planned ", plannedScore), ("achievable ", achievableScore)]
      .filter { $0.1 != .zero }
    // A projection that moves only as the score does says nothing new.
    let told = parts.filter { $0.0.isEmpty || $0.1 != score }
    return "\(title) " + told.map { $0.0 + $0.1.signedOneDecimal }.joined(separator: ", ")
  }
}
