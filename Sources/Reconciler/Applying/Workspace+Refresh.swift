internal import Observation
internal import Posture
internal import YAML

extension DesiredState {
  /// What is observed of an instance; nil for one that is not read over an API.
  func origin(of instance: Instance) -> ObservationOrigin? {
    guard instance.api != nil, let connector = connectors[instance.app.value] else {
      return nil
    }
    return ObservationOrigin(instance, connector: connector)
  }
}

extension Workspace {
  /// Why instances could not be observed: in this run, or in an earlier one whose failure is stored.
  func failures(in state: DesiredState) -> [String: FailedAttempt] {
    var failures: [String: FailedAttempt] = [:]
    for instance in state.instances where instance.recommendations {
      guard let origin = state.origin(of: instance) else { continue }
      if let evidence = request.evidence {
        failures[instance.name] = evidence.attempt(instance.name).map {
          FailedAttempt(at: $0.at, failure: $0.fault, of: origin)
        }
      } else if let failure = request.failures[origin] {
        failures[instance.name] = FailedAttempt(at: request.now, failure: failure, of: origin)
      } else if let attempt = request.store?.failedAttempt(of: origin) {
        failures[instance.name] = attempt
      }
    }
    return failures
  }

  /// The instances whose sources are of different tenants: none of them is believed.
  ///
  /// - Parameter base: What was seen of the base's instances: what they share with it is not a change's doing.
  static func mixed(
    _ observations: Observations, base: Observations = [:]
  ) -> [(instance: String, failure: Fault)] {
    func fault(_ observation: InstanceObservation?) -> Fault? {
      if case .missing(let fault)? = observation, fault.code == .otherTenant { fault } else { nil }
    }
    return observations.sorted { $0.key < $1.key }.compactMap { name, observation in
      fault(observation).flatMap { $0 == fault(base[name]) ? nil : (name, $0) }
    }
  }

  /// The instances that were to be observed in this run and could not be: what a desired state under
  /// review shares with its base is not its doing.
  func unobserved(
    _ state: DesiredState, base: DesiredState? = nil
  ) -> [(instance: String, failure: Fault)] {
    if let evidence = request.evidence { return evidence.failing }
    let shared = Set(
      (base?.instances ?? []).filter(\.recommendations).compactMap { base?.origin(of: $0) })
    return state.instances.filter(\.recommendations).compactMap { instance in
      if let failure = OwnFaults.failure(of: instance.name) { return (instance.name, failure) }
      guard let origin = state.origin(of: instance), !shared.contains(origin),
        let failure = request.failures[origin]
      else { return nil }
      return (instance.name, failure)
    }
  }
}
