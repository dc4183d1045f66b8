import JSON
import Posture
import Reports
import TestSupport
import Testing

/// The guard against false alarms, and what stands while an instance cannot be seen.
@Suite struct SuspicionTests {
  /// A world whose catalog has `count` switches; `off` of them are off in the tenant.
  static func world(_ count: Int, off: Int, at observedAt: String = "2026-06-01T06:00:00Z") -> World
  {
    var world = World()
    let switches = (0..<count).map { number in
      Declare.recommendation(
        "r\(number + 100)", of: "okta", impact: "low",
        """
        compliant: collections.settings[0].switches[\(number)]
        controls: [{ framework: f, id: "\(number)" }]
        """)
    }
    world.catalog =
      ([
        Declare.connector("okta", "policies: {}, users: {}, settings: { singleton: true }"),
        Declare.document(
          "Initiative", "saas",
          "{ title: SaaS Security, metrics: [{ name: all, title: All, controls: [{ framework: f }] }] }"
        ),
      ] + switches).documents
    switchOff(off, of: count, in: &world, at: observedAt)
    return world
  }

  static func switchOff(
    _ off: Int, of count: Int, in world: inout World, at observedAt: String = "2026-06-01T06:00:00Z"
  ) {
    world.change { tenant in
      tenant.settings = [["switches": .array((0..<count).map { .bool($0 >= off) })]]
      tenant.observedAt = observedAt
    }
  }

  @Test(
    "holds an instance of which more than 30 % of ten or more would get worse",
    arguments: [
      (of: 10, worse: 3, held: false), (of: 10, worse: 4, held: true),
      (of: 9, worse: 9, held: false), (of: 20, worse: 6, held: false),
      (of: 20, worse: 7, held: true),
    ])
  func threshold(count: Int, worse: Int, held: Bool) throws {
    var world = Self.world(count, off: 0)
    let recorded = try world.recorded()
    Self.switchOff(worse, of: count, in: &world, at: "2026-06-01T06:30:00Z")
    let plan = try world.plan(after: recorded)
    let suspects = plan.changes.filter { $0.type == .suspect }.map(\.line)
    let instance = try #require(plan.instances.first)
    if held {
      let doubt = "\(worse) of \(count) recommendations would get worse at once"
      #expect(
        suspects == [
          "suspect [observation] okta-eu: \(doubt); the recorded results stand (--force takes the observation)"
        ])
      #expect(plan.changes.count == 1)
      #expect(instance.staleReason == .suspect(.worse(worse, of: count)))
      #expect(instance.results.allSatisfy { $0.decision.compliance == .compliant && $0.isStale })
      #expect(instance.observedAt?.description == "2026-06-01T06:00:00Z")
      #expect(plan.initiatives.first?.score.score == Fraction(100))
    } else {
      #expect(suspects == [])
      #expect(plan.changes.filter { $0.type == .regressed }.count == worse)
      #expect(instance.staleReason == nil)
    }
  }

  @Test("--force takes the observation")
  func force() throws {
    var world = Self.world(10, off: 0)
    let recorded = try world.recorded()
    Self.switchOff(10, of: 10, in: &world)
    world.force = true
    let plan = try world.plan(after: recorded)
    #expect(plan.changes.filter { $0.type == .regressed }.count == 10)
    #expect(plan.changes.filter { $0.type == .suspect }.isEmpty)
  }

  @Test("what gets better, and what is seen for the first time, is never suspect")
  func better() throws {
    var world = Self.world(10, off: 10)
    let recorded = try world.recorded()
    Self.switchOff(0, of: 10, in: &world)
    #expect(try world.plan(after: recorded).changes.filter { $0.type == .suspect }.isEmpty)
    #expect(try Self.world(10, off: 10).plan().changes.filter { $0.type == .suspect }.isEmpty)
  }

  @Test("another source, or a catalog that asks for more, is no outage")
  func declared() throws {
    var world = Self.world(10, off: 0)
    let recorded = try world.recorded()
    Self.switchOff(10, of: 10, in: &world)
    var moved = world
    moved.replace("domain: eu.okta.com", with: "domain: other.okta.com")
    #expect(try moved.plan(after: recorded).changes.filter { $0.type == .suspect }.isEmpty)
    var stricter = world
    stricter.replaceInCatalog("compliant: collections", with: "compliant: true && collections")
    #expect(try stricter.plan(after: recorded).changes.filter { $0.type == .suspect }.isEmpty)
  }

  @Test("most collections empty is an outage; half of them is a change")
  func empty() throws {
    func suspects(_ change: (inout World.Tenant) -> Void) throws -> [String] {
      var world = World()
      let recorded = try world.recorded()
      world.change { change(&$0) }
      return try world.plan(after: recorded).changes.filter { $0.type == .suspect }.map(
        Phrases.reason)
    }
    #expect(try suspects { $0.users = [] } == [])
    #expect(
      try suspects {
        $0.users = []
        $0.policies = []
      } == [
        "2 of 3 collections came back empty; the recorded results stand (--force takes the observation)"
      ])
  }

  @Test("a held observation's recorded results stand until maxAge; then they are unknown")
  func heldTooLong() throws {
    var world = Self.world(10, off: 0)
    let recorded = try world.recorded()
    Self.switchOff(10, of: 10, in: &world, at: "2026-06-03T06:00:00Z")
    world.now = "2026-06-03T07:00:00Z"
    let plan = try world.plan(after: recorded)
    #expect(plan.changes.contains { $0.type == .suspect })
    #expect(
      plan.instances.first?.results.allSatisfy { $0.decision.compliance == .unknown } == true)
    #expect(plan.initiatives.first?.score.score == .zero)
  }

  // MARK: Staleness

  @Test(
    "recorded results stand in for a missing observation to the second of maxAge",
    arguments: [
      (now: "2026-06-02T06:00:00Z", compliance: Compliance.compliant),
      (now: "2026-06-02T06:00:01Z", compliance: .unknown),
    ])
  func maxAge(now: String, compliance: Compliance) throws {
    var world = World()
    let recorded = try world.recorded()
    world.missing["okta-eu"] = "HTTP 503"
    world.now = now
    let result = try #require(try world.plan(after: recorded).result("okta-length"))
    #expect(result.decision.compliance == compliance)
    #expect(result.isStale)
    if compliance == .unknown {
      #expect(result.decision.reason == .unseen(.unreadable(Fault(.failed, "HTTP 503"))))
    }
  }

  @Test("what was recorded while stale does not become younger")
  func age() throws {
    var world = World()
    var recorded = try world.recorded()
    world.missing["okta-eu"] = "HTTP 503"
    for hour in ["12", "18", "23"] {
      world.now = "2026-06-01T\(hour):00:00Z"
      recorded = try world.recorded(after: recorded)
      #expect(recorded.instances["okta-eu"]?.observedAt?.description == "2026-06-01T06:00:00Z")
    }
    world.now = "2026-06-02T07:00:00Z"
    let plan = try world.plan(after: recorded)
    #expect(plan.result("okta-length")?.decision.compliance == .unknown)
  }

  @Test("a recommendation that asks for something else now is unknown while nothing is seen")
  func changedMeanwhile() throws {
    var world = World()
    let recorded = try world.recorded()
    world.missing["okta-eu"] = "HTTP 503"
    world.replaceInCatalog("minimum: 14", with: "minimum: 18")
    let plan = try world.plan(after: recorded)
    #expect(
      plan.result("okta-length")?.verdict
        == Verdict(compliance: .unknown, reason: .unseen(.unreadable(Fault(.failed, "HTTP 503"))))
    )
    #expect(plan.result("okta-mfa")?.decision.compliance == .compliant)
  }

  @Test("what was recorded of another tenant stands for nothing")
  func anotherTenant() throws {
    var world = World()
    let recorded = try world.recorded()
    world.missing["okta-eu"] = "HTTP 503"
    world.replace("domain: eu.okta.com", with: "domain: other.okta.com")
    let plan = try world.plan(after: recorded)
    #expect(
      plan.instances.first?.results.allSatisfy { $0.decision.compliance == .unknown } == true)
  }

  @Test("an instance that was never observed is unknown, and earns nothing")
  func never() throws {
    var world = World()
    world.tenants = [:]
    let plan = try world.plan()
    #expect(
      plan.result("okta-mfa")?.decision.reason == .unseen(.notSought))
    #expect(plan.initiatives.first?.score.score == .zero)
    #expect(plan.initiatives.first?.score.coverage.percentage == .zero)
  }
}
