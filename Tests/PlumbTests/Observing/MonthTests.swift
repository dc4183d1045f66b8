import Foundation
import JSON
import Synchronization
import TestSupport
import Testing

/// A month of nightly jobs and pull requests: which day is red, and why, is what `Sources/NIGHTS.md`
/// says.
///
/// `PLUMB_RECORD=1` writes the page's table anew; such a run fails all the same.
@Suite("A month of nights")
struct MonthTests {
  private static let page = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../Sources/NIGHTS.md").standardizedFileURL

  @Test("every day is as red as the page says")
  func month() async throws {
    let mfa = Mutex(3)
    let isRevoked = Mutex(false)
    try await VendorServer.serve { request, _ in
      isRevoked.withLock { $0 }
        ? .json(#"{"message":"Token revoked"}"#, status: 401)
        : LiveCompany.answer(request, mfa: mfa.withLock { $0 })
    } _: { server in
      let month = try Month(server)
      var rows: [String] = []
      for day in 1...30 {
        mfa.withLock { $0 = Month.weak.contains(day) ? 1 : 3 }
        isRevoked.withLock { $0 = Month.revoked.contains(day) }
        rows.append(try month.row(of: day))
      }
      try Self.compare(rows)
    }
  }

  private static func compare(_ rows: [String]) throws {
    let text = try String(contentsOf: page, encoding: .utf8)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    func isRow(_ line: String) -> Bool { line.hasPrefix("| June ") }
    if ProcessInfo.processInfo.environment["PLUMB_RECORD"] == "1" {
      let begin = try #require(lines.firstIndex { $0.hasPrefix("|---") }) + 1
      let kept = lines[begin...].filter { !isRow($0) }
      try (lines[..<begin] + rows + kept).joined(separator: "\n")
        .write(to: page, atomically: true, encoding: .utf8)
      Issue.record("recorded \(page.lastPathComponent) anew")
      return
    }
    let told = lines.filter(isRow)
    #expect(told.count == rows.count)
    for (told, row) in zip(told, rows) { #expect(told == row) }
  }
}

/// A company of two tenants, one read over an API by a nightly job, one brought as a file.
private struct Month {
  /// The nights on which the credential is revoked.
  static let revoked = 9...11
  /// The nights on which the tenant lets two users in without a second factor.
  static let weak = 5...6
  /// The day on which the job comes nine hours late.
  private static let late = 18
  /// The days on which somebody brings the file; in the fourth week it is forgotten.
  private static let brought = [1, 8, 15, 24]

  private static let declared = [
    Declare.instance("acme-file", "recommendations: on"),
    Declare.settings("gates: { newNotCompliant: high, staleObservation: fail, scoreDrop: 2 }"),
  ].documents

  private let company: LiveCompany
  private let server: VendorServer

  init(_ server: VendorServer) throws {
    self.server = server
    company = try LiveCompany(
      // The ages are the defaults.
      LiveCompany.instance(at: server.authority).replacing("  maxAge: 24h\n", with: ""))
    try company.scratch.commit([
      "desired-state/rest.yaml": Self.declared, "desired-state/initiative.yaml": Company.initiative,
    ])
  }

  private static func time(_ day: Int, _ hour: Int, _ minute: Int = 0) -> String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "2026-06-\(two(day))T\(two(hour)):\(two(minute)):00Z"
  }

  /// `| June 9 | 1 | 3 | 0 | … |`: the night's code, that of whoever plans main at ten, that of a pull
  /// request at ten, and what is wrong.
  func row(of day: Int) throws -> String {
    if Self.brought.contains(day) { try bring(day) }
    let isLate = day == Self.late
    var night: (code: Int32, reasons: [String])?
    if !isLate { night = try self.night(day, at: 2) }
    let main = try plan(day)
    let change = try plan(day, ["--base", "main"], on: "change")
    if isLate { night = try self.night(day, at: 11) }
    var reasons: [String] = []
    for reason in (night?.reasons ?? []) + main.reasons + change.reasons
    where !reasons.contains(reason) { reasons.append(reason) }
    return
      "| June \(day)\(isLate ? ", the job comes at 11:00" : "") | \(night?.code ?? 0) | \(main.code) | \(change.code) | \(reasons.joined(separator: "; ")) |"
  }

  /// Somebody brings the file, and merges it; the pull request follows main.
  private func bring(_ day: Int) throws {
    let files = Company.observation(of: "acme-file", at: Self.time(day, 1)).files
    let scratch = company.scratch
    try scratch.git("checkout", "--quiet", "main")
    try scratch.commit(
      Dictionary(uniqueKeysWithValues: files.map { ("observed/acme-file/\($0.key)", $0.value) }))
    try scratch.git("checkout", "--quiet", "-B", "change")
    try scratch.commit(["NOTES.md": "Day \(day).\n"])
    try scratch.git("checkout", "--quiet", "main")
  }

  /// What the night's job does: it observes, and records. What it stores is dated to the night, since
  /// no observation is made at another time than now.
  private func night(_ day: Int, at hour: Int) throws -> (code: Int32, reasons: [String]) {
    let observed = try company.plumb(["observe", "acme-eu"], at: [server])
    let store = try company.store()
    if observed.status == 0 {
      try company.age(to: Self.time(day, hour))
    } else {
      let name = "\(store)/acme-eu.failed.json"
      let text = try #require(company.scratch.read(name))
      try company.scratch.overwrite(
        text.replacing(
          /"attemptedAt": "[^"]*"/, with: #""attemptedAt": "\#(Self.time(day, hour))""#), in: name)
    }
    let applied = try company.plumb([
      "apply", "--no-refresh", "--quiet", "--at", Self.time(day, hour, 5),
    ])
    let failed = observed.status == 0 ? [] : [reason(in: observed.output)]
    return (
      observed.status == 1 ? 1 : applied.status, failed + Self.gates(in: applied.error)
    )
  }

  /// A plan at ten, on a machine that has the branch alone and asks nobody.
  private func plan(
    _ day: Int, _ arguments: [String] = [], on branch: String = "main"
  ) throws -> (code: Int32, reasons: [String]) {
    let run = try company.plumb(
      ["plan", "--no-refresh", "--revision", branch, "--store", "../elsewhere/store"] + arguments
        + ["--at", Self.time(day, 10), "--format", "json"])
    return (run.status, Self.gates(in: run.error))
  }

  private func reason(in text: String) -> String {
    text.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// `newNotCompliant: newly not compliant: …`
  private static func gates(in text: String) -> [String] {
    text.matches(
      of: /error: gate (\w+) (failed|could not be judged): ([^\n]*?)(; to pass[^\n]*)?\n/
    ).map { match in
      "\(match.output.1)\(match.output.2 == "failed" ? "" : ", not judged"): \(match.output.3)"
    }
  }
}
