import JSON
import Posture
import TestSupport
import Testing
import YAML

@testable import Reports

@Suite("Report tree")
struct ReportTreeTests {
  private func files(
    _ plan: Plan, background: ReportTree.Background = Sample.background
  ) -> [String: String] {
    Dictionary(
      uniqueKeysWithValues: ReportTree.render(plan, background: background).map {
        ($0.path, String(decoding: $0.bytes, as: UTF8.self))
      })
  }

  @Test("has a file for everything, in order of path")
  func paths() {
    let paths = ReportTree.render(Sample.eventful, background: Sample.background).map(\.path)
    #expect(
      paths == [
        "README.md", "drift.md", "events.md", "exceptions.md", "frameworks/okta-stig.md",
        "initiatives/saas-security.md", "instances/github-contoso/README.md",
        "instances/github-contoso/settings.yaml",
        "instances/github-contoso/state.json", "instances/okta-contoso-eu/README.md",
        "instances/okta-contoso-eu/settings.yaml", "instances/okta-contoso-eu/state.json",
        "instances/okta-contoso-us/README.md", "instances/okta-contoso-us/settings.yaml",
        "instances/okta-contoso-us/state.json", "recommendations.md",
        "recommendations/okta-log-stream-active.md", "recommendations/okta-mfa-required.md",
        "recommendations/okta-password-minimum-length.md",
        "recommendations/okta-session-lifetime.md", "state.json",
      ])
  }

  @Test(
    "writes each file as recorded",
    arguments: [
      "README.md", "drift.md", "events.md", "exceptions.md", "frameworks/okta-stig.md",
      "initiatives/saas-security.md", "instances/github-contoso/README.md",
      "instances/okta-contoso-eu/README.md", "instances/okta-contoso-eu/settings.yaml",
      "instances/okta-contoso-eu/state.json", "instances/okta-contoso-us/README.md",
      "recommendations.md", "recommendations/okta-password-minimum-length.md", "state.json",
    ])
  func contents(path: String) throws {
    try Golden.expect(try #require(files(Sample.eventful)[path]), matches: "tree/\(path)")
  }

  @Test("tells when it was made in one sentence, and no age: nothing else depends on the time")
  func dated() {
    var later = Sample.eventful
    later.at = Instant(secondsSince1970: later.at.secondsSince1970 + 86_400)
    let first = files(Sample.eventful)
    let second = files(later).mapValues {
      $0.replacing("Report of 2026-06-02 06:00 UTC.", with: "Report of 2026-06-01 06:00 UTC.")
    }
    #expect(first == second)
    for page in ["README.md", "drift.md", "events.md"] {
      #expect(first[page]?.contains("Report of 2026-06-01 06:00 UTC.") == true, "\(page)")
    }
    let overview = first["README.md"] ?? ""
    #expect(overview.contains("| Okta | on | 2026-06-01 |"))
    #expect(overview.contains("| Okta | on, stale | 2026-05-31 |"))
  }

  @Test("tells what became of the scores in the days before, where there are any")
  func trend() throws {
    let files = files(Sample.eventful)
    let overview = try #require(files["README.md"])
    #expect(overview.contains("| Change | 14 days |"))
    #expect(overview.contains("`····▁▁▁▁▃▃▃▃▃█` +18.3"))
    let initiative = try #require(files["initiatives/saas-security.md"])
    #expect(initiative.contains("2026-05-19 to 2026-06-01: the score at the end of each day."))
    let first = self.files(Sample.eventful, background: ReportTree.Background())
    #expect(first["README.md"]?.contains("14 days") == false)
    #expect(first["initiatives/saas-security.md"]?.contains("days") == false)
  }

  @Test(
    "every link of every page leads to a place that is there, and every page is linked back",
    arguments: ["eventful", "first", "quiet", "crowded"])
  func links(_ name: String) throws {
    let plan = ["eventful": Sample.eventful, "first": Sample.first, "quiet": Sample.quiet][name]
    let files = files(plan ?? Sample.crowded)
    var linked: [String: Set<String>] = [:]
    for (path, text) in files where path.hasSuffix(".md") {
      for link in text.matches(of: /[^\\]\]\(([^)]+)\)/).map({ String($0.1) })
      where !link.hasPrefix("https:") {
        let parts = link.split(separator: "#", omittingEmptySubsequences: false).map(String.init)
        let target = parts[0].isEmpty ? path : Self.resolved(parts[0], from: path)
        let page = try #require(files[target], "\(path): \(link)")
        if parts.count > 1 {
          #expect(page.contains(#"<a id="\#(parts[1])"></a>"#), "\(path): \(link)")
        }
        linked[path, default: []].insert(target)
      }
    }
    for path in files.keys where path.hasSuffix(".md") {
      #expect(linked[path]?.contains("README.md") == true || path == "README.md", "\(path)")
      #expect(
        path == "README.md" || linked.contains { $0.key != path && $0.value.contains(path) },
        "nothing leads to \(path)")
    }
    let instance = "instances/okta-contoso-eu/README.md"
    let recommendation = "recommendations/okta-password-minimum-length.md"
    let initiative = "initiatives/saas-security.md"
    for (one, other) in [
      (instance, recommendation), (instance, initiative), (initiative, recommendation),
      ("README.md", instance), ("README.md", initiative), ("README.md", recommendation),
      ("recommendations.md", recommendation), ("frameworks/okta-stig.md", recommendation),
    ] {
      #expect(linked[one]?.contains(other) == true, "\(one) to \(other)")
      #expect(linked[other]?.contains(one) == true, "\(other) to \(one)")
    }
  }

  private static func resolved(_ link: String, from path: String) -> String {
    var folders = path.split(separator: "/").dropLast().map(String.init)
    for part in link.split(separator: "/") {
      if part == ".." { _ = folders.popLast() } else { folders.append(String(part)) }
    }
    return folders.joined(separator: "/")
  }

  @Test("lists the contents of a long page, and of no short one")
  func contents() throws {
    let short = try #require(files(Sample.eventful)["instances/okta-contoso-us/README.md"])
    #expect(!short.contains("**Contents**") || short.contains("- [Not compliant]"))
    let long = try #require(files(Sample.crowded)["instances/okta-contoso-eu/README.md"])
    #expect(
      long.contains("**Contents**\n\n- [Gaps](#gaps)\n- [Not compliant](#not-compliant) – 31\n"))
    #expect(
      long.contains(
        "\n  - [Require passwords of at least 14 characters](#okta-password-minimum-length) – high\n"
      ))
    #expect(
      try !#require(files(Sample.eventful)["instances/github-contoso/README.md"])
        .contains("**Contents**"))
  }

  @Test("says so where nothing changed")
  func quiet() throws {
    let files = files(Sample.quiet)
    #expect(try #require(files["README.md"]).contains("What changed\n\nNothing.\n"))
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
