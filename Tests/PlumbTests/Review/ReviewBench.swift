import Foundation

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
    spec: { app: acme, recommendations: on, source: { recorded: { path: observed/acme-eu } } }
    ---
    apiVersion: plumb/v1
    kind: Instance
    metadata: { name: acme-us }
    spec: { app: acme, recommendations: on, source: { recorded: { path: observed/acme-us } } }

    """,
    "desired-state/initiative.yaml": """
    apiVersion: plumb/v1
    kind: Initiative
    metadata: { name: ours }
    spec:
      title: Ours
      targetScore: 50
      metrics:
        - { name: users, title: Users, weight: high, recommendations: [acme-mfa] }
        - { name: sessions, title: Sessions, weight: low, recommendations: [acme-idle] }

    """,
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
    let collections = [
      ("users", users.map { #"{"id":"\#($0.key)","factors":\#($0.value)}"# }),
      ("policies", policies.map { #"{"id":"\#($0.key)","idle":\#($0.value)}"# }),
    ]
    var entries: [String] = []
    for (name, lines) in collections {
      let text = lines.map { $0 + "\n" }.joined()
      try write(text, to: "observed/\(instance)/\(name).ndjson")
      let digest = try run("/usr/bin/env", ["sha256sum", "observed/\(instance)/\(name).ndjson"])
        .output.prefix(64)
      entries.append(
        #""\#(name)":{"state":"complete","count":\#(lines.count),"sha256":"\#(digest)"}"#)
    }
    try write(
      """
      {"apiVersion":"plumb/v1","kind":"Observation","instance":"\(instance)","app":"acme",
      "observedAt":"2026-06-01T06:00:00Z","collections":{\(entries.joined(separator: ","))}}

      """, to: "observed/\(instance)/observation.json")
  }

  // MARK: Programs

  struct Failure: Error, CustomStringConvertible { let description: String }

  struct Run {
    let status: Int32
    let output: String
    let error: String
  }

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
    try run(Self.program, arguments, in: folder)
  }

  func plumb(_ arguments: [String], environment: [String: String] = [:]) throws -> Run {
    try run(Self.program, arguments, environment: environment)
  }

  func makeLink(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: "\(path)/\(name)", withDestinationPath: target)
  }

  /// The program that was built with the tests.
  static let program: String = {
    let beside = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appendingPathComponent("plumb").path
    if FileManager.default.isExecutableFile(atPath: beside) { return beside }
    var root = URL(fileURLWithPath: #filePath)
    for _ in 0..<4 { root.deleteLastPathComponent() }
    return root.appendingPathComponent(".build/debug/plumb").path
  }()

  private func run(
    _ program: String, _ arguments: [String], in folder: String? = nil,
    environment: [String: String] = [:]
  ) throws -> Run {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder ?? path)
    process.environment = [
      "PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "GIT_CONFIG_GLOBAL": "/dev/null",
      "GIT_CONFIG_SYSTEM": "/dev/null", "LC_ALL": "C",
    ].merging(environment) { $1 }
    // Files, not pipes: none can fill while the other is read.
    let files = try ["output", "error"].map { name in
      let url = FileManager.default.temporaryDirectory
        .appendingPathComponent("plumb-review-\(UUID().uuidString)-\(name)")
      try Data().write(to: url)
      return (url, try FileHandle(forWritingTo: url))
    }
    defer { for (url, _) in files { try? FileManager.default.removeItem(at: url) } }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = files[0].1
    process.standardError = files[1].1
    try process.run()
    process.waitUntilExit()
    let texts = try files.map { String(decoding: try Data(contentsOf: $0.0), as: UTF8.self) }
    return Run(status: process.terminationStatus, output: texts[0], error: texts[1])
  }
}
