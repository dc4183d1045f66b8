internal import CRename
private import Foundation
package import Posture

/// An observation that is being written beside the one that stands, and takes its place at once.
///
/// Killed at any moment, the last whole observation stands; what a killed run leaves is removed by the
/// next. One process at a time writes an instance's observation: it holds a lock that the system
/// releases with the process.
package final class ObservationDraft: Sendable {
  private let folder: String
  private let instance: String
  private let lock: Int32

  /// Where the draft's files are.
  package var path: String { "\(folder)/.\(instance).draft" }
  /// Where the observation stands.
  package var destination: String { "\(folder)/\(instance)" }

  /// - Parameters:
  ///   - folder: The folder of all observations; made when it is missing.
  ///   - instance: A DNS label, and so a file's name.
  /// - Throws: ``ObservationFault`` when another process observes the instance, or nothing can be
  ///   written there.
  package init(in folder: String, instance: String) throws(ObservationFault) {
    self.folder = folder
    self.instance = instance
    let manager = FileManager.default
    do {
      try manager.createDirectory(
        atPath: folder, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
    } catch {
      throw ObservationFault("\(folder) cannot be made")
    }
    lock = open("\(folder)/.\(instance).lock", O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    guard lock >= 0 else { throw Self.fault(folder) }
    guard Self.take(lock) else {
      close(lock)
      throw ObservationFault("another process is observing instance '\(instance)'")
    }
    do {
      if manager.fileExists(atPath: path) { try manager.removeItem(atPath: path) }
      try manager.createDirectory(
        atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    } catch {
      throw ObservationFault("\(path) cannot be made")
    }
  }

  /// A child process that another program is just starting holds a copy of every descriptor for a
  /// moment: that is no other observer.
  private static func take(_ lock: Int32) -> Bool {
    for _ in 0..<25 {
      if flock(lock, LOCK_EX | LOCK_NB) == 0 { return true }
      guard errno == EWOULDBLOCK || errno == EINTR else { return false }
      usleep(20_000)
    }
    return false
  }

  deinit {
    // Closing alone would leave the lock to a child that is being started just now.
    flock(lock, LOCK_UN)
    close(lock)
  }

  /// A file of the draft for one collection.
  package func file(for collection: String) throws(ObservationFault) -> CollectionFile {
    try CollectionFile(path: "\(path)/\(collection).ndjson")
  }

  /// Puts the draft in the place of the observation that stands.
  package func commit(manifest: [UInt8]) throws(ObservationFault) {
    let file = "\(path)/observation.json"
    do {
      try Data(manifest).write(to: URL(fileURLWithPath: file))
    } catch {
      throw ObservationFault("\(file) cannot be written")
    }
    try Self.flush(file)
    try Self.flush(path)
    if access(destination, F_OK) == 0 {
      if plumb_exchange(path, destination) != 0 {
        try replaceInTwoSteps()
      }
    } else if rename(path, destination) != 0 {
      throw Self.fault(destination)
    }
    try Self.flush(folder)
    discard()
  }

  /// For file systems that cannot exchange: the old one is aside for a moment.
  private func replaceInTwoSteps() throws(ObservationFault) {
    let aside = "\(folder)/.\(instance).old"
    try? FileManager.default.removeItem(atPath: aside)
    guard rename(destination, aside) == 0 else { throw Self.fault(destination) }
    guard rename(path, destination) == 0 else {
      let fault = Self.fault(destination)
      rename(aside, destination)
      throw fault
    }
    try? FileManager.default.removeItem(atPath: aside)
  }

  /// Removes the draft, or after a commit what it replaced.
  package func discard() { try? FileManager.default.removeItem(atPath: path) }

  private static func flush(_ path: String) throws(ObservationFault) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw fault(path) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw fault(path) }
  }

  private static func fault(_ path: String) -> ObservationFault {
    ObservationFault("\(path): \(String(cString: strerror(errno)))")
  }
}
