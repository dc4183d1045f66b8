internal import Connectors
internal import Git
package import Observation
package import Posture
internal import Text
internal import YAML

/// Observes and assesses one share of a fleet.
package struct ShardRun: Sendable {
  let fleet: Fleet
  let index: Int
  let location: DeclaredState.Location
  let store: ObservationStore?
  let refresh: Refresh?
  /// Whether assessments are kept beside the observations, and taken from there.
  let keepsAssessments: Bool

  package init(
    _ fleet: Fleet, index: Int, at location: DeclaredState.Location, store: ObservationStore?,
    refresh: Refresh?, keepsAssessments: Bool
  ) {
    self.fleet = fleet
    self.index = index
    self.location = fleet.location(location)
    self.store = store
    self.refresh = refresh
    self.keepsAssessments = keepsAssessments
  }

  /// What came of it.
  package struct Outcome: Sendable {
    /// In the order of the shard.
    package var records: [AssessmentRecord] = []
    /// Instances that another process was just observing: nothing is said of them.
    package var busy: [String] = []
    /// How many were taken over from an earlier run.
    package var resumed = 0
  }

  /// Whether an instance of the share may use a token that changes with each use: one process asks for it then.
  package func usesChangingTokens() throws -> Bool {
    guard refresh != nil else { return false }
    let state = try declared(try fleet.shard(index).instances)
    return state.instances.contains { instance in
      state.connectors[instance.app.value]?.authentication.contains { $0.refresh?.rotates == true }
        == true
    }
  }

  /// Instances that are taken on together: what is done is kept before the next are.
  private static let batch = 64

  /// - Parameters:
  ///   - earlier: What earlier runs of the share said.
  ///   - progress: Told how many instances are done.
  ///   - save: Called with all that is known whenever there is more.
  /// - Throws: ``FleetError``, ``ReconcileError``, `GitError`, or `Fault` for credentials that cannot be read.
  package func run(
    resuming earlier: [String: AssessmentRecord], progress: @Sendable (Int) -> Void,
    save: ([AssessmentRecord]) throws -> Void
  ) async throws -> Outcome {
    let names = try fleet.shard(index).instances
    let whole = try declared(names)
    let recorded = try recorded(names, settings: whole.settings)
    let compiled = try compiled(whole)
    var outcome = Outcome()
    var done: [String: AssessmentRecord] = [:]
    for name in names {
      if let record = earlier[name], isDone(record, in: whole) { done[name] = record }
    }
    outcome.resumed = done.count
    let waiting = names.filter { done[$0] == nil }
    for start in stride(from: 0, to: waiting.count, by: Self.batch) {
      let batch = Set(waiting[start..<min(start + Self.batch, waiting.count)])
      let (records, busy) = try await assess(
        whole.restricted(to: batch), compiled, recorded)
      outcome.busy += busy.sorted()
      for record in records { done[record.instance] = record }
      progress(done.count)
      if start + Self.batch < waiting.count { try save(names.compactMap { done[$0] }) }
    }
    outcome.records = names.compactMap { done[$0] }
    return outcome
  }

  /// The share's own part of the desired state.
  private func declared(_ names: [String]) throws -> DesiredState {
    let declared: DeclaredState
    do {
      declared = try DeclaredState(location)
    } catch let error as GitError where error.isAbsence {
      throw FleetError(
        .configuration,
        "the fleet's commit \(fleet.desired.prefix(10)) is not in this repository: fetch it, with its history"
      )
    }
    if declared.diagnostics.hasErrors {
      throw ReconcileError.invalidDesiredState(declared.diagnostics.all)
    }
    for name in names where declared.state.instance(name)?.recommendations != true {
      throw FleetError(
        .configuration,
        "the fleet has instance '\(name)', which the desired state at \(fleet.desired.prefix(10)) does not assess: split anew"
      )
    }
    return declared.state.restricted(to: Set(names))
  }

  /// What is recorded of the share's instances: what is judged once more at its time depends on it.
  private func recorded(_ names: [String], settings: Settings) throws -> Snapshot {
    guard let commit = fleet.recorded.flatMap({ ObjectID(hex: $0) }) else { return .empty }
    let repository = try Repository.open(path: location.repository)
    guard try repository.commitIfPresent(commit) != nil else {
      throw FleetError(
        .configuration,
        "the fleet's recorded commit \(commit.shortHex) is not in this repository: fetch the branch \(settings.reportsBranch) too"
      )
    }
    return try RecordReader.read(
      repository, at: commit, path: settings.reportsPath, only: Set(names))
  }

  private func compiled(_ state: DesiredState) throws -> CompiledState {
    let diagnostics = Diagnostics()
    let compiled = CompiledState(
      state, apps: Set(state.instances.map(\.app.value)), diagnostics: diagnostics)
    if diagnostics.hasErrors { throw ReconcileError.invalidDesiredState(diagnostics.all) }
    return compiled
  }

  /// Whether an earlier run's word on an instance stands.
  private func isDone(_ record: AssessmentRecord, in state: DesiredState) -> Bool {
    guard let observed = record.observed, record.attempt == nil,
      let instance = state.instance(record.instance)
    else { return false }
    let summary = observed.summary
    return instance.sources.count > 1
      ? summary.sources.allSatisfy { $0.state == .fresh }
      : instance.sources.allSatisfy {
        !$0.isTooOld(observedAt: summary.observedAt, now: fleet.at)
      }
  }

  // MARK: A batch

  private func assess(
    _ state: DesiredState, _ compiled: CompiledState, _ recorded: Snapshot
  ) async throws -> (records: [AssessmentRecord], busy: Set<String>) {
    let busy = try await observe(state)
    let assessor = Assessor(
      sides: [.init(state: state, compiled: compiled, files: try files())], stored: store,
      now: fleet.at,
      kept: keepsAssessments
        ? store.map { KeptAssessments(beside: $0, keepsTimely: true) } : nil)
    let observations = await assessor.assess()[0]
    let questions = EarlierVerdicts.questions(
      observations, recorded: recorded, state: state, compiled: compiled)
    let answers = questions.isEmpty ? EarlierVerdicts() : await assessor.answers(to: questions)
    let times = Dictionary(firstOf: questions.map { ($0.instance.name, $0.at) })
    let records = state.instances.filter { !busy.contains($0.name) }.map { instance in
      record(
        of: instance, in: state, observations[instance.name], at: times[instance.name],
        answers.verdicts(on: instance.name))
    }
    return (records, busy)
  }

  /// Observes what is missing or grows old.
  ///
  /// - Returns: The instances that another process was observing, and of which nothing is stored that could stand.
  private func observe(_ state: DesiredState) async throws(Fault) -> Set<String> {
    guard let refresh else { return [] }
    var own = refresh
    for instance in state.instances {
      if let name = QuotaGroup.sharedName(of: instance, in: state), let count = fleet.divided[name]
      {
        own.shares[instance.name] = count
      }
    }
    let result = try await own.run(state, base: nil, now: fleet.at)
    return Set(
      state.instances.filter { instance in
        let failure = state.origin(of: instance).flatMap { result.failures[$0] }
        return failure?.code == .busy || failure?.code == .cancelled
      }.map(\.name))
  }

  private func record(
    of instance: Instance, in state: DesiredState, _ observation: InstanceObservation?,
    at time: Instant?, _ earlier: [String: Verdict]
  ) -> AssessmentRecord {
    var record = AssessmentRecord(instance: instance.name)
    switch observation {
    case .observed(let summary, let verdicts, let imported)?:
      var observed = AssessmentRecord.Observed(summary: summary, verdicts: verdicts)
      if let imported,
        let source = ImportedSource.all.first(where: { $0.app == instance.app.value })
      {
        observed.imported = .init(source: source, observation: imported)
      }
      if let time, !earlier.isEmpty { observed.earlier = .init(at: time, verdicts: earlier) }
      record.observed = observed
    case .missing(let fault)?: record.unreadable = fault
    case .absent?, .carried?, nil: break
    }
    if let origin = state.origin(of: instance), let attempt = store?.failedAttempt(of: origin) {
      record.attempt = .init(at: attempt.at, fault: attempt.failure)
    }
    return record
  }

  /// What is recorded or exported: of the working tree where that has the fleet's commit checked out, else of the commit.
  private func files() throws -> any RepositoryFiles {
    let repository = try Repository.open(path: location.repository)
    if let root = repository.workingDirectory, try repository.head()?.hex == fleet.desired {
      return WorkingDirectory(root: root)
    }
    return RevisionFiles(
      repository: location.repository, commit: try repository.resolve(fleet.desired))
  }
}

extension Fleet {
  /// The place of its desired state in a repository.
  package func location(_ location: DeclaredState.Location) -> DeclaredState.Location {
    var location = location
    location.revision = desired
    location.path = path
    location.usesWorkingTree = false
    return location
  }
}
