internal import Git
internal import Observation
internal import Posture

/// Files of one commit's tree: where a repository has no working directory.
///
/// Opens the repository for every read, because a handle belongs to one thread.
struct RevisionFiles: RepositoryFiles {
  private let repository: String
  private let commit: ObjectID

  /// - Parameter repository: The path of the repository.
  init(repository: String, commit: ObjectID) {
    self.repository = repository
    self.commit = commit
  }

  func contents(of path: String, limit: Int) throws(ObservationFault) -> [UInt8] {
    do throws(GitError) {
      let bytes = try Repository.open(path: repository).contents(of: path, at: commit, limit: limit)
      if let bytes { return bytes }
    } catch {
      throw ObservationFault("\(path): \(error.message)")
    }
    throw ObservationFault("\(path) does not exist at \(commit.shortHex)")
  }

  func location(of path: String) throws(ObservationFault) -> String? { nil }
}

/// No files at all: where nothing is stored.
struct NoFiles: RepositoryFiles {
  func contents(of path: String, limit: Int) throws(ObservationFault) -> [UInt8] {
    throw ObservationFault("\(path) does not exist")
  }

  func location(of path: String) throws(ObservationFault) -> String? { nil }
}
