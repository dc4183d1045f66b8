internal import Git
internal import Observation
package import Posture
package import YAML

/// What one process works on: the desired state of a repository, what was assessed of it, and the one
/// loop that brings the reports up to date with both.
///
/// What was made once is kept. What is stale is observed once; a commit's desired state is read and
/// compiled once, and its instances are assessed once: a round that comes again because somebody else
/// recorded first plans from theirs with the same assessments.
package actor Workspace {
  private(set) var request: PlanRequest
  /// The desired state that was read last.
  private var loaded: Loaded?
  /// What was assessed of it, and at which time.
  private var assessed: (of: DesiredReference, at: Instant, observations: Observations)?

  /// Reads nothing yet: the first plan does.
  package init(_ request: PlanRequest) { self.request = request }

  typealias Observations = [String: InstanceObservation]

  /// A desired state, checked and compiled.
  struct Loaded {
    let declared: DeclaredState
    let compiled: CompiledState

    func side(_ files: any RepositoryFiles) -> Assessor.Side {
      Assessor.Side(state: declared.state, compiled: compiled, files: files)
    }
  }

  /// A plan with what it was made of.
  package struct PlannedRun: Sendable {
    /// The comparison with what is recorded, or with the base.
    package internal(set) var plan: Plan
    /// The desired state that the plan was made of.
    package let declared: DeclaredState
    /// The reports branch that the plan was made against; nil for a comparison.
    let reports: ReportsBranch?
    /// Instances that were to be observed in this run and could not be, and why.
    package internal(set) var unobserved: [(instance: String, failure: Fault)] = []
    /// The apps of which nothing is taken, because too many of a fleet's instances fail at once.
    package internal(set) var held: [FleetGuard.Held] = []

    /// Warnings about the desired state.
    package var warnings: [Diagnostic] { declared.diagnostics.all }
  }

  /// Observes what is stale where the request says how, reads, judges, compares. Changes nothing but
  /// stored observations.
  ///
  /// With a base, the difference is the one between two desired states on the same observations.
  ///
  /// - Throws: ``ReconcileError``, `GitError`, or `Fault` for credentials that cannot be read.
  package func plan() async throws -> PlannedRun {
    if let base = request.base { return try await plan(against: base) }
    let loaded = try current()
    try await refresh(loaded.declared.state)
    let state = loaded.declared.state
    let observations = try await observations(of: loaded)
    let repository = try Repository.open(path: request.location.repository)
    let reports = try reports(in: repository, settings: state.settings)
    let recorded = try RecordReader.read(
      repository, of: reports, settings: state.settings, seen: observations,
      kept: keeping.map { KeptRecords(beside: $0) })
    var planner = planner(loaded.declared, observations, recorded: recorded, tip: reports.tip)
    planner.earlier = try await earlierVerdicts(loaded, observations, recorded: recorded)
    planner.readsBreakGlass = Set(
      loaded.compiled.recommendations.keys.flatMap {
        loaded.compiled.readers(of: "instance.breakGlass", app: $0)
      })
    var (plan, held) = guarded(planner)
    plan.dataOrigins = try DataOrigins.of(
      plan, state: state, recorded: recorded, at: request.location)
    return PlannedRun(
      plan: plan, declared: loaded.declared, reports: reports,
      unobserved: unobserved(state) + Self.mixed(observations), held: held)
  }

  func planner(
    _ declared: DeclaredState, _ observations: Observations, recorded: Snapshot,
    tip: ObjectID?
  ) -> Planner {
    var planner = Planner(
      desired: declared.state, reference: declared.reference, observations: observations,
      recorded: recorded, recordedRevision: tip?.hex, now: request.now,
      takesSuspects: request.force, demands: request.demands, ignoredDrift: request.ignoredDrift)
    planner.cores = Assessor.width
    planner.clock = .clock
    planner.failures = failures(in: declared.state)
    return planner
  }

  // MARK: Desired state

  /// The desired state that the request names: read again only where it may be another one.
  private func current() throws -> Loaded {
    if let loaded, let known = loaded.declared.reference.revision,
      try Repository.open(path: request.location.repository)
        .resolve(request.location.revision).hex == known
    {
      return loaded
    }
    let loaded = try load(request.location)
    self.loaded = loaded
    return loaded
  }

  func load(_ location: DeclaredState.Location) throws -> Loaded {
    var location = location
    location.isCompared = request.base != nil
    return try Self.compiled(DeclaredState(location))
  }

  static func compiled(_ declared: DeclaredState) throws -> Loaded {
    let apps = Set(declared.state.instances.filter(\.recommendations).map(\.app.value))
    let compiled = CompiledState(declared.state, apps: apps, diagnostics: declared.diagnostics)
    if declared.diagnostics.hasErrors {
      throw ReconcileError.invalidDesiredState(declared.diagnostics.all)
    }
    return Loaded(declared: declared, compiled: compiled)
  }

  // MARK: Observations

  /// What could be seen of the instances: assessed once for a desired state and a time.
  private func observations(of loaded: Loaded) async throws -> Observations {
    if let evidence = request.evidence {
      return evidence.observations(of: loaded.declared.state)
    }
    let reference = loaded.declared.reference
    if let assessed, assessed.of == reference, assessed.at == request.now {
      return assessed.observations
    }
    let observations = await assess([loaded.side(try files())])[0]
    assessed = (reference, request.now, observations)
    return observations
  }

  /// For each side, what could be seen of its instances.
  func assess(_ sides: [Assessor.Side]) async -> [Observations] {
    await Assessor(
      sides: sides, stored: request.store, now: request.now,
      kept: keeping.map { KeptAssessments(beside: $0, keepsTimely: request.isTimeGiven) },
      only: request.only
    ).assess(
      progress: request.progress)
  }

  /// Where assessments and what was read of records are kept; nil where they are not.
  private var keeping: ObservationStore? { request.keepsAssessments ? request.store : nil }

  /// What the observations say at the time at which the record was judged, where that may differ.
  private func earlierVerdicts(
    _ loaded: Loaded, _ observations: Observations, recorded: Snapshot
  ) async throws -> EarlierVerdicts {
    let questions = EarlierVerdicts.questions(
      observations, recorded: recorded, state: loaded.declared.state, compiled: loaded.compiled)
    if questions.isEmpty { return EarlierVerdicts() }
    if let evidence = request.evidence { return evidence.answers(to: questions) }
    return await Assessor(
      sides: [loaded.side(try files())], stored: request.store, now: request.now
    ).answers(to: questions)
  }

  /// Observes what is stale, once: nothing is left to observe then, and now is later.
  ///
  /// - Parameter base: The trusted desired state, when the other is under review.
  func refresh(_ state: DesiredState, base: DesiredState? = nil) async throws {
    guard let refresh = request.refresh else { return }
    request.refresh = nil
    let result = try await refresh.run(
      state, base: base, now: request.now, only: request.only)
    request.now = result.now
    request.failures = result.failures
  }

  /// The repository's files: of the working directory, or of the revision's tree where there is none.
  private func files() throws -> any RepositoryFiles {
    let repository = try Repository.open(path: request.location.repository)
    if let root = repository.workingDirectory { return WorkingDirectory(root: root) }
    return try files(of: request.location.revision, in: repository)
  }

  func files(of revision: String, in repository: Repository) throws -> RevisionFiles {
    RevisionFiles(
      repository: request.location.repository, commit: try repository.resolve(revision))
  }

  /// The plan of an outcome with who declared each exception, and when.
  package func withOrigins(_ outcome: PlannedRun) throws -> Plan {
    try ExceptionOrigins.added(
      to: outcome.plan, of: outcome.declared.state, at: request.location)
  }
}
