import Foundation
import JSON
import TestSupport
import Testing

/// How a run ends: of several reasons the first of 64, 1, 3, 2, and all of them told.
@Suite("Exit codes")
struct ExitCodeTests {
  private static let at = ["--at", "2026-06-03T07:00:00Z"]
  private static let gate = ["--fail-on", "scoreDrop=1"]
  private static let nowhere = "/nonexistent/folder/x"

  /// Recorded on the first of June; on the third the tenant is worse.
  private static func worse() throws -> Company {
    let company = try Company()
    try company.apply(on: "2026-06-01")
    try company.observe(mfa: 1, idle: 60, at: "2026-06-03T06:00:00Z")
    return company
  }

  struct Row: Sendable, CustomTestStringConvertible {
    let code: Int32
    let arguments: [String]
    /// What standard error says.
    let told: [String]
    var testDescription: String { "\(code): \(arguments.joined(separator: " "))" }
  }

  private static let failed = "error: gate scoreDrop failed: fell by 1 points or more: ours 100.0"
  private static let unwritten = "error: \(nowhere) cannot be written: "

  @Test(
    "the gravest gives the code, and all are told",
    arguments: [
      Row(code: 0, arguments: ["plan"], told: []),
      Row(code: 2, arguments: ["plan", "--detailed-exitcode"], told: []),
      Row(code: 3, arguments: ["plan", "--detailed-exitcode"] + gate, told: []),
      Row(
        code: 3, arguments: ["plan", "--detailed-exitcode", "--format", "json"] + gate,
        told: [failed]),
      Row(
        code: 1,
        arguments: ["plan", "--detailed-exitcode", "--format", "csv", "--out", nowhere] + gate,
        told: [failed, unwritten]),
      Row(
        code: 1, arguments: ["plan", "--output", "json=\(nowhere)", "--format", "markdown"] + gate,
        told: [failed, unwritten]),
      Row(
        code: 1, arguments: ["apply", "--output", "json=\(nowhere)", "--quiet"] + gate,
        told: [failed, unwritten, "Recorded on plumb/reports as "]),
      Row(code: 3, arguments: ["apply", "--quiet"] + gate, told: [failed]),
      Row(
        code: 64, arguments: ["plan", "--nonsense"], told: ["Error: Unknown option '--nonsense'"]),
      Row(
        code: 64, arguments: ["plan", "--out", nowhere, "--base", "main"], told: ["leave out --out"]
      ),
    ])
  func precedence(row: Row) throws {
    let company = try Self.worse()
    let isUsage = row.code == 64
    let run = try company.scratch.plumb(row.arguments + (isUsage ? [] : Self.at))
    #expect(run.status == row.code, "\(run.error)")
    for text in row.told { #expect(run.error.contains(text), "\(run.error)") }
    if row.code == 3, row.told.isEmpty { #expect(run.output.contains("failed scoreDrop")) }
  }

  @Test(
    "what does not reach standard output is an error, whatever it would have said",
    arguments: [
      (["plan"], 1), (["plan", "--detailed-exitcode"], 1), (["--help"], 1), (["--version"], 1),
      (["schema", "plan"], 1), (["history"], 1), (["plan", "--nonsense"], 64),
      (["--generate-completion-script", "bash"], 1), (["show", "exceptions"], 1),
    ] as [([String], Int32)])
  func fullDevice(arguments: [String], code: Int32) throws {
    let company = try Self.worse()
    let run = try Run(
      "/bin/sh", ["-c", "exec \"$0\" \"$@\" > /dev/full", try #require(Program.path)] + arguments,
      in: company.path, environment: Scratch.environment)
    #expect(run.status == code, "\(run.error)")
    #expect(
      code == 64
        || run.error.contains(
          "error: the result cannot be written to standard output: No space left on device\n"),
      "\(run.error)")
  }

  @Test("an observation that is held as suspect ends with 3, and --force takes it")
  func suspect() throws {
    let collections = "users: { identity: id }, policies: { identity: id }"
    let company = try Company(adding: [
      "desired-state/acme.yaml": Company.connector.replacing(
        collections, with: collections + ", keys: { identity: id }")
    ])
    func observe(_ count: Int, at time: String) throws {
      let observation = StoredObservation(
        instance: "acme-eu", app: "acme", observedAt: time,
        [
          "users": (0..<count).map { ["id": .string("u\($0)"), "mfa": true] },
          "policies": (0..<count).map { ["id": .string("p\($0)"), "idle": 15] },
          "keys": (0..<count).map { ["id": .string("k\($0)")] },
        ])
      try company.scratch.write(observation, to: "repository/observed/acme-eu")
    }
    try observe(1, at: "2026-06-01T06:00:00Z")
    try company.apply(on: "2026-06-01")
    try observe(0, at: "2026-06-03T06:00:00Z")
    for arguments in [["plan"], ["plan", "--detailed-exitcode"], ["apply", "--quiet"]] {
      let run = try company.scratch.plumb(arguments + Self.at)
      #expect(run.status == 3, "\(arguments): \(run.error)")
      #expect((run.output + run.error).contains("suspect"))
    }
    #expect(try company.scratch.plumb(["apply", "--force"] + Self.at).status == 0)
  }

  @Test("a newer look at the same posture is no change")
  func newer() throws {
    let company = try Company()
    try company.apply(on: "2026-06-01")
    try company.observe(at: "2026-06-03T06:00:00Z")
    #expect(try company.scratch.plumb(["plan", "--detailed-exitcode"] + Self.at).status == 0)
  }
}
