private import Foundation
package import Posture

/// An observation that is written beside the one that stands, and then takes its place at once.
///
/// If the run is killed at any moment, the last whole observation stands, and the next run removes
/// what is left. One process at a time writes an instance's observation: it holds a lock that the
/// system releases with the process.
package final class ObservationDraft: Sendable {
  /// The folder of all observations.
  private let folder: OwnFolder
  /// Where the draft's files are.
  private let draft: OwnFolder
  private let instance: String
  private let lock: Int32

  private static func draft(_ instance: String) -> String { ".\(instance).draft" }
  private static func aside(_ instance: String) -> String { ".\(instance).old" }

  /// - Parameters:
  ///   - store: Where all observations are; made when it is missing.
  ///   - instance: A DNS label, and so a file's name.
  /// - Throws: ``Fault`` when another process observes the instance, or nothing can be
  ///   written there.
  package init(in store: ObservationStore, instance: String) throws(Fault) {
    let folder = try store.made()
    let lock = try folder.lockFile(".\(instance).lock")
    do throws(Fault) {
      guard Self.take(lock) else {
        throw Fault(
          .busy, "another process is observing instance '\(instance)'")
      }
      try Self.restore(instance, in: folder)
      try folder.remove(Self.draft(instance))
      draft = try folder.makeFolder(Self.draft(instance))
    } catch {
      close(lock)
      throw error
    }
    self.folder = folder
    self.instance = instance
    self.lock = lock
  }

  /// Puts back the observation that a killed run laid aside before it had put another in its place.
  private static func restore(_ instance: String, in folder: OwnFolder) throws(Fault) {
    guard folder.has(aside(instance)) else { return }
    if folder.has(instance) {
      try folder.remove(aside(instance))
    } else {
      try folder.rename(aside(instance), to: instance)
    }
  }

  /// Takes the lock, within half a second. A child process that another program is just starting
  /// holds a copy of every descriptor for a moment: that is no other observer.
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
  package func file(for collection: String) throws(Fault) -> CollectionFile {
    try CollectionFile("\(collection).ndjson", in: draft)
  }

  /// Puts the draft in the place of the observation that stands.
  package func commit(manifest: [UInt8]) async throws(Fault) {
    try await DiskThreads.run { () throws(Fault) in try self.take(place: manifest) }
  }

  private func take(place manifest: [UInt8]) throws(Fault) {
    let name = "observation.json"
    let handle = FileHandle(fileDescriptor: try draft.makeFile(name), closeOnDealloc: true)
    do {
      try handle.write(contentsOf: Data(manifest))
      try handle.synchronize()
      try handle.close()
    } catch {
      throw Fault(.failed, "\(draft.path)/\(name) cannot be written")
    }
    try draft.flush()
    if !folder.has(instance) {
      try folder.rename(Self.draft(instance), to: instance)
    } else if !folder.exchange(Self.draft(instance), instance) {
      try replaceInTwoSteps()
    }
    try folder.flush()
    discard()
  }

  /// Replaces the observation on file systems that cannot exchange: the old one is aside for a
  /// moment.
  private func replaceInTwoSteps() throws(Fault) {
    let aside = Self.aside(instance)
    try folder.remove(aside)
    try folder.rename(instance, to: aside)
    do throws(Fault) {
      try folder.rename(Self.draft(instance), to: instance)
    } catch {
      try? folder.rename(aside, to: instance)
      throw error
    }
    try? folder.remove(aside)
  }

  /// Removes the draft, or after a commit what it replaced.
  package func discard() { try? folder.remove(Self.draft(instance)) }
}
