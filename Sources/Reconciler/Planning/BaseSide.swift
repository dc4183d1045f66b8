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
  /// What was observed, by instance.
  let observations: [String: InstanceObservation]
  /// What a maintainer lets through, by digest.
  let accepted: [String]

  init(
    _ plan: Plan, desired: DesiredState, tip: DesiredState,
    observations: [String: InstanceObservation], accepted: [String]
  ) {
    self.plan = plan
    reference = plan.desired
    self.desired = desired
    self.tip = tip
    state = plan.after
    self.observations = observations
    self.accepted = accepted
  }
}
