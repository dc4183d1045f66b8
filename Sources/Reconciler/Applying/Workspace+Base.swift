internal import Git
internal import Observation
internal import Posture
internal import YAML

extension Workspace {
  /// What the desired state does to the posture that the base would have: both are read whole and
  /// judged on the same observations, and each on its own recorded and exported data.
  ///
  /// - Parameter revision: As it is given. Differences are against the point where the change left it,
  ///   so that what others merged since does not look undone; gates, targets, tracking, and where
  ///   credentials may go, are those of its tip as well.
  func plan(against revision: String) async throws -> PlannedRun {
    let head = try load(request.location)
    let repository = try Repository.open(path: request.location.repository)
    let tip = try resolve(base: revision, in: repository)
    let point = try PointOfDeparture.find(
      from: try repository.resolve(request.location.revision), base: tip, named: revision,
      in: repository)
    let top = try baseState(tip, named: revision)
    let base = point == tip ? top : try baseState(point, named: revision)
    try await refresh(head.declared.state, base: top.declared.state)
    return try await compare(head, with: base, at: point, tip: top.declared.state)
  }

  private func compare(
    _ head: Loaded, with base: Loaded, at point: ObjectID, tip: DesiredState
  ) async throws -> PlannedRun {
    let repository = try Repository.open(path: request.location.repository)
    let (files, baseFiles) = try comparedFiles(with: point.hex, in: repository)
    let observations = await assess([base.side(baseFiles), head.side(files)])
    // What was recorded stands in for instances that cannot be observed, on both sides.
    let (recorded, recordedAt) = try RecordReader.read(
      repository, settings: tip.settings, side: request.location.recordSide)
    let before = planner(
      base.declared, observations[0], recorded: recorded, tip: recordedAt
    ).plan()
    var planner = planner(head.declared, observations[1], recorded: recorded, tip: recordedAt)
    planner.base = BaseSide(
      before, desired: base.declared.state, tip: tip, observations: observations[0],
      accepted: request.acceptedLess)
    return PlannedRun(
      plan: planner.plan(), declared: head.declared, reports: nil,
      unobserved: unobserved(head.declared.state, base: tip)
        + Self.mixed(observations[1], base: observations[0]))
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

  private func resolve(base revision: String, in repository: Repository) throws -> ObjectID {
    do throws(GitError) {
      return try repository.resolve(revision)
    } catch {
      guard error.code == .unknownRevision || error.code == .ambiguousRevision else { throw error }
      throw ReconcileError.refused(BaseAdvice(revision, in: repository, error: error).text)
    }
  }

  /// The desired state of a commit of the base; an empty one where its tree has none yet.
  private func baseState(
    _ commit: ObjectID, named revision: String
  ) throws -> Loaded {
    var location = request.location
    location.revision = commit.hex
    location.usesWorkingTree = false
    do {
      return try load(location)
    } catch ReconcileError.noDesiredState {
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

/// Where a change left its base.
enum PointOfDeparture {
  /// The best common ancestor; the base itself where the two have nothing in common, as the first desired
  /// state has not.
  ///
  /// - Throws: ``ReconcileError`` where the clone is too shallow to know.
  static func find(
    from head: ObjectID, base: ObjectID, named revision: String, in repository: Repository
  ) throws -> ObjectID {
    if let point = try repository.mergeBase(head, base) { return point }
    guard repository.isShallow else { return base }
    throw ReconcileError.refused(
      "this clone is too shallow to tell where the change left '\(revision)'; fetch its history: git fetch --unshallow origin (in a GitHub workflow, actions/checkout with fetch-depth: 0)"
    )
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
        ? "the clone is shallow: fetch its history: git fetch --unshallow origin" : ""
    } else if branch.count >= 7, branch.allSatisfy(\.isHexDigit) {
      advice = "fetch it: git fetch origin \(branch)"
    } else {
      advice =
        "fetch it: git fetch origin \(branch):refs/remotes/origin/\(branch), "
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
