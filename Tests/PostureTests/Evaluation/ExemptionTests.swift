import JSON
import Posture
import TestSupport
import Testing

/// Exceptions about resources.
@Suite struct ExemptionTests {
  static let reading = MemoryReading([
    "policies": [
      EvaluatorTests.policy("a", 8), EvaluatorTests.policy("b", 8), EvaluatorTests.policy("c", 20),
    ]
  ])

  @Test(
    "an exempt resource is counted as exempt and taken out; a planned one stays affected",
    arguments: [
      (
        "one of two", [("riskAccepted", "resource.id == \"a\"")],
        "notCompliant 2 counted, 1 compliant, 1 affected, 1 exempt, 0 planned", ["e0": 1]
      ),
      (
        "both", [("resolvedThroughThirdParty", "resource.minLength < 14")],
        "compliant 1 counted, 1 compliant, 0 affected, 2 exempt, 0 planned", ["e0": 2]
      ),
      (
        "everything", [("resolvedThroughAlternateMitigation", "'true'")],
        "notApplicable 0 counted, 0 compliant, 0 affected, 3 exempt, 0 planned: every resource in scope is exempt",
        ["e0": 3]
      ),
      (
        "planned", [("planned", "resource.id == \"a\"")],
        "notCompliant 3 counted, 1 compliant, 2 affected, 0 exempt, 1 planned", ["e0": 1]
      ),
      (
        "a plan for what is met already counts nothing", [("planned", "resource.id == \"c\"")],
        "notCompliant 3 counted, 1 compliant, 2 affected, 0 exempt, 0 planned", ["e0": 1]
      ),
      (
        "a condition that fails exempts nothing", [("riskAccepted", "resource.none == 1")],
        "notCompliant 3 counted, 1 compliant, 2 affected, 0 exempt, 0 planned", [:]
      ),
      (
        "planned and accepted: the acceptance takes it out",
        [("planned", "resource.id == \"a\""), ("riskAccepted", "resource.id == \"a\"")],
        "notCompliant 2 counted, 1 compliant, 1 affected, 1 exempt, 0 planned", ["e0": 1, "e1": 1]
      ),
    ] as [(String, [(String, String)], String, [String: Int])])
  func exempting(
    name: String, exceptions: [(status: String, resources: String)], expected: String,
    matches: [String: Int]
  ) throws {
    let documents = exceptions.enumerated().map { index, exception in
      Bench.exception("e\(index)", status: exception.status, resources: exception.resources)
    }
    let (verdict, decision) = try Bench.decide(
      EvaluatorTests.perPolicy, exceptions: documents.joined(separator: "---\n"), Self.reading)
    #expect(decision.line == expected)
    #expect(
      decision.holding.mapValues { _ in 0 }.merging(matches, uniquingKeysWith: { $1 }) == matches)
    #expect(matches.allSatisfy { verdict.tally.matches(of: $0.key) == $0.value })
  }

  @Test("the settings of an exempt resource are recorded: its drift still shows")
  func settings() throws {
    let (verdict, decision) = try Bench.decide(
      EvaluatorTests.perPolicy, exceptions: Bench.exception(resources: "resource.id == \"a\""),
      Self.reading)
    #expect(verdict.settings.map(\.id) == ["a", "b", "c"])
    #expect(decision.affected.map(\.id) == ["b"])
  }

  @Test(
    "an exception holds to the end of its last day, in UTC",
    arguments: [
      ("2026-12-31T23:59:59Z", 1), ("2027-01-01T00:00:00Z", 0),
    ])
  func expiry(now: String, exempt: Int) throws {
    let (verdict, decision) = try Bench.decide(
      EvaluatorTests.perPolicy, exceptions: Bench.exception(resources: "resource.id == \"a\""),
      Self.reading, at: now)
    #expect(decision.exemptCount == exempt)
    #expect(verdict.affectedCount == 2 && verdict.tally.matches(of: "e") == 1)
  }

  @Test("an exception about the whole recommendation takes no resource out")
  func whole() throws {
    let (verdict, decision) = try Bench.decide(
      EvaluatorTests.perPolicy, exceptions: Bench.exception(resources: nil), Self.reading)
    #expect(
      decision.line == "notCompliant 3 counted, 1 compliant, 2 affected, 0 exempt, 0 planned")
    #expect(decision.holding.isEmpty && verdict.tally.cells.isEmpty)
  }

  @Test("an exception's condition is about one resource")
  func scope() {
    #expect(
      Bench.faults(
        of: Bench.text(
          EvaluatorTests.perPolicy,
          exceptions: Bench.exception(resources: "size(collections.users) > 0")))
        == [
          "x.yaml:31:14: error: 'collections.users' is not known here: 'resources' is about one resource"
        ])
  }
}
