import JSON
import TestSupport
import Testing

/// The example company over a week: what the plan says, and what the two reports differ in.
@Suite("The example company, planned and diffed")
struct ExampleDiffTests {
  @Test("plumb diff of two reports lists the changes and events of the plan between them")
  func same() throws {
    let company = try ExampleCompany()
    let scratch = company.scratch
    _ = try scratch.plumb("apply", "--at", "2026-06-01T07:00:00Z", "-q")
    try company.passWeek()
    try scratch.commit([:], "A week later")

    func read(_ arguments: [String]) throws -> JSONValue {
      let run = try scratch.plumb(arguments + ["--format", "json"])
      return JSONValue(try JSONView(parsing: Array(run.output.utf8)))
    }
    let plan = try read(["plan", "--at", "2026-06-08T07:00:00Z"])
    // Gates stop it, and it is recorded all the same.
    #expect(try scratch.plumb("apply", "--at", "2026-06-08T07:00:00Z", "-q").status == 3)
    let diff = try read(["diff", "plumb/reports~1", "plumb/reports"])
    let changes = try #require(plan["changes"]?.array)
    #expect(changes.count > 100)
    #expect(diff["changes"]?.array == changes)
    #expect(diff["events"] == plan["events"])
  }
}
