internal import CFiles
private import Foundation
internal import Posture

/// A folder of this user's alone, held open.
///
/// What is in it is reached by name from the open folder, one step at a time, and no step follows a link: whatever
/// somebody puts in the way, nothing outside is read, written, replaced, locked or removed. What belongs to another
/// user, or may be written by others, is refused.
package final class OwnFolder: Sendable {
  /// Where it was opened, for messages.
  package let path: String
  private let descriptor: Int32
  private let purpose: Purpose

  /// What is kept in a folder, for messages.
  enum Purpose: String {
    case observations = "observations are kept where this user alone may write"
    case tokens = "tokens are kept where this user alone may write"

    /// The option that names another place.
    fileprivate var advice: String {
      switch self {
      case .observations: "name another folder with --store"
      case .tokens: "name a file in another folder with --token-store"
      }
    }
  }

  private init(path: String, descriptor: Int32, for purpose: Purpose) throws(Fault) {
    do throws(Fault) {
      try Self.refuseForeign(descriptor, S_IFDIR, path: path, purpose)
    } catch {
      close(descriptor)
      throw error
    }
    self.path = path
    self.descriptor = descriptor
    self.purpose = purpose
  }

  deinit { close(descriptor) }

  // MARK: Folders

  /// Opens a folder in one that need not be this user's own, as a home or `/tmp`.
  ///
  /// - Parameters:
  ///   - base: Absolute; links on the way to it are the operator's, and are followed.
  ///   - makes: Whether it is made, with the folders above it, where it is missing.
  /// - Returns: Nil where it is missing and not to be made.
  static func open(
    _ name: String, in base: String, makes: Bool, for purpose: Purpose = .observations
  ) throws(Fault) -> OwnFolder? {
    if makes {
      do {
        try FileManager.default.createDirectory(
          atPath: base, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      } catch {
        throw Fault(.failed, "\(base) cannot be made")
      }
    }
    let outer = Foundation.open(base, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard outer >= 0 else {
      if errno == ENOENT, !makes { return nil }
      throw fault(base)
    }
    defer { close(outer) }
    return try open(name, at: outer, path: "\(base)/\(name)", makes: makes, for: purpose)
  }

  /// A folder in this one; nil where it is missing and not to be made.
  func folder(_ name: String, makes: Bool) throws(Fault) -> OwnFolder? {
    try Self.open(name, at: descriptor, path: "\(path)/\(name)", makes: makes, for: purpose)
  }

  /// Makes a folder that is not there yet.
  func makeFolder(_ name: String) throws(Fault) -> OwnFolder {
    try Self.refusePath(name)
    guard mkdirat(descriptor, name, 0o700) == 0, let made = try folder(name, makes: false) else {
      throw Self.fault("\(path)/\(name)")
    }
    return made
  }

  private static func open(
    _ name: String, at outer: Int32, path: String, makes: Bool, for purpose: Purpose
  ) throws(Fault) -> OwnFolder? {
    try refusePath(name)
    if makes, mkdirat(outer, name, 0o700) != 0, errno != EEXIST { throw fault(path) }
    let inner = openat(outer, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, 0)
    guard inner >= 0 else {
      if errno == ENOENT, !makes { return nil }
      throw fault(path, at: outer, name)
    }
    return try OwnFolder(path: path, descriptor: inner, for: purpose)
  }

  // MARK: Files

  /// A file for reading; nil where there is none.
  func file(_ name: String) throws(Fault) -> OpenFile? {
    try Self.refusePath(name)
    let path = "\(path)/\(name)"
    // A pipe must not hold the reader up before it is known for one.
    let file = openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0)
    guard file >= 0 else {
      if errno == ENOENT { return nil }
      throw Self.fault(path, at: descriptor, name)
    }
    let opened = try OpenFile(descriptor: file, name: path)
    try Self.refuseForeign(file, S_IFREG, path: path, purpose)
    return opened
  }

  /// Makes a file that is not there yet, for writing, and gives its descriptor.
  func makeFile(_ name: String) throws(Fault) -> Int32 {
    try Self.refusePath(name)
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    let file = openat(descriptor, name, flags, 0o600)
    guard file >= 0 else { throw Self.fault("\(path)/\(name)", at: descriptor, name) }
    return file
  }

  /// Opens a file to lock it, made where it is missing, and gives its descriptor.
  func lockFile(_ name: String) throws(Fault) -> Int32 {
    try Self.refusePath(name)
    let path = "\(path)/\(name)"
    let flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
    let file = openat(descriptor, name, flags, 0o600)
    guard file >= 0 else { throw Self.fault(path, at: descriptor, name) }
    do throws(Fault) {
      try Self.refuseForeign(file, S_IFREG, path: path, purpose)
    } catch {
      close(file)
      throw error
    }
    return file
  }

  // MARK: Entries

  /// Whether anything has the name, be it a link.
  func has(_ name: String) -> Bool {
    var mode: UInt32 = 0
    return plumb_entry(descriptor, name, &mode) == 0
  }

  /// Gives an entry another name, in place of what has it.
  func rename(_ name: String, to other: String) throws(Fault) {
    try Self.refusePath(name)
    try Self.refusePath(other)
    guard renameat(descriptor, name, descriptor, other) == 0 else {
      throw Self.fault("\(path)/\(other)")
    }
  }

  /// Makes two entries change names at once; false where the file system cannot.
  func exchange(_ name: String, _ other: String) -> Bool {
    plumb_exchange(descriptor, name, other) == 0
  }

  /// Removes an entry, a folder with all that is in it; nothing there is no fault.
  func remove(_ name: String) throws(Fault) {
    try Self.refusePath(name)
    guard plumb_remove(descriptor, name, 16) == 0 else { throw Self.fault("\(path)/\(name)") }
  }

  /// Makes sure that its entries are on disk.
  func flush() throws(Fault) {
    guard fsync(descriptor) == 0 else { throw Self.fault(path) }
  }

  // MARK: Refusals

  private static func refusePath(_ name: String) throws(Fault) {
    guard !name.isEmpty, name != ".", name != "..", !name.utf8.contains(UInt8(ascii: "/")),
      !name.utf8.contains(0)
    else { throw Fault(.failed, "'\(name)' is no name of a file") }
  }

  private static func refuseForeign(
    _ descriptor: Int32, _ type: mode_t, path: String, _ purpose: Purpose
  ) throws(Fault) {
    var (mode, owner): (UInt32, UInt32) = (0, 0)
    guard plumb_status(descriptor, &mode, &owner) == 0 else { throw fault(path) }
    guard mode & S_IFMT == type else {
      throw Fault(.failed, "\(path) is no plain file")
    }
    guard owner == geteuid() else {
      throw Fault(
        .misconfigured,
        "\(path) belongs to another user: \(purpose.rawValue); \(purpose.advice)"
      )
    }
    guard mode & 0o022 == 0 else {
      throw Fault(
        .misconfigured,
        "\(path) may be written by others: take that away (chmod go-w), or \(purpose.advice)"
      )
    }
  }

  private static func fault(_ path: String) -> Fault {
    Fault(.failed, "\(path): \(String(cString: strerror(errno)))")
  }

  private static func fault(_ path: String, at outer: Int32, _ name: String) -> Fault {
    let code = errno
    var mode: UInt32 = 0
    if plumb_entry(outer, name, &mode) == 0, mode & S_IFMT == S_IFLNK {
      return Fault(.failed, "\(path) is a link, and none is followed there")
    }
    return Fault(.failed, "\(path): \(String(cString: strerror(code)))")
  }
}
