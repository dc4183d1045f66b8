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
    let (_, compiled, diagnostics) = Bench.compile(Bench.text(fields), catalog: Self.catalog)
    try #require(!diagnostics.hasErrors, "\(diagnostics.all)")
    let failures = RecommendationTester.run(
      try #require(compiled.recommendations["okta"]?.first)
    ).map(Phrases.text)
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
