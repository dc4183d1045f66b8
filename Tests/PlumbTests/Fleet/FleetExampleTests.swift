import Foundation
import TestSupport
import Testing
import YAML

/// `examples/fleet`: what can be told of it without the services that it is for. Slurm is run by `Tests/Fleet/run.sh`.
@Suite("Examples of fleets") struct FleetExampleTests {
  private static let folder = "examples/fleet"

  private static func text(_ name: String) throws -> String {
    try String(
      contentsOf: ExampleFile.repository.appending(path: "\(folder)/\(name)"), encoding: .utf8)
  }

  /// The program's stand-in: it names two secrets, and writes down what a share is given.
  private static let program = """
    if [ "$2" = secrets ]; then
      echo "$*" >>"$LOG"
      printf 'PLUMB_ACME_0_TOKEN\\nPLUMB_ACME_1_KEY\\n'
    else
      echo "$* [${PLUMB_ACME_0_TOKEN-none}] [${PLUMB_ACME_1_KEY-none}] [${PLUMB_OTHER_TOKEN-none}] [${PLUMB_STORE-none}]" >>"$LOG"
      exit ${STATUS:-0}
    fi
    """

  private static func share(_ environment: [String: String], secrets: String? = nil) throws -> (
    Run, [String]
  ) {
    let script = try PipelineScript(try text("share.sh"))
    try script.standIn(for: "plumb", program)
    if let secrets { try script.scratch.write(secrets, to: "secrets") }
    let run = try script.run(
      ["FLEET": "f.json", "PARTS": "parts", "PLUMB_STORE": "s"].merging(environment) { $1 })
    return (run, script.log)
  }

  @Test("share.sh gives a share the secrets of its own instances, from the environment")
  func environment() throws {
    let (run, log) = try Self.share([
      "INDEX": "3", "PLUMB_ACME_0_TOKEN": "a b", "PLUMB_OTHER_TOKEN": "x",
    ])
    #expect(run.status == 0, "\(run.error)")
    #expect(
      log == [
        "fleet secrets --fleet f.json --index 3 --repo .",
        "fleet run --fleet f.json --index 3 --repo . --parts parts [a b] [none] [none] [s]",
      ])
  }

  @Test("or from a file, whatever is in a value, and ends as the share does")
  func file() throws {
    let script = try PipelineScript(try Self.text("share.sh"))
    try script.standIn(for: "plumb", Self.program)
    try script.scratch.write(
      "PLUMB_ACME_0_TOKEN=a=$b`c`==\nPLUMB_OTHER_TOKEN=x\n# PLUMB_ACME_1_KEY=no\n", to: "secrets")
    let run = try script.run([
      "FLEET": "f.json", "PARTS": "git:origin", "REPO": "https://git.example/p.git",
      "SECRETS": "\(script.scratch.path)/secrets", "STATUS": "75",
    ])
    #expect(run.status == 75)
    #expect(
      script.log.last
        == "fleet run --fleet f.json --index auto --repo https://git.example/p.git --parts git:origin [a=$b`c`==] [none] [none] [none]"
    )
  }

  @Test("or from a folder with a file for each")
  func folder() throws {
    let script = try PipelineScript(try Self.text("share.sh"))
    try script.standIn(for: "plumb", Self.program)
    try script.scratch.write("one\ntwo\n", to: "secrets/PLUMB_ACME_1_KEY")
    try script.scratch.write("x", to: "secrets/PLUMB_OTHER_TOKEN")
    let run = try script.run([
      "FLEET": "f.json", "PARTS": "parts", "SECRETS": "\(script.scratch.path)/secrets",
    ])
    #expect(run.status == 0, "\(run.error)")
    #expect(
      script.log.suffix(2) == [
        "fleet run --fleet f.json --index auto --repo . --parts parts [none] [one",
        "two] [none] [none]",
      ])
  }

  // MARK: GitHub

  private static func steps(_ job: String) throws -> [Node] {
    let root = try ExampleFile("\(folder)/github/plumb-fleet.yml").root
    return try #require(root["jobs"]?[job]?["steps"]?.items)
  }

  private static func script(_ job: String, with word: String) throws -> PipelineScript {
    let found = try steps(job).compactMap { $0["run"]?.scalar }.filter { $0.contains(word) }
    try #require(found.count == 1)
    return try PipelineScript(found[0])
  }

  @Test("the GitHub matrix has the shares that were split")
  func matrix() throws {
    let root = try ExampleFile("\(Self.folder)/github/plumb-fleet.yml").root
    #expect(root["permissions"]?.entries?.isEmpty == true)
    #expect(
      root["jobs"]?["share"]?["strategy"]?["matrix"]?["share"]?.scalar
        == "${{ fromJSON(needs.split.outputs.shares) }}")
    #expect(root["jobs"]?["share"]?["environment"]?.scalar == "plumb")
    for job in ["split", "share"] {
      #expect(root["jobs"]?[job]?["permissions"]?.texts == ["contents": "read"])
    }
    let split = try Self.script("split", with: "plumb fleet split")
    try split.standIn(
      for: "plumb", #"[ "$3 $4" = "--shards 32" ] && echo '{"shards":[{},{},{}]}' >"$6""#)
    let run = try split.run(["GITHUB_OUTPUT": "\(split.scratch.path)/output"])
    #expect(run.status == 0, "\(run.error)")
    #expect(split.scratch.read("output") == "shares=[0,1,2]\n")
  }

  @Test("its shares take their secrets from all, and are run once more after 75")
  func matrixShare() throws {
    for (statuses, expected) in [("0", 0), ("75 0", 0), ("75 75", 75), ("78", 78)] {
      let share = try Self.script("share", with: "share.sh")
      try share.scratch.write(
        """
        #!/usr/bin/env bash
        echo "$* $(ls "$SECRETS" | tr '\\n' ' ')$(cat "$SECRETS"/PLUMB_A_KEY | tr '\\n' '|')${ALL_SECRETS-}" >>"$LOG"
        number=$(wc -l <"$LOG")
        set -- \(statuses)
        exit "${!number}"
        """, to: "job/share.sh")
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: "\(share.scratch.path)/job/share.sh")
      let run = try share.run([
        "SECRETS": "\(share.scratch.path)/secrets",
        "ALL_SECRETS": #"{"github_token":"t","PLUMB_A_KEY":"one\ntwo","PLUMB_B_TOKEN":"b"}"#,
      ])
      #expect(run.status == expected, "\(statuses): \(run.error)")
      #expect(
        share.log
          == statuses.split(separator: " ").map { _ in
            "--allow-unobserved PLUMB_A_KEY PLUMB_B_TOKEN one|two"
          })
    }
  }

  // MARK: GitLab and Kubernetes

  @Test("GitLab runs as many shares as were split, and those that may pass once more")
  func parallel() throws {
    let root = try ExampleFile("\(Self.folder)/gitlab/.gitlab-ci.yml").root
    let split = try #require(root["plumb-split"]?["script"]?[0]?.scalar)
    #expect(split == "plumb fleet split --shards 32 --out \"$FLEET\"")
    let share = try #require(root["plumb-share"])
    #expect(share["parallel"]?.scalar == "32")
    #expect(share["retry"]?["exit_codes"]?.items?.map(\.scalar) == ["75"])
    #expect(share["artifacts"]?["when"]?.scalar == "always")
    #expect(root["plumb-merge"]?["rules"]?[0]?["when"]?.scalar == "always")
    let script = try PipelineScript(try #require(share["script"]?[0]?.scalar))
    try script.standIn(for: "plumb", Self.program)
    try script.scratch.write(try Self.text("share.sh"), to: "job/share.sh")
    let run = try script.run([
      "FLEET": "fleet.json", "PARTS": "parts", "PLUMB_ACME_0_TOKEN": "a",
      "PLUMB_GIT_TOKEN": "g",
    ])
    #expect(run.status == 0, "\(run.error)")
    #expect(
      script.log.last
        == "fleet run --fleet fleet.json --index auto --repo . --parts parts --allow-unobserved [a] [none] [none] [none]"
    )
  }

  @Test("Kubernetes completes as many shares as were split, and tries no hopeless one again")
  func indexed() throws {
    let split = try Self.text("kubernetes/split.yaml")
    #expect(split.contains("plumb fleet split --repo \"$REPO\" --shards 64 --out \"$FLEET\""))
    let job = try ExampleFile("\(Self.folder)/kubernetes/shares.yaml").root
    let spec = try #require(job["spec"])
    #expect(spec["completionMode"]?.scalar == "Indexed")
    #expect(spec["completions"]?.scalar == "64")
    let rule = spec["podFailurePolicy"]?["rules"]?[0]
    #expect(rule?["action"]?.scalar == "FailIndex")
    #expect(rule?["onExitCodes"]?["values"]?.items?.map(\.scalar) == ["64", "78"])
    for name in ["split", "shares", "merge"] {
      let container = try ExampleFile("\(Self.folder)/kubernetes/\(name).yaml")
        .root["spec"]?["template"]?["spec"]?["containers"]?[0]
      let security = container?["securityContext"]?.texts
      #expect(security?["readOnlyRootFilesystem"] == "true")
      #expect(security?["allowPrivilegeEscalation"] == "false")
    }
  }

  @Test("a night on Kubernetes: split, shares, merge, whatever became of the shares")
  func night() throws {
    let night = ExampleFile.repository.appending(path: "\(Self.folder)/kubernetes/night.sh").path
    let script = try PipelineScript("exec bash '\(night)'")
    try script.standIn(
      for: "kubectl",
      """
      for last; do :; done
      case "$1" in
        apply) [ "$last" = - ] && cat >/dev/null; echo "apply $(basename "$last")" >>"$LOG" ;;
        get) echo Failed ;;
        wait) echo "wait $last" >>"$LOG"; [ "$last" != job/plumb-shares ] ;;
        logs) echo "logs $last" >>"$LOG" ;;
      esac
      """)
    let run = try script.run()
    #expect(run.status == 0, "\(run.error)")
    #expect(run.error.contains("Some shares failed"))
    #expect(
      script.log == [
        "apply -", "apply volume.yaml", "apply split.yaml", "wait job/plumb-split",
        "apply shares.yaml", "wait job/plumb-shares", "apply merge.yaml",
        "wait job/plumb-merge", "logs job/plumb-merge",
      ])
  }

  @Test("every line of these that calls the program is one that it understands")
  func usage() throws {
    let github = try ["split", "merge"].flatMap { try Self.steps($0) }
      .compactMap { $0["run"]?.scalar }
    let gitlab = try ExampleFile("\(Self.folder)/gitlab/.gitlab-ci.yml").root
    let merges = gitlab["plumb-merge"]?["script"]?.items?.compactMap(\.scalar) ?? []
    let lines = (github + merges).flatMap { $0.split(separator: "\n").map(String.init) }
      .filter { $0.hasPrefix("plumb ") }
    #expect(lines.count == 3)
    let scratch = try Scratch()
    try scratch.makeFolder("empty")
    for line in lines {
      let arguments = line.split(separator: " ").dropFirst().map { word in
        word.contains("$") ? "value" : word.trimmingCharacters(in: ["\""])
      }
      let run = try scratch.plumb(arguments, in: "empty")
      #expect(run.status == 1, "\(line): \(run.error)")
      #expect(
        run.error.contains("no git repository") || run.error.contains("cannot be read"),
        "\(line): \(run.error)")
    }
  }
}
