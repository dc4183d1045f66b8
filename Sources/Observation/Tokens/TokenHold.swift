private import Foundation
internal import Posture

/// Holds an instance, so that nobody else renews its token, and the place for the next token.
final class TokenHold: Sendable {
  private let store: TokenStore
  private let folder: OwnFolder
  private let instance: String
  private let lock: Int32
  /// The file that takes the store's place, open for writing.
  private let draft: Int32

  /// Makes sure that the next token can be kept before the one that stands is spent: a full or
  /// read-only disk shows now.
  ///
  /// - Parameter lock: Held; released at the end, or now where there is no room.
  init(
    store: TokenStore, folder: OwnFolder, instance: String, lock: Int32
  ) throws(Fault) {
    self.store = store
    self.folder = folder
    self.instance = instance
    self.lock = lock
    let name = store.draft(of: instance)
    do throws(Fault) {
      // What a run left that was killed.
      try folder.remove(name)
      let room = try store.room(in: folder)
      draft = try folder.makeFile(name)
      guard posix_fallocate(draft, 0, off_t(room)) == 0 else {
        close(draft)
        try? folder.remove(name)
        throw Fault(
          .failed,
          "there is no room to keep the next token in \(store.path): none was asked for, the one that stands is good"
        )
      }
    } catch {
      Self.release(lock)
      throw error
    }
  }

  deinit {
    close(draft)
    Self.release(lock)
  }

  private static func release(_ lock: Int32) {
    // Closing alone would leave the lock to a child that is being started just now.
    flock(lock, LOCK_UN)
    close(lock)
  }

  /// What is kept now.
  func entry(_ key: TokenStore.Key) throws(Fault) -> TokenStore.Entry? {
    try store.entries(in: folder)[key]
  }

  /// Puts a token in the place of the one that stands, on disk when it returns.
  func keep(_ entry: TokenStore.Entry, for key: TokenStore.Key) async throws(Fault) {
    try await store.write(entry, for: key, in: folder, draft: draft)
  }

  /// Removes what was prepared and not needed. Call it last: the instance is held until then.
  func end() { try? folder.remove(store.draft(of: instance)) }
}
