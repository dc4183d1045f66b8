internal import Posture

/// Where this user's observations are kept, one folder for each instance: outside every working tree.
///
/// Nothing is opened before it is needed, and nothing made before something is stored.
package struct ObservationStore: Sendable {
  /// A folder that need not be this user's own.
  private let base: String
  /// The folders from there to the observations', each this user's own.
  private let steps: [String]

  /// The absolute path of the folder of observations, which need not be there.
  package var path: String { ([base] + steps).joined(separator: "/") }

  /// - Parameters:
  ///   - base: Absolute.
  ///   - steps: The names of the folders below it, at least one.
  package init(base: String, steps: [String]) {
    self.base = base
    self.steps = steps
  }

  /// A folder of another name beside the observations'.
  func sibling(_ name: String) -> ObservationStore {
    ObservationStore(base: base, steps: steps.dropLast() + [name])
  }

  /// Whether the folder of observations is there.
  package var isThere: Bool { (try? folder(makes: false)) != nil }

  /// The folder, made where it is missing.
  func made() throws(Fault) -> OwnFolder {
    guard let folder = try folder(makes: true) else {
      throw Fault(.failed, "\(path) cannot be made")
    }
    return folder
  }

  /// The stored observation of an instance, held open: it stays one observation even when another
  /// takes its place meanwhile. Nil where there is none.
  func files(of instance: String) throws(Fault) -> StoredFiles? {
    guard let folder = try folder(makes: false)?.folder(instance, makes: false) else { return nil }
    return StoredFiles(folder: folder, instance: instance)
  }

  func folder(makes: Bool) throws(Fault) -> OwnFolder? {
    guard let first = steps.first else { return nil }
    var folder = try OwnFolder.open(first, in: base, makes: makes)
    for step in steps.dropFirst() { folder = try folder?.folder(step, makes: makes) }
    return folder
  }
}

/// The files of one stored observation.
struct StoredFiles: RepositoryFiles {
  let folder: OwnFolder
  let instance: String

  func open(_ path: String) throws(Fault) -> OpenFile? {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, parts[0] == instance else {
      throw Fault(.misconfigured, "\(path) is none of the observation's files")
    }
    guard let file = try folder.file(parts[1]) else {
      throw Fault(.malformed, "\(path) does not exist")
    }
    return file
  }

  func contents(of path: String, limit: Int) throws(Fault) -> [UInt8] {
    try open(path)?.contents(limit: limit) ?? []
  }
}
