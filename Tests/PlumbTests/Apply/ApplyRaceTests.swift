import Foundation
import JSON
import TestSupport
import Testing

/// Two `plumb apply` processes at once.
@Suite struct ApplyRaceTests {
  @Test("20 rounds: one report each, whoever was first, and history is a line")
  func sameView() throws {
    let company = try Company()
    try company.apply(on: "2026-06-01")
    for round in 1...20 {
      try company.observe(mfa: round % 4, idle: 10 + round, at: Self.time(round))
      let arguments = ["apply", "--quiet", "--at", Self.time(round, hour: "07")]
      let runs = try [company.scratch.start(arguments), company.scratch.start(arguments)]
        .map { try $0.finish() }
      for run in runs { #expect(run.status == 0, "round \(round): \(run.error)") }
      #expect(try Self.count(company) == round + 1, "round \(round)")
      // What was recorded is what was observed in this round.
      #expect(try Self.observedAt("acme-eu", company) == Self.time(round))
    }
    try Self.expectWhole(company)
    let quiet = try company.scratch.plumb("apply", "--at", Self.time(21, hour: "07"))
    #expect(quiet.status == 0)
    #expect(try Self.count(company) == 21)
  }

  @Test("two worktrees that see different tenants: both reports of every round are there")
  func differentViews() throws {
    let company = try Company()
    let git = company.scratch
    try company.apply(on: "2026-06-01")
    try git.git("worktree", "add", "--quiet", "--detach", "../other")
    var seen: Set<String> = []
    for round in 1...10 {
      let (mine, theirs) = (Self.time(round), Self.time(round, hour: "05"))
      try company.observe("acme-eu", mfa: round % 4, idle: 10 + round, at: mine)
      let view = Company.observation(
        of: "acme-us", mfa: round % 4, idle: 40 + round, at: theirs)
      try git.write(view, to: "other/observed/acme-us")
      let arguments = ["apply", "--quiet", "--at", Self.time(round, hour: "07")]
      let runs = try [git.start(arguments), git.start(arguments, in: "other")]
        .map { try $0.finish() }
      for run in runs { #expect(run.status == 0, "round \(round): \(run.error)") }
      #expect(try Self.count(company) == 2 * round + 1, "round \(round)")
      seen.formUnion([mine, theirs])
    }
    try Self.expectWhole(company)
    // Every view that was applied is in history.
    var recorded: Set<String> = []
    for report in try git.git("rev-list", "plumb/reports").split(separator: "\n") {
      for instance in ["acme-eu", "acme-us"] {
        recorded.insert(try Self.observedAt(instance, company, at: String(report)))
      }
    }
    #expect(recorded.isSuperset(of: seen))
  }

  // MARK: What is there

  static func time(_ round: Int, hour: String = "06") -> String {
    "2026-07-\(round < 10 ? "0" : "")\(round)T\(hour):00:00Z"
  }

  static func count(_ company: Company) throws -> Int {
    try Int(company.scratch.git("rev-list", "--count", "plumb/reports")) ?? 0
  }

  static func observedAt(
    _ instance: String, _ company: Company, at report: String = "plumb/reports"
  ) throws -> String {
    let text = try company.scratch.git(
      "show", "\(report):reports/instances/\(instance)/state.json")
    return JSONValue(try JSONView(parsing: text))["observedAt"]?.string ?? ""
  }

  /// History is a line, nothing in the repository is broken, and no lock is left.
  static func expectWhole(
    _ company: Company, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let git = company.scratch
    #expect(
      try git.git("rev-list", "--min-parents=2", "plumb/reports").isEmpty,
      sourceLocation: sourceLocation)
    #expect(
      try git.git("rev-list", "--max-parents=0", "--count", "plumb/reports") == "1",
      sourceLocation: sourceLocation)
    try git.git("fsck", "--strict", "--no-dangling")
    #expect(
      !git.exists("repository/.git/refs/heads/plumb/reports.lock"), sourceLocation: sourceLocation)
  }
}
