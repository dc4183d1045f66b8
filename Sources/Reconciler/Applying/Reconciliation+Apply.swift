internal import Git
internal import Observation
internal import Posture
internal import Reports

extension Reconciliation {
  /// What an apply did.
  package enum Applied: Sendable {
    /// A commit was written: its identifier and the branch.
    case committed(id: String, branch: String)
    /// The recorded state says it all already.
    case nothingToDo
  }

  /// Who signs the commits of reports, where git has no identity.
  package static let fallbackIdentity = (name: "Plumb", email: "plumb@localhost")

  static let attempts = 10

  /// Plans and records the plan as one commit on the reports branch.
  ///
  /// The branch is moved by compare-and-swap from the commit that the plan started from: when
  /// somebody else was faster, the plan is made again from theirs.
  ///
  /// - Parameters:
  ///   - sync: Writes into Microsoft Secure Score what the plan says; nil writes nothing there.
  ///   - approve: Asked with every plan before it is written; throws to stop.
  package func apply(
    identity environment: [String: String], version: String, sync: SecureScoreSync? = nil,
    approve: @Sendable (Outcome) throws -> Void
  ) async throws -> (outcome: Outcome, applied: Applied) {
    try refuseUnappliable()
    try Repository.open(path: request.location.repository).clearDeadUpdate()
    var reconciliation = self
    for _ in 0..<Self.attempts {
      let outcome = try await reconciliation.approvedPlan(approve, sync: sync)
      // However often others are faster: once is observed.
      reconciliation = reconciliation.settled(at: outcome.plan.at)
      guard outcome.plan.wouldCommit else { return (outcome, .nothingToDo) }
      if let id = try write(outcome, environment: environment, version: version) {
        return (
          outcome, .committed(id: id.hex, branch: outcome.declared.state.settings.reportsBranch)
        )
      }
    }
    throw ReconcileError.overtaken(attempts: Self.attempts)
  }

  /// A plan that was approved, with what came of writing into Microsoft Secure Score, which is
  /// recorded too.
  func approvedPlan(
    _ approve: @Sendable (Outcome) throws -> Void, sync: SecureScoreSync?
  ) async throws -> Outcome {
    var outcome = try await plan()
    try approve(outcome)
    guard let sync else { return outcome }
    outcome.plan = try await sync.carriedOut(outcome.plan, desired: outcome.declared.state)
    return outcome
  }

  /// Makes sure that what is about to be recorded can be read by the next run.
  static func readBack(_ files: [TreeChange.File]) throws(ReconcileError) {
    for file in files where file.path.hasSuffix(".json") {
      do {
        let value = try RecordReader.value(file.contents, file.path)
        switch file.path.split(separator: "/").last {
        case "state.json" where file.path == "state.json":
          _ = try StateCodec.decodeRoot(value, path: file.path)
        case "state.json": _ = try StateCodec.decodeInstance(value, path: file.path)
        case "secure-score.json": _ = try StateCodec.decodeSecureScore(value, path: file.path)
        default: break
        }
      } catch {
        throw ReconcileError.damagedRecord(
          "the report cannot be read back, so nothing was recorded: \(error)")
      }
    }
  }

  func refuseUnappliable() throws {
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
  func write(
    _ outcome: Outcome, environment: [String: String], version: String
  ) throws -> ObjectID? {
    let repository = try Repository.open(path: request.location.repository)
    let settings = outcome.declared.state.settings
    try ReportsGuard.check(
      outcome.reports?.tip, branch: settings.reportsBranch, folder: settings.reportsPath,
      in: repository)
    let plan = try withOrigins(outcome)
    let parent = plan.recordedRevision.flatMap { ObjectID(hex: $0) }
    let time = Int64(plan.at.secondsSince1970)
    let files = ReportTree.render(plan).map {
      TreeChange.File(path: $0.path, contents: SecretGate.process.passing($0.bytes))
    }
    try Self.readBack(files)
    let written = try repository.writeCommit(
      CommitDraft(
        parents: parent.map { [$0] } ?? [],
        changes: [.replace(folder: settings.reportsPath, with: files)],
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
