import JSON
import Posture
import TestSupport
import Testing

/// Collections that no API gives.
@Suite("What is not available over any API")
struct NotAvailableTests {
  private static let reason =
    "consolePolicies is not available over any API: Okta has no API for them; look at it by hand: Admin > Security > Console"

  @Test(
    "has no possible points and lowers no coverage, and says where to look",
    arguments: [
      "collection: consolePolicies\nlabel: resource.id\ncompliant: resource.sso",
      "compliant: collections.consolePolicies.all(p, p.sso)",
      // What could be read beside it does not decide it, and neither does what was denied.
      "compliant: collections.users.size() > 0 && collections.consolePolicies.all(p, p.sso)",
      "compliant: collections.policies.size() > 0 && collections.consolePolicies.all(p, p.sso)",
    ])
  func noPoints(fields: String) throws {
    let verdict = try Bench.judge(
      fields,
      MemoryReading(
        ["users": [["id": "1"]]], incomplete: [.incomplete("policies", .denied, "HTTP 403")]))
    #expect(verdict.compliance == .notApplicable)
    #expect(verdict.sentence == Self.reason)
    let standing = Standing(
      instance: "okta-eu", recommendation: "r", points: 10, compliance: verdict.compliance,
      status: nil, counted: verdict.counted, compliantCount: verdict.compliantCount)
    #expect(standing.possible == 0)
    let score = InitiativeScore(
      InitiativeDefinition(
        name: "i", title: "I", targetScore: 90, instances: ["okta-eu"],
        metrics: [.init(name: "m", title: "M", weight: .high, recommendations: ["r"])]),
      standings: StandingIndex([standing]))
    #expect(score.coverage == Coverage(assessed: 0, unknown: 0) && score.score == nil)
  }

  @Test("is judged where a source delivers it all the same")
  func delivered() throws {
    let verdict = try Bench.judge(
      "collection: consolePolicies\nlabel: resource.id\ncompliant: resource.sso",
      MemoryReading(["consolePolicies": [["id": "1", "sso": false]]]))
    #expect(verdict.compliance == .notCompliant)
  }

  @Test("is asked for by nothing")
  func request() {
    let catalog = Declare.document(
      "Connector", "okta",
      """
      displayName: Okta
      baseURL: https://a.example
      collections:
        policies: { get: /p, notAvailable: { reason: No API, where: Console } }
      """)
    #expect(
      Bench.faults(of: Bench.instance, catalog: catalog) == [
        "catalog.yaml:8:40: error: what is not available is not asked for: write no request and nothing fixed"
      ])
  }
}
