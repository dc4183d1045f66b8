import TestSupport
import Testing

/// Same inputs, same bytes.
@Suite struct SameBytesTests {
  @Test("planned twice, in text, Markdown and JSON", arguments: ["text", "markdown", "json"])
  func plan(format: String) throws {
    let company = try Company()
    try company.apply(on: "2026-06-01")
    try company.observe(mfa: 1, idle: 60, at: "2026-06-03T06:00:00Z")
    let arguments = ["plan", "--format", format, "--at", "2026-06-03T07:00:00Z"]
    let (first, second) = (
      try company.scratch.plumb(arguments), try company.scratch.plumb(arguments)
    )
    #expect(first.status == 0, "\(first.error)")
    #expect(!first.output.isEmpty)
    #expect(first.output == second.output)
    #expect(first.error == second.error)
    // Nor does it depend on the folder that it is run from, nor on the clone.
    try company.scratch.git("clone", "--quiet", "repository", "clone", in: "")
    try company.scratch.git(
      "branch", "--quiet", "plumb/reports", "origin/plumb/reports", in: "clone")
    for instance in ["acme-eu", "acme-us"] {
      try company.scratch.copy(
        "\(company.path)/observed/\(instance)/.", to: "clone/observed/\(instance)")
    }
    #expect(try company.scratch.plumb(arguments, in: "clone/desired-state").output == first.output)
  }

  @Test("applied in two clones, one commit: the same tree, message and name")
  func apply() throws {
    let company = try Company()
    try company.scratch.git("clone", "--quiet", "repository", "clone", in: "")
    for folder in ["repository", "clone"] {
      let run = try company.scratch.plumb("apply", "--at", "2026-06-01T07:00:00Z", in: folder)
      #expect(run.status == 0, "\(run.error)")
    }
    #expect(
      try company.scratch.git("rev-parse", "plumb/reports")
        == company.scratch.git("rev-parse", "plumb/reports", in: "clone"))
  }
}
