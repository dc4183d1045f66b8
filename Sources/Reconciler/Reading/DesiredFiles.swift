private import Foundation
package import Git
internal import Observation
package import Posture

/// The YAML files of a desired state, read from a revision's tree or from the working tree.
package struct DesiredFiles: Sendable {
  /// Names relative to the repository's root, and contents, sorted by name.
  package let files: [(path: String, bytes: [UInt8])]
  package let reference: DesiredReference

  private static let fileLimit = 16 << 20

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
    let entries = try repository.files(under: folder, at: commit) { isYAML($0.path) }
    let files = try entries.map { entry in
      guard entry.mode.isRegularFile else {
        throw ReconcileError.unreadable(
          path: entry.path, reason: "desired state is read from plain files, this is a link")
      }
      return (path: entry.path, bytes: try repository.blob(entry.id, limit: fileLimit))
    }
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
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: base, isDirectory: &isDirectory),
      isDirectory.boolValue
    else {
      throw ReconcileError.noDesiredState(
        "there is no folder '\(path)' in the working tree; run 'plumb init' or name it with --path")
    }
    let directory = WorkingDirectory(root: root)
    let names = (FileManager.default.enumerator(atPath: base)?.compactMap { $0 as? String } ?? [])
      .filter(isYAML).map { folder.isEmpty ? $0 : "\(folder)/\($0)" }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let files = try names.map { name in
      do throws(ObservationFault) {
        return (path: name, bytes: try directory.contents(of: name, limit: fileLimit))
      } catch {
        throw ReconcileError.unreadable(path: name, reason: error.message)
      }
    }
    return DesiredFiles(files, revision: nil, path: folder)
  }

  private init(_ files: [(path: String, bytes: [UInt8])], revision: String?, path: String) {
    self.files = files
    let contents = files.map { "\($0.path) \(Digest.sha256($0.bytes))" }.joined(separator: "\n")
    reference = DesiredReference(
      revision: revision, path: path, digest: Digest.sha256(contents))
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
