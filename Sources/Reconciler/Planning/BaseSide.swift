internal import Posture

/// A desired state that another one is compared with, as its own plan stands on the same
/// observations.
struct BaseSide: Sendable {
  let reference: DesiredReference
  let desired: DesiredState
  /// The desired state at the tip of the base: gates, targets and tracking hold as they are there, too.
  let tip: DesiredState
  let plan: Plan
  /// What apply would record of it.
  let state: Snapshot
  /// Why observations are not believed, by instance.
  let suspects: [String: Suspicion]
  /// What was observed, by instance.
  let observations: [String: InstanceObservation]
  /// What a maintainer lets through, by digest.
  let accepted: [String]

  init(
    _ base: (plan: Plan, suspects: [String: Suspicion]), desired: DesiredState, tip: DesiredState,
    observations: [String: InstanceObservation], accepted: [String]
  ) {
    plan = base.plan
    reference = base.plan.desired
    self.desired = desired
    self.tip = tip
    state = base.plan.after
    suspects = base.suspects
    self.observations = observations
    self.accepted = accepted
  }
}
