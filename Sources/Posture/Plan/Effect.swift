internal import Text

/// Something that apply does: a subject at a target gets another state, because of a decision.
///
/// A plan says what is known when it is made. Whoever carries the effect out looks again first.
package struct Effect: Sendable, Hashable {
  /// Where it is carried out.
  package let target: Target
  /// What of the target: a control's identifier; empty for the commit.
  package let subject: String
  /// The subject in words; a tenant's text.
  package let title: String
  /// The state that stands there, as far as is known.
  package let from: TargetState
  /// The state that is to stand there.
  package let to: TargetState
  /// The exception that decides it; nil when a state is taken back, and for the commit.
  package let because: String?
  /// Whether apply leaves it alone: somebody else has decided at the target, on `from`.
  package let isLeftAlone: Bool

  package init(
    on target: Target, subject: String, title: String, from: TargetState, to: TargetState,
    because: String?, isLeftAlone: Bool = false
  ) {
    self.target = target
    self.subject = subject
    self.title = title
    self.from = from
    self.to = to
    self.because = because
    self.isLeftAlone = isLeftAlone
  }

  /// Where effects are carried out.
  package enum Target: Sendable, Hashable {
    /// The branch of reports: its commit comes last, and says what came of the other effects.
    case reports
    /// A source of imported recommendations, as one instance's tenant has it.
    case imported(ImportedSource, instance: String)
  }

  /// What came of an effect.
  package struct Outcome: Sendable, Hashable {
    /// How an effect ended.
    package enum Kind: String, Sendable, CaseIterable {
      case written
      /// The state stood there already.
      case found
      /// Somebody else has decided otherwise.
      case leftAlone
      case failed
    }

    /// How it ended.
    package internal(set) var kind: Kind
    /// Why it could not be written; nil where nothing failed.
    package internal(set) var fault: Fault?
    /// What stands there now; nil when that is not known.
    package internal(set) var state: TargetState?

    package init(_ kind: Kind, fault: Fault? = nil, state: TargetState? = nil) {
      self.kind = kind
      self.fault = fault
      self.state = state
    }
  }

  /// What came of an effect on a tenant, as it is recorded.
  package struct Record: Sendable, Hashable {
    /// What of the target: a control's identifier.
    package internal(set) var subject: String
    /// The subject in words; a tenant's text.
    package internal(set) var title: String
    /// The state that was to be written.
    package internal(set) var state: String
    /// Nil when a state was taken back.
    package internal(set) var because: String?
    /// What came of it.
    package internal(set) var outcome: Outcome
    /// When it was tried.
    package internal(set) var at: Instant
    /// The digest of the observation that the effect was made from. The outcome's state counts
    /// until there is another observation.
    package internal(set) var observation: String?

    package init(
      subject: String, title: String, state: String, because: String?, outcome: Outcome,
      at: Instant, observation: String?
    ) {
      self.subject = subject
      self.title = title
      self.state = state
      self.because = because
      self.outcome = outcome
      self.at = at
      self.observation = observation
    }

    /// Takes subject, title, state and reason from the effect.
    package init(_ effect: Effect, _ outcome: Outcome, at: Instant, observation: String?) {
      self.init(
        subject: effect.subject, title: effect.title, state: effect.to.state,
        because: effect.because, outcome: outcome, at: at, observation: observation)
    }

    /// Whether another record says the same, whenever it was made.
    fileprivate func says(_ other: Record) -> Bool {
      subject == other.subject && state == other.state && because == other.because
        && outcome == other.outcome && observation == other.observation
    }
  }
}

/// A state that a target has or is to have, in the target's words: hostile text.
package struct TargetState: Sendable, Hashable {
  /// A decision's name; a commit's identifier or digest. Empty for none.
  package internal(set) var state: String
  /// What the target notes beside the state; empty for none.
  package internal(set) var comment: String
  /// Who set it, as far as the target says.
  package internal(set) var by: String

  package init(state: String, comment: String = "", by: String = "") {
    self.state = state
    self.comment = comment
    self.by = by
  }
}

extension ImportedScore {
  /// Takes in the outcomes of effects.
  mutating func take(_ new: [Effect.Record]) {
    var bySubject = records.keyed(by: \.subject)
    for record in new {
      // The same failure again is no news: it keeps its time.
      if !(bySubject[record.subject]?.says(record) ?? false) { bySubject[record.subject] = record }
      guard record.outcome.kind != .failed else { continue }
      effects = effects.compactMap { effect in
        guard effect.subject == record.subject else { return effect }
        return record.outcome.kind == .leftAlone ? effect.leftAlone(record.outcome) : nil
      }
    }
    records = bySubject.values.sorted { $0.subject < $1.subject }
  }
}

extension Effect {
  fileprivate func leftAlone(_ outcome: Outcome) -> Effect {
    Effect(
      on: target, subject: subject, title: title, from: outcome.state ?? from, to: to,
      because: because, isLeftAlone: true)
  }
}
