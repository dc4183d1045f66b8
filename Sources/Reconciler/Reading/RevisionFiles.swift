internal import Git
internal import Observation
internal import Posture

/// Files of one commit's tree: where a repository has no working directory.
///
/// Opens the repository for every read, because a handle belongs to one thread.
struct RevisionFiles: RepositoryFiles {
  private let repository: String
  private let commit: ObjectID

  /// How many entries of a folder are looked at.
  private static let entryLimit = 10_000

  /// - Parameter repository: The path of the repository.
  init(repository: String, commit: ObjectID) {
    self.repository = repository
    self.commit = commit
  }

  func contents(of path: String, limit: Int) throws(Fault) -> [UInt8] {
    do throws(GitError) {
      let bytes = try Repository.open(path: repository).contents(of: path, at: commit, limit: limit)
      if let bytes { return bytes }
    } catch {
      throw Fault(.failed, "\(path): \(error.message)")
    }
    throw Fault(.misconfigured, "\(path) does not exist at \(commit.shortHex)")
  }

  /// Whether the tree has a file or folder there.
  func has(_ path: String) throws(Fault) -> Bool {
    do throws(GitError) {
      return try Repository.open(path: repository).entry(path, at: commit) != nil
    } catch {
      throw Fault(.failed, "\(path): \(error.message)")
    }
  }

  func names(in folder: String) throws(Fault) -> [String]? {
    do throws(GitError) {
      let repository = try Repository.open(path: repository)
      guard try repository.entry(folder, at: commit)?.mode == .tree else { return nil }
      let files = try repository.files(under: folder, at: commit, limit: Self.entryLimit)
      // What lies in folders further down is none of the folder's own.
      let depth = folder.split(separator: "/").count + 1
      return files.map { $0.path.split(separator: "/").map(String.init) }
        .filter { $0.count == depth }.compactMap(\.last).sorted()
    } catch {
      throw Fault(.failed, "\(folder): \(error.message)")
    }
  }

  func open(_ path: String) throws(Fault) -> OpenFile? { nil }
}
