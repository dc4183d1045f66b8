internal import Git
package import Observation
internal import Posture
internal import Reports
internal import Text

extension Workspace {
  /// Who signs the commits of reports, where git has no identity.
  package static let fallbackIdentity = (name: "Plumb", email: "plumb@localhost")

  private static let attempts = 10

  /// Plans, records the plan as one commit on the reports branch, and pushes it where the request names
  /// a remote, without force.
  ///
  /// The branch is moved by compare-and-swap from the commit that the plan started from; with a remote,
  /// that is what the remote has recorded. When somebody else was faster, here or there, the commit of
  /// this run is dropped, and the plan is made again from theirs. Commits that an earlier run recorded
  /// and could not push go with it; when the remote went another way without them, they are kept under
  /// `refs/plumb/unpushed/`.
  ///
  /// - Parameters:
  ///   - actuators: Carry out what the plan says is to be done in tenants; without any, nothing is.
  ///   - approve: Asked with every plan before it is written; throws to stop.
  /// - Throws: ``ReconcileError``, among them `overtaken`. A remote that cannot be reached is no
  ///   error: the report is recorded here, and ``Delivery/push`` says so.
  package func apply(
    identity environment: [String: String], version: String,
    actuators: [any Actuators] = [], approve: @Sendable (PlannedRun) throws -> Void
  ) async throws -> Delivery {
    try refuseUnappliable()
    let repository = try Repository.open(path: request.location.repository)
    repository.clearDeadUpdate()
    request.remote?.clearDeadUpdate(from: repository)
    var setAside: [String] = []
    for _ in 0..<Self.attempts {
      let outcome = try await approvedPlan(approve, actuators)
      let delivery = try deliver(
        outcome, identity: environment, version: version, setAside: &setAside)
      if let delivery { return delivery }
    }
    throw ReconcileError.overtaken(attempts: Self.attempts)
  }

  /// A plan that was approved, with what came of its effects on tenants, which is recorded too.
  private func approvedPlan(
    _ approve: @Sendable (PlannedRun) throws -> Void, _ actuators: [any Actuators]
  ) async throws -> PlannedRun {
    var outcome = try await plan()
    try approve(outcome)
    try await outcome.plan.carryOut(by: actuators, desired: outcome.declared.state)
    return outcome
  }

  /// Records an outcome here, and sends it where it is to go.
  ///
  /// - Returns: Nil when somebody else was faster.
  private func deliver(
    _ outcome: PlannedRun, identity environment: [String: String], version: String,
    setAside: inout [String]
  ) throws -> Delivery? {
    guard let reports = outcome.reports else { return nil }
    let repository = try Repository.open(path: request.location.repository)
    let branch = outcome.declared.state.settings.reportsBranch
    if let remote = request.remote, reports.unreachable == nil {
      if let revision = outcome.declared.reference.revision {
        try remote.checkTrunk(revision, in: repository)
      }
      if reports.standing == .diverged, let local = reports.local {
        setAside.append(try Self.keep(local, of: branch, in: repository))
      }
    }
    var applied = Delivery.Applied.nothingToDo
    var recorded = reports.tip
    if let commit = outcome.plan.commit {
      guard let id = try carryOut(commit, of: outcome, environment: environment, version: version)
      else {
        return nil
      }
      applied = .committed(id: id.hex, branch: branch)
      recorded = id
    } else if request.remote != nil, let tip = reports.tip, tip != reports.local {
      let update = try repository.updateReference(
        reports.name, from: reports.local, to: tip, message: "plumb: fetch")
      guard update == .moved else { return nil }
    }
    guard let remote = request.remote else {
      return Delivery(outcome: outcome, applied: applied)
    }
    let push = try push(
      branch, at: recorded, isNew: outcome.plan.wouldCommit, to: remote, after: reports,
      setAside: &setAside)
    return push.map {
      Delivery(outcome: outcome, applied: applied, push: $0, setAside: setAside)
    }
  }

  /// Makes sure that what is about to be recorded can be read by the next run.
  static func readBack(_ files: [TreeChange.File]) throws(ReconcileError) {
    let recorded = files.filter { $0.path.hasSuffix(".json") }
    _ = try recorded.sharedOut(over: Assessor.width, least: Assessor.fewest) {
      own throws(ReconcileError) -> [Never] in
      for file in own { try readBack(file) }
      return []
    }
  }

  private static func readBack(_ file: TreeChange.File) throws(ReconcileError) {
    do {
      let value = try RecordReader.value(file.contents, file.path)
      switch file.path.split(separator: "/").last {
      case "state.json" where file.path == "state.json":
        _ = try StateCodec.decodeRoot(value, path: file.path)
      case "state.json": _ = try StateCodec.decodeInstance(value, path: file.path)
      case let name:
        if let source = ImportedSource.all.first(where: { "\($0.file).json" == name ?? "" }) {
          _ = try StateCodec.decodeImport(value, from: source, path: file.path)
        }
      }
    } catch {
      throw ReconcileError.damagedRecord(
        "the report cannot be read back, so nothing was recorded: \(error)")
    }
  }

  private func refuseUnappliable() throws {
    if let base = request.base {
      throw ReconcileError.refused("a comparison with '\(base)' cannot be applied")
    }
    if request.location.usesWorkingTree {
      throw ReconcileError.refused(
        "apply records a commit's desired state: commit first, then apply without --working-tree")
    }
  }

  /// Writes the commit and moves the branch here to it.
  ///
  /// - Returns: The commit's identifier; nil when somebody else moved the branch first.
  private func carryOut(
    _ commit: Effect, of outcome: PlannedRun, environment: [String: String], version: String
  ) throws -> ObjectID? {
    let repository = try Repository.open(path: request.location.repository)
    let settings = outcome.declared.state.settings
    try ReportsGuard.check(
      outcome.reports?.tip, branch: settings.reportsBranch, folder: settings.reportsPath,
      in: repository)
    let plan = try withOrigins(outcome)
    let parent = ObjectID(hex: commit.from.state)
    let time = Int64(plan.at.secondsSince1970)
    let kept = parent == nil ? [] : ReportTree.kept(by: plan)
    let background = try ReportBackground(repository: repository, folder: settings.reportsPath)
      .read(for: plan, of: outcome.declared, after: parent)
    let files = ReportTree.render(
      plan, background: background, keeping: kept, cores: Assessor.width
    ).sharedOut(over: Assessor.width, least: Assessor.fewest) { own in
      own.map { TreeChange.File(path: $0.path, contents: SecretGate.process.passing($0.bytes)) }
    }
    try Self.readBack(files)
    let written = try repository.writeCommit(
      CommitDraft(
        parents: parent.map { [$0] } ?? [],
        changes: [
          .replace(folder: settings.reportsPath, with: files, keeping: kept.sorted())
        ],
        author: try repository.configuredIdentity(
          .author, fallback: Self.fallbackIdentity, time: time, environment: environment),
        committer: try repository.configuredIdentity(
          .committer, fallback: Self.fallbackIdentity, time: time, environment: environment),
        message: SecretGate.process.telling(CommitMessage.text(for: plan, version: version))))
    let update = try repository.updateReference(
      "refs/heads/\(settings.reportsBranch)", from: outcome.reports?.local, to: written.id,
      message: "plumb: apply")
    return update == .moved ? written.id : nil
  }
}
