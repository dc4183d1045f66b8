internal import Git
internal import Observation
package import Posture
package import YAML

/// Makes plans and applies them: the thin part that reads and writes, around the pure one.
package struct Reconciliation: Sendable {
  package internal(set) var request: PlanRequest

  package init(_ request: PlanRequest) { self.request = request }

  /// A plan with what it was made of.
  package struct Outcome: Sendable {
    package internal(set) var plan: Plan
    package let declared: DeclaredState
    /// The reports branch that the plan was made against; nil for a comparison.
    let reports: ReportsBranch?
    /// Instances that were to be observed in this run and could not be, and why.
    package internal(set) var unobserved: [(instance: String, failure: ObservationFailure)] = []

    /// Warnings about the desired state.
    package var warnings: [Diagnostic] { declared.diagnostics.all }
  }

  /// Observes what is stale where the request says how, reads, judges, compares. Changes nothing but
  /// stored observations.
  ///
  /// With a base, the difference is the one between two desired states on the same observations.
  package func plan() async throws -> Outcome {
    if let base = request.base { return try await plan(against: base) }
    let (declared, compiled) = try load(request.location)
    return try await refreshed(declared.state).plan(declared, compiled)
  }

  private func plan(_ declared: DeclaredState, _ compiled: CompiledState) async throws -> Outcome {
    let state = declared.state
    let observations = await assess([
      Assessor.Side(state: state, compiled: compiled, files: try files())
    ])
    let repository = try Repository.open(path: request.location.repository)
    let reports = try reports(in: repository, settings: state.settings)
    let recorded = try RecordReader.read(repository, of: reports, settings: state.settings)
    var planner = planner(declared, observations[0], recorded: recorded, tip: reports.tip)
    planner.earlier = try await earlierVerdicts(
      declared, compiled, observations[0], recorded: recorded)
    planner.readsBreakGlass = Set(
      compiled.recommendations.keys.flatMap { compiled.readers(of: "instance.breakGlass", app: $0) }
    )
    var plan = planner.plan()
    plan.dataOrigins = try DataOrigins.of(
      plan, state: state, recorded: recorded, at: request.location)
    return Outcome(
      plan: plan, declared: declared, reports: reports, unobserved: unobserved(state))
  }

  func planner(
    _ declared: DeclaredState, _ observations: [String: InstanceObservation],
    recorded: Snapshot, tip: ObjectID?
  ) -> Planner {
    var planner = Planner(
      desired: declared.state, reference: declared.reference, observations: observations,
      recorded: recorded, recordedRevision: tip?.hex, now: request.now,
      takesSuspects: request.force, demands: request.demands, ignoredDrift: request.ignoredDrift)
    planner.clock = .clock
    planner.failures = failures(in: declared.state)
    return planner
  }

  /// For each side, what could be seen of its instances.
  func assess(_ sides: [Assessor.Side]) async -> [[String: InstanceObservation]] {
    await Assessor(sides: sides, stored: request.store, now: request.now).assess(
      progress: request.progress)
  }

  /// A desired state, checked and compiled.
  func load(
    _ location: DeclaredState.Location
  ) throws -> (declared: DeclaredState, compiled: CompiledState) {
    var location = location
    location.isCompared = request.base != nil
    return try Self.compiled(DeclaredState(location))
  }

  static func compiled(
    _ declared: DeclaredState
  ) throws -> (declared: DeclaredState, compiled: CompiledState) {
    let apps = Set(declared.state.instances.filter(\.recommendations).map(\.app.value))
    let compiled = CompiledState(declared.state, apps: apps, diagnostics: declared.diagnostics)
    if declared.diagnostics.hasErrors {
      throw ReconcileError.invalidDesiredState(declared.diagnostics.all)
    }
    return (declared, compiled)
  }

  /// The repository's files: of the working directory, or of the revision's tree where there is none.
  func files() throws -> any RepositoryFiles {
    let repository = try Repository.open(path: request.location.repository)
    if let root = repository.workingDirectory { return WorkingDirectory(root: root) }
    return try files(of: request.location.revision, in: repository)
  }

  func files(of revision: String, in repository: Repository) throws -> RevisionFiles {
    RevisionFiles(
      repository: request.location.repository, commit: try repository.resolve(revision))
  }
}
