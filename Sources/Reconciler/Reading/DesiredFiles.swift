internal import Connectors
private import Foundation
package import Git
internal import Observation
package import Posture
internal import Text

/// The YAML files of a desired state, read from a revision's tree or from the working tree.
package struct DesiredFiles: Sendable {
  /// Names relative to the repository's root, and contents, sorted by name.
  package let files: [(path: String, bytes: [UInt8])]
  /// The revision that was read; nil for a working tree.
  let revision: String?
  /// The folder that was read, relative to the repository's root.
  let path: String

  /// Which revision or working tree was read, and its digest.
  ///
  /// - Complexity: O(*n*) in the bytes of all files, at each call.
  package var reference: DesiredReference {
    let contents = files.map { "\($0.path) \(Digest.sha256($0.bytes))" }.joined(separator: "\n")
    return DesiredReference(revision: revision, path: path, digest: Digest.sha256(contents))
  }

  /// The limits on one desired state: anybody may open a pull request, credentials are at hand while it
  /// is read, and a small pack can unpack to any number of files.
  package enum Bounds {
    /// Bytes of one file.
    package static let file = 16 << 20
    /// Files of YAML.
    package static let files = 20_000
    /// Bytes of all files together.
    package static let bytes = 64 << 20
    /// Entries of git's trees that are looked at.
    package static let entries = 200_000
  }

  /// Reads a revision straight from its tree: works in bare repositories and touches no working tree.
  package static func read(
    _ repository: Repository, revision: String, path: String
  ) throws -> DesiredFiles {
    let commit = try repository.resolve(revision)
    let folder = normalised(path)
    let start = folder.isEmpty ? nil : try repository.entry(folder, at: commit)
    guard folder.isEmpty || start != nil else {
      throw ReconcileError.noDesiredState(
        "there is no folder '\(path)' at \(revision); run 'plumb init', commit, or name it with --path"
      )
    }
    if let start, start.mode != .tree, !start.mode.isRegularFile {
      throw ReconcileError.unreadable(
        path: folder, reason: "desired state is a folder, this is a link")
    }
    let entries = try repository.files(under: folder, at: commit, limit: Bounds.entries) {
      isYAML($0.path)
    }
    var tally = ReadBudget()
    let files = try entries.map { entry in
      guard entry.mode.isRegularFile else {
        throw ReconcileError.unreadable(
          path: entry.path, reason: "desired state is read from plain files, this is a link")
      }
      let bytes = try repository.blob(entry.id, limit: Bounds.file)
      do throws(Fault) {
        try tally.add(bytes)
      } catch {
        throw ReconcileError.unreadable(path: entry.path, reason: error.detail)
      }
      return (path: entry.path, bytes: bytes)
    }
    try checkPresence(files, path: path, place: "at \(revision)")
    return DesiredFiles(files, revision: commit.hex, path: folder)
  }

  /// Reads the working tree as it is, committed or not.
  package static func readWorkingTree(_ repository: Repository, path: String) throws -> DesiredFiles
  {
    guard let root = repository.workingDirectory else {
      throw ReconcileError.refused(
        "a bare repository has no working tree; leave out --working-tree")
    }
    let folder = normalised(path)
    let base = folder.isEmpty ? root : "\(root)/\(folder)"
    switch kind(of: base) {
    case S_IFDIR: break
    case S_IFLNK where !folder.isEmpty:
      throw ReconcileError.unreadable(
        path: folder, reason: "desired state is a folder, this is a link")
    default:
      throw ReconcileError.noDesiredState(
        "there is no folder '\(path)' in the working tree; run 'plumb init' or name it with --path")
    }
    let directory = WorkingDirectory(root: root)
    let found = directory.walk(folder, where: isYAML)
      .sorted { $0.path.isBefore($1.path) }
    var tally = ReadBudget()
    let files = try found.enumerated().map { place, file in
      guard file.isPlain else {
        throw ReconcileError.unreadable(
          path: file.path, reason: "desired state is read from plain files, this is none")
      }
      do throws(Fault) {
        // Where the way to the folder leads out of the repository, the first file shows it as well as each would.
        let bytes =
          place == 0
          ? try directory.contents(of: file.path, limit: Bounds.file)
          : try directory.contents(ofFound: file.path, limit: Bounds.file)
        try tally.add(bytes)
        return (path: file.path, bytes: bytes)
      } catch {
        throw ReconcileError.unreadable(path: file.path, reason: error.detail)
      }
    }
    try checkPresence(files, path: path, place: "in the working tree")
    return DesiredFiles(files, revision: nil, path: folder)
  }

  /// What stands at a path; a link is not followed.
  private static func kind(of path: String) -> mode_t? {
    var status = stat()
    return lstat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
  }

  /// A folder that has been emptied by accident would record that the company has no tenants.
  private static func checkPresence(
    _ files: [(path: String, bytes: [UInt8])], path: String, place: String
  ) throws {
    guard files.isEmpty else { return }
    throw ReconcileError.noDesiredState(
      "the folder '\(path)' \(place) has no YAML files; run 'plumb init', or name another one with --path"
    )
  }

  /// Counts what is read, all files together.
  private struct ReadBudget {
    private var files = 0
    private var bytes = 0

    mutating func add(_ contents: [UInt8]) throws(Fault) {
      files += 1
      bytes += contents.count
      if files > Bounds.files {
        throw Fault(.tooLarge, "a desired state has \(Bounds.files) files at the most")
      }
      if bytes > Bounds.bytes {
        throw Fault(
          .tooLarge,
          "the files up to this one have more than \(Bounds.bytes >> 20) MiB together, the limit of a desired state"
        )
      }
    }
  }

  private init(_ files: [(path: String, bytes: [UInt8])], revision: String?, path: String) {
    self.files = files
    self.revision = revision
    self.path = path
  }

  private static func isYAML(_ path: String) -> Bool {
    path.hasSuffix(".yaml") || path.hasSuffix(".yml")
  }

  /// Without slashes at the ends; `.` is the root.
  private static func normalised(_ path: String) -> String {
    let parts = path.split(separator: "/").filter { $0 != "." }
    return parts.joined(separator: "/")
  }
}
