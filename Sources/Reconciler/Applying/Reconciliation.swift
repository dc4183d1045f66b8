internal import Git
internal import Observation
package import Posture
package import YAML

/// Makes plans and applies them: the thin part that reads and writes, around the pure one.
package struct Reconciliation: Sendable {
  package let request: PlanRequest

  package init(_ request: PlanRequest) { self.request = request }

  /// A plan with what it was made of.
  package struct Outcome: Sendable {
    package let plan: Plan
    package let state: DesiredState
    /// Warnings about the desired state.
    package let warnings: [Diagnostic]
  }

  /// Reads, judges, compares. Changes nothing.
  package func plan() async throws -> Outcome {
    let loaded = try load()
    let (files, stored) = try sources()
    let observations = await Assessor(
      state: loaded.state, compiled: loaded.compiled, files: files, stored: stored,
      now: request.now
    ).assess()
    let repository = try Repository.open(path: request.repository)
    let (recorded, tip) = try RecordReader.read(repository, settings: loaded.state.settings)
    var plan = Planner(
      desired: loaded.state, reference: loaded.reference, observations: observations,
      recorded: recorded, recordedRevision: tip?.hex, now: request.now,
      takesSuspects: request.force
    ).plan()
    plan.wouldCommit = try Record.differs(
      plan, from: tip, in: repository, settings: loaded.state.settings)
    return Outcome(plan: plan, state: loaded.state, warnings: loaded.warnings)
  }

  /// The desired state, checked and compiled.
  private func load() throws -> (
    state: DesiredState, compiled: CompiledState, reference: DesiredReference,
    warnings: [Diagnostic]
  ) {
    let repository = try Repository.open(path: request.repository)
    let files =
      try request.usesWorkingTree
      ? DesiredFiles.readWorkingTree(repository, path: request.path)
      : DesiredFiles.read(repository, revision: request.revision, path: request.path)
    let diagnostics = Diagnostics()
    let library = Library.builtIn(diagnostics: diagnostics)
    let state = DesiredStateReader.read(files.files, library: library, diagnostics: diagnostics)
    let apps = Set(state.instances.filter(\.recommendations).map(\.app.value))
    let compiled = CompiledState(state, apps: apps, diagnostics: diagnostics)
    if diagnostics.hasErrors { throw ReconcileError.invalidDesiredState(diagnostics.all) }
    return (state, compiled, files.reference, diagnostics.all)
  }

  /// Where observations are read from: the working directory, or the revision's tree where there is
  /// none.
  private func sources() throws -> (files: any RepositoryFiles, stored: any RepositoryFiles) {
    let repository = try Repository.open(path: request.repository)
    let stored: any RepositoryFiles
    if let folder = request.observations {
      stored = WorkingDirectory(root: folder)
    } else if let root = repository.workingDirectory {
      stored = WorkingDirectory(root: "\(root)/\(Readings.defaultFolder)")
    } else {
      stored = NoFiles()
    }
    if let root = repository.workingDirectory { return (WorkingDirectory(root: root), stored) }
    let commit = try repository.resolve(request.revision)
    return (RevisionFiles(repository: request.repository, commit: commit), stored)
  }
}
