import JSON
import TestSupport
import Testing

/// Accounts that are kept for emergencies are reviewed and listed like exceptions.
@Suite struct BreakGlassTests {
  static func company(_ items: String) throws -> Company {
    try Company(adding: [
      "desired-state/instances.yaml": Company.instances.replacing(
        "metadata: { name: acme-eu }\nspec: { app: acme,",
        with: "metadata: { name: acme-eu }\nspec: { app: acme, breakGlass: [\(items)],")
    ])
  }

  static let ada =
    "{ id: ada@acme.example, kind: user, reason: The fire safe., owner: soc@acme.example }"

  @Test("show exceptions lists them, in every format, and so does the report's page")
  func listed() throws {
    let company = try Self.company(Self.ada)
    let git = company.scratch
    let at = ["--at", "2026-06-01T07:00:00Z"]
    let text = try git.plumb(["show", "exceptions"] + at)
    #expect(text.status == 0)
    #expect(text.output.contains("BREAK-GLASS"))
    for word in ["ada@acme.example", "user", "acme-eu", "soc@acme.example", "The fire safe."] {
      #expect(text.output.contains(word))
    }
    let json = try JSONView(
      parsing: try git.plumb(["show", "exceptions", "--format", "json"] + at).output)
    #expect(json["breakGlass"]?[0]?["id"]?.string == "ada@acme.example")
    #expect(json["breakGlass"]?[0]?["kind"]?.string == "user")
    #expect(json["breakGlass"]?[0]?["instance"]?.string == "acme-eu")
    let markdown = try git.plumb(["show", "exceptions", "--format", "markdown"] + at).output
    #expect(markdown.contains("Break-glass accounts"))
    let other = try git.plumb(["show", "exceptions", "--instance", "acme-us"] + at).output
    #expect(!other.contains("BREAK-GLASS"))
    try #require(try git.plumb(["apply"] + at).status == 0)
    let page = try git.git("show", "plumb/reports:reports/exceptions.md")
    #expect(page.contains("Break-glass accounts"))
    #expect(page.contains("The fire safe."))
  }

  @Test("a change of them is a control change of the plan, with --base too")
  func planned() throws {
    let company = try Self.company(Self.ada)
    let git = company.scratch
    try #require(try git.plumb("apply", "--at", "2026-06-01T07:00:00Z").status == 0)
    try git.commit([
      "desired-state/instances.yaml": Company.instances.replacing(
        "metadata: { name: acme-eu }\nspec: { app: acme,",
        with:
          "metadata: { name: acme-eu }\nspec: { app: acme, breakGlass: [{ id: admins, kind: group, reason: All of them., owner: me@acme.example }],"
      )
    ])
    for arguments in [[], ["--base", "HEAD~1"]] {
      let plan = try git.plumb(
        ["plan", "--at", "2026-06-01T08:00:00Z", "--detailed-exitcode"] + arguments)
      // One more account that policies may leave out weakens: of a pull request, that stops the run.
      #expect(plan.status == (arguments.isEmpty ? 2 : 3))
      #expect(plan.output.contains("Control"))
      #expect(
        plan.output.contains(
          "> instance acme-eu break-glass admins: group, me@acme.example: All of them."))
      #expect(
        plan.output.contains(
          "> instance acme-eu break-glass ada@acme.example: no longer declared (user, soc@acme.example: The fire safe.)"
        ))
    }
    try #require(try git.plumb("apply", "--at", "2026-06-01T08:00:00Z").status == 0)
    let again = try git.plumb("plan", "--at", "2026-06-01T09:00:00Z", "--detailed-exitcode")
    #expect(again.status == 0)
  }
}
