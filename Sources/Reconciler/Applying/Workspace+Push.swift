internal import Git
internal import Posture

extension Workspace {
  /// Sends what is recorded here to the remote.
  ///
  /// - Parameters:
  ///   - recorded: The commit that is recorded here now; nil while nothing is.
  ///   - isNew: Whether this run made it.
  ///   - reports: Where the branch stood when the plan was made.
  /// - Returns: Nil when the remote moved in the meantime: what this run recorded is taken back.
  func push(
    _ branch: String, at recorded: ObjectID?, isNew: Bool, to remote: ReportsRemote,
    after reports: ReportsBranch, setAside: inout [String]
  ) throws -> Delivery.Push? {
    let repository = try Repository.open(path: request.location.repository)
    if let error = reports.unreachable { return .failed(remote.advice(error, in: repository)) }
    guard let recorded, recorded != reports.tracked else { return .done(sent: false) }
    let refusal: PushResult
    do throws(GitError) {
      refusal = try remote.push(branch, from: repository)
      if refusal != .pushed { try remote.fetch(branch, into: repository) }
    } catch {
      return .failed(remote.advice(error, in: repository))
    }
    if refusal == .pushed {
      // As git does: whoever reads what was last seen of the remote sees what it has now.
      _ = try repository.updateReference(
        remote.tracking(branch), from: reports.tracked, to: recorded, message: "plumb: push")
      return .done(sent: true)
    }
    let theirs = try repository.target(of: remote.tracking(branch))
    if theirs == reports.tracked, case .refused(let reason) = refusal {
      return .failed("'\(remote.label)' refuses '\(branch)': \(reason)")
    }
    if isNew, let theirs {
      setAside += try Self.drop(
        recorded, after: reports.tip, for: theirs, of: branch, in: repository)
    }
    return nil
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
  static func keep(
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
