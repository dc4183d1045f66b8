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
    var isForeign = false
    if let exception, let status = ControlState(exception.status) {
      let comment = ControlComment.of(exception)
      if state == status {
        guard decision.isOwn, !ControlComment.areSame(decision.comment, comment) else { return nil }
      } else if state == .default && control.isComplete {
        // There is nothing to accept.
        return nil
      }
      isForeign = state != .default && !decision.isOwn
      wanted = TargetState(state: status.rawValue, comment: comment)
    } else {
      guard decision.isOwn, state != .default else { return nil }
      wanted = TargetState(state: ControlState.default.rawValue, comment: ControlComment.ended)
    }
    let isEnding = wanted.known == .default
    self.init(
      on: .imported(.secureScore, instance: instance), subject: control.id, title: control.title,
      from: decision, to: wanted, because: isEnding ? nil : exception?.name,
      isLeftAlone: isForeign)
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
    return Outcome(.leftAlone, state: now)
  }
}
