internal import Connectors
private import Foundation
package import Git
internal import Posture
internal import Text

/// A copy of a remote repository in the cache, brought up to date. Plumb reads a desired state from it
/// that nobody has cloned.
package struct RemoteCopy: Sendable {
  /// The remote's URL, or its address in the form `host:path`.
  package let url: String
  /// The bare repository in the cache.
  package let path: String

  /// Whether a text names a remote rather than a folder: a URL, or `host:path` where no folder is
  /// called so.
  package static func isRemote(_ text: String, exists: (String) -> Bool) -> Bool {
    guard RemoteAddress(text).scheme != nil else { return false }
    return text.contains("://") || !exists(text)
  }

  /// Fetches, or clones what is not there yet.
  ///
  /// The cache is `PLUMB_CACHE`, or `plumb` in `XDG_CACHE_HOME` or `~/.cache`; in it there is one
  /// folder for each URL.
  package init(_ url: String, environment: [String: String]) throws {
    self.url = url
    path = try Self.folder(in: environment) + "/" + Digest.sha256(url).prefix(40)
    let access = try RemoteAccess(environment: environment)
    do throws(GitError) {
      _ = try Repository.mirror(url, at: path, options: access.options)
    } catch {
      throw ReconcileError.refused(RemoteAdvice(error, remote: url).text)
    }
  }

  private static func folder(in environment: [String: String]) throws -> String {
    func value(_ name: String) -> String? {
      environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
    if let folder = value("PLUMB_CACHE") {
      return URL(fileURLWithPath: folder).standardizedFileURL.path + "/git"
    }
    // As the XDG specification says, a relative path counts as none.
    if let folder = value("XDG_CACHE_HOME"), folder.hasPrefix("/") { return folder + "/plumb/git" }
    if let home = value("HOME") { return home + "/.cache/plumb/git" }
    throw ReconcileError.refused(
      "there is no HOME to keep a copy of the remote in; name a folder in PLUMB_CACHE")
  }

  /// The commit that an expression names, as the remote knows it: `main` is its branch.
  package func commit(of revision: String) throws -> String {
    let repository = try Repository.open(path: path)
    let name = revision.prefix { !"~^@:".contains($0) }
    let qualified =
      try repository.target(of: "refs/remotes/origin/\(name)") != nil
      ? "refs/remotes/origin/\(revision)" : revision
    do throws(GitError) {
      return try repository.resolve(qualified).hex
    } catch {
      let label = GitError.withoutUserInformation(url)
      let prefix = "refs/remotes/origin/"
      let branches = try repository.references(under: prefix).map {
        String($0.name.dropFirst(prefix.count))
      }
      guard error.code == .unknownRevision || error.code == .emptyRepository else { throw error }
      if name == "HEAD" {
        throw ReconcileError.refused(
          branches.isEmpty
            ? "'\(label)' has no commit yet"
            : "'\(label)' has no default branch; name one with --revision: \(branches.joined(separator: ", "))"
        )
      }
      throw ReconcileError.refused(
        "no revision named '\(revision)' in '\(label)'"
          + Suggestion.hint(for: String(name), among: branches))
    }
  }
}

/// How remotes are talked to.
package struct RemoteAccess: Sendable {
  private let credentials: GitCredentials

  /// - Parameter environment: The process's own. `GIT_SSL_CAINFO` names certificates to trust beside
  ///   the system's, as for git.
  package init(environment: [String: String]) throws {
    credentials = try GitCredentials(environment: environment)
    if let file = environment["GIT_SSL_CAINFO"], !file.isEmpty {
      try Repository.trust(certificateFile: file)
    }
  }

  /// Options that answer the remote's requests with the copy's credentials.
  package var options: RemoteOptions { credentials.options }
}
