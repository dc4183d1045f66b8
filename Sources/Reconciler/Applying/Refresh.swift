package import Observation
internal import Posture
internal import Text
internal import YAML

/// Observing what grows old before a plan is made of it.
///
/// An instance that cannot be observed stays as it is: the plan goes on with what was recorded, or
/// without, and says why.
package struct Refresh: Sendable {
  let credentials: CredentialSource
  let options: ObserverOptions
  let notify: @Sendable (Notice) -> Void
  /// Whether everything is observed, however fresh it is.
  package var observesAll = false
  /// Over how many machines the quota of an instance's group is split, by instance.
  var shares: [String: Int] = [:]

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
    /// What was given of credentials, and nothing reads: a sentence each.
    case unused([String])

    /// An instance that nothing in the environment gives access to.
    package struct WithoutCredentials: Sendable {
      /// The instance's name.
      package let name: String
      /// The variables that would do, for each way in.
      package let ways: [[String]]

      /// `A and B, or C`
      package var text: String {
        ways.map { $0.joined(separator: " and ") }.joined(separator: ", or ")
      }
    }
  }

  /// What came of it.
  struct Result: Sendable {
    /// The time at which the last observation was complete; the given time when none was made.
    let now: Instant
    /// Why instances could not be observed, by what was to be observed.
    var failures: [ObservationOrigin: Fault] = [:]
  }

  /// Observes what is missing, or so old that a job that comes once in half of `maxAge` would find it
  /// too old before it comes again.
  ///
  /// - Parameters:
  ///   - state: Whose instances are to be fresh.
  ///   - base: The desired state that is trusted, when the other one is under review. Then an
  ///     instance is observed as the base declares it or not at all: a pull request chooses no place
  ///     for credentials to go to.
  ///   - only: The instances that are observed where they are stale; nil for all.
  func run(
    _ state: DesiredState, base: DesiredState?, now: Instant, only: Set<String>? = nil
  ) async throws(Fault) -> Result {
    let trusted = base ?? state
    let all = try ObservationTarget.all(in: trusted, credentials: credentials).map { target in
      shares[target.name].map { target.divided(by: $0) } ?? target
    }
    // Looked at once: each look opens what is stored.
    let own = self.ages(in: state, now: now)
    let ages = base.map { self.ages(in: $0, now: now) } ?? own
    var names: Set<String> = []
    var withheld: [String] = []
    if base != nil {
      for instance in state.instances where own[instance.name] != .fresh {
        let isDeclared = all.contains {
          $0.name == instance.name && $0.origin == state.origin(of: instance)
        }
        if isDeclared { names.insert(instance.name) } else { withheld.append(instance.name) }
      }
    }
    if !withheld.isEmpty { notify(.withheld(withheld)) }
    let aging = all.filter {
      (names.contains($0.name) || ages[$0.name] != .fresh) && only?.contains($0.name) != false
    }
    var failures: [ObservationOrigin: Fault] = [:]
    // What still counts can wait for whoever has the credentials.
    let without = aging.compactMap { target -> Notice.WithoutCredentials? in
      guard let ways = target.missingCredentials,
        ages[target.name] == .stale || own[target.name] == .stale
      else { return nil }
      let notice = Notice.WithoutCredentials(name: target.name, ways: ways)
      let failure = Fault(.noCredentials, "set \(notice.text)")
      failures[target.origin] = failure
      options.note(failure, of: target.origin)
      return notice
    }
    if !without.isEmpty { notify(.withoutCredentials(without)) }
    let targets = aging.filter { $0.missingCredentials == nil }
    guard !targets.isEmpty else { return Result(now: now, failures: failures) }
    let unused = ObservationTarget.unused(by: all, of: credentials)
    if !unused.isEmpty { notify(.unused(unused)) }
    for (target, report) in zip(targets, await Observer.observe(targets, options: options)) {
      failures[target.origin] = report.failure
      notify(.observed(report))
    }
    return Result(
      now: max(now, Instant(secondsSince1970: Int(options.pace.now))), failures: failures)
  }

  private enum Freshness { case fresh, aging, stale }

  /// The freshness of every instance, by name.
  private func ages(in state: DesiredState, now: Instant) -> [String: Freshness] {
    Dictionary(firstOf: state.instances.map { ($0.name, age($0, in: state, now: now)) })
  }

  /// How old the observation of an instance is; what is off, or not read over an API, is not to be
  /// observed, and counts as fresh.
  private func age(_ instance: Instance, in state: DesiredState, now: Instant) -> Freshness {
    guard instance.recommendations, let source = instance.api, !instance.isSuspended(at: now)
    else { return .fresh }
    if observesAll { return .stale }
    // What is read over an API is among the stored ones only.
    let opened = Readings.open(
      source, of: instance, in: state, files: NoFiles(), stored: options.store,
      clock: Instant(secondsSince1970: Int(options.pace.now)))
    guard case .success(let reading) = opened else { return .stale }
    let observedAt = reading.summary.observedAt
    if source.isTooOld(observedAt: observedAt, now: now) { return .stale }
    return source.isDue(observedAt: observedAt, now: now) ? .aging : .fresh
  }
}

/// No files at all.
struct NoFiles: RepositoryFiles {
  func contents(of path: String, limit: Int) throws(Fault) -> [UInt8] {
    throw Fault(.absent, "\(path) does not exist")
  }

  func open(_ path: String) throws(Fault) -> OpenFile? { nil }
}
