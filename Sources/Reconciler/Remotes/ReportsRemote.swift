internal import Connectors
private import Foundation
package import Git
internal import Posture
internal import Text

/// The remote that reports are pushed to, never by force.
package struct ReportsRemote: Sendable {
  /// A configured remote's name, a URL or a path, as it was given.
  package let name: String
  /// For messages: without a user's name or password.
  package let label: String
  private let access: RemoteAccess
  private let isConfigured: Bool
  /// Where the remote's branch is kept as it was last seen.
  private let tracking: String
  /// What desired states are recorded there.
  package var trunk = Trunk.head

  /// The branch of the remote whose desired states are recorded: what is not merged into it is nobody's
  /// posture yet.
  package enum Trunk: Sendable, Hashable {
    /// The one that the remote's HEAD names.
    case head
    case named(String)
    /// Whatever is checked out.
    case any
  }

  /// - Parameters:
  ///   - name: A configured remote's name, a URL or a path.
  ///   - copy: The copy that the desired state was read from, when it is the remote's own: reports go
  ///     back where it came from.
  package init(
    _ name: String, in repository: Repository, copy: RemoteCopy? = nil,
    environment: [String: String]
  ) throws {
    access = try RemoteAccess(environment: environment)
    if let copy {
      self.name = copy.url
      label = GitError.withoutUserInformation(copy.url)
      isConfigured = false
      tracking = "refs/remotes/origin/"
      return
    }
    self.name = name
    label = GitError.withoutUserInformation(name)
    let names = try repository.remoteNames()
    isConfigured = names.contains(name)
    if isConfigured {
      tracking = "refs/remotes/\(name)/"
      return
    }
    guard name.contains("/") || RemoteAddress(name).scheme != nil else {
      throw ReconcileError.refused(
        "there is no remote named '\(name)'" + Suggestion.hint(for: name, among: names)
          + (names.isEmpty
            ? "; add one with 'git remote add', or name a URL with --remote"
            : "; there is \(names.joined(separator: ", "))"))
    }
    tracking = "refs/plumb/remotes/\(Digest.sha256(name).prefix(16))/"
  }

  /// The full name of what was last seen of a branch of the remote.
  func tracking(_ branch: String) -> String { tracking + branch }

  /// Fetches the remote's branch; what was seen of it before goes when the remote has none.
  func fetch(_ branch: String, into repository: Repository) throws(GitError) {
    let source: String? =
      switch trunk {
      case .head: "HEAD"
      case .named(let name): "refs/heads/\(name)"
      case .any: nil
      }
    _ = try repository.fetch(
      from: name,
      refspecs: ["+refs/heads/\(branch):\(tracking(branch))"]
        + (source.map { ["+\($0):\(trunkReference)"] } ?? []),
      prune: true, options: access.options)
  }

  /// Where the branch is kept that desired states must be on, as it was last seen.
  private var trunkReference: String { "refs/plumb/trunk/\(Digest.sha256(name).prefix(16))" }

  /// Refuses a desired state that is not on the remote's own branch: a branch that nobody merged would
  /// rewrite the posture that all share.
  func checkTrunk(_ revision: String, in repository: Repository) throws {
    let branch: String
    switch trunk {
    case .any: return
    case .head: branch = "the branch that its HEAD names"
    case .named(let name): branch = "its branch '\(name)'"
    }
    guard let commit = ObjectID(hex: revision) else { return }
    let tip = try repository.target(of: trunkReference)
    if let tip, try repository.isAncestor(commit, of: tip) { return }
    let what = tip == nil ? "'\(label)' has no commit on \(branch)" : "is not on \(branch)"
    throw ReconcileError.refused(
      tip == nil
        ? "\(what), so that nobody can tell that this desired state is the one that all share; push it first, name a branch with --branch, or say --any-branch"
        : "the desired state at \(revision.prefix(10)) of '\(label)' \(what): merge and push it first, name another branch with --branch, or say --any-branch"
    )
  }

  /// Removes what a run left in the remote's folder that died while it pushed.
  func clearDeadUpdate(from repository: Repository) { repository.clearDeadUpdate(of: name) }

  func push(_ branch: String, from repository: Repository) throws(GitError) -> PushResult {
    try repository.push("refs/heads/\(branch)", to: name, options: access.options)
  }

  /// What went wrong, and what to do about it.
  func advice(_ error: GitError, in repository: Repository) -> String {
    if error.code == .objectNotFound, repository.isShallow {
      return
        "\(error.description); the clone is shallow: fetch its history with 'git fetch --unshallow' "
        + "(in a GitHub workflow, actions/checkout with fetch-depth: 0)"
    }
    return RemoteAdvice(error, remote: repository.remoteURL(name) ?? name).text
  }
}
