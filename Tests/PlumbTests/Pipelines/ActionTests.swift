import Foundation
import TestSupport
import Testing
import YAML

/// `examples/ci/github/action`: what it installs, and what it refuses.
@Suite struct ActionTests {
  private let script: PipelineScript
  private let action: ExampleFile
  private let digest: String

  private static let folder = "examples/ci/github/action"

  init() throws {
    action = try ExampleFile("\(Self.folder)/action.yml")
    let installer = ExampleFile.repository.appendingPathComponent("\(Self.folder)/install.sh").path
    script = try PipelineScript("exec '\(installer)'")
    try script.standIn(
      for: "gh",
      """
      echo "$*" >>"$LOG"
      case "$1 $2" in
        'release download') cp "$SCRATCH"/release/* . ;;
        'attestation verify') exit "$ATTESTED" ;;
      esac
      """)
    // A release whose program says its version and its arguments.
    let name = "plumb-0.1.0-linux-amd64"
    try script.scratch.write(
      "#!/bin/bash\n[ \"$1\" = --version ] && echo 0.1.0 && exit\nprintf '<%s>' \"$@\"\n",
      to: "\(name)/bin/plumb")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: "\(script.scratch.path)/\(name)/bin/plumb")
    try script.scratch.makeFolder("release")
    let packed = try Run(
      "/bin/bash",
      ["-c", "tar -czf release/\(name).tar.gz \(name) && cd release && sha256sum * >SHA256SUMS"],
      in: script.scratch.path, environment: Scratch.environment)
    #expect(packed.status == 0, "\(packed.error)")
    digest = String(try #require(script.scratch.read("release/SHA256SUMS")).prefix(64))
  }

  private func install(
    version: String = "0.1.0", sha256: String = "", attested: Bool = true
  ) throws -> Run {
    try script.run([
      "VERSION": version, "SHA256": sha256, "REPOSITORY": "contoso/plumb", "GH_TOKEN": "token",
      "RUNNER_TEMP": script.scratch.path, "GITHUB_PATH": "\(script.scratch.path)/paths",
      "ATTESTED": attested ? "0" : "1",
    ])
  }

  private var paths: [String] {
    (script.scratch.read("paths") ?? "").split(separator: "\n").map(String.init)
  }

  @Test("installs what has the checksum that the workflow names")
  func checksum() throws {
    let run = try install(sha256: digest, attested: false)
    #expect(run.status == 0, "\(run.error)")
    #expect(paths.count == 1)
    #expect(FileManager.default.isExecutableFile(atPath: "\(try #require(paths.first))/plumb"))
    #expect(!script.log.contains { $0.hasPrefix("attestation") })
  }

  @Test("installs nothing that has another checksum, and says which")
  func otherChecksum() throws {
    let run = try install(sha256: String(repeating: "0", count: 64))
    #expect(run.status == 1)
    #expect(run.error.contains("is not what 'sha256' says; it has \(digest)"))
    #expect(paths.isEmpty)
  }

  @Test("without a checksum asks for the release's and for its attestation")
  func attestation() throws {
    #expect(try install().status == 0)
    #expect(
      script.log.last == "attestation verify plumb-0.1.0-linux-amd64.tar.gz --repo contoso/plumb")
    #expect(paths.count == 1)
  }

  @Test("without a checksum installs nothing that nothing attests, or that is cut off")
  func refusals() throws {
    let unattested = try install(attested: false)
    #expect(unattested.status == 1)
    #expect(unattested.error.contains("nothing attests that contoso/plumb built"))
    try script.scratch.write("cut off", to: "release/plumb-0.1.0-linux-amd64.tar.gz")
    let damaged = try install()
    #expect(damaged.status == 1)
    #expect(damaged.error.contains("is not what SHA256SUMS of its release says"))
    #expect(paths.isEmpty)
  }

  @Test(
    "asks for nothing when an input is none",
    arguments: [
      ("latest", "", "version: a release such as 0.1.0 is wanted, not 'latest'"),
      ("0.1.0/../..", "", "version: a release such as 0.1.0 is wanted"),
      ("0.1.0", "abc", "sha256: 64 hexadecimal digits are wanted"),
    ])
  func inputs(version: String, sha256: String, message: String) throws {
    let run = try install(version: version, sha256: sha256)
    #expect(run.status == 1)
    #expect(run.error.contains(message))
    #expect(script.log.isEmpty)
  }

  @Test("runs Plumb with the words that it is given, as words")
  func arguments() throws {
    let runner = try PipelineScript(action.root["runs"]?["steps"], with: "plumb \"")
    try runner.standIn(for: "plumb", "printf '<%s>' \"$@\"")
    let run = try runner.run(["ARGUMENTS": "plan --base origin/main\n--format github; $(id)"])
    #expect(run.status == 0, "\(run.error)")
    #expect(run.output == "<plan><--base><origin/main><--format><github;><$(id)>")
  }

  @Test("takes its inputs by the environment, and says of each what it is")
  func form() throws {
    let inputs = try #require(action.root["inputs"]?.entries)
    #expect(inputs.map(\.name) == ["version", "sha256", "run", "repository", "token"])
    for input in inputs { #expect(input.value["description"]?.scalar?.isEmpty == false) }
    #expect(action.root["runs"]?["using"]?.scalar == "composite")
    for step in action.root["runs"]?["steps"]?.items ?? [] {
      #expect(step["shell"]?.scalar == "bash")
      #expect(step["run"]?.scalar?.contains("${{") == false)
    }
  }
}
