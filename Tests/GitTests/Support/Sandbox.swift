import Foundation
import Git
import TestSupport
import Testing

/// A temporary folder, removed with the value, and git in it without anybody's configuration.
final class Sandbox {
  let path: String

  /// The process's own configuration is switched off before libgit2 first looks for it.
  private static let isolation: Void = {
    setenv("HOME", "/nonexistent", 1)
    setenv("XDG_CONFIG_HOME", "/nonexistent", 1)
  }()

  init() throws {
    _ = Self.isolation
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("plumb-git-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    // The system's temporary folder may be a link; git shows resolved paths.
    path = folder.resolvingSymlinksInPath().path
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  static let environment = [
    "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
    "HOME": "/nonexistent", "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null",
    "GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.org",
    "GIT_COMMITTER_NAME": "Grace", "GIT_COMMITTER_EMAIL": "grace@example.org",
    "GIT_AUTHOR_DATE": "1700000000 +0100", "GIT_COMMITTER_DATE": "1700000060 +0100",
    "LC_ALL": "C",
  ]

  /// Runs git in a folder below the sandbox, and gives what it printed, without the last newline.
  @discardableResult
  func git(
    _ arguments: String..., in folder: String = "repository", adding: [String: String] = [:],
    input: String? = nil
  ) throws -> String {
    let (status, output) = try run(arguments, in: folder, adding: adding, input: input)
    guard status == 0 else {
      throw Failure(description: "git \(arguments.joined(separator: " ")): \(output)")
    }
    return output
  }

  /// Runs git, and gives how it ended.
  func run(
    _ arguments: [String], in folder: String = "repository", adding: [String: String] = [:],
    input: String? = nil
  ) throws -> (status: Int32, output: String) {
    let run = try Run(
      "/usr/bin/env", ["git", "-c", "init.defaultBranch=main"] + arguments,
      in: path + "/" + folder, environment: Self.environment.merging(adding) { $1 }, input: input)
    var text = run.output + run.error
    if text.hasSuffix("\n") { text.removeLast() }
    return (run.status, text)
  }

  func makeFolder(_ name: String) throws {
    try FileManager.default.createDirectory(
      atPath: path + "/" + name, withIntermediateDirectories: true)
  }

  func write(_ text: String, to file: String) throws {
    let whole = path + "/" + file
    try FileManager.default.createDirectory(
      atPath: (whole as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: whole))
  }

  func read(_ file: String) -> String? {
    FileManager.default.contents(atPath: path + "/" + file).map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  func exists(_ file: String) -> Bool {
    FileManager.default.fileExists(atPath: path + "/" + file)
  }

  /// Makes `repository` with git, and commits these files.
  @discardableResult
  func makeRepository(_ files: [String: String] = ["README.md": "Hello\n"]) throws -> Repository {
    try makeFolder("repository")
    try git("init", "--quiet")
    if !files.isEmpty { try commit(files) }
    return try open()
  }

  /// Commits files with git, at a time of one's own (seconds after 1700000000).
  @discardableResult
  func commit(
    _ files: [String: String], _ message: String = "Change", at seconds: Int = 0
  ) throws -> ObjectID {
    for (name, text) in files { try write(text, to: "repository/" + name) }
    try git("add", "--all")
    let time = "\(1_700_000_000 + seconds) +0100"
    try git(
      "commit", "--quiet", "--allow-empty", "-m", message,
      adding: ["GIT_AUTHOR_DATE": time, "GIT_COMMITTER_DATE": time])
    return try id("HEAD")
  }

  func id(_ revision: String, in folder: String = "repository") throws -> ObjectID {
    try #require(ObjectID(hex: git("rev-parse", revision, in: folder)))
  }

  func open(_ folder: String = "repository") throws -> Repository {
    try Repository.open(path: path + "/" + folder)
  }

  /// Makes a bare repository with our own hands, with one commit on main.
  func makeBareRepository() throws -> (repository: Repository, first: ObjectID) {
    let repository = try Repository.`init`(path: path + "/repository", bare: true)
    let first = try repository.writeCommit(.sample([.put(path: "README.md", "Hello\n")]))
    _ = try repository.updateReference(
      "refs/heads/main", from: nil, to: first.id, message: "first", allowCheckedOut: true)
    return (repository, first.id)
  }
}

extension Signature {
  static let ada = Signature(
    name: "Ada", email: "ada@example.org", time: 1_700_000_000, offset: 60)
  static let grace = Signature(
    name: "Grace", email: "grace@example.org", time: 1_700_000_060, offset: 60)
}

extension TreeChange {
  static func put(path: String, _ text: String) -> TreeChange {
    .put(path: path, contents: Array(text.utf8))
  }
}

extension TreeChange.File {
  init(_ path: String, _ text: String) {
    self.init(path: path, contents: Array(text.utf8))
  }
}

extension CommitDraft {
  static func sample(
    _ changes: [TreeChange], after parents: [ObjectID] = [], message: String = "Change\n",
    seconds: Int64 = 0
  ) -> CommitDraft {
    var author = Signature.ada
    author.time += seconds
    var committer = Signature.grace
    committer.time += seconds
    return CommitDraft(
      parents: parents, changes: changes, author: author, committer: committer, message: message)
  }
}

/// The failure of an operation that must fail.
func failure<T>(_ operation: () throws(GitError) -> T) -> GitError? {
  do {
    _ = try operation()
    return nil
  } catch {
    return error
  }
}
