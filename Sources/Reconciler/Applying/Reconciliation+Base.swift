internal import Git
internal import Observation
internal import Posture
internal import YAML

extension Reconciliation {
  /// What the desired state does to the posture that another revision's would have: both are read
  /// whole and judged on the same observations, and each on its own recorded and exported data.
  ///
  /// - Parameter revision: As it is given. The merge base is not taken for it: on a branch that is
  ///   behind, what others merged since looks undone.
  func plan(against revision: String) async throws -> Outcome {
    let (declared, compiled) = try load(request.location)
    let base = try baseState(revision)
    return try await refreshed(declared.state, base: base.declared.state)
      .compare(declared, compiled, with: base, revision)
  }

  private func compare(
    _ declared: DeclaredState, _ compiled: CompiledState,
    with base: (declared: DeclaredState, compiled: CompiledState), _ revision: String
  ) async throws -> Outcome {
    let repository = try Repository.open(path: request.location.repository)
    let (files, baseFiles) = try comparedFiles(with: revision, in: repository)
    let observations = await assess([
      Assessor.Side(state: base.declared.state, compiled: base.compiled, files: baseFiles),
      Assessor.Side(state: declared.state, compiled: compiled, files: files),
    ])
    // What was recorded stands in for instances that cannot be observed, on both sides.
    let (recorded, tip) = try RecordReader.read(
      repository, settings: base.declared.state.settings, side: request.location.recordSide)
    let before = planner(base.declared, observations[0], recorded: recorded, tip: tip).made()
    var planner = planner(declared, observations[1], recorded: recorded, tip: tip)
    planner.comparison = Comparison(
      before, desired: base.declared.state, observations: observations[0])
    return Outcome(
      plan: planner.plan(), declared: declared, reports: nil,
      unobserved: unobserved(declared.state, base: base.declared.state))
  }

  /// The change's files and the base's.
  private func comparedFiles(
    with base: String, in repository: Repository
  ) throws -> (change: any RepositoryFiles, base: any RepositoryFiles) {
    let location = request.location
    let working = repository.workingDirectory.map { WorkingDirectory(root: $0) }
    let own = try files(of: location.revision, in: repository)
    let base = try files(of: base, in: repository)
    let files: any RepositoryFiles =
      if location.usesWorkingTree, let working { working } else {
        TreeFiles(own: own, other: base, working: working)
      }
    return (files, TreeFiles(own: base, other: own, working: working))
  }

  /// The base's desired state; an empty one where its tree has none yet.
  private func baseState(
    _ revision: String
  ) throws -> (declared: DeclaredState, compiled: CompiledState) {
    let repository = try Repository.open(path: request.location.repository)
    do throws(GitError) {
      _ = try repository.resolve(revision)
    } catch {
      guard error.code == .unknownRevision || error.code == .ambiguousRevision else { throw error }
      throw ReconcileError.refused(BaseAdvice(revision, in: repository, error: error).text)
    }
    var location = request.location
    location.revision = revision
    location.usesWorkingTree = false
    do {
      return try load(location)
    } catch ReconcileError.noDesiredState {
      let commit = try repository.resolve(revision)
      return try Self.compiled(
        .empty(DesiredReference(revision: commit.hex, path: location.path, digest: "")))
    } catch ReconcileError.invalidDesiredState(let diagnostics) {
      throw ReconcileError.refused(
        "the base '\(revision)' has faults, so that there is nothing to compare with:\n"
          + diagnostics.filter { $0.severity == .error }.map(\.description)
          .joined(separator: "\n"))
    }
  }
}

/// What to do about a base that is not in the repository: in CI, most often it was not fetched.
struct BaseAdvice {
  let text: String

  init(_ revision: String, in repository: Repository, error: GitError) {
    let isPath = revision.contains { "~^@:".contains($0) }
    let remote = "origin/"
    let branch =
      revision.hasPrefix(remote) ? String(revision.dropFirst(remote.count)) : revision
    let known = isPath ? nil : try? repository.resolve(remote + revision)
    var advice: String
    if error.code == .ambiguousRevision {
      advice = error.message
    } else if known != nil {
      advice = "there is '\(remote)\(revision)': use --base \(remote)\(revision)"
    } else if isPath {
      advice =
        repository.isShallow
        ? "the clone is shallow: fetch its history with 'git fetch --unshallow'" : ""
    } else if branch.count >= 7, branch.allSatisfy(\.isHexDigit) {
      advice = "fetch it: git fetch --depth=1 origin \(branch)"
    } else {
      advice =
        "fetch it: git fetch --depth=1 origin \(branch):refs/remotes/origin/\(branch), "
        + "then --base origin/\(branch)"
    }
    if !advice.isEmpty, known == nil, error.code != .ambiguousRevision {
      advice += " (in a GitHub workflow, actions/checkout with fetch-depth: 0)"
    }
    text =
      "the base '\(revision)' is not in this repository"
      + (advice.isEmpty ? "" : "; \(advice)")
  }
}
