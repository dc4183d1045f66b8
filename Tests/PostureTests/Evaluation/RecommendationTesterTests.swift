import Posture
import Reports
import Testing
import YAML

/// The cases that a recommendation proves itself with.
@Suite struct RecommendationTesterTests {
  static func failures(_ tests: String) throws -> [String] {
    let (_, compiled, diagnostics) = Bench.compile(
      Bench.text(
        """
        parameters: { minimum: 14 }
        collection: rules
        where: parent.status == "ACTIVE"
        compliant: resource.length >= parameters.minimum && size(collections.users) < 2 && now > timestamp("2026-01-01T00:00:00Z")
        label: resource.name
        tests:

        """ + tests))
    try #require(!diagnostics.hasErrors, "\(diagnostics)")
    let recommendation = try #require(compiled.recommendations["okta"]?.first)
    return RecommendationTester.run(recommendation).map { "\($0.mark): \(Phrases.text(of: $0))" }
  }

  @Test("cases that hold: every input can be given")
  func holding() throws {
    let failures = try Self.failures(
      """
      - compliant: { resource: { length: 14 }, parent: { status: ACTIVE }, now: 2026-02-01T00:00:00Z }
      - compliant: { resource: { length: 8 }, parent: { status: ACTIVE }, now: 2026-02-01T00:00:00Z, parameters: { minimum: 8 } }
      - notCompliant: { resource: { length: 8 }, parent: { status: ACTIVE } }
      - notCompliant: { resource: { length: 14 }, parent: { status: ACTIVE } }
      - notCompliant: { resource: { length: 14 }, parent: { status: ACTIVE }, now: 2026-02-01T00:00:00Z, collections: { users: [{ id: 1 }, { id: 2 }] } }
      - notApplicable: { resource: { length: 8 }, parent: { status: OFF } }
      - unknown: { resource: {}, parent: { status: ACTIVE }, now: 2026-02-01T00:00:00Z }
      """)
    #expect(failures == [])
  }

  @Test("cases that do not hold say where, what was expected and what was found")
  func failing() throws {
    let failures = try Self.failures(
      """
      - compliant: { resource: { length: 8 }, parent: { status: ACTIVE } }
      - compliant: { resource: { length: 8 } }
      - notCompliant: { parent: {} }
      - notCompliant: { resource: {}, now: soon }
      """)
    #expect(
      failures == [
        "x.yaml:16:5: expected compliant, found notCompliant",
        "x.yaml:17:5: expected compliant, found unknown (one resource could not be judged: #1: 'parent' has no value)",
        "x.yaml:18:5: the test has no 'resource'",
        "x.yaml:19:5: 'now' is not a time such as 2026-01-01T00:00:00Z",
      ])
  }
}
