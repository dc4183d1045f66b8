import JSON
import Posture
import TestSupport
import Testing

@testable import Reports

@Suite("JSON report")
struct JSONReportTests {
  private func value(_ plan: Plan, maxAffected: Int = 100) throws -> JSONValue {
    try JSONValue(
      parsing:
        String(decoding: JSONReport.plan(plan, maxAffected: maxAffected), as: UTF8.self))
  }

  @Test("writes the plan with stable keys")
  func eventful() throws {
    try Golden.expect(
      String(decoding: JSONReport.plan(Sample.eventful), as: UTF8.self), matches: "plan.json")
  }

  @Test("explains a recommendation, its results as in a plan")
  func explain() throws {
    let text = String(decoding: JSONReport.explain(Sample.explanation), as: UTF8.self)
    try Golden.expect(text, matches: "explain.json")
    let explained = try JSONValue(parsing: text)["results"]?[0]?.object ?? []
    let planned =
      try value(Sample.eventful)["instances"]?[1]?["results"]?.array?
      .first { $0["recommendation"] == "okta-password-minimum-length" }
    for (name, value) in explained where name != "instance" { #expect(planned?[name] == value) }
  }

  @Test("keeps to its schema")
  func schema() throws {
    var compared = Sample.quiet
    compared.base = DesiredReference(revision: nil, path: "desired-state", digest: "0")
    for plan in [Sample.eventful, Sample.first, Sample.quiet, compared] {
      #expect(SchemaChecker.faults(of: try value(plan), against: JSONReport.schema) == [])
    }
  }

  @Test("has a schema that notices what is not of it")
  func schemaIsClosed() throws {
    let plan = try value(Sample.quiet)
    var members = try #require(plan.object)
    members.append(("extra", 1))
    #expect(
      SchemaChecker.faults(of: .object(members), against: JSONReport.schema)
        == ["$.extra: nothing may stand here"])
    members.removeLast()
    members.removeAll { $0.0 == "gates" }
    #expect(
      SchemaChecker.faults(of: .object(members), against: JSONReport.schema)
        == ["$: 'gates' is missing"])
  }

  @Test("lists at most so many affected resources, and counts all", arguments: [0, 1, 100])
  func affected(most: Int) throws {
    let result = try #require(
      try value(Sample.eventful, maxAffected: most)["instances"]?[2]?["results"]?[2])
    #expect(result["recommendation"] == "okta-password-minimum-length")
    #expect(result["affected"]?.array?.count == min(most, 2))
    #expect(result["affectedCount"] == 2)
  }

  @Test("hides no character and changes no value")
  func hidden() throws {
    let text = String(decoding: JSONReport.plan(Sample.eventful), as: UTF8.self)
    #expect(!text.unicodeScalars.contains { $0.value == 0x202E || $0.value == 0x1B })
    let label = try value(Sample.eventful)["instances"]?[1]?["results"]?[2]?["affected"]?[0]?[
      "label"]
    #expect(label == .string(Sample.hostileLabel))
  }

  @Test("spells hidden characters beyond the first plane as pairs")
  func pairs() {
    #expect(
      String(decoding: VisibleJSON.bytes(Array("\"a\u{E0041}ä\u{9B}\"".utf8)), as: UTF8.self)
        == "\"a\\uDB40\\uDC41ä\\u009B\"")
  }

  @Test(
    "spells what the runner of GitHub Actions obeys, wherever it stands",
    arguments: [
      ("##[a]", "##\\u005Ba]"), ("###[", "###\\u005B"), ("##[[", "##\\u005B["), ("#[", "#["),
      ("[##", "[##"), ("# #[", "# #["), ("##[##[", "##\\u005B##\\u005B"), ("ä##[", "ä##\\u005B"),
      ("##ä[", "##ä["), ("##[\u{9B}", "##\\u005B\\u009B"), ("\u{9B}##[é", "\\u009B##\\u005Bé"),
      ("#", "#"), ("##", "##"), ("", ""), ("\u{9B}", "\\u009B"), ("é\u{200D}é", "é\u{200D}é"),
      ("#\u{FE0F}", "#\u{FE0F}"), ("a\u{FE0F}", "a\\uFE0F"),
    ])
  func commands(text: String, written: String) {
    for space in 0..<9 {
      let before = String(repeating: " ", count: space)
      #expect(
        String(decoding: VisibleJSON.bytes(Array((before + text).utf8)), as: UTF8.self)
          == before + written)
    }
  }
}
