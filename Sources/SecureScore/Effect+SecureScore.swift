package import Posture

extension Effect {
  /// What is wanted of a control that stands at a decision; nil when nothing is.
  ///
  /// A decision that Plumb did not write is never replaced, and never taken back.
  package init?(
    _ control: ImportedControl, through instance: String, at decision: TargetState,
    exception: Exception?
  ) {
    let state = decision.known
    let wanted: TargetState
    var obstacle: String?
    if let exception, let status = ControlState(exception.status) {
      let comment = ControlComment.of(exception)
      if state == status {
        guard decision.isOwn, !ControlComment.areSame(decision.comment, comment) else { return nil }
      } else if state == .default && control.isComplete {
        // There is nothing to accept.
        return nil
      }
      if state != .default && !decision.isOwn { obstacle = Self.foreign(decision) }
      wanted = TargetState(state: status.rawValue, comment: comment)
    } else {
      guard decision.isOwn, state != .default else { return nil }
      wanted = TargetState(state: ControlState.default.rawValue, comment: ControlComment.ended)
    }
    let isEnding = wanted.known == .default
    self.init(
      on: .imported(.secureScore, instance: instance), subject: control.id, title: control.title,
      from: decision, to: wanted, because: isEnding ? nil : exception?.name, obstacle: obstacle)
  }

  /// What came of it without writing, for a control that stands at this decision now: it is there
  /// already, or somebody has decided. Nil when it is to be written.
  package func objection(at now: TargetState) -> Outcome? {
    if now.known == to.known, ControlComment.areSame(now.comment, to.comment) {
      // By a run that could not say so: it was killed, or somebody else's report was first.
      return Outcome(.written, state: now)
    }
    if now.isOwn { return nil }
    if now.known == to.known { return Outcome(.found, state: now) }
    // A state that is taken back was replaced meanwhile.
    guard because == nil || now.known != .default else { return nil }
    return Outcome(.leftAlone, reason: Self.foreign(now), state: now)
  }

  private static func foreign(_ decision: TargetState) -> String {
    let by = decision.by.isEmpty ? "" : " by \(decision.by)"
    return "\(decision.state) was set in Secure Score\(by), not by Plumb"
  }
}
