internal import Git
internal import Posture
internal import Text

/// What the working tree says otherwise than the commit that is read.
package struct UncommittedFiles: Sendable {
  /// Relative to the repository's root, sorted.
  package let paths: [String]
  /// The commit that is read.
  package let revision: String

  /// Nil where nothing differs, where there is no working tree, or where a revision was asked for by
  /// name: who does so means it.
  package init?(_ location: DeclaredState.Location) throws {
    guard !location.usesWorkingTree, location.revision == "HEAD" else { return nil }
    let repository = try Repository.open(path: location.repository)
    guard repository.workingDirectory != nil,
      let committed = try? DesiredFiles.read(
        repository, revision: location.revision, path: location.path),
      // A folder that cannot be read, or is gone, is told by whoever reads it.
      let here = try? DesiredFiles.readWorkingTree(repository, path: location.path)
    else { return nil }
    func byPath(_ files: DesiredFiles) -> [String: [UInt8]] {
      Dictionary(firstOf: files.files.map { ($0.path, $0.bytes) })
    }
    let (a, b) = (byPath(committed), byPath(here))
    paths = Set(a.keys).union(b.keys).filter { a[$0] != b[$0] }.sorted()
    revision = committed.revision ?? location.revision
    if paths.isEmpty { return nil }
  }

  /// One sentence for people.
  package var note: String {
    "\(paths.listed(atMost: 3)) \(paths.count == 1 ? "differs" : "differ") from what is read here, commit \(revision.prefix(7)): commit, or add --working-tree to plan with the files as they are."
  }
}
