package import Posture

/// Reads files that a desired state names by their path in the repository.
package protocol RepositoryFiles: Sendable {
  /// The content of one file.
  ///
  /// - Parameter limit: Bytes that it may have at the most.
  func contents(of path: String, limit: Int) throws(Fault) -> [UInt8]

  /// The file, open for reading, so that it can be streamed; nil when it must be read whole.
  func open(_ path: String) throws(Fault) -> OpenFile?

  /// The names of what lies in a folder, sorted; nil when the path is none, or nothing can be listed.
  func names(in folder: String) throws(Fault) -> [String]?
}

extension RepositoryFiles {
  /// Nil: nothing can be listed.
  package func names(in folder: String) throws(Fault) -> [String]? { nil }
}

/// The most that a file that is read whole may have.
package enum FileLimits {
  /// Bytes of an `observation.json`.
  package static let manifest = 16 << 20
  /// Bytes of an export, of an API's raw answers, or of a collection that cannot be streamed.
  package static let export = 1 << 30
}
