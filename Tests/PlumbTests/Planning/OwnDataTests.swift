import Foundation
import TestSupport
import Testing

/// What is recorded in the repository or exported into it.
@Suite("Recorded data") struct OwnDataTests {
  @Test(
    "an observation of the future counts nowhere, whatever --at says",
    arguments: ["2026-06-01T07:00:00Z", "9999-12-31T23:59:59Z", nil])
  func future(at: String?) throws {
    let company = try Company()
    try company.observe(at: "9999-12-31T23:59:59Z")
    let time = at.map { ["--at", $0] } ?? []
    let run = try company.scratch.plumb(["plan", "--format", "json"] + time)
    #expect(run.status == 0, "\(run.error)")
    #expect(
      run.output.contains("it was observed at 9999-12-31T23:59:59Z, which is in the future"))
    #expect(try company.scratch.plumb(["apply"] + time).status == 0)
    let state = try company.scratch.git(
      "show", "plumb/reports:reports/instances/acme-eu/state.json")
    #expect(!state.contains("9999-12-31T23:59:59Z\",\n  \"observationDigest"))
    #expect(!state.contains("\"compliant\""))
    let trailers = try company.scratch.git(
      "log", "-1", "--format=%(trailers:key=Observed-At)", "plumb/reports")
    #expect(!trailers.contains("9999"))
  }

  @Test("a pull request's own data is the desired state's doing, and the base is judged on its own")
  func ownData() throws {
    let company = try Company()
    let scratch = company.scratch
    try scratch.git("checkout", "--quiet", "-b", "change")
    try company.observe(mfa: 1, at: "2026-06-01T06:30:00Z")
    try scratch.commit([:], "Worse")
    let arguments = ["plan", "--base", "main", "--at", "2026-06-01T07:00:00Z"]
    let run = try scratch.plumb(arguments)
    #expect(run.status == 0, "\(run.error)")
    #expect(
      run.output.contains(
        "acme-mfa on acme-eu · compliant → notCompliant · 2 of 3 affected · the desired state changed"
      ),
      "\(run.output)")
    #expect(!run.output.contains("the tenant changed"))
    // The same the other way round, and with what lies uncommitted beside it.
    try company.observe(mfa: 3, at: "2026-06-01T06:45:00Z")
    #expect(try scratch.plumb(arguments).output == run.output)
    try scratch.git("checkout", "--quiet", "-b", "back")
    try scratch.commit([:], "Better")
    let back = try scratch.plumb(["plan", "--base", "change", "--at", "2026-06-01T07:00:00Z"])
    #expect(back.status == 0)
    #expect(
      back.output.contains("acme-mfa on acme-eu · notCompliant → compliant · "), "\(back.output)")
    #expect(back.output.contains("the desired state changed"))
  }

  @Test("data that no revision has is the same for both")
  func untracked() throws {
    let company = try Company()
    let scratch = company.scratch
    try scratch.git("rm", "-r", "--quiet", "--cached", "observed")
    try scratch.write("observed/\n", to: "repository/.gitignore")
    try scratch.commit([:], "Fetched by a job")
    try company.observe(mfa: 1)
    let run = try scratch.plumb("plan", "--base", "main", "--at", "2026-06-01T07:00:00Z")
    #expect(run.output.contains("No changes."), "\(run.output)")
    #expect(!run.output.contains("does not exist"))
  }
}
