internal import Git

/// The remote whose desired state is followed, and to which reports go back.
package struct FollowedRemote: Sendable {
  /// Its URL.
  package let url: String
  /// For messages: without a user's name or password.
  package var label: String { GitError.withoutUserInformation(url) }
  private let path: String
  private let branch: String?
  private let environment: [String: String]

  /// What it has now.
  package struct Fetched: Sendable {
    /// One commit of its copy here.
    package let location: DeclaredState.Location
    /// Where reports go.
    package let remote: ReportsRemote
    /// The branch that is followed; nil where more than one is at that commit, and nobody named one.
    package let branch: String?
  }

  /// - Parameters:
  ///   - path: The folder of desired state.
  ///   - branch: The branch that is followed; nil for the one that its HEAD names.
  ///   - environment: The process's own.
  package init(_ url: String, path: String, branch: String?, environment: [String: String]) {
    self.url = url
    self.path = path
    self.branch = branch
    self.environment = environment
  }

  /// Asks the remote.
  ///
  /// - Throws: ``ReconcileError`` where it can't be reached, or has no such branch.
  package func fetch() throws -> Fetched {
    let copy = try RemoteCopy(url, environment: environment)
    let commit = try copy.commit(of: branch ?? "HEAD")
    var location = DeclaredState.Location(
      repository: copy.path, path: path, revision: commit)
    location.recordSide = .remoteOnly
    location.isNamed = true
    let repository = try Repository.open(path: copy.path)
    var remote = try ReportsRemote(
      "origin", in: repository, copy: copy, environment: environment)
    remote.trunk = branch.map { .named($0) } ?? .head
    let prefix = "refs/remotes/origin/"
    let here = try repository.references(under: prefix).filter { $0.target.hex == commit }
      .map { String($0.name.dropFirst(prefix.count)) }.filter { $0 != "HEAD" }
    return Fetched(
      location: location, remote: remote,
      branch: branch ?? (here.count == 1 ? here.first : nil))
  }
}
