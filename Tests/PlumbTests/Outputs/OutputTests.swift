import Foundation
import TestSupport
import Testing

/// `--format` and `--output` of `plan`, `apply` and `show`.
@Suite struct OutputTests {
  private static let at = ["--at", "2026-06-01T07:00:00Z"]

  @Test("one run writes several forms, the text to standard output")
  func several() throws {
    let bench = try ReviewBench()
    let alone = try bench.plumb(["plan"] + Self.at)
    let run = try bench.plumb(
      ["plan"] + Self.at + [
        "--output", "markdown=plan.md", "--output", "sarif=plan.sarif", "--output",
        "junit=plan.xml", "--output", "csv=plan.csv", "--output", "json=plan.json",
        "--output", "ocsf=plan.jsonl", "--output", "openmetrics=plan.prom", "--output",
        "text=plan.txt",
      ])
    #expect(run.error == "")
    #expect(run.status == 0)
    #expect(run.output == alone.output)
    for (file, format) in [
      ("plan.md", "markdown"), ("plan.sarif", "sarif"), ("plan.xml", "junit"),
      ("plan.csv", "csv"), ("plan.json", "json"), ("plan.jsonl", "ocsf"),
      ("plan.prom", "openmetrics"), ("plan.txt", "text"),
    ] {
      #expect(
        try bench.read(file) == bench.plumb(["plan"] + Self.at + ["--format", format]).output,
        "\(file)")
    }
    #expect(try bench.read("plan.sarif").contains("\"uri\": \"desired-state/instances.yaml\""))
  }

  @Test("a place in the desired state changes no byte of a saved plan")
  func places() throws {
    let bench = try ReviewBench()
    _ = try bench.plumb(["plan", "--working-tree", "--out", "before.json"] + Self.at)
    let text = try bench.read("desired-state/instances.yaml")
    try bench.write("# One line more.\n" + text, to: "desired-state/instances.yaml")
    _ = try bench.plumb(["plan", "--working-tree", "--out", "after.json"] + Self.at)
    // All but the digest of the files.
    func rest(_ name: String) throws -> String {
      let parts = try bench.read(name).components(separatedBy: "\"observations\"")
      #expect(parts.count == 2)
      return parts[1]
    }
    #expect(try rest("before.json") == rest("after.json"))
  }

  @Test("annotations stand below the text, and the summary is added to the job's")
  func github() throws {
    let bench = try ReviewBench()
    try bench.write("# Before\n", to: "summary.md")
    let run = try bench.plumb(
      ["plan"] + Self.at + ["--output", "github", "--output", "github-summary"],
      environment: ["GITHUB_STEP_SUMMARY": "\(bench.path)/summary.md"])
    #expect(run.status == 0)
    #expect(run.output.hasPrefix("Desired state  "))
    #expect(
      run.output.contains(
        "\n::error file=desired-state/instances.yaml,line=4,col=19,endColumn=26,title=Require a second factor::"
      ))
    let summary = try bench.read("summary.md")
    #expect(summary.hasPrefix("# Before\n## Plumb: "))

    let outside = try bench.plumb(["plan"] + Self.at + ["--output", "github-summary"])
    #expect(outside.status == 1)
    #expect(
      outside.error
        == "error: GITHUB_STEP_SUMMARY is not set: outside a GitHub Actions job, write --output markdown=FILE\n"
    )
  }

  @Test(
    "what cannot be meant is refused, with what can",
    arguments: [
      (["--output", "sarfi=x"], "no format named 'sarfi'; did you mean 'sarif'?"),
      (["--output", "sarif="], "'sarif=' names no file; write sarif=FILE"),
      (["--output", "sarif=-", "--output", "csv"], "Standard output has room for one form"),
      (["--format", "json", "--output", "csv=-"], "Standard output has room for one form"),
      (["--output", "github-summary=x"], "github-summary takes no file"),
    ])
  func refusals(arguments: [String], told: String) throws {
    let bench = try ReviewBench()
    let run = try bench.plumb(["plan"] + arguments)
    #expect(run.status == 64)
    #expect(run.error.contains(told))
    #expect(run.output == "")
  }

  @Test("a file that cannot be written is an error, and a device is written into, not replaced")
  func files() throws {
    let bench = try ReviewBench()
    let run = try bench.plumb(["plan"] + Self.at + ["--output", "csv=absent/plan.csv"])
    #expect(run.status == 1)
    #expect(run.error.hasPrefix("error: absent/plan.csv cannot be written: "))
    let device = try bench.plumb(["plan"] + Self.at + ["--output", "csv=/dev/stderr"])
    #expect(device.status == 0)
    #expect(device.error.hasPrefix("instance,displayName,app,"))
    let type = try FileManager.default.attributesOfItem(atPath: "/dev/null")[.type]
    _ = try bench.plumb(["plan"] + Self.at + ["--output", "csv=/dev/null"])
    #expect(
      try FileManager.default.attributesOfItem(atPath: "/dev/null")[.type] as? FileAttributeType
        == type as? FileAttributeType)
  }

  @Test(
    "nothing is written through a link that the repository brings",
    arguments: [
      ["--output", "markdown=plan.md"], ["--out", "plan.md"], ["--output", "csv=sub/plan.md"],
    ])
  func links(arguments: [String]) throws {
    let scratch = try Company().scratch
    try scratch.write("kept", to: "outside/plan.md")
    for (link, target) in [("plan.md", "outside/plan.md"), ("sub", "outside")] {
      try FileManager.default.createSymbolicLink(
        atPath: "\(scratch.path)/repository/\(link)", withDestinationPath: "../\(target)")
    }
    try scratch.commit([:], "Links")
    let run = try scratch.plumb(["plan"] + Self.at + arguments)
    #expect(run.status == 1)
    #expect(run.error.contains("is a link in a repository"), "\(run.error)")
    #expect(scratch.read("outside/plan.md") == "kept")
    // A link of the operator's, outside, is followed as by any program.
    try FileManager.default.createSymbolicLink(
      atPath: "\(scratch.path)/way", withDestinationPath: "outside")
    #expect(
      try scratch.plumb(["plan"] + Self.at + ["--output", "markdown=../way/plan.md"]).status == 0)
    #expect(scratch.read("outside/plan.md") != "kept")
  }

  @Test("apply and show write the same forms")
  func others() throws {
    let bench = try ReviewBench()
    let applied = try bench.plumb(
      ["apply", "--quiet"] + Self.at + ["--output", "junit=plan.xml", "--output", "sarif=-"])
    #expect(applied.status == 0)
    #expect(applied.output.hasPrefix("{\n  \"$schema\": \"https://json.schemastore.org/sarif"))
    #expect(try bench.read("plan.xml").contains("<testsuite id=\"0\" name=\"acme-eu\""))
    let shown = try bench.plumb(["show"] + Self.at + ["--format", "csv", "--instance", "acme-eu"])
    #expect(shown.output.split(separator: "\r\n").count == 3)
    #expect(!shown.output.contains("acme-us"))
  }
}
