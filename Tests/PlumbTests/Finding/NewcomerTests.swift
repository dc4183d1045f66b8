import TestSupport
import Testing

/// What puts somebody off in the first hour, with the real program.
@Suite("The first hour")
struct NewcomerTests {
  @Test(
    "a line that is almost right is told what is",
    arguments: [
      (
        ["plan", "--output", "-"],
        "'-' names no format; write FORMAT=FILE, such as markdown=plan.md"
      ),
      (["diff", "2026-06-01..2026-06-08"], "Two reports are two arguments: plumb diff FROM TO."),
      (["diff", "2026-06-01", "--at", "2026-06-08"], "The reports are arguments: plumb diff"),
      (["plan", "--at", "yesterday"], "Usage: plumb plan "),
      (["instances", "--at", "yesterday"], "Usage: plumb instances "),
      (["cel", "a and b"], "found 'and': write &&"),
      (
        ["apply", "nope.json"],
        "there is no file 'nope.json'; 'plumb plan --out nope.json' writes one"
      ),
      (["plan", "--out", "absent/plan.json"], "there is no folder"),
      (
        [
          "except", "okta-session-lifetime", "--instance", "x", "--owner", "o",
          "--justification", "j", "--status", "toAddress",
        ], "'toAddress' is invalid for '--status"
      ),
    ])
  func almost(arguments: [String], message: String) throws {
    let scratch = try Company().scratch
    let run = try scratch.plumb(arguments)
    #expect(run.status != 0)
    #expect((run.output + run.error).contains(message), "\(run.output)\(run.error)")
  }

  @Test("a folder as standard input is said to be unreadable")
  func folder() throws {
    let program = try #require(Program.path)
    let run = try Run("/bin/sh", ["-c", "'\(program)' cel 1 --input - </"], in: "/")
    #expect(run.status == 1 && run.error == "error: standard input cannot be read\n", "\(run)")
  }

  @Test("help names no status that an exception cannot give")
  func statuses() throws {
    let help = try Company().scratch.plumb("except", "--help").output
    #expect(help.contains("riskAccepted") && help.contains("planned"))
    #expect(!help.contains("toAddress") && !help.contains("completed"))
  }

  @Test("the desired state in another folder is named in the next step")
  func elsewhere() throws {
    let scratch = try Scratch()
    try scratch.makeFolder("new")
    let run = try scratch.plumb(["init", "--path", "posture/state"], in: "new")
    #expect(run.status == 0, "\(run.error)")
    #expect(run.error.contains("Each command needs '--path posture/state'."))
  }

  @Test("a saved plan ends with how it is applied, and with nothing else to do")
  func saved() throws {
    let run = try Company().scratch.plumb("plan", "--out", "p.json", "--at", "2026-06-01")
    #expect(run.error.contains("Saved the plan to p.json: 'plumb apply p.json' applies just this."))
    #expect(!run.output.contains("Run 'plumb apply'"))
  }

  @Test("a history of reports without a score says that nothing was assessed")
  func unassessed() throws {
    let scratch = try Scratch()
    try scratch.makeRepository(["desired-state/acme.yaml": Company.connector])
    let at = ["--at", "2026-06-01T07:00:00Z"]
    #expect(try scratch.plumb(["apply"] + at).status == 0)
    let run = try scratch.plumb(["history"] + at)
    #expect(run.output.contains("1 of 1 report on plumb/reports"))
    #expect(run.output.contains("No report of these days has a score: nothing was assessed."))
  }

  @Test("explain fills the console's address, tells the evidence, and what has expired as expired")
  func explained() throws {
    let scratch = try ExampleCompany().scratch
    func explain(_ name: String, at: String) throws -> String {
      try scratch.plumb("explain", name, "--at", at).output
    }
    let late = try explain("okta-support-access-disabled", at: "2026-06-20T07:00:00Z")
    #expect(late.contains("okta-eu-support-access: riskAccepted, expired on 2026-06-04"))
    let early = try explain("okta-support-access-disabled", at: "2026-06-01T07:00:00Z")
    #expect(early.contains("okta-eu-support-access: riskAccepted, until 2026-06-04"))
    let length = try explain("okta-password-minimum-length", at: "2026-06-01T07:00:00Z")
    #expect(length.contains("https://contoso-eu.okta.com/admin/"))
    #expect(!length.contains("{domain}"))
    #expect(length.contains("minLength: "))
  }

  @Test("an exception by label is about the instances of its recommendations' apps")
  func labels() throws {
    let scratch = try ExampleCompany().scratch
    let run = try scratch.plumb(
      "show", "exceptions", "--verbose", "--at", "2026-06-01T07:00:00Z")
    #expect(run.output.contains("  instances: okta-contoso-eu\n"), "\(run.output)")
    #expect(!run.output.contains("github-contoso"))
  }
}
