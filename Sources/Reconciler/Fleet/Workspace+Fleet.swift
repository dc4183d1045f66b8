internal import Posture
internal import YAML

extension Workspace {
  /// The plan; of a fleet's parts, with the apps as recorded of which too many instances fail at once.
  func guarded(_ planner: Planner) -> (plan: Plan, held: [FleetGuard.Held]) {
    let plan = planner.plan()
    guard let evidence = request.evidence, !request.force else { return (plan, []) }
    let held = FleetGuard.held(
      plan.snapshot.instances, failing: Set(evidence.failing.map(\.instance)))
    guard !held.isEmpty else { return (plan, []) }
    let apps = Set(held.map(\.app))
    var carrying = planner
    for instance in planner.desired.instances where apps.contains(instance.app.value) {
      guard instance.recommendations else { continue }
      carrying.observations[instance.name] = .carried
      carrying.failures[instance.name] = nil
    }
    return (carrying.plan(), held)
  }
}
