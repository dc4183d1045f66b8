import JSON
import Posture
import Reports
import TestSupport
import Testing
import YAML

/// Fields whose type is documented: what is no value of it decides nothing.
@Suite struct FieldGuardTests {
  static let catalog = AbsenceTrialTests.catalog(
    "state: { type: string, empty: { means: 'OFF', \(AbsenceTrialTests.cited) } }, deep.size: { type: int }, note: { type: string }"
  )

  /// What the tests of a recommendation of these fields say.
  private static func failures(_ fields: String, catalog: String) throws -> [String] {
    let (_, compiled, diagnostics) = Bench.compile(Bench.text(fields), catalog: catalog)
    try #require(!diagnostics.hasErrors, "\(diagnostics.all)")
    return RecommendationTester.run(
      try #require(compiled.recommendations["okta"]?.first)
    ).map(Phrases.text)
  }

  @Test(
    "a text, null, an empty text, another type; and what no condition names",
    arguments: [
      (#"{ "id": "a", "state": "ON", "deep": [{ "size": 3 }] }"#, "compliant"),
      (#"{ "id": "a", "state": "", "deep": [{ "size": 3 }] }"#, "compliant"),
      (#"{ "id": "a", "state": null, "deep": [{ "size": 3 }] }"#, "a: 'state' is null, not a text"),
      (#"{ "id": "a", "state": 3, "deep": [{ "size": 3 }] }"#, "a: 'state' is not a text"),
      (
        #"{ "id": "a", "state": "ON", "deep": [{ "size": "3" }] }"#,
        "a: 'deep.size' is not a number"
      ),
      (#"{ "id": "a", "state": "ON", "deep": [], "note": null }"#, "compliant"),
    ])
  func values(resource: String, expected: String) throws {
    let fields = AbsenceTrialTests.rule(
      "resource.state != 'OFF' && resource.deep.all(d, d.size != 4)",
      "compliant: { resource: \(resource) }")
    let failures = try Self.failures(fields, catalog: Self.catalog)
    #expect(
      failures
        == (expected == "compliant"
          ? []
          : ["expected compliant, found unknown (one resource could not be judged: \(expected))"]))
  }

  @Test(
    "of what 'where' leaves out, only the fields that 'where' reads",
    arguments: [
      (#"{ "id": "a", "state": "OFF", "deep": [{ "size": null }] }"#, "notApplicable"),
      (#"{ "id": "a", "state": null, "deep": [{ "size": 3 }] }"#, "unknown"),
      (#"{ "id": "a", "state": "ON", "deep": [{ "size": null }] }"#, "unknown"),
      (#"{ "id": "a", "state": "ON", "deep": [{ "size": 3 }] }"#, "compliant"),
    ])
  func leftOut(resource: String, expected: String) throws {
    let fields =
      AbsenceTrialTests.rule(
        "resource.deep.all(d, d.size != 4)", where: "variables.isOn",
        "\(expected): { resource: \(resource) }")
      + "\nvariables: { isOn: resource.state != 'OFF' }"
    let (_, compiled, diagnostics) = Bench.compile(Bench.text(fields), catalog: Self.catalog)
    try #require(!diagnostics.hasErrors, "\(diagnostics.all)")
    let recommendation = try #require(compiled.recommendations["okta"]?.first)
    #expect(RecommendationTester.run(recommendation).map(Phrases.text) == [])
  }

  /// How `size` and `on` arrive as texts.
  static let typed = AbsenceTrialTests.catalog(
    "size: { type: int, map: { Ten: 10 } }, on: { map: bool }, at: { map: time }, user.on: { map: bool }"
  )

  @Test(
    "a text that no map knows is no value: it is named with its field, and never passes",
    arguments: [
      ("size <= 10", "size: 10", "compliant"),
      ("size != 3", "size: Eleven", "'size' is 'Eleven', which is mapped to no number"),
      ("size != 3", "size: Ten", "'size' is 'Ten', which is mapped to no number"),
      ("size != 3", "size: ''", "'size' is empty, not a number"),
      ("size != 3", "size: true", "'size' is not a number"),
      ("on != false", "on: true", "compliant"),
      ("on != false", "on: maybe", "'on' is 'maybe', which is mapped to no boolean"),
      ("on != false", "on: null", "'on' is null, not a boolean"),
      ("on != false", "on: 1", "'on' is not a boolean"),
      ("at != ''", "at: '2026-05-20T09:00:00Z'", "compliant"),
      ("at != ''", "at: soon", "'at' is 'soon', which is mapped to no time"),
    ])
  func mapped(condition: String, field: String, expected: String) throws {
    let fields = AbsenceTrialTests.rule(
      "resource.\(condition)", "compliant: { resource: { id: a, \(field) } }")
    let failures = try Self.failures(fields, catalog: Self.typed)
    #expect(
      failures
        == (expected == "compliant"
          ? []
          : [
            "expected compliant, found unknown (one resource could not be judged: a: \(expected))"
          ]))
  }

  @Test(
    "of a member whose own name has dots",
    arguments: [("true", "compliant"), ("maybe", "unknown"), ("''", "unknown")])
  func dots(value: String, expected: String) throws {
    let fields = AbsenceTrialTests.rule(
      #"'resource["user.on"] != false'"#,
      "\(expected): { resource: { id: a, user: u1, user.on: \(value) } }")
    let (_, compiled, diagnostics) = Bench.compile(Bench.text(fields), catalog: Self.typed)
    try #require(!diagnostics.hasErrors, "\(diagnostics.all)")
    #expect(
      RecommendationTester.run(try #require(compiled.recommendations["okta"]?.first)).map(\.message)
        == [])
  }

  @Test(
    "a map is refused that could let a text pass for a value",
    arguments: [
      ("{ map: { A: 1 } }", "say the 'type' that these values have"),
      ("{ type: int, map: {} }", "this map has no text"),
      ("{ type: int, map: { '': 1 } }", "what an empty text means stands under 'empty'"),
      (
        "{ type: string, map: { A: B } }",
        "a text stands for a value of another type: bool, int, double, list or object"
      ),
      ("{ type: int, map: { A: 1, B: two } }", "what 'B' stands for is not of the type int"),
      ("{ type: bool, map: { A: 1 } }", "what 'A' stands for is not of the type bool"),
      ("{ type: bool, map: int }", "'int' gives a value of the type int"),
      ("{ type: int, map: scalar }", "'scalar' gives values of several types"),
      (
        "{ map: integer }",
        "unknown value 'integer'; allowed: bool, int, double, time, scalar, commas, lines, words"
      ),
    ])
  func refused(field: String, message: String) {
    let faults = Declared(catalog: AbsenceTrialTests.catalog("size: \(field)")).diagnostics.all
    #expect(faults.map(\.message).contains(message), "\(faults)")
  }

  @Test("a list that a condition reads whole")
  func lists() throws {
    let fields = """
      compliant: collections.rules.exists(r, r.state != 'OFF')
      tests:
        - unknown: { collections: { rules: [{ state: 'ON' }, { state: null }] } }
        - compliant: { collections: { rules: [{ state: 'ON' }, {}] } }
      """
    let (_, compiled, diagnostics) = Bench.compile(Bench.text(fields), catalog: Self.catalog)
    try #require(!diagnostics.hasErrors, "\(diagnostics.all)")
    let recommendation = try #require(compiled.recommendations["okta"]?.first)
    #expect(RecommendationTester.run(recommendation).map(\.message) == [])
  }
}
