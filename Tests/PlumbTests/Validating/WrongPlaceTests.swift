import Foundation
import JSON
import TestSupport
import Testing

/// A place that is named and is not there is an error, for commands too that need no desired state.
@Suite struct WrongPlaceTests {
  static let commands = [
    ["history"], ["explain", "okta-password-minimum-length"], ["catalog", "list"],
    ["test", "--catalog", "--app", "okta"],
  ]

  @Test("a mistyped --path is an error that names it", arguments: commands)
  func path(command: [String]) throws {
    let company = try Company()
    try #require(try company.scratch.plumb("apply", "--at", "2026-06-01T07:00:00Z").status == 0)
    let run = try company.scratch.plumb(command + ["--path", "desird-state"])
    #expect(run.status == 1)
    #expect(run.error.contains("there is no folder 'desird-state'"))
    #expect(run.output == "")
  }

  @Test("a mistyped --revision and --repo are errors", arguments: commands)
  func revision(command: [String]) throws {
    let company = try Company()
    let run = try company.scratch.plumb(command + ["--revision", "nowhere"])
    #expect(run.status == 1)
    #expect(run.error.contains("nowhere"))
    let other = try company.scratch.plumb(command + ["--repo", "nowhere"])
    #expect(other.status == 1)
    #expect(other.error.contains("nowhere"))
  }

  @Test("where nobody named a place, the catalog alone will do")
  func catalogAlone() throws {
    let scratch = try Scratch()
    try scratch.write("", to: "empty/note.txt")
    #expect(try scratch.plumb(["catalog", "list", "connectors"], in: "empty").status == 0)
    // A repository without a commit, and one without desired state.
    try scratch.write("", to: "repository/note.txt")
    try scratch.git("init", "--quiet")
    #expect(try scratch.plumb("catalog", "list", "connectors").status == 0)
    try scratch.git("add", "--all")
    try scratch.git(
      "-c", "user.name=a", "-c", "user.email=a@b.example", "commit", "--quiet", "-m", "x")
    #expect(try scratch.plumb("catalog", "list", "connectors").status == 0)
    #expect(try scratch.plumb("catalog", "list", "--path", "desired-state").status == 1)
  }

  @Test("a recorded file with a member of another type is an error that names file and member")
  func damagedRecord() throws {
    let company = try Company()
    let git = company.scratch
    try #require(try git.plumb("apply", "--at", "2026-06-01T07:00:00Z").status == 0)
    let path = "reports/instances/acme-eu/state.json"
    let state = try git.git("show", "plumb/reports:\(path)")
    try git.git("worktree", "add", "--quiet", "../old", "plumb/reports")
    try git.write(
      state.replacing("\"observedAt\": \"2026-06-01T06:00:00Z\"", with: "\"observedAt\": 5"),
      to: "old/\(path)")
    try git.git("commit", "--quiet", "--all", "-m", "Damage", in: "old")
    let run = try git.plumb("plan", "--at", "2026-06-01T08:00:00Z")
    #expect(run.status == 1)
    #expect(run.error.contains("\(path): 'observedAt' is not a time"))
  }
}
