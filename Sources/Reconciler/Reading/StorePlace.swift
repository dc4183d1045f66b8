internal import Connectors
private import Foundation
internal import Git
package import Observation
internal import Posture

/// Where Plumb keeps what it observes for a repository, and tokens: never where the repository's own files are, which a pull
/// request may bring.
package enum StorePlace {
  /// What older versions kept below the working tree.
  private static let abandoned = ".plumb/observations"

  /// The store that was named, or the repository's own in the user's state.
  ///
  /// `$XDG_STATE_HOME/plumb/<repository>/observations`, in `~/.local/state` by default, as the XDG Base Directory
  /// Specification has it; a folder that was named takes the place of `…/<repository>`.
  ///
  /// - Parameters:
  ///   - named: A folder; nil for what `PLUMB_STORE` names, or the default.
  ///   - environment: The process's own.
  /// - Returns: Nil when there is no home to keep anything in.
  /// - Throws: ``ReconcileError`` for a place in the working tree.
  package static func store(
    _ named: String?, repository path: String, environment: [String: String]
  ) throws -> ObservationStore? {
    func value(_ name: String) -> String? {
      environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
    let repository = try Repository.open(path: path)
    let base: String
    var steps: [String]
    if let named = named ?? value("PLUMB_STORE") {
      let url = URL(fileURLWithPath: named).standardizedFileURL
      base = url.deletingLastPathComponent().path
      steps = [url.lastPathComponent]
      guard url.path != "/" else { throw ReconcileError.refused("observations are not kept in /") }
    } else if let state = value("XDG_STATE_HOME").flatMap({ $0.hasPrefix("/") ? $0 : nil })
      ?? value("HOME").map({ $0 + "/.local/state" })
    {
      // As the specification says, a relative path counts as none.
      base = URL(fileURLWithPath: state).standardizedFileURL.path
      steps = ["plumb", key(of: repository)]
    } else {
      return nil
    }
    steps.append("observations")
    let store = ObservationStore(base: base, steps: steps)
    try refuse(
      store.path, in: repository,
      "observations are not kept in the repository's working tree, where a pull request may bring its own: \(store.path); name another folder with --store"
    )
    return store
  }

  /// The file that keeps refresh tokens which change.
  ///
  /// - Throws: ``ReconcileError`` for a place in the working tree, ``Fault`` for what is no place of a file.
  package static func tokens(_ file: String, repository path: String) throws -> TokenStore {
    let store = try TokenStore(path: file)
    try refuse(
      store.path, in: try Repository.open(path: path),
      "tokens are not kept in the repository's working tree, from where they would be committed: \(store.path); name a file elsewhere with --token-store"
    )
    return store
  }

  /// Whether the working tree has observations of an older version, and none are kept where they are now.
  package static func abandons(_ repository: String, for store: ObservationStore) -> Bool {
    guard !store.isThere, let root = try? Repository.open(path: repository).workingDirectory else {
      return false
    }
    return FileManager.default.fileExists(atPath: "\(root)/\(abandoned)")
  }

  /// A folder's name that tells people which repository it is, and is no other repository's; a worktree's is that of
  /// its repository.
  private static func key(of repository: Repository) -> String {
    let folder = resolved(repository.commonDirectory)
    let parts = folder.split(separator: "/")
    let name = parts.last == ".git" ? parts.dropLast().last : parts.last
    let slug = (name ?? "").lowercased().map { character in
      character.isASCII && (character.isLetter || character.isNumber) ? character : "-"
    }
    return String(slug.prefix(40)) + "-" + Digest.sha256(folder).prefix(16)
  }

  /// A path that leads into the working tree, by itself or through links, is refused.
  private static func refuse(_ path: String, in repository: Repository, _ reason: String) throws {
    guard let root = repository.workingDirectory else { return }
    let tree = resolved(root)
    for place in [path, resolved(path)] {
      for root in [root, tree] where (place + "/").hasPrefix(root == "/" ? "/" : root + "/") {
        throw ReconcileError.refused(reason)
      }
    }
  }

  /// The path with every link on it followed, as far as it is there.
  private static func resolved(_ path: String) -> String {
    var known = path
    var rest: [String] = []
    while true {
      if let resolved = realpath(known, nil) {
        defer { free(resolved) }
        let start = String(cString: resolved)
        return ([start == "/" ? "" : start] + rest).joined(separator: "/")
      }
      let url = URL(fileURLWithPath: known)
      guard url.path != "/" else { return path }
      rest.insert(url.lastPathComponent, at: 0)
      known = url.deletingLastPathComponent().path
    }
  }
}
