internal import Git
internal import Posture

/// The reports branch as a list of reports, each a commit that recorded something.
struct ReportLog {
  let repository: Repository
  /// The branch, without `refs/heads/`.
  let branch: String
  /// The folder of reports in it.
  let folder: String
  /// The reports, the newest first; at least one.
  let entries: [Entry]
  /// Where a shallow clone's history ends; nil in a whole one.
  let cutOff: ReportReference?

  struct Entry: Sendable {
    let report: ReportReference
    let tree: ObjectID
    /// The blob of the top file.
    let state: ObjectID
  }

  /// The commit that counts as recorded.
  let tip: ObjectID

  init(
    repository: Repository, branch: String, folder: String, entries: [Entry], tip: ObjectID,
    cutOff: ReportReference?
  ) {
    self.repository = repository
    self.branch = branch
    self.folder = folder
    self.entries = entries
    self.tip = tip
    self.cutOff = cutOff
  }

  /// - Throws: ``ReconcileError`` with what to do where there is no report yet.
  init(_ repository: Repository, settings: Settings, side: ReportsBranch.Side) throws {
    self.repository = repository
    branch = settings.reportsBranch
    folder = settings.reportsPath
    let statePath = "\(folder)/state.json"
    guard let tip = try ReportsBranch(branch, in: repository, side: side).tip else {
      throw ReconcileError.refused(try Self.advice(on: branch, in: repository))
    }
    var walk = try repository.walk(from: tip, firstParent: true, path: statePath)
    var entries: [Entry] = []
    var oldest: CommitInfo?
    while let commit = try walk.next() {
      oldest = commit
      // A commit that deleted the reports has none.
      guard let state = try repository.entry(statePath, inTree: commit.tree) else { continue }
      entries.append(
        Entry(report: ReportReference(commit), tree: commit.tree, state: state.id))
    }
    guard !entries.isEmpty else {
      throw ReconcileError.refused(
        "the branch '\(branch)' holds no report in '\(folder)': run 'plumb apply' to record the first"
      )
    }
    self.entries = entries
    self.tip = tip
    let isCutOff =
      try repository.isShallow
      && (oldest?.parents.contains { try repository.commitIfPresent($0) == nil } ?? false)
    cutOff = isCutOff ? entries.last?.report : nil
  }

  private static func advice(on branch: String, in repository: Repository) throws -> String {
    let missing = "there is no report yet: the branch '\(branch)' does not exist"
    let suffix = "/\(branch)"
    let remotes = try repository.references(under: "refs/remotes/").map(\.name)
      .filter { $0.hasSuffix(suffix) }
    guard let found = remotes.first else {
      return "\(missing); run 'plumb apply' to record the first"
    }
    let remote = found.dropFirst("refs/remotes/".count).dropLast(suffix.count)
    return
      "the branch '\(branch)' is at '\(remote)' and not here: run 'git branch \(branch) \(remote)/\(branch)'"
  }

  /// The commit that a revision names, which may begin with the branch's name: a fresh clone has the branch of the remote
  /// alone, and means that one.
  func commit(_ revision: String) throws -> ObjectID {
    let rest = revision.dropFirst(branch.count)
    guard revision.hasPrefix(branch), rest.first.map({ "~^@".contains($0) }) ?? true else {
      return try repository.resolve(revision)
    }
    return try repository.resolve(rest.hasPrefix("@") ? revision : tip.hex + rest)
  }

  /// The entry that stood at a moment: the newest that is not later; nil where all are.
  func standing(at moment: Instant) -> Entry? { entries.first { $0.report.at <= moment } }
}

extension ReportReference {
  init(_ commit: CommitInfo) {
    self.init(
      revision: commit.id.hex, at: Instant(secondsSince1970: Int(commit.committer.time)),
      desiredRevision: commit.trailer("Desired-State").flatMap { ObjectID(hex: $0)?.hex })
  }
}
