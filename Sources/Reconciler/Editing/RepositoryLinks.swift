private import Foundation

/// Links that a repository brings: a pull request may make one of any name, and so choose what is written.
package enum RepositoryLinks {
  /// Refuses to write to a path that goes through a link of a working tree; links elsewhere are the operator's.
  ///
  /// - Parameter name: What the path is called, if otherwise.
  /// - Throws: ``ReconcileError`` that names the link.
  package static func refuse(on path: String, named name: String? = nil) throws {
    var place = ""
    var isInRepository = false
    for part in URL(fileURLWithPath: path).standardizedFileURL.path.split(separator: "/") {
      isInRepository = isInRepository || exists("\(place)/.git")
      place += "/\(part)"
      if isInRepository, isLink(place) {
        throw ReconcileError.refused(
          "\(name ?? path) is not written: \(place) is a link in a repository, which may lead anywhere; remove it, or name another file"
        )
      }
    }
  }

  private static func isLink(_ path: String) -> Bool { type(of: path) == .typeSymbolicLink }

  private static func exists(_ path: String) -> Bool { type(of: path) != nil }

  /// What stands at a path; a link is not followed.
  private static func type(of path: String) -> FileAttributeType? {
    try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
  }
}
