internal import Posture

/// The desired state that another one is compared with. Its own plan stands on the same
/// observations.
struct BaseSide: Sendable {
  let reference: DesiredReference
  let desired: DesiredState
  /// The desired state at the tip of the base, whose gates, targets and tracking hold too.
  let tip: DesiredState
  let plan: Plan
  /// The snapshot that apply would record of it.
  let state: Snapshot
  /// The observations that its plan stands on, by instance.
  let observations: [String: InstanceObservation]
  /// The digests of what a maintainer lets through.
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
