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
    package let declared: DeclaredState

    /// Warnings about the desired state.
    package var warnings: [Diagnostic] { declared.diagnostics.all }
  }

  /// Reads, judges, compares. Changes nothing.
  package func plan() async throws -> Outcome {
    let (declared, compiled) = try load()
    let state = declared.state
    let (files, stored) = try sources()
    let observations = await Assessor(
      state: state, compiled: compiled, files: files, stored: stored, now: request.now
    ).assess()
    let repository = try Repository.open(path: request.location.repository)
    let (recorded, tip) = try RecordReader.read(repository, settings: state.settings)
    var plan = Planner(
      desired: state, reference: declared.reference, observations: observations,
      recorded: recorded, recordedRevision: tip?.hex, now: request.now,
      takesSuspects: request.force
    ).plan()
    plan.wouldCommit = try Record.differs(
      plan, from: tip, in: repository, settings: state.settings)
    return Outcome(plan: plan, declared: declared)
  }

  /// The desired state, checked and compiled.
  private func load() throws -> (declared: DeclaredState, compiled: CompiledState) {
    let declared = try DeclaredState(request.location)
    let apps = Set(declared.state.instances.filter(\.recommendations).map(\.app.value))
    let compiled = CompiledState(declared.state, apps: apps, diagnostics: declared.diagnostics)
    if declared.diagnostics.hasErrors {
      throw ReconcileError.invalidDesiredState(declared.diagnostics.all)
    }
    return (declared, compiled)
  }

  /// Where observations are read from: the working directory, or the revision's tree where there is
  /// none.
  private func sources() throws -> (files: any RepositoryFiles, stored: any RepositoryFiles) {
    let repository = try Repository.open(path: request.location.repository)
    let stored: any RepositoryFiles
    if let folder = request.observations {
      stored = WorkingDirectory(root: folder)
    } else if let root = repository.workingDirectory {
      stored = WorkingDirectory(root: "\(root)/\(Readings.defaultFolder)")
    } else {
      stored = NoFiles()
    }
    if let root = repository.workingDirectory { return (WorkingDirectory(root: root), stored) }
    let commit = try repository.resolve(request.location.revision)
    return (RevisionFiles(repository: request.location.repository, commit: commit), stored)
  }
}
