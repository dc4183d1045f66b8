package import Observation
internal import Posture
internal import YAML

/// Observing what is stale before a plan is made of it.
///
/// An instance that cannot be observed stays as it is: the plan goes on with what was recorded, or
/// without.
package struct Refresh: Sendable {
  let credentials: CredentialSource
  let options: ObserverOptions
  let notify: @Sendable (Notice) -> Void

  /// - Parameters:
  ///   - options: Its store is where the plan's observations are read from.
  ///   - notify: Told what came of it, in the order of instances.
  package init(
    credentials: CredentialSource, options: ObserverOptions,
    notify: @escaping @Sendable (Notice) -> Void
  ) {
    self.credentials = credentials
    self.options = options
    self.notify = notify
  }

  /// What there is to say of instances that are stale.
  package enum Notice: Sendable {
    /// It was observed, or could not be.
    case observed(ObservationReport)
    /// There is nothing to observe them with.
    case withoutCredentials([WithoutCredentials])
    /// A desired state under review declares them otherwise than its base.
    case withheld([String])

    package struct WithoutCredentials: Sendable {
      package let name: String
      /// The variables that would do, for each way in.
      package let ways: [[String]]
    }
  }

  /// Observes what is stale.
  ///
  /// - Parameters:
  ///   - state: Whose instances are to be fresh.
  ///   - base: The desired state that is trusted, when the other one is under review. Then an
  ///     instance is observed as the base declares it or not at all: a pull request chooses no place
  ///     for credentials to go to.
  /// - Returns: The time at which the last observation was complete; `now` when none was made.
  func run(
    _ state: DesiredState, base: DesiredState?, now: Instant
  ) async throws(ObservationFault) -> Instant {
    let trusted = base ?? state
    let all = try ObservationTarget.all(in: trusted, credentials: credentials)
    var names: Set<String> = []
    var withheld: [String] = []
    if base != nil {
      for instance in state.instances where isStale(instance, in: state, now: now) {
        let origin = state.connectors[instance.app.value].map {
          ObservationOrigin(instance, connector: $0)
        }
        let isDeclared = all.contains {
          $0.name == instance.name
            && ObservationOrigin($0.instance, connector: $0.connector) == origin
        }
        if isDeclared { names.insert(instance.name) } else { withheld.append(instance.name) }
      }
    }
    if !withheld.isEmpty { notify(.withheld(withheld)) }
    let stale = all.filter {
      names.contains($0.name) || isStale($0.instance, in: trusted, now: now)
    }
    let without = stale.compactMap { target in
      target.missingCredentials.map { Notice.WithoutCredentials(name: target.name, ways: $0) }
    }
    if !without.isEmpty { notify(.withoutCredentials(without)) }
    let targets = stale.filter { $0.missingCredentials == nil }
    guard !targets.isEmpty else { return now }
    for report in await Observer.observe(targets, options: options) { notify(.observed(report)) }
    return max(now, Instant(secondsSince1970: Int(options.pace.now)))
  }

  /// Whether an instance is on, read over an API, and not observed lately enough.
  private func isStale(_ instance: Instance, in state: DesiredState, now: Instant) -> Bool {
    guard instance.recommendations, case .api = instance.source else { return false }
    do throws(ObservationFault) {
      // What is read over an API is among the stored ones only.
      let reading = try Readings.open(
        instance, in: state, files: NoFiles(), stored: options.store,
        clock: Instant(secondsSince1970: Int(options.pace.now)))
      return instance.isTooOld(observedAt: reading.summary.observedAt, now: now)
    } catch {
      return true
    }
  }
}

/// No files at all.
private struct NoFiles: RepositoryFiles {
  func contents(of path: String, limit: Int) throws(ObservationFault) -> [UInt8] {
    throw ObservationFault("\(path) does not exist")
  }

  func open(_ path: String) throws(ObservationFault) -> OpenFile? { nil }
}
