import JSON
import Posture
import Reports
import TestSupport
import Testing

/// Events, gates, ranks, times, and what must never depend on order.
@Suite struct PlannerTests {
  static let policy = World.Tenant.policy

  // MARK: Events

  /// 100 policies of which so many are short.
  static func world(short: Int) -> World {
    var world = World()
    fill(&world, short: short)
    return world
  }

  static func fill(_ world: inout World, short: Int) {
    world.change { tenant in
      tenant.policies = (0..<100).map { policy("p\($0 + 100)", $0 < short ? 8 : 14, ["x"]) }
    }
  }

  @Test(
    "a fall by the threshold is an event, by less is none; a rise never is",
    arguments: [
      // The metric falls by the number of short policies, the initiative by three quarters of it.
      (from: 0, to: 1, events: []),
      (from: 0, to: 2, events: ["passwords 100.0 → 98.0"]),
      (from: 0, to: 3, events: ["saas 100.0 → 97.8", "passwords 100.0 → 97.0"]),
      (from: 10, to: 12, events: ["passwords 90.0 → 88.0"]),
      (from: 12, to: 10, events: []),
    ] as [(Int, Int, [String])])
  func events(from: Int, to: Int, expected: [String]) throws {
    var world = Self.world(short: from)
    let recorded = try world.recorded()
    Self.fill(&world, short: to)
    let events = try world.plan(after: recorded).events.map {
      "\($0.metric ?? $0.initiative) \($0.from.oneDecimal) → \($0.to.oneDecimal)"
    }
    #expect(events == expected)
  }

  @Test("the threshold is the Settings document's")
  func threshold() throws {
    var world = Self.world(short: 0)
    world.replace("spec: { gates", with: "spec: { drift: { scoreDropThreshold: 5 }, gates")
    let recorded = try world.recorded()
    Self.fill(&world, short: 4)
    #expect(try world.plan(after: recorded).events.isEmpty)
    Self.fill(&world, short: 5)
    #expect(try world.plan(after: recorded).events.map(\.metric) == ["passwords"])
  }

  // MARK: Gates

  static func gates(_ gates: String, _ change: (inout World) -> Void = { _ in }) throws -> [String]
  {
    var world = World()
    world.replace("newNotCompliant: off", with: gates)
    let recorded = try world.recorded()
    change(&world)
    return try world.plan(after: recorded).gates.map {
      "\($0.name) \($0.outcome.rawValue): \(Phrases.reason(of: $0))"
    }
  }

  @Test("no gate is judged that is off")
  func gatesOff() throws {
    #expect(try Self.gates("newNotCompliant: off") { $0.change { $0.users = [] } } == [])
  }

  @Test("something newly not compliant fails from its impact on, unless it is decided")
  func newNotCompliant() throws {
    func mode(_ world: inout World) { world.change { $0.settings = [["mode": "audit"]] } }
    #expect(
      try Self.gates("newNotCompliant: medium", mode) == [
        "newNotCompliant failed: newly not compliant: okta-threat on okta-eu (was compliant)"
      ])
    #expect(
      try Self.gates("newNotCompliant: high", mode) == [
        "newNotCompliant passed: nothing of high impact or more is newly not compliant"
      ])
    #expect(
      try Self.gates("newNotCompliant: low") { world in
        mode(&world)
        world.declare(World.exception(recommendation: "okta-threat"))
      } == ["newNotCompliant passed: nothing of low impact or more is newly not compliant"])
  }

  @Test("what was not compliant before, or is assessed for the first time, is not new")
  func notNew() throws {
    var world = World()
    world.replace("newNotCompliant: off", with: "newNotCompliant: low")
    world.change { $0.settings = [["mode": "audit"]] }
    let first = try world.plan()
    #expect(first.gates.map(\.outcome) == [.passed])
    #expect(!first.failsGate)
    #expect(try world.plan(after: first.recorded()).gates.map(\.outcome) == [.passed])
  }

  @Test("a score below its target warns or fails")
  func scoreBelowTarget() throws {
    func short(_ world: inout World) {
      world.change { $0.policies = [Self.policy("a", 8, ["x"]), Self.policy("b", 14, ["x"])] }
    }
    #expect(
      try Self.gates("scoreBelowTarget: warn", short) == [
        "scoreBelowTarget warned: below the target score: saas 62.5 < 80"
      ])
    #expect(
      try Self.gates("scoreBelowTarget: fail", short) == [
        "scoreBelowTarget failed: below the target score: saas 62.5 < 80"
      ])
    #expect(
      try Self.gates("scoreBelowTarget: fail") == [
        "scoreBelowTarget passed: every tracked initiative reaches its target"
      ])
  }

  @Test("a score that reaches its target exactly passes")
  func exactTarget() throws {
    var world = Self.world(short: 20)
    world.replace("newNotCompliant: off", with: "scoreBelowTarget: fail")
    world.replace("targetScore: 80", with: "targetScore: 85")
    #expect(try world.plan().gates.map(\.outcome) == [.passed])
  }

  @Test("an expired exception")
  func expired() throws {
    #expect(
      try Self.gates("expiredException: fail") {
        $0.declare(World.exception(expires: "2026-05-31"))
      } == ["expiredException failed: expired; renew or delete: e (2026-05-31)"])
    #expect(
      try Self.gates("expiredException: warn") {
        $0.declare(World.exception(expires: "2026-06-01"))
      } == ["expiredException passed: no exception has expired"])
  }

  // MARK: Statuses

  @Test(
    "of several exceptions for one recommendation the strongest claim counts",
    arguments: [
      (["planned", "riskAccepted"], Status.riskAccepted),
      (["planned", "resolvedThroughAlternateMitigation"], .resolvedThroughAlternateMitigation),
      (["riskAccepted", "resolvedThroughThirdParty"], .resolvedThroughThirdParty),
      (["planned"], .planned),
      ([], .toAddress),
    ])
  func strongest(statuses: [String], expected: Status) throws {
    var world = World()
    world.change { $0.policies = [Self.policy("a", 8, ["x"])] }
    for (index, status) in statuses.enumerated() {
      world.declare(World.exception("e\(index)", status: status))
    }
    #expect(try world.plan().result("okta-length")?.status == expected)
  }

  @Test("a recommendation is planned when plans cover every affected resource")
  func planned() throws {
    var world = World()
    world.change { $0.policies = [Self.policy("a", 8, ["x"]), Self.policy("b", 9, ["x"])] }
    world.declare(World.exception(status: "planned", resources: "resource.id == \"a\""))
    #expect(try world.plan().result("okta-length")?.status == .toAddress)
    world.declare(World.exception("f", status: "planned", resources: "resource.id == \"b\""))
    let plan = try world.plan()
    #expect(plan.result("okta-length")?.status == .planned)
    #expect(plan.initiatives.first?.score.score == Fraction(25))
    #expect(plan.initiatives.first?.score.plannedScore == Fraction(100))
  }

  @Test("compliant is completed whatever was decided; not applicable has no status")
  func decidedInVain() throws {
    var world = World()
    world.declare(World.exception())
    world.change { $0.users = [] }
    let plan = try world.plan()
    #expect(plan.result("okta-length")?.status == .completed)
    #expect(plan.result("okta-length")?.exception == nil)
    #expect(plan.result("okta-mfa")?.status == nil)
    #expect(plan.exceptions.map(\.state) == [.unused])
  }

  // MARK: Times

  @Test("since is when the compliance was first observed, however often it is observed again")
  func since() throws {
    var world = World()
    var recorded = try world.recorded()
    world.change { $0.observedAt = "2026-06-01T08:00:00Z" }
    world.now = "2026-06-01T09:00:00Z"
    #expect(
      try world.plan(after: recorded).result("okta-length")?.since?.description
        == "2026-06-01T06:00:00Z")
    recorded = try world.recorded(after: recorded)
    world.change { tenant in
      tenant.policies = [Self.policy("a", 8, ["x"])]
      tenant.observedAt = "2026-06-01T10:00:00Z"
    }
    let plan = try world.plan(after: recorded)
    #expect(plan.result("okta-length")?.since?.description == "2026-06-01T10:00:00Z")
    #expect(plan.result("okta-mfa")?.since?.description == "2026-06-01T06:00:00Z")
  }

  @Test(
    "a link to where it is fixed has the instance's parameters filled in, or is none",
    arguments: [
      ("https://{domain}/admin", "https://eu.okta.com/admin"),
      ("https://{domain}/admin/{other}", nil),
    ])
  func manage(link: String, filled: String?) throws {
    var world = World()
    world.replaceInCatalog(
      "title: Require long passwords", with: "title: Require long passwords\n  manage: \(link)")
    #expect(try world.plan().result("okta-length")?.manage == filled)
  }

  // MARK: Order

  @Test("the same inputs give the same bytes, however they are ordered")
  func determinism() throws {
    var world = Self.world(short: 7)
    world.declare(World.exception(resources: "resource.id == \"p101\""))
    world.declare(World.exception("f", recommendation: "okta-threat"))
    world.replace("recommendations: off", with: "recommendations: on")
    world.change("okta-us") { $0.settings = [["mode": "audit"]] }
    let bytes = JSONReport.plan(try world.plan())
    #expect(bytes == JSONReport.plan(try world.plan()))
    var shuffled = world
    shuffled.desired = world.desired.split(separator: "---\n").reversed()
      .map { $0.hasSuffix("\n") ? String($0) : $0 + "\n" }.joined(separator: "---\n")
    var random = Random(seed: 1)
    shuffled.change { tenant in
      tenant.policies.shuffle(using: &random)
      tenant.users.shuffle(using: &random)
    }
    var plan = try shuffled.plan()
    let original = try world.plan()
    // The order of resources is a fact of the observation, so its digest is another; nothing else is.
    plan.instances = zip(plan.instances, original.instances).map { shuffled, original in
      shuffled.observed(as: original)
    }
    #expect(
      String(decoding: JSONReport.plan(plan), as: UTF8.self)
        == String(decoding: bytes, as: UTF8.self))
  }
}

extension InstancePlan {
  /// The same with another's digest of the observation.
  fileprivate func observed(as other: InstancePlan) -> InstancePlan {
    var observed = self
    observed.state.observationDigest = other.observationDigest
    return observed
  }
}
