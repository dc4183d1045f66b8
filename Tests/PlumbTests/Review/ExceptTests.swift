import Foundation
import TestSupport
import Testing

/// `plumb except`
@Suite struct ExceptTests {
  static let usual = [
    "except", "acme-idle", "--instance", "acme-eu", "--expires", "2026-09-30", "--owner",
    "it@acme.example", "--justification", "Until the migration: one kiosk.", "--at", "2026-06-01",
  ]

  static func run(_ bench: ReviewBench, _ changes: [String: String?] = [:], adding: [String] = [])
    throws -> Run
  {
    var arguments = usual
    for (option, value) in changes {
      guard let index = arguments.firstIndex(of: option) else { continue }
      if let value {
        arguments[index + (option.hasPrefix("--") ? 1 : 0)] = value
      } else {
        arguments.removeSubrange(index...index + 1)
      }
    }
    return try bench.plumb(arguments + adding)
  }

  @Test("adds a document behind what stands in the file, and it counts")
  func appends() throws {
    let bench = try ReviewBench()
    let before = try bench.read("desired-state/exceptions/acme.yaml")
    let run = try Self.run(bench, adding: ["--ticket", "SEC-1"])
    let document = """
      apiVersion: plumb/v1
      kind: Exception
      metadata:
        name: acme-eu-idle
      spec:
        recommendation: acme-idle
        status: riskAccepted
        instances:
          - acme-eu
        justification: "Until the migration: one kiosk."
        owner: it@acme.example
        ticket: SEC-1
        expires: 2026-09-30

      """
    #expect(run.output == "# desired-state/exceptions/acme.yaml\n\(document)")
    #expect(
      run.error
        == "Added to desired-state/exceptions/acme.yaml. What it does: plumb plan --base HEAD --working-tree\n"
    )
    #expect(run.status == 0)
    #expect(try bench.read("desired-state/exceptions/acme.yaml") == before + "---\n" + document)
    let plan = try bench.plumb(
      "plan", "--base", "HEAD", "--working-tree", "--at", "2026-06-01T07:00:00Z")
    #expect(
      plan.output.contains(
        "> exception acme-eu-idle added: riskAccepted, it@acme.example: Until the migration: one kiosk. (covers 1 result, 1 affected resource; Ours achievable -12.5)"
      ))
  }

  @Test("makes a file, and names that nobody has")
  func names() throws {
    let bench = try ReviewBench()
    let first = try Self.run(
      bench, adding: ["--resources", "resource.idle > 100", "--file", "desired-state/new/a.yml"])
    #expect(first.status == 0)
    #expect(try bench.read("desired-state/new/a.yml").contains("name: acme-eu-idle\n"))
    let second = try Self.run(bench, adding: ["--resources", "resource.idle > 200"])
    #expect(second.output.contains("name: acme-eu-idle-2\n"))
  }

  @Test(
    "what covers nothing of what was observed is written, and said to",
    arguments: [
      (
        ["--resources", "resource.idle > 10000"],
        "warning: it covers nothing: no affected resource meets --resources"
      ),
      (["--instance", "acme-us"], "warning: it covers nothing: that is compliant already"),
    ])
  func needless(arguments: [String], warning: String) throws {
    let bench = try ReviewBench()
    let run = try Self.run(
      bench,
      arguments[0] == "--instance"
        ? ["--instance": arguments[1], "--at": "2026-06-01T07:00:00Z"]
        : ["--at": "2026-06-01T07:00:00Z"],
      adding: arguments[0] == "--instance" ? [] : arguments)
    #expect(run.status == 0 && run.error.contains(warning), "\(run.error)")
    #expect(run.error.contains("Added to desired-state/exceptions/acme.yaml."))
  }

  @Test("--dry-run shows and writes nothing")
  func dryRun() throws {
    let bench = try ReviewBench()
    let run = try Self.run(bench, adding: ["--dry-run"])
    #expect(run.error == "Nothing was written.\n")
    #expect(run.output.hasPrefix("# desired-state/exceptions/acme.yaml\napiVersion: plumb/v1\n"))
    #expect(try bench.scratch.git("status", "--porcelain") == "")
  }

  static let refusals: [(changes: [String: String?], adding: [String], error: String)] = [
    (
      ["acme-idle": "acme-idel"], [],
      "error: no recommendation named 'acme-idel'; did you mean 'acme-idle'?"
    ),
    (
      ["--instance": "acme-ue"], [],
      "error: no instance named 'acme-ue'; did you mean 'acme-eu'?"
    ),
    (
      ["--expires": "2026-05-31"], [], "error: the last day, 2026-05-31, has passed already"
    ),
    (
      ["--expires": "2027-06-02"], [],
      "error: 2027-06-02 is further ahead than exceptions.maxDuration 365d; the latest is 2027-06-01"
    ),
    (
      ["--expires": nil], [],
      "error: riskAccepted is for a time: name its last day with --expires"
    ),
    (
      [:], ["--name", "robots"],
      "error: another Exception is named 'robots', at desired-state/exceptions/acme.yaml:4:19"
    ),
    (
      ["acme-idle": "acme-mfa"], ["--resources", " resource.id.startsWith(\"robot\")"],
      "error: 'robots' decides 'acme-mfa' for instance 'acme-eu' already (desired-state/exceptions/acme.yaml:4:19): change it there"
    ),
    (
      ["acme-idle": "acme-mfa"],
      [
        "--resources", "resource.id.startsWith(\"robot\")", "--at", "2027-01-01", "--status",
        "resolvedThroughThirdParty",
      ],
      "error: the last day, 2026-09-30, has passed already"
    ),
    (
      [:], ["--resources", "resource.idle >"],
      "desired-state/exceptions/acme.yaml:23:29: error: expected an expression, found the end\nerror: nothing was written, because of the faults above"
    ),
    (
      [:], ["--name", "Not A Label"],
      "desired-state/exceptions/acme.yaml:17:9: error: 'Not A Label' is not a DNS label: use lower-case letters, digits and '-' (at most 63, starting and ending with a letter or digit)\nerror: nothing was written, because of the faults above"
    ),
    (
      [:], ["--file", "desired-state/../x.yaml"],
      "error: 'desired-state/../x.yaml' is no YAML file of the desired state: name one below desired-state/"
    ),
    (
      [:], ["--file", "elsewhere.yaml"],
      "error: 'elsewhere.yaml' is no YAML file of the desired state: name one below desired-state/"
    ),
  ]

  @Test("refuses, and writes nothing", arguments: refusals)
  func refuses(row: (changes: [String: String?], adding: [String], error: String)) throws {
    let bench = try ReviewBench()
    let run = try Self.run(bench, row.changes, adding: row.adding)
    #expect(run.error == row.error + "\n")
    #expect(run.output == "")
    #expect(run.status == 1)
    #expect(try bench.scratch.git("status", "--porcelain") == "")
  }

  @Test("a new file is not written through a link that leads out")
  func links() throws {
    let bench = try ReviewBench()
    try FileManager.default.createSymbolicLink(
      atPath: "\(bench.path)/desired-state/out", withDestinationPath: "/tmp")
    let run = try Self.run(bench, adding: ["--file", "desired-state/out/x.yaml"])
    #expect(run.error.contains("desired-state/out/x.yaml is not written: "))
    #expect(run.error.contains("/desired-state/out is a link in a repository"))
    #expect(run.status == 1)
  }
}
