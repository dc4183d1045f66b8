import JSON
import Posture
import TestSupport
import Testing
import YAML

@testable import Reports

@Suite("Report tree")
struct ReportTreeTests {
  private func files(_ plan: Plan) -> [String: String] {
    Dictionary(
      uniqueKeysWithValues: ReportTree.render(plan).map {
        ($0.path, String(decoding: $0.bytes, as: UTF8.self))
      })
  }

  @Test("has a file for everything, in order of path")
  func paths() {
    let paths = ReportTree.render(Sample.eventful).map(\.path)
    #expect(
      paths == [
        "README.md", "drift.md", "events.md", "exceptions.md", "initiatives/saas-security.md",
        "instances/github-contoso/README.md", "instances/github-contoso/settings.yaml",
        "instances/github-contoso/state.json", "instances/okta-contoso-eu/README.md",
        "instances/okta-contoso-eu/settings.yaml", "instances/okta-contoso-eu/state.json",
        "instances/okta-contoso-us/README.md", "instances/okta-contoso-us/settings.yaml",
        "instances/okta-contoso-us/state.json", "state.json",
      ])
  }

  @Test(
    "writes each file as recorded",
    arguments: [
      "README.md", "drift.md", "events.md", "exceptions.md", "initiatives/saas-security.md",
      "instances/github-contoso/README.md", "instances/okta-contoso-eu/README.md",
      "instances/okta-contoso-eu/settings.yaml", "instances/okta-contoso-eu/state.json",
      "instances/okta-contoso-us/README.md", "state.json",
    ])
  func contents(path: String) throws {
    try Golden.expect(try #require(files(Sample.eventful)[path]), matches: "tree/\(path)")
  }

  @Test("does not depend on when the plan was made")
  func clockless() {
    var later = Sample.eventful
    later.at = Instant(secondsSince1970: later.at.secondsSince1970 + 86_400)
    #expect(files(Sample.eventful) == files(later))
  }

  @Test("says so where nothing changed")
  func quiet() throws {
    let files = files(Sample.quiet)
    #expect(try #require(files["README.md"]).contains("## What changed\n\nNothing.\n"))
    #expect(try #require(files["drift.md"]).hasSuffix("\n\nNone.\n"))
    #expect(try #require(files["events.md"]).hasSuffix("\n\nNone.\n"))
  }

  @Test("writes a state that reads back")
  func state() throws {
    let files = files(Sample.eventful)
    let root = try JSONValue(parsing: try #require(files["state.json"]))
    let (state, instances) = try StateCodec.decodeRoot(root, path: "state.json")
    #expect(Array(state.initiatives) == Sample.eventful.initiatives.map(\.score.definition))
    #expect(instances == ["github-contoso", "okta-contoso-eu", "okta-contoso-us"])
    let text = try #require(files["instances/okta-contoso-eu/state.json"])
    let instance = try StateCodec.decodeInstance(try JSONValue(parsing: text), path: "x")
    #expect(instance.name == "okta-contoso-eu")
    #expect(instance.digest == Sample.desired.instances[1].digest)
    #expect(
      instance.results.map(\.verdict) == Sample.eventful.instances[1].results.map(\.verdict))
  }

  @Test("writes settings that YAML reads back, though labels and names meet")
  func settings() throws {
    let twice = JSONValue.object([("a", 1), ("a", 2)])
    let verdict = Sample.resources(
      .compliant, counted: 3,
      settings: [
        ResourceSettings(id: "1] [2", label: "x", values: [("v", twice)]),
        ResourceSettings(id: "2", label: "x [1]", values: [("v", "on")]),
        ResourceSettings(id: "3", label: "# - \n\u{202E}:", values: [("v", .null)]),
      ])
    let instance = Sample.plan(
      ["okta-contoso-eu": ["okta-password-minimum-length": verdict]], before: [:]
    ).instances[1]
    let bytes = SettingsFile.render(instance)
    let diagnostics = Diagnostics()
    let documents = YAMLParser.parse(bytes, file: "settings.yaml", into: diagnostics)
    #expect(diagnostics.all.isEmpty)
    let value = try #require(YAMLValue(documents[0].root, into: diagnostics))
    #expect(
      value["okta-password-minimum-length"] == [
        "x [1] [2]": ["v": ["a": 1, "a (2)": 2]], "x [1] [2] (2)": ["v": "on"],
        "# - \n\u{202E}: [3]": ["v": nil],
      ])
  }

  @Test("says where the settings of further resources are left out")
  func manySettings() throws {
    func rendered(_ count: Int, areCut: Bool) -> String {
      var verdict = Sample.resources(
        .compliant, counted: count,
        settings: (0..<count).map {
          ResourceSettings(id: "\($0)", label: "x", values: [("v", "on")])
        })
      verdict.settingsAreCut = areCut
      let instance = Sample.plan(
        ["okta-contoso-eu": ["okta-password-minimum-length": verdict]], before: [:]
      ).instances[1]
      return String(decoding: SettingsFile.render(instance), as: UTF8.self)
    }
    let sentence =
      "Of each recommendation, the first 1000 resources by identity, and no more than fit into 524288 bytes."
    #expect(rendered(3, areCut: true).contains(sentence))
    #expect(!rendered(3, areCut: false).contains(sentence))
  }

  @Test("keeps hidden characters out of every file")
  func hidden() {
    for (path, text) in files(Sample.eventful) {
      #expect(!text.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" }, "\(path)")
    }
  }
}
