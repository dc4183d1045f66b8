import Foundation
import TestSupport

/// A company whose repository is a bare remote, and the real program run beside it.
struct RemoteBench {
  let company: Company
  var scratch: Scratch { company.scratch }
  /// The remote: `remotes/company.git`.
  var remote: String { scratch.path + "/remotes/company.git" }
  var url: String { "file://" + remote }

  static let reports = "refs/heads/plumb/reports"

  init(adding files: [String: String] = [:]) throws {
    company = try Company(adding: files)
    try scratch.makeFolder("remotes")
    try scratch.git("clone", "--quiet", "--bare", "repository", "remotes/company.git", in: ".")
    try scratch.git("config", "http.receivepack", "true", in: "remotes/company.git")
    try scratch.git("remote", "add", "origin", remote)
    try scratch.git("push", "--quiet", "--set-upstream", "origin", "main")
  }

  /// Clones the remote with git.
  func clone(_ name: String) throws {
    try scratch.git("clone", "--quiet", "remotes/company.git", name, in: ".")
  }

  /// What the remote says.
  func remoteGit(_ arguments: String...) throws -> String {
    let run = try Run(
      "/usr/bin/git", arguments, in: remote, environment: Scratch.environment)
    guard run.status == 0 else { throw Scratch.Failure(description: run.error) }
    return run.output.trimmingCharacters(in: .newlines)
  }

  /// How many commits a branch of the remote has; 0 when it is not there.
  func remoteCount(_ branch: String = reports) throws -> Int {
    Int((try? remoteGit("rev-list", "--count", branch)) ?? "0") ?? 0
  }

  static let time = "2026-06-01T07:00:00Z"

  /// Runs the program; nothing of the surroundings reaches it, and its cache is the scratch folder's.
  func plumb(
    _ arguments: String..., in folder: String = ".", adding environment: [String: String] = [:]
  ) throws -> Run {
    try start(arguments, in: folder, adding: environment).finish()
  }

  func start(
    _ arguments: [String], in folder: String = ".", adding environment: [String: String] = [:]
  ) throws -> Run.Started {
    guard let program = Program.path else {
      throw Scratch.Failure(description: "the program is not built: run 'swift build' first")
    }
    return try Run.Started(
      program, arguments, in: "\(scratch.path)/\(folder)",
      environment: Scratch.environment.merging(
        ["PLUMB_CACHE": scratch.path + "/cache"]
      ) { $1 }.merging(environment) { $1 })
  }

  static var program: String { Program.path ?? "" }
}

extension Run {
  /// The last line that was written to standard output.
  var lastLine: String {
    output.split(separator: "\n").last.map(String.init) ?? ""
  }
}
