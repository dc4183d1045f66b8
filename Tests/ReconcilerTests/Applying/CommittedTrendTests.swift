import Foundation
import TestSupport
import Testing

@testable import Reconciler

/// The committed pages tell the scores of the days before, from the commits that they are built on.
@Suite("The trend on committed pages")
struct CommittedTrendTests {
  private static let reports = "plumb/reports"

  private static func page(_ name: String, of company: Company) throws -> String {
    try company.scratch.git("show", "\(reports):reports/\(name)")
  }

  /// Four reports on four days, of which the first is older than two weeks.
  private static func company() async throws -> Company {
    let company = try Company()
    for (day, mfa, idle) in [
      ("2026-05-10", 0, 15), ("2026-05-20", 2, 15), ("2026-05-25", 1, 15), ("2026-06-01", 3, 15),
    ] {
      try company.observe(mfa: mfa, idle: idle, at: "\(day)T06:00:00Z")
      #expect(try await company.apply(at: "\(day)T07:00:00Z") != nil, "\(day)")
    }
    return company
  }

  @Test("each day shows what stood at its end, what is recorded now the last")
  func trend() async throws {
    let company = try await Self.company()
    let overview = try Self.page("README.md", of: company)
    #expect(overview.contains("| Initiative | Score | Target | Change | 14 days |"))
    #expect(overview.contains("`▁▆▆▆▆▆▃▃▃▃▃▃▃█` +37.5"), "\(overview)")
    let initiative = try Self.page("initiatives/ours.md", of: company)
    #expect(initiative.contains("2026-05-19 to 2026-06-01: the score at the end of each day."))
    #expect(
      initiative.contains("| Ours | `▁▆▆▆▆▆▃▃▃▃▃▃▃█` | 62.5 | 62.5 | 100.0 | 100.0 | +37.5 |"),
      "\(initiative)")
  }

  @Test("days that pass make no commit")
  func quiet() async throws {
    let company = try await Self.company()
    let tip = try company.scratch.git("rev-parse", Self.reports)
    for day in ["2026-06-01T08:00:00Z", "2026-06-03T07:00:00Z", "2026-06-20T07:00:00Z"] {
      #expect(try await company.apply(at: day) == nil, "\(day)")
    }
    #expect(try company.scratch.git("rev-parse", Self.reports) == tip)
  }

  @Test("the same plan after the same report gives the same bytes, however often it is made")
  func bytes() async throws {
    let company = try await Self.company()
    let git = company.scratch
    let tree = "\(Self.reports)^{tree}"
    let first = try git.git("rev-parse", tree)
    for _ in 0..<2 {
      try git.git("update-ref", "refs/heads/\(Self.reports)", "\(Self.reports)^")
      #expect(try await company.apply() != nil)
      #expect(try git.git("rev-parse", tree) == first)
    }
  }

  @Test(
    "of several reports of a day the last counts, and an earlier one that is damaged is passed over"
  )
  func damaged() async throws {
    let company = try await Self.company()
    let git = company.scratch
    try company.observe(mfa: 0, at: "2026-06-01T09:00:00Z")
    #expect(try await company.apply(at: "2026-06-01T10:00:00Z") != nil)
    try company.observe(mfa: 3, at: "2026-06-02T06:00:00Z")
    #expect(try await company.apply(at: "2026-06-02T07:00:00Z") != nil)
    let overview = try Self.page("README.md", of: company)
    #expect(overview.contains("`▆▆▆▆▆▃▃▃▃▃▃▃▁█` +37.5"), "\(overview)")
    // The report of June 1 is rewritten by hand, and later ones are built on it.
    try git.git("worktree", "add", "--quiet", "../reports", Self.reports)
    let state = git.path + "/reports/reports/state.json"
    let whole = try String(contentsOfFile: state, encoding: .utf8)
    for (text, time) in [("{", "2026-06-02T08:00:00Z"), (whole, "2026-06-03T05:00:00Z")] {
      try git.write(text, to: "reports/reports/state.json")
      try git.git(
        "-c", "alias.at=!GIT_COMMITTER_DATE=\(time) git", "at", "commit", "--all", "--quiet", "-m",
        "x", in: "reports")
    }
    try git.git("worktree", "remove", "../reports")
    try company.observe(mfa: 2, at: "2026-06-03T06:00:00Z")
    #expect(try await company.apply(at: "2026-06-03T07:00:00Z") != nil)
    // The damaged one was the last of its day: the one before it stands for the day.
    let next = try Self.page("README.md", of: company)
    #expect(next.contains("`▆▆▆▆▃▃▃▃▃▃▃▁█▆` 0.0"), "\(next)")
  }
}
