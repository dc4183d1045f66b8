import Foundation
import JSON
import TestSupport

/// A small company in a real repository, and the real program run in it.
final class ReviewBench {
  let path: String

  /// One app of the repository's own, so that the built-in catalog may grow.
  static let company: [String: String] = [
    "desired-state/acme.yaml": """
    apiVersion: plumb/v1
    kind: Connector
    metadata: { name: acme }
    spec:
      displayName: Acme
      collections: { users: { identity: id }, policies: { identity: id } }
    ---
    apiVersion: plumb/v1
    kind: Recommendation
    metadata: { name: acme-mfa }
    spec:
      app: acme
      title: Require a second factor
      impact: high
      category: identity
      parameters: { factors: 2 }
      collection: users
      compliant: resource.factors >= parameters.factors
      label: resource.id
      settings: { factors: resource.factors }
      remediation: Do it.
    ---
    apiVersion: plumb/v1
    kind: Recommendation
    metadata: { name: acme-idle }
    spec:
      app: acme
      title: End idle sessions
      impact: medium
      category: identity
      collection: policies
      compliant: resource.idle <= 30
      label: resource.id
      settings: { idle: resource.idle }
      remediation: Do it.

    """,
    "desired-state/instances.yaml": """
    # The tenants.
    apiVersion: plumb/v1
    kind: Instance
    metadata: { name: acme-eu }
    spec: { app: acme, recommendations: on, maxAge: 100000d, source: { recorded: { path: observed/acme-eu } } }
    ---
    apiVersion: plumb/v1
    kind: Instance
    metadata: { name: acme-us }
    spec: { app: acme, recommendations: on, maxAge: 100000d, source: { recorded: { path: observed/acme-us } } }

    """,
    "desired-state/initiative.yaml": Company.initiative,
    "desired-state/settings.yaml": """
    apiVersion: plumb/v1
    kind: Settings
    metadata: { name: settings }
    spec: { gates: { expiredException: fail } }

    """,
    "desired-state/exceptions/acme.yaml": """
    # Risks that somebody accepts.
    apiVersion: plumb/v1
    kind: Exception
    metadata: { name: robots }   # bots, really
    spec:
      recommendation: acme-mfa
      status: riskAccepted
      instances: [acme-eu]
      resources: resource.id.startsWith("robot")
      justification: Robots have no fingers.
      owner: it@acme.example
      expires: 2026-12-31

    """,
  ]

  init(_ changes: [String: String] = [:]) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("plumb-review-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.resolvingSymlinksInPath().path
    try git("init", "--quiet", "--initial-branch=main")
    try observe("acme-eu", users: ["ada": 2, "bob": 1, "robot-1": 0], policies: ["p": 480])
    try observe("acme-us", users: ["eve": 2, "kim": 1], policies: ["p": 15])
    for (name, text) in Self.company { try write(text, to: name) }
    for (name, text) in changes { try write(text, to: name) }
    try commit("Ann Lee", "2026-03-01T09:00:00Z")
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  // MARK: Files

  func write(_ text: String, to name: String) throws {
    let url = URL(fileURLWithPath: "\(path)/\(name)")
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  func read(_ name: String) throws -> String {
    try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
  }

  func replace(_ old: String, with new: String, in name: String) throws {
    let text = try read(name)
    guard text.contains(old) else { throw Failure(description: "\(name) has no '\(old)'") }
    try write(text.replacingOccurrences(of: old, with: new), to: name)
  }

  /// Stores an observation, written as Plumb stores one.
  func observe(_ instance: String, users: KeyValuePairs<String, Int>, policies: [String: Int])
    throws
  {
    let observation = StoredObservation(
      instance: instance, app: "acme",
      [
        "users": users.map { ["id": .string($0.key), "factors": .int(Int64($0.value))] },
        "policies": policies.map { ["id": .string($0.key), "idle": .int(Int64($0.value))] },
      ])
    for (name, text) in observation.files { try write(text, to: "observed/\(instance)/\(name)") }
  }

  // MARK: Programs

  struct Failure: Error, CustomStringConvertible { let description: String }

  func commit(_ author: String, _ date: String) throws {
    try git("add", "--all")
    try git(
      "-c", "user.name=\(author)", "-c", "user.email=a@acme.example", "commit", "--quiet",
      "--date", date, "-m", "Change")
  }

  @discardableResult
  func git(_ arguments: String..., in folder: String? = nil) throws -> String {
    let result = try run("/usr/bin/env", ["git"] + arguments, in: folder)
    guard result.status == 0 else {
      throw Failure(description: "git \(arguments.joined(separator: " ")): \(result.error)")
    }
    return result.output.trimmingCharacters(in: .newlines)
  }

  /// Runs the program; what it prints of its repository's path and commits is what the test knows.
  func plumb(_ arguments: String..., in folder: String? = nil) throws -> Run {
    try run(Program.path, arguments, in: folder)
  }

  func plumb(_ arguments: [String], environment: [String: String] = [:]) throws -> Run {
    try run(Program.path, arguments, environment: environment)
  }

  func makeLink(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: "\(path)/\(name)", withDestinationPath: target)
  }

  private func run(
    _ program: String?, _ arguments: [String], in folder: String? = nil,
    environment: [String: String] = [:]
  ) throws -> Run {
    guard let program else { throw Failure(description: "the program is not built") }
    return try Run(
      program, arguments, in: folder ?? path,
      environment: Self.environment.merging(environment) { $1 })
  }

  /// Without an author: who commits is named commit by commit.
  private static let environment = Scratch.environment.filter { !$0.key.hasPrefix("GIT_AUTHOR") }
    .filter { !$0.key.hasPrefix("GIT_COMMITTER") }
}
