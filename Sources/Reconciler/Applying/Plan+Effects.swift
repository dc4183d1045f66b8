internal import Observation
internal import Posture

extension Plan {
  /// Carries out the effects on tenants, and takes in what came of them: it is recorded with the plan,
  /// so that a report says what was done, and what was not.
  ///
  /// A run that was killed behind an effect finds it done when it comes again; nothing is lost but the
  /// report's word for it.
  mutating func carryOut(
    by actuators: [any Actuators], desired: DesiredState
  ) async throws(Fault) {
    // Those on one target stand together.
    let targets = effects.reduce(into: [Effect.Target]()) { targets, effect in
      if targets.last != effect.target { targets.append(effect.target) }
    }
    for target in targets {
      guard case .imported(_, let instance) = target else { continue }
      let wanted = effects.filter { $0.target == target }
      let observation = comparison.instances.first { $0.name == instance }?.observationDigest
      for actuators in actuators {
        guard let actuator = try actuators.actuator(for: target, in: desired) else { continue }
        var records: [Effect.Record] = []
        for effect in wanted {
          let outcome = await actuator.outcome(of: effect)
          records.append(
            Effect.Record(effect, outcome, at: comparison.at, observation: observation))
        }
        await actuator.close()
        take(records, of: target)
      }
    }
  }
}
