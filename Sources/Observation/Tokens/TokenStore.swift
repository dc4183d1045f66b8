internal import CFiles
internal import Connectors
private import Foundation
internal import JSON
package import Posture

/// The file that keeps refresh tokens which changed since a person gave them: this user's alone, outside every
/// repository.
///
/// It is replaced as a whole, never written in place. Whoever renews an instance's token holds that instance: of two
/// processes the second reads what the first has kept.
package struct TokenStore: Sendable {
  /// The file's absolute path.
  package let path: String
  private let folder: URL
  private let name: String
  /// Tries, 50 ms apart, to hold an instance that another process is renewing.
  private let tries: Int

  /// What a token is for.
  struct Key: Hashable, Sendable {
    let instance: String
    let connector: String
    let field: String
  }

  /// A token, and what it came from.
  struct Entry: Hashable, Sendable {
    let token: String
    /// SHA-256 of the tokens that were given for it from outside: a token that is none of them was given later.
    let seeds: [String]

    /// Whether it stands in place of what the environment, or a file of credentials, gives.
    func holds(against given: String?) -> Bool {
      given.map { seeds.contains(Digest.sha256($0)) } ?? true
    }
  }

  enum Bounds {
    /// Bytes of the file.
    static let size = 1 << 20
    /// Seconds to wait for another process's renewal.
    static let patience = 180
  }

  /// - Parameter patience: Seconds to wait for another process; nil for ``Bounds/patience``.
  /// - Throws: ``Fault`` for what is no path of a file.
  package init(path: String, patience: Int? = nil) throws(Fault) {
    let url = URL(fileURLWithPath: path).standardizedFileURL
    folder = url.deletingLastPathComponent()
    name = url.lastPathComponent
    self.path = url.path
    tries = max(1, (patience ?? Bounds.patience) * 20)
    guard !path.isEmpty, !path.hasSuffix("/"), folder.path != "/" else {
      throw Fault(
        .misconfigured, "'\(path)' is no place for tokens: name a file in a folder of your own")
    }
  }

  /// What the file holds; nothing where there is no file.
  func entries() throws(Fault) -> [Key: Entry] {
    guard let folder = try opened(makes: false) else { return [:] }
    return try entries(in: folder)
  }

  /// Waits until no other process renews tokens of the instance.
  ///
  /// - Throws: ``Fault`` of code `busy` when one does for too long.
  func hold(_ instance: String) async throws(Fault) -> TokenHold {
    guard let folder = try opened(makes: true) else {
      throw Fault(.failed, "\(self.folder.path) cannot be made")
    }
    let lock = try await lock(
      ".\(name).\(instance).lock", in: folder,
      "another process is renewing the token of '\(instance)'")
    return try TokenHold(store: self, folder: folder, instance: instance, lock: lock)
  }

  /// Keeps a token that a person has just allowed, whatever was kept before.
  ///
  /// - Parameter given: What the environment gives at this time, which is older.
  func put(_ token: String, for key: Key, given: String?) async throws(Fault) {
    let hold = try await hold(key.instance)
    defer { hold.end() }
    let seeds = ([given, token] as [String?]).compactMap { $0.map(Digest.sha256) }
    try await hold.keep(Entry(token: token, seeds: seeds), for: key)
  }

  // MARK: Files

  private func opened(makes: Bool) throws(Fault) -> OwnFolder? {
    try OwnFolder.open(
      folder.lastPathComponent, in: folder.deletingLastPathComponent().path, makes: makes,
      for: .tokens)
  }

  /// The name of the file that takes the store's place.
  func draft(of instance: String) -> String { ".\(name).\(instance).new" }

  /// A lock that the system releases with the process.
  private func lock(
    _ name: String, in folder: OwnFolder, _ reason: String
  ) async throws(Fault) -> Int32 {
    let file = try folder.lockFile(name)
    for _ in 0..<tries {
      if flock(file, LOCK_EX | LOCK_NB) == 0 { return file }
      guard errno == EWOULDBLOCK || errno == EINTR else { break }
      do {
        try await Task.sleep(for: .milliseconds(50))
      } catch {
        close(file)
        throw Fault(.cancelled, "cancelled")
      }
    }
    close(file)
    throw Fault(.busy, reason)
  }

  func entries(in folder: OwnFolder) throws(Fault) -> [Key: Entry] {
    guard let file = try folder.file(name) else { return [:] }
    var (mode, owner): (UInt32, UInt32) = (0, 0)
    guard plumb_status(file.descriptor, &mode, &owner) == 0, mode & 0o077 == 0 else {
      throw Fault(
        .misconfigured,
        "\(path) may be read by others; 'chmod 600 \(path)' keeps the tokens in it to you")
    }
    return try TokenFile.entries(try file.contents(limit: Bounds.size), path: path)
  }

  /// Writes one entry beside those that stand now, in the file that has the draft's room.
  func write(
    _ entry: Entry, for key: Key, in folder: OwnFolder, draft: Int32
  ) async throws(Fault) {
    // Another instance's token may have been kept since this one was asked for.
    let lock = try await lock(".\(name).lock", in: folder, "\(path) is held by another process")
    defer {
      flock(lock, LOCK_UN)
      close(lock)
    }
    var entries = try entries(in: folder)
    entries[key] = entry
    let bytes = TokenFile.bytes(entries)
    do {
      guard bytes.count <= Bounds.size else { throw Fault(.tooLarge, "") }
      let handle = FileHandle(fileDescriptor: draft, closeOnDealloc: false)
      try handle.seek(toOffset: 0)
      try handle.write(contentsOf: Data(bytes))
      try handle.truncate(atOffset: UInt64(bytes.count))
      try handle.synchronize()
      try folder.rename(self.draft(of: key.instance), to: name)
      try folder.flush()
    } catch {
      throw Fault(.failed, "\(path) cannot be written")
    }
  }

  /// Bytes to reserve for the file that takes the store's place.
  func room(in folder: OwnFolder) throws(Fault) -> Int {
    TokenFile.bytes(try entries(in: folder)).count + 1 << 16
  }
}
