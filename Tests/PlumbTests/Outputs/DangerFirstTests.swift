import Foundation
import TestSupport
import Testing

/// Danger comes before gain: the same order in the plan, the comment and the report.
@Suite("Danger first")
struct DangerFirstTests {
  /// The recommendation of high impact gains little, the one of low impact much.
  private static let initiative = Company.initiative(users: "low", sessions: "high")

  private static func position(of text: String, in page: some StringProtocol) -> String.Index? {
    page.range(of: text)?.lowerBound
  }

  @Test("a regression of high impact is never below a gain of points, nor below another tenant's")
  func order() throws {
    let company = try Company(adding: ["desired-state/initiative.yaml": Self.initiative])
    // What will be resolved: that is a gain, and comes last.
    try company.observe("acme-eu", mfa: 0)
    try company.apply(on: "2026-06-01")
    try company.observe("acme-eu", mfa: 3, idle: 60, at: "2026-06-03T06:00:00Z")
    try company.observe("acme-us", mfa: 2, at: "2026-06-03T06:00:00Z")
    let at = ["--at", "2026-06-03T07:00:00Z"]
    let plan = try company.scratch.plumb(["plan"] + at).output
    let comment = try company.scratch.plumb(["plan", "--format", "markdown"] + at).output
    let show = try company.scratch.plumb(["show"] + at).output
    _ = try company.scratch.plumb(["apply", "--quiet"] + at)
    let report = try company.scratch.git("show", "plumb/reports:reports/README.md")
    let (danger, gain) = ("Require a second factor", "End idle sessions")
    let sections: [(name: String, text: Substring)] = [
      ("the plan's changes", Self.section("Recommendations", "Scores", of: plan)),
      ("the plan's work", Self.section("What to do first", "Plan:", of: plan)),
      ("the comment's changes", Self.section("Recommendations", "Events", of: comment)),
      ("the comment's work", Self.section("What to do first", "zzz", of: comment)),
      ("the report's changes", Self.section("What changed", "What to do first", of: report)),
      ("the report's work", Self.section("What to do first", "Instances", of: report)),
      ("show", show[...]),
    ]
    for section in sections {
      let first = Self.position(of: danger, in: section.text)
      let second = Self.position(of: gain, in: section.text)
      #expect(first != nil && second != nil, "\(section.name):\n\(section.text)")
      if let first, let second { #expect(first < second, "\(section.name):\n\(section.text)") }
    }
    // What was resolved comes behind what got worse.
    for section in [sections[0], sections[2], sections[4]] {
      let worse = Self.position(of: gain, in: section.text)
      let resolved = Self.position(of: "notCompliant → compliant", in: section.text)
      if let worse, let resolved {
        #expect(worse < resolved, "\(section.name)")
      } else {
        Issue.record("\(section.name) misses one:\n\(section.text)")
      }
    }
  }

  /// From one heading to another, or to the end.
  private static func section(_ begin: String, _ end: String, of text: String) -> Substring {
    let rest = text.range(of: begin).map { text[$0.upperBound...] } ?? text[...]
    return rest.range(of: end).map { rest[..<$0.lowerBound] } ?? rest
  }
}
