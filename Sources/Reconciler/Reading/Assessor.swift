internal import Observation
internal import Posture

/// Opens every instance's observation and judges it, instances side by side.
struct Assessor: Sendable {
  let state: DesiredState
  let compiled: CompiledState
  /// The repository's files.
  let files: any RepositoryFiles
  /// The stored observations.
  let stored: any RepositoryFiles
  let now: Instant

  func assess() async -> [String: InstanceObservation] {
    let instances = state.instances.filter(\.recommendations)
    return await withTaskGroup(of: (String, InstanceObservation).self) { group in
      var results: [String: InstanceObservation] = [:]
      // One a core at a time: each holds the collections that its conditions read whole.
      for (index, instance) in instances.enumerated() {
        if index >= Self.width, let (name, observation) = await group.next() {
          results[name] = observation
        }
        group.addTask { (instance.name, assess(instance)) }
      }
      for await (name, observation) in group { results[name] = observation }
      return results
    }
  }

  private func assess(_ instance: Instance) -> InstanceObservation {
    do throws(ObservationFault) {
      let reading = try Readings.open(instance, in: state, files: files, stored: stored)
      let evaluator = compiled.evaluator(for: instance, in: state, now: now)
      return .observed(reading.summary, evaluator.evaluate(reading))
    } catch {
      return .missing(reason: error.message)
    }
  }
}
