import Foundation
import JSON
import TestSupport
import Testing

/// What gates say of a pull request, and of nothing to judge.
@Suite struct BaseGateTests {
  private func gates(_ run: Run) throws -> [String: JSONValue] {
    let view = try JSONView(parsing: run.output)
    let gates = JSONValue(view)["gates"]?.array ?? []
    return Dictionary(
      gates.map { ($0["name"]?.string ?? "", $0) }, uniquingKeysWith: { first, _ in first })
  }

  @Test("where no instance is assessed any more, nothing is judged, and that is not green")
  func nothingLeft() throws {
    let company = try WeakeningCompany()
    try company.scratch.git("checkout", "--quiet", "-b", "change")
    try company.delete("instances", "exceptions")
    try company.replace(
      "  instances: { matchLabels: { region: eu } }\n", with: "", in: "initiative")
    try company.scratch.commit([:], "Nothing to see")
    let run = try company.plan("change", base: "main")
    #expect(run.status == 3)
    let gates = try gates(run)
    for name in ["newNotCompliant", "coverageBelow", "staleObservation"] {
      #expect(gates[name]?["outcome"]?.string == "notJudged", "\(name)")
      #expect(gates[name]?["stops"]?.bool == true, "\(name)")
    }
    #expect(gates["lessAssessed"]?["outcome"]?.string == "failed")
    let text = try company.scratch.plumb(
      "plan", "--base", "main", "--at", WeakeningCompany.at, "--no-refresh")
    #expect(text.output.contains("not judged newNotCompliant no instance is assessed"))
    #expect(text.output.contains("hides: 2 not compliant (1 of high impact)"), "\(text.output)")
  }

  @Test("where no instance was ever declared, it is said, and stops nobody")
  func fresh() throws {
    let scratch = try Scratch()
    try scratch.makeFolder("repository")
    try scratch.git("init", "--quiet")
    #expect(try scratch.plumb("init").status == 0)
    try scratch.commit([:], "First")
    let run = try scratch.plumb("plan", "--at", WeakeningCompany.at)
    #expect(run.status == 0, "\(run.output)")
    #expect(run.output.contains("not judged newNotCompliant no instance is assessed yet"))
    let settings = scratch.read("repository/desired-state/settings.yaml") ?? ""
    for gate in [
      "newNotCompliant: high", "coverageBelow: 60", "expiredException: fail",
      "staleObservation: fail", "lessAssessed: fail",
    ] { #expect(settings.contains(gate)) }
  }

  @Test("without a base, instances that are all switched off are not judged either")
  func allOff() throws {
    let company = try WeakeningCompany()
    try company.replace("recommendations: on", with: "recommendations: off", in: "instances")
    try company.scratch.commit([:], "Off")
    let run = try company.scratch.plumb("plan", "--at", WeakeningCompany.at)
    #expect(run.status == 3)
    #expect(run.output.contains("not judged staleObservation no instance is assessed"))
  }

  @Test("what ran out in the base stops nobody; what a pull request lets run out does")
  func expired() throws {
    let company = try WeakeningCompany()
    let scratch = company.scratch
    try scratch.git("checkout", "--quiet", "-b", "change")
    try company.replace("displayName: Acme Europe", with: "displayName: Acme EU", in: "instances")
    try scratch.commit([:], "Names")
    func plan() throws -> Run {
      try scratch.plumb(
        "plan", "--base", "main", "--at", "2027-01-02T07:00:00Z", "--no-refresh", "--format", "json"
      )
    }
    let gates = try gates(plan())
    #expect(gates["expiredException"]?["outcome"]?.string == "passed")
    #expect(
      gates["expiredException"]?["reason"]?.string
        == "not this change's doing; expired; renew or delete in the base, too: robots (2026-12-31)"
    )
    // The observations are as old in the base.
    #expect(gates["staleObservation"]?["outcome"]?.string == "passed")
    try company.replace("owner: it@acme", with: "owner: ciso@acme", in: "exceptions")
    try scratch.commit([:], "Touched, and not renewed")
    #expect(try self.gates(plan())["expiredException"]?["outcome"]?.string == "failed")
  }

  @Test("what others merged since is not undone by a branch that is behind, and their gates hold")
  func behind() throws {
    let company = try WeakeningCompany()
    let scratch = company.scratch
    try scratch.git("checkout", "--quiet", "-b", "change")
    try company.replace("Acme Europe", with: "Acme EU", in: "instances")
    try scratch.commit([:], "Names")
    try scratch.git("checkout", "--quiet", "main")
    try company.replace("title: Regional", with: "title: The regions", in: "initiative")
    try company.replace(
      "    expiredException: fail", with: "    expiredException: fail\n    scoreDrop: 0",
      in: "settings")
    try scratch.commit([:], "Others")
    let run = try company.plan("change", base: "main")
    #expect(run.status == 0, "\(run.output) \(run.error)")
    let changes = JSONValue(try JSONView(parsing: run.output))["changes"]?.array ?? []
    #expect(changes.compactMap { $0["setting"]?.string } == ["displayName"])
    #expect(try gates(run)["scoreDrop"]?["outcome"]?.string == "passed")
  }

  @Test("a clone that is too shallow to know where the branch left says what to run")
  func shallow() throws {
    let company = try WeakeningCompany()
    let scratch = company.scratch
    try scratch.git("checkout", "--quiet", "-b", "change")
    try company.replace("Acme Europe", with: "Acme EU", in: "instances")
    try scratch.commit([:], "Names")
    try scratch.git("checkout", "--quiet", "main")
    try scratch.commit([:], "Others")
    try scratch.git(
      "clone", "--quiet", "--depth", "1", "--no-single-branch", "--branch", "change",
      "file://\(scratch.path)/repository", "clone", in: ".")
    let arguments = [
      "plan", "--base", "origin/main", "--at", WeakeningCompany.at, "--no-refresh",
    ]
    let run = try scratch.plumb(arguments, in: "clone")
    #expect(run.status == 1)
    #expect(run.error.contains("git fetch --unshallow origin"), "\(run.error)")
    try scratch.git("fetch", "--quiet", "--unshallow", "origin", in: "clone")
    #expect(try scratch.plumb(arguments, in: "clone").status == 0)
  }

  @Test(
    "the comment begins with the verdict, says what is weakened next, and folds what stood before")
  func comment() throws {
    let company = try WeakeningCompany()
    let scratch = company.scratch
    try scratch.git("checkout", "--quiet", "-b", "change")
    try company.replace(
      "app: acme\n  recommendations: on", with: "app: acme\n  recommendations: off", in: "instances"
    )
    try scratch.commit([:], "Off")
    let run = try scratch.plumb(
      "plan", "--base", "main", "--at", WeakeningCompany.at, "--no-refresh", "--format", "markdown")
    #expect(run.status == 3)
    let lines = run.output.split(separator: "\n").map(String.init)
    let first = try #require(lines.first)
    #expect(first.hasPrefix("## Plumb: stopped by lessAssessed"), "\(first)")
    #expect(first.contains("weakened: instance acme-us ("), "\(first)")
    #expect(first.contains("Ours "), "\(first)")
    let headings = lines.filter { $0.hasPrefix("### ") }
    #expect(headings.first == "### Weakened", "\(headings)")
    let folded = try #require(run.output.range(of: "<summary>What stands besides: "))
    let tail = run.output[folded.lowerBound...]
    #expect(tail.contains("What to do first"))
    #expect(!run.output[..<folded.lowerBound].contains("What to do first"))
  }

  @Test("--accept-less is for a comparison, and takes digests")
  func usage() throws {
    let company = try WeakeningCompany()
    let digest = String(repeating: "0", count: 32)
    for arguments in [
      ["plan", "--accept-less", digest], ["plan", "--fail-on", "lessAssessed"],
    ] { #expect(try company.scratch.plumb(arguments).status == 64, "\(arguments)") }
    // An unset variable of a pipeline is empty.
    #expect(
      try company.scratch.plumb(
        "plan", "--base", "main", "--at", WeakeningCompany.at, "--accept-less", ""
      ).status == 0)
  }
}
