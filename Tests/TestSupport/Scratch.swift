package import Foundation

/// A temporary folder, removed with the value, and git in it without anybody's configuration.
package final class Scratch: Sendable {
  /// Resolved: git and Plumb show resolved paths.
  package let path: String

  /// The process's own configuration is switched off before libgit2 first looks for it.
  private static let isolation: Void = {
    setenv("HOME", "/nonexistent", 1)
    setenv("XDG_CONFIG_HOME", "/nonexistent", 1)
    setenv("GIT_CONFIG_GLOBAL", "/dev/null", 1)
  }()

  package init() throws {
    _ = Self.isolation
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("plumb-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.resolvingSymlinksInPath().path
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  package static let environment = [
    "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
    "HOME": "/nonexistent", "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null",
    // Nothing can be kept there, whoever runs the tests.
    "XDG_STATE_HOME": "/proc/none",
    "GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@contoso.example",
    "GIT_COMMITTER_NAME": "Grace", "GIT_COMMITTER_EMAIL": "grace@contoso.example",
    "LC_ALL": "C",
  ]

  // MARK: Files

  package func url(_ file: String) -> URL { URL(fileURLWithPath: "\(path)/\(file)") }

  package func write(_ text: String, to file: String) throws {
    try write(Data(text.utf8), to: file)
  }

  package func write(_ data: Data, to file: String) throws {
    let url = url(file)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: url)
  }

  /// Puts another text into a file that is there, which keeps its rights.
  package func overwrite(_ text: String, in file: String) throws {
    let handle = try FileHandle(forWritingTo: url(file))
    defer { try? handle.close() }
    try handle.truncate(atOffset: 0)
    try handle.write(contentsOf: Data(text.utf8))
  }

  /// The file's text; nil when there is none.
  package func read(_ file: String) -> String? {
    FileManager.default.contents(atPath: "\(path)/\(file)").map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  package func exists(_ file: String) -> Bool {
    FileManager.default.fileExists(atPath: "\(path)/\(file)")
  }

  package func makeFolder(_ name: String) throws {
    try FileManager.default.createDirectory(
      atPath: "\(path)/\(name)", withIntermediateDirectories: true)
  }

  /// Copies a folder or file from outside over what is here.
  package func copy(_ source: String, to target: String) throws {
    try makeFolder((target as NSString).deletingLastPathComponent)
    let result = try Run("/bin/cp", ["-R", source, "\(path)/\(target)"], in: path)
    guard result.status == 0 else { throw Failure(description: result.error) }
  }

  // MARK: git

  package struct Failure: Error, CustomStringConvertible {
    package let description: String

    package init(description: String) { self.description = description }
  }

  /// Runs git in a folder below the scratch folder.
  ///
  /// - Returns: What it printed, without the last newline.
  @discardableResult
  package func git(_ arguments: String..., in folder: String = "repository") throws -> String {
    try git(arguments, in: folder)
  }

  @discardableResult
  package func git(_ arguments: [String], in folder: String = "repository") throws -> String {
    let result = try Run(
      "/usr/bin/env", ["git", "-c", "init.defaultBranch=main"] + arguments,
      in: "\(path)/\(folder)", environment: Self.environment)
    guard result.status == 0 else {
      throw Failure(
        description: "git \(arguments.joined(separator: " ")): \(result.output)\(result.error)")
    }
    return result.output.hasSuffix("\n") ? String(result.output.dropLast()) : result.output
  }

  /// Makes `repository` and commits these files, named relative to it.
  package func makeRepository(
    _ files: [String: String], observed: [StoredObservation] = [], _ message: String = "First",
    by author: String? = nil, on date: String? = nil
  ) throws {
    try makeFolder("repository")
    try git("init", "--quiet")
    for observation in observed { try observe(observation) }
    try commit(files, message, by: author, on: date)
  }

  /// Writes an observation into `observed/` of the repository, or another of its folders.
  package func observe(_ observation: StoredObservation, in folder: String = "observed") throws {
    try write(observation, to: "repository/\(folder)/\(observation.instance)")
  }

  package func write(_ observation: StoredObservation, to folder: String) throws {
    for (name, text) in observation.files { try write(text, to: "\(folder)/\(name)") }
  }

  /// - Parameters:
  ///   - author: Whose change it is, by name.
  ///   - date: When it was made.
  package func commit(
    _ files: [String: String] = [:], _ message: String = "Change", by author: String? = nil,
    on date: String? = nil
  ) throws {
    for (name, text) in files { try write(text, to: "repository/\(name)") }
    try git("add", "--all")
    let author = author.map { ["--author", "\($0) <a@acme.example>"] } ?? []
    let date = date.map { ["--date", $0] } ?? []
    try git(["commit", "--quiet", "--allow-empty", "-m", message] + author + date)
  }

  /// Replaces what stands in a file of the repository.
  package func replace(_ old: String, with new: String, in name: String) throws {
    let text = read("repository/\(name)") ?? ""
    guard text.contains(old) else { throw Failure(description: "\(name) has no '\(old)'") }
    try write(text.replacingOccurrences(of: old, with: new), to: "repository/\(name)")
  }
}
