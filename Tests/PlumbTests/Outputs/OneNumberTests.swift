import Foundation
import TestSupport
import Testing

/// One score, one fall: the same numbers wherever they are printed.
@Suite("One number")
struct OneNumberTests {
  private static let initiative = [
    Declare.document(
      "Initiative", "ours",
      """
      title: Ours
      targetScore: 90
      metrics:
        - { name: users, title: Users, weight: high, recommendations: [acme-mfa] }
      """), Declare.settings("gates: { scoreDrop: 1, newNotCompliant: off }"),
  ].documents

  /// From 5 of 6 to 4 of 6: 83.33… to 66.66…, which is 16.66… less, while what was printed differs by 16.6.
  @Test("the same score and the same fall in every command and format")
  func everywhere() throws {
    let company = try Company(adding: ["desired-state/initiative.yaml": Self.initiative])
    try company.observe(mfa: 2)
    try company.apply(on: "2026-06-01")
    try company.observe(mfa: 1, at: "2026-06-03T06:00:00Z")
    let at = ["--at", "2026-06-03T07:00:00Z"]
    func plumb(_ arguments: [String], status: Int32 = 0) throws -> String {
      let run = try company.scratch.plumb(arguments)
      #expect(run.status == status, "\(arguments): \(run.error)")
      return run.output
    }
    func plan(_ format: String) throws -> String {
      try plumb(["plan", "--format", format] + at, status: 3)
    }
    let instances = try plumb(["instances"] + at)
    #expect(instances.contains("acme-eu"))
    var places: [(name: String, text: String, patterns: [String])] = [
      (
        "plan", try plan("text"),
        [#"!  Ours +(83\.\d) → (66\.\d)"#]
      ),
      ("the gate", try plan("text"), [#"ours (83\.\d) → (66\.\d) \(-(16\.\d)\)"#]),
      (
        "plan as JSON", try plan("json"),
        [#""score": (66\.\d)"#, #""before": (83\.\d)"#, #""from": (83\.\d)"#]
      ),
      ("plan as Markdown", try plan("markdown"), [#"▼ -(16\.\d) from (83\.\d)"#]),
      ("plan as metrics", try plan("openmetrics"), [#"initiative="ours"[^\n]* (66\.\d)"#]),
    ]
    places.append(
      (
        "apply", try plumb(["apply"] + at, status: 3),
        [#"!  Ours +(83\.\d) → (66\.\d)"#]
      ))
    func committed(_ path: String) throws -> String {
      try company.scratch.git("show", "plumb/reports:reports/\(path)")
    }
    let period = ["--since", "2026-06-01", "--until", "2026-06-03"]
    places += [
      (
        "the commit's subject",
        try company.scratch.git("log", "-1", "--format=%s", "plumb/reports"),
        [#"^Ours (66\.\d) \(-(16\.\d)\)"#]
      ),
      (
        "the report's front page", try committed("README.md"),
        [#"\*\*(66\.\d)\*\*"#, #"▼ -(16\.\d) from (83\.\d)"#]
      ),
      (
        "the initiative's page", try committed("initiatives/ours.md"),
        [#"▼ -(16\.\d) from (83\.\d)"#]
      ),
      (
        "the page of events", try committed("events.md"),
        [#"fell by (16\.\d) points: (83\.\d) → (66\.\d)"#]
      ),
      ("the recorded state", try committed("state.json"), [#""score": (66\.\d)"#]),
      ("history", try plumb(["history"] + period), [#"(83\.\d) +(66\.\d) +-(16\.\d)"#]),
      (
        "history as Markdown", try plumb(["history", "--format", "markdown"] + period),
        [#"(83\.\d) \| (66\.\d) \| -(16\.\d)"#]
      ),
      (
        "history as JSON", try plumb(["history", "--format", "json"] + period),
        [#"(83\.\d),\s+(66\.\d)"#]
      ),
      (
        "events", try plumb(["history", "--events"] + period),
        [#"fell by (16\.\d) points: (83\.\d) → (66\.\d)"#]
      ),
      (
        "events as JSON", try plumb(["history", "--events", "--format", "json"] + period),
        [#""from": (83\.\d)"#, #""to": (66\.\d)"#, #""change": -(16\.\d)"#]
      ),
      ("diff", try plumb(["diff", "2026-06-01", "2026-06-03"]), [#"Ours +(83\.\d) → (66\.\d)"#]),
      (
        "diff as Markdown",
        try plumb(["diff", "2026-06-01", "2026-06-03", "--format", "markdown"]),
        [#"▼ -(16\.\d) from (83\.\d)"#]
      ),
    ]
    #expect(places.count >= 9)
    for place in places {
      for pattern in place.patterns {
        let match = try Regex(pattern).firstMatch(in: place.text)
        guard let match else {
          Issue.record("\(place.name) prints no \(pattern):\n\(place.text)")
          continue
        }
        for part in match.output.dropFirst() {
          let number = part.substring.map(String.init) ?? ""
          #expect(["83.3", "66.7", "16.7"].contains(number), "\(place.name) prints \(number)")
        }
      }
    }
  }

  @Test("the commit's subject names what fell most, whatever its name")
  func subject() throws {
    let other = Self.initiative.replacing("name: ours", with: "name: a-first")
      .replacing("title: Ours", with: "title: A first").replacing("[acme-mfa]", with: "[acme-idle]")
    let company = try Company(adding: [
      "desired-state/initiative.yaml": Self.initiative,
      "desired-state/first.yaml": other.components(separatedBy: "---\n")[0],
    ])
    try company.apply(on: "2026-06-01")
    try company.observe(mfa: 0, idle: 15, at: "2026-06-03T06:00:00Z")
    _ = try company.scratch.plumb("apply", "--at", "2026-06-03T07:00:00Z")
    let subject = try company.scratch.git("log", "-1", "--format=%s", "plumb/reports")
    #expect(subject.hasPrefix("Ours 50.0 (-50.0), A first 100.0; "), "\(subject)")
  }
}
