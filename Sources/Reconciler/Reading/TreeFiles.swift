internal import Git
internal import Observation
internal import Posture

/// The files of one of two compared revisions. A path that either revision has is read from this one;
/// a path that neither has, such as an export that a job fetched, is read from the working tree.
struct TreeFiles: RepositoryFiles {
  let own: RevisionFiles
  let other: RevisionFiles
  let working: WorkingDirectory?

  func contents(of path: String, limit: Int) throws(Fault) -> [UInt8] {
    try files(for: path).contents(of: path, limit: limit)
  }

  func open(_ path: String) throws(Fault) -> OpenFile? {
    try files(for: path).open(path)
  }

  func names(in folder: String) throws(Fault) -> [String]? {
    try files(for: folder).names(in: folder)
  }

  private func files(for path: String) throws(Fault) -> any RepositoryFiles {
    guard let working else { return own }
    if try own.has(path) { return own }
    return try other.has(path) ? own : working
  }
}
