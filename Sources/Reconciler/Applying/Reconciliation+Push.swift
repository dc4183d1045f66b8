internal import Git
internal import Posture

extension Reconciliation {
  /// What became of a report that was to be recorded and pushed.
  package struct Delivery: Sendable {
    package let outcome: Outcome
    package let applied: Applied
    package let push: Push
    /// Commits that were here and never pushed, while the remote went another way: the references that
    /// keep them.
    package let setAside: [String]
  }

  package enum Push: Sendable {
    /// The remote has what is recorded here; whether anything had to be sent.
    case done(sent: Bool)
    /// It has not, for this reason; what was recorded stays recorded here.
    case failed(String)
  }

  /// Plans from what the remote has recorded, records one commit, and pushes it without force.
  ///
  /// When the remote's branch was moved in the meantime, the commit of this run is dropped, and the
  /// plan is made again from theirs. Commits that an earlier run recorded and could not push go with
  /// it; when the remote went another way without them, they are kept under `refs/plumb/unpushed/`.
  ///
  /// - Throws: ``ReconcileError``, among them `overtaken`. A remote that cannot be reached is no
  ///   error: the report is recorded here, and ``Delivery/push`` says so.
  package func applyAndPush(
    to remote: ReportsRemote, identity environment: [String: String], version: String,
    sync: SecureScoreSync? = nil, approve: @Sendable (Outcome) throws -> Void
  ) async throws -> Delivery {
    try refuseUnappliable()
    let here = try Repository.open(path: request.location.repository)
    here.clearDeadUpdate()
    remote.clearDeadUpdate(from: here)
    var reconciliation = self
    var setAside: [String] = []
    for _ in 0..<Self.attempts {
      let outcome = try await reconciliation.approvedPlan(approve, sync: sync)
      // However often others are faster: once is observed.
      reconciliation = reconciliation.settled(at: outcome.plan.at)
      let repository = try Repository.open(path: request.location.repository)
      guard let reports = outcome.reports else { continue }
      if reports.unreachable == nil, let revision = outcome.declared.reference.revision {
        try remote.checkTrunk(revision, in: repository)
      }
      let branch = outcome.declared.state.settings.reportsBranch
      if reports.standing == .diverged, reports.unreachable == nil, let local = reports.local {
        setAside.append(try Self.keep(local, of: branch, in: repository))
      }
      var applied = Applied.nothingToDo
      var recorded = reports.tip
      if outcome.plan.wouldCommit {
        guard let id = try write(outcome, environment: environment, version: version) else {
          continue
        }
        applied = .committed(id: id.hex, branch: branch)
        recorded = id
      } else if let tip = reports.tip, tip != reports.local {
        let update = try repository.updateReference(
          reports.name, from: reports.local, to: tip, message: "plumb: fetch")
        guard update == .moved else { continue }
      }
      func delivery(_ push: Push) -> Delivery {
        Delivery(outcome: outcome, applied: applied, push: push, setAside: setAside)
      }
      if let error = reports.unreachable {
        return delivery(.failed(remote.advice(error, in: repository)))
      }
      guard let recorded, recorded != reports.tracked else { return delivery(.done(sent: false)) }
      switch Self.push(branch, to: remote, from: repository) {
      case .success(.pushed):
        // As git does: whoever reads what was last seen of the remote sees what it has now.
        _ = try repository.updateReference(
          remote.tracking(branch), from: reports.tracked, to: recorded, message: "plumb: push")
        return delivery(.done(sent: true))
      case .failure(let error): return delivery(.failed(remote.advice(error, in: repository)))
      case .success(let refusal):
        do throws(GitError) {
          try remote.fetch(branch, into: repository)
        } catch {
          return delivery(.failed(remote.advice(error, in: repository)))
        }
        let theirs = try repository.target(of: remote.tracking(branch))
        if theirs == reports.tracked, case .refused(let reason) = refusal {
          return delivery(.failed("'\(remote.label)' refuses '\(branch)': \(reason)"))
        }
        if case .committed = applied, let theirs {
          let kept = try Self.drop(
            recorded, after: reports.tip, for: theirs, of: branch, in: repository)
          setAside += kept
        }
      }
    }
    throw ReconcileError.overtaken(attempts: Self.attempts)
  }

  private static func push(
    _ branch: String, to remote: ReportsRemote, from repository: Repository
  ) -> Result<PushResult, GitError> {
    do throws(GitError) { return .success(try remote.push(branch, from: repository)) } catch {
      return .failure(error)
    }
  }

  /// Takes back the commit of this run, which was overtaken: it will be made again after theirs.
  ///
  /// - Returns: The references that keep what it followed, where the remote does not have that either.
  private static func drop(
    _ commit: ObjectID, after parent: ObjectID?, for theirs: ObjectID, of branch: String,
    in repository: Repository
  ) throws -> [String] {
    var kept: [String] = []
    if let parent, try !repository.isAncestor(parent, of: theirs) {
      kept.append(try keep(parent, of: branch, in: repository))
    }
    // When another process here has moved it on, the next round sees what it made of it.
    _ = try repository.updateReference(
      "refs/heads/\(branch)", from: commit, to: theirs, message: "plumb: overtaken")
    return kept
  }

  /// Keeps commits that no branch will hold any more.
  private static func keep(
    _ tip: ObjectID, of branch: String, in repository: Repository
  ) throws -> String {
    let name = "refs/plumb/unpushed/\(branch)/\(tip.shortHex)"
    _ = try repository.updateReference(
      name, from: nil, to: tip, message: "plumb: the remote went another way")
    return name
  }

  /// Where the reports branch stands; asks the remote first when the report is to be pushed there.
  func reports(in repository: Repository, settings: Settings) throws -> ReportsBranch {
    let branch = settings.reportsBranch
    guard let remote = request.remote else {
      return try ReportsBranch(branch, in: repository, side: request.location.recordSide)
    }
    var unreachable: GitError?
    do throws(GitError) {
      try remote.fetch(branch, into: repository)
    } catch {
      guard error.code == .network else {
        throw ReconcileError.refused(remote.advice(error, in: repository))
      }
      unreachable = error
    }
    var reports = try ReportsBranch(
      branch, in: repository, side: unreachable == nil ? .remote : .here,
      tracking: remote.tracking(branch))
    reports.unreachable = unreachable
    return reports
  }
}
