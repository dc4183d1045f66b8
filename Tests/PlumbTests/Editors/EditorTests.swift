import Foundation
import TestSupport
import Testing

/// What editors and shells are given: schemas, modelines, completion.
@Suite struct EditorTests {
  @Test("init writes files that name the schema beside them, and writes it anew when it is old")
  func modelines() throws {
    let bench = try ReviewBench()
    let run = try bench.plumb("init", "--path", "posture")
    #expect(run.status == 0)
    #expect(
      run.output == """
        wrote posture/settings.yaml
        wrote posture/initiatives.yaml
        wrote posture/instances.yaml
        wrote posture/.schema.json

        """)
    for name in ["settings", "initiatives", "instances"] {
      let text = try bench.read("posture/\(name).yaml")
      #expect(text.hasPrefix("# yaml-language-server: $schema=.schema.json\n"), "\(name)")
    }
    let schema = try bench.read("posture/.schema.json")
    #expect(schema == (try bench.plumb("schema").output))
    #expect(schema.contains("\"$schema\": \"http://json-schema.org/draft-07/schema#\""))
    #expect(try bench.plumb("validate", "--working-tree", "--path", "posture").status == 0)

    #expect(
      try bench.plumb("init", "--path", "posture").output
        == "Nothing to write: the desired state is there already.\n")
    try bench.write("{}", to: "posture/.schema.json")
    try bench.write("# ours\n", to: "posture/instances.yaml")
    #expect(
      try bench.plumb("init", "--path", "posture").output == "wrote posture/.schema.json\n")
    #expect(try bench.read("posture/instances.yaml") == "# ours\n")
  }

  @Test("init writes nothing through a link that the repository brings")
  func links() throws {
    let scratch = try Scratch()
    try scratch.makeRepository(["README": ""])
    try scratch.makeFolder("outside")
    try FileManager.default.createSymbolicLink(
      atPath: "\(scratch.path)/repository/desired-state", withDestinationPath: "../outside")
    let whole = try scratch.plumb("init")
    #expect(whole.status == 1)
    #expect(whole.error.contains("desired-state is a link in a repository"), "\(whole.error)")
    try scratch.makeFolder("repository/posture")
    try FileManager.default.createSymbolicLink(
      atPath: "\(scratch.path)/repository/posture/.schema.json",
      withDestinationPath: "../../outside/schema")
    let schema = try scratch.plumb("init", "--path", "posture")
    #expect(schema.status == 1)
    #expect(schema.error.contains(".schema.json is a link in a repository"), "\(schema.error)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(scratch.path)/outside") == [])
  }

  @Test("shells complete commands, options and formats", arguments: ["bash", "zsh", "fish"])
  func completion(shell: String) throws {
    let bench = try ReviewBench()
    let run = try bench.plumb("--generate-completion-script", shell)
    #expect(run.status == 0)
    for word in ["detailed-exitcode", "openmetrics", "except"] {
      #expect(run.output.contains(word), "\(word)")
    }
  }
}
