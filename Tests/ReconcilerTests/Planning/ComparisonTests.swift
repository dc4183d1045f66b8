import JSON
import Posture
import TestSupport
import Testing
import YAML

@testable import Reconciler

/// A plan, and the difference of the two reports between which it stands, tell the same.
@Suite("Comparisons") struct ComparisonTests {
  /// One thing that happens to a company between two plans.
  private static let happenings: [(String, @Sendable (inout World, inout Random) -> Void)] = [
    (
      "a tenant changes",
      { world, random in
        let instance = ["okta-eu", "okta-us"].randomElement(using: &random) ?? "okta-eu"
        world.change(instance) { tenant in
          tenant.policies = (0..<Int.random(in: 1...9, using: &random)).map {
            World.Tenant.policy("p\($0)", [8, 14, 20].randomElement(using: &random) ?? 8)
          }
          tenant.users = (0..<Int.random(in: 1...9, using: &random)).map {
            World.Tenant.user("u\($0)", Bool.random(using: &random))
          }
          tenant.settings = [["mode": Bool.random(using: &random) ? "block" : "audit"]]
        }
      }
    ),
    (
      "a permission is lost",
      { world, random in
        let names = ["policies", "users", "settings"].shuffled(using: &random).prefix(1)
        world.change { $0.incomplete = names.map { .incomplete($0, .denied, "lost") } }
      }
    ),
    ("a tenant is out of reach", { world, _ in world.missing["okta-eu"] = "HTTP 503" }),
    ("it grows old", { world, _ in world.now = "2026-06-03T12:00:00Z" }),
    ("an exception ends", { world, _ in world.now = "2027-01-02T12:00:00Z" }),
    (
      "a risk is accepted",
      { world, random in
        let status = ["planned", "riskAccepted"].randomElement(using: &random) ?? ""
        world.declare(
          World.exception(
            "late", recommendation: "okta-mfa", status: status,
            resources: Bool.random(using: &random) ? "resource.id == \"u1\"" : nil))
      }
    ),
    (
      "an exception says something else",
      { world, _ in
        world.desired = world.desired.replacing(
          "justification: Because.", with: "justification: Why.")
      }
    ),
    (
      "an exception goes",
      { world, _ in
        world.desired = world.desired.split(separator: "---\n")
          .filter { !$0.contains("kind: Exception") }.joined(separator: "---\n")
      }
    ),
    (
      "an instance is switched",
      { world, _ in
        func instance(_ state: String) -> String {
          "name: okta-us, labels: { region: us } }\nspec:\n  app: okta\n  recommendations: \(state)"
        }
        let isOn = world.desired.contains(instance("on"))
        world.desired = world.desired.replacing(
          instance(isOn ? "on" : "off"), with: instance(isOn ? "off" : "on"))
      }
    ),
    (
      "an instance reads another source",
      { world, _ in world.desired = world.desired.replacing("eu.okta.com", with: "eu2.okta.com") }
    ),
    (
      "an instance comes",
      { world, _ in
        world.declare(
          Declare.document(
            "Instance", "okta-new", labels: "region: new", "{ app: okta, source: { api: {} } }"))
        world.tenants["okta-new"] = World.Tenant()
      }
    ),
    ("a target moves", { world, _ in world.desired = world.desired.replacing("80", with: "90") }),
    (
      "an account is kept for emergencies",
      { world, _ in
        world.desired.replace(
          "  maxAge: 24h\n",
          with:
            "  maxAge: 24h\n  breakGlass: [{ id: a, kind: user, reason: R, owner: o@contoso.example }]\n"
        )
      }
    ),
    (
      "a recommendation is overridden",
      { world, random in
        let isOff = Bool.random(using: &random)
        world.declare(
          """
          apiVersion: plumb/v1
          kind: RecommendationOverride
          metadata: { name: o }
          spec: { recommendation: okta-length, \(isOff ? "enabled: false" : "parameters: { minimum: 20 }") }

          """)
      }
    ),
    (
      "a recommendation is added",
      { world, _ in
        world.declare(
          Declare.document(
            "Recommendation", "contoso-users",
            """
            app: okta
            title: Have few users
            impact: medium
            category: identity
            compliant: size(collections.users) < 5
            settings: { users: size(collections.users) }
            remediation: Do it.
            """))
      }
    ),
    (
      "the catalog changes",
      { world, _ in world.catalog.replace("minimum: 14", with: "minimum: 16") }
    ),
    (
      "the catalog weighs otherwise",
      { world, _ in world.catalog.replace("weight: low", with: "weight: medium") }
    ),
  ]

  @Test("a plan and the difference of its two reports tell the same", arguments: 0..<80)
  func same(seed: Int) throws {
    var random = Random(seed: 7_000 + UInt64(seed))
    var world = ScorePropertyTests.world(&random)
    var recorded = try world.recorded()
    for _ in 0..<3 {
      var happened: [String] = []
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let (name, happen) = try #require(Self.happenings.randomElement(using: &random))
        // Some things happen once.
        var next = world
        happen(&next, &random)
        guard !happened.contains(name), next.isSound else { continue }
        happened.append(name)
        world = next
      }
      let state = try world.state().state
      let plan = try world.plan(after: recorded)
      let next = try plan.recorded()
      #expect(next == plan.snapshot, "what is recorded is what is read: \(happened)")
      let report = ReportReference(revision: "", at: plan.at, desiredRevision: nil)
      let difference = ReportDifference(
        from: (report, recorded), to: (report, next), desired: state
      ).comparison
      #expect(difference.changes.map(\.line) == plan.changes.map(\.line), "\(happened)")
      #expect(difference.changes == plan.changes, "\(happened)")
      #expect(difference.events == plan.events, "\(happened)")
      #expect(
        difference.initiatives.map { [$0.score.score, $0.before] }
          == plan.initiatives.map { [$0.score.score, $0.before] }, "\(happened)")
      #expect(difference.instances.map(\.before) == plan.instances.map(\.before), "\(happened)")
      recorded = next
    }
  }
}
