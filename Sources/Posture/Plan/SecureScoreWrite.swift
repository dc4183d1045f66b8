/// A state that a control of Microsoft Secure Score is to have, and has not.
package struct SecureScoreWrite: Sendable, Hashable {
  /// The control's identifier.
  package let control: String
  package let title: String
  /// What was decided in Secure Score, as far as is known.
  package let from: ControlDecision
  package let to: ControlState
  /// Nil when a state is taken back.
  package let exception: String?
  package let comment: String
  /// Why it is not to be written: somebody else has decided in Secure Score. Nil when it is.
  package let obstacle: String?

  package init(
    control: String, title: String, from: ControlDecision, to: ControlState, exception: String?,
    comment: String, obstacle: String? = nil
  ) {
    self.control = control
    self.title = title
    self.from = from
    self.to = to
    self.exception = exception
    self.comment = comment
    self.obstacle = obstacle
  }

  /// What is wanted of a control that stands at a decision; nil when nothing is.
  ///
  /// A decision that Plumb did not write is never replaced, and never taken back.
  package init?(_ control: SecureScoreControl, at decision: ControlDecision, exception: Exception?)
  {
    let state = decision.known
    if let exception, let wanted = ControlState(exception.status) {
      let comment = ControlComment.of(exception)
      if state == wanted {
        guard decision.isOwn, !ControlComment.areSame(decision.comment, comment) else { return nil }
      } else if state == .default && control.isComplete {
        // There is nothing to accept.
        return nil
      }
      let isFree = state == .default || decision.isOwn
      self.init(
        control: control.id, title: control.title, from: decision, to: wanted,
        exception: exception.name, comment: comment,
        obstacle: isFree ? nil : Self.foreign(decision))
    } else {
      guard decision.isOwn, state != .default else { return nil }
      self.init(
        control: control.id, title: control.title, from: decision, to: .default, exception: nil,
        comment: ControlComment.ended)
    }
  }

  /// Whether it is still to be written to a control that stands at this decision now.
  ///
  /// - Returns: Nil when it is; else what stands in its way, or that it is there already.
  package func objection(at now: ControlDecision) -> Objection? {
    if now.known == to, ControlComment.areSame(now.comment, comment) { return .alreadyWritten }
    if now.isOwn { return nil }
    if now.known == to { return .decidedAlike }
    // A state that is taken back was replaced meanwhile.
    if exception == nil { return .foreign(Self.foreign(now)) }
    return now.known == .default ? nil : .foreign(Self.foreign(now))
  }

  package enum Objection: Sendable, Hashable {
    case alreadyWritten
    /// Somebody else has set the same state.
    case decidedAlike
    /// Somebody else has decided otherwise.
    case foreign(String)
  }

  private static func foreign(_ decision: ControlDecision) -> String {
    let by = decision.by.isEmpty ? "" : " by \(decision.by)"
    return "\(decision.state) was set in Secure Score\(by), not by Plumb"
  }
}

/// What came of writing a state into Microsoft Secure Score.
package struct SecureScoreRecord: Sendable, Hashable {
  package let control: String
  package let title: String
  /// The state that was to be written.
  package let state: ControlState
  /// Nil when a state was taken back.
  package let exception: String?
  package let outcome: Outcome
  /// Why it was not written.
  package let reason: String?
  /// What stands in Secure Score now, as far as is known.
  package let decision: ControlDecision?
  package let at: Instant
  /// The digest of the observation that wanted it: until there is another, `decision` counts.
  package let observation: String?

  package init(
    control: String, title: String, state: ControlState, exception: String?, outcome: Outcome,
    reason: String?, decision: ControlDecision?, at: Instant, observation: String?
  ) {
    self.control = control
    self.title = title
    self.state = state
    self.exception = exception
    self.outcome = outcome
    self.reason = reason
    self.decision = decision
    self.at = at
    self.observation = observation
  }

  package enum Outcome: String, Sendable, CaseIterable {
    case written
    /// It stood there already.
    case found
    /// Somebody else has decided otherwise in Secure Score.
    case leftAlone
    case failed
  }
}
