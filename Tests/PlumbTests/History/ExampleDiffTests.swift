import Foundation
import JSON
import TestSupport
import Testing

/// The example company over a week: what the plan says, and what the two reports differ in.
@Suite("The example company, planned and diffed")
struct ExampleDiffTests {
  @Test("plumb diff of two reports lists the changes and events of the plan between them")
  func same() throws {
    let scratch = try Scratch()
    let clone = ExampleFile.repository.path
    let repository = "\(scratch.path)/repository"
    try scratch.makeRepository(["README.md": "Contoso\n"])
    func copy(_ from: String, to: String) throws {
      let copied = try Run("/bin/cp", ["-r", "\(clone)/\(from)", "\(repository)/\(to)"], in: clone)
      try #require(copied.status == 0, "\(copied.error)")
    }
    try FileManager.default.createDirectory(
      atPath: "\(repository)/examples/contoso", withIntermediateDirectories: true)
    try copy("desired-state", to: "desired-state")
    for name in ["observations", "exports"] {
      try copy("examples/contoso/\(name)", to: "examples/contoso/\(name)")
    }
    try scratch.git("add", ".", in: "repository")
    try scratch.git("commit", "-qm", "Contoso on 1 June", in: "repository")
    _ = try scratch.plumb("apply", "--at", "2026-06-01T07:00:00Z", "-q")
    try copy("examples/contoso/week-later/.", to: "examples/contoso")
    try scratch.git("add", ".", in: "repository")
    try scratch.git("commit", "-qm", "A week later", in: "repository")

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
