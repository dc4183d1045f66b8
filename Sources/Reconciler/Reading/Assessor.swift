internal import Observation
internal import Posture
internal import SecureScore
internal import Text
internal import YAML

/// Opens every instance's observation and judges it, instances side by side.
///
/// Of two desired states that are compared, both are judged on one opened observation of each
/// instance over an API: one that is stored anew in between cannot come between them. What is recorded or exported
/// is each side's own.
struct Assessor: Sendable {
  /// A desired state, ready to judge.
  struct Side: Sendable {
    let state: DesiredState
    let compiled: CompiledState
    /// The repository's files, for recorded observations and exports.
    let files: any RepositoryFiles
  }

  let sides: [Side]
  /// Where observations over an API are.
  let stored: ObservationStore?
  let now: Instant
  /// What was assessed before; nil where nothing is kept.
  var kept: KeptAssessments?
  /// The instances that are looked at; the others are carried. Nil for all.
  var only: Set<String>?

  /// For each side, what could be seen of every instance that it assesses.
  ///
  /// - Parameter progress: Told how many instances are done, and of how many.
  func assess(
    progress: @Sendable (Int, Int) -> Void = { _, _ in }
  ) async -> [[String: InstanceObservation]] {
    let assessed = sides.map { side in
      side.state.instances.filter(\.recommendations).keyed(by: \.name)
    }
    let all = Set(assessed.flatMap(\.keys))
    let names = all.filter { only?.contains($0) ?? true }.sorted()
    let helpers = Helpers(cores: Self.width, instances: names.count)
    if names.count > Self.width { ReadingMemory.keep() }
    return await withTaskGroup(of: (String, [InstanceObservation?]).self) { group in
      var results = assessed.map { instances in
        instances.filter { only?.contains($0.key) == false }
          .mapValues { _ in InstanceObservation.carried }
      }
      var done = 0
      func add(_ name: String, _ observations: [InstanceObservation?]) {
        done += 1
        progress(done, names.count)
        for (side, observation) in observations.enumerated() {
          results[side][name] = observation
        }
      }
      // One a core at a time: each holds the collections that its conditions read whole.
      for (index, name) in names.enumerated() {
        if index >= Self.width, let (finished, observations) = await group.next() {
          add(finished, observations)
        }
        let instances = assessed.map { $0[name] }
        group.addTask {
          defer { helpers.finishInstance() }
          if let failure = OwnFaults.failure(of: name) {
            return (name, instances.map { $0.map { _ in .missing(failure) } })
          }
          return (name, OwnFaults.about(name) { assess(instances, helpers) })
        }
      }
      for await (name, observations) in group { add(name, observations) }
      return results
    }
  }

  /// - Parameter instances: One instance as each side declares it; nil where a side does not assess
  ///   it.
  private func assess(_ instances: [Instance?], _ helpers: Helpers) -> [InstanceObservation?] {
    var opened: [String: Readings.Opened] = [:]
    var judged: [String: InstanceObservation] = [:]
    return zip(sides.indices, instances).map { index, instance in
      guard let instance else { return nil }
      let side = sides[index]
      let keys = instance.sources.map { key(of: $0, of: instance, index) }
      let all = zip(instance.sources, keys).map { source, key in
        let one = opened[key] ?? open(source, of: instance, on: side, helpers)
        opened[key] = one
        return one
      }
      // What is taken of several depends on their names and ages too.
      let source =
        keys.count == 1
        ? keys[0]
        : zip(keys, instance.sources).map { "\($0) \($1.name) \($1.maxAge)" }
          .joined(separator: "\n")
      // What is judged by the same conditions with the same exceptions is judged once.
      let judgement =
        sides.count == 1
        ? "" : source + side.compiled.judgementDigest(of: instance, in: side.state, now: now)
      if let known = judged[judgement] { return known }
      let observation: InstanceObservation
      do throws(Fault) {
        let reading = try Readings.joined(all, of: instance, in: side.state, now: now)
        observation = .observed(
          reading.summary, verdicts(of: instance, on: side, reading),
          imported: SecureScoreReader.read(reading))
      } catch {
        observation = error.code == .absent ? .absent : .missing(error)
      }
      judged[judgement] = observation
      return observation
    }
  }

  /// Tells observations apart that both sides may read, and those that are one side's own.
  private func key(of source: Instance.Source, of instance: Instance, _ index: Int) -> String {
    let state = sides[index].state
    let digest = state.sourceDigest(of: source, of: instance)
    guard source.way == .api else { return "\(digest) \(index)" }
    guard let connector = state.connectors[instance.app.value] else { return digest }
    return digest + ObservationOrigin(instance, connector: connector).digest
  }

  private func open(
    _ source: Instance.Source, of instance: Instance, on side: Side, _ helpers: Helpers?
  ) -> Readings.Opened {
    Readings.open(
      source, of: instance, in: side.state, files: side.files, stored: stored, helpers: helpers,
      clock: .clock)
  }
}
