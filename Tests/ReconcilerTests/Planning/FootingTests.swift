import JSON
import Posture
import TestSupport
import Testing
import YAML

@testable import Observation
@testable import Reconciler

/// What counts of an instance: what was observed, what is recorded, or nothing.
@Suite struct FootingTests {
  private static func instance(_ source: String, maxAge: String? = nil) throws -> Instance {
    let declared = Declared(
      Declare.instance("okta-eu", maxAge.map { "maxAge: \($0)" }, source: source),
      catalog: World.catalog)
    return try #require(declared.state.instances.first, "\(declared.diagnostics)")
  }

  @Test(
    "every source has an age of its own, and older data is stale",
    arguments: [
      ("api: { parameters: { domain: eu.okta.com } }", 2),
      ("recorded: { path: observed/okta-eu }", 7),
      ("export: { format: scubagear, path: exports/okta.json }", 7),
    ])
  func defaults(source: String, days: Int) throws {
    let instance = try? Self.instance(source)
    guard let instance else { return #expect(source.hasPrefix("export")) }
    let observed = try #require(Instant("2026-06-01T00:00:00Z"))
    func isTooOld(after seconds: Int) -> Bool {
      instance.sources[0].isTooOld(
        observedAt: observed, now: Instant(secondsSince1970: observed.secondsSince1970 + seconds))
    }
    #expect(!isTooOld(after: days * 86_400))
    #expect(isTooOld(after: days * 86_400 + 1))
  }

  @Test(
    "a job that comes once in half of maxAge finds its own record due, a little early or late",
    arguments: [
      (minutes: 0, isDue: true), (minutes: -30, isDue: true), (minutes: 90, isDue: true),
      (minutes: -61, isDue: false), (minutes: -600, isDue: false),
    ])
  func due(minutes: Int, isDue: Bool) throws {
    let instance = try Self.instance("api: {}")
    let observed = try #require(Instant("2026-06-01T02:00:00Z"))
    let night = Instant(secondsSince1970: observed.secondsSince1970 + 86_400 + minutes * 60)
    #expect(instance.sources[0].isDue(observedAt: observed, now: night) == isDue)
  }

  /// A world whose one instance is recorded at seven.
  private static func recorded() throws -> (World, Snapshot) {
    let world = World()
    return (world, try world.recorded())
  }

  @Test("whoever has the branch alone sees what is recorded, until maxAge")
  func branchAlone() throws {
    var (world, recorded) = try Self.recorded()
    world.absent = true
    let plan = try world.plan(after: recorded)
    #expect(plan.changes.isEmpty)
    #expect(plan.instances.first?.staleReason == nil)
    #expect(plan.result("okta-length")?.decision.compliance == .compliant)

    world.now = "2026-06-02T06:30:00Z"
    let late = try world.plan(after: recorded)
    #expect(
      late.instances.first?.staleReason
        == .tooOld(try #require(Instant("2026-06-01T06:00:00Z")), maxAge: 86_400))
    #expect(late.result("okta-length")?.decision.compliance == .unknown)
    #expect(
      late.lines.contains(
        "observationStale [observation] okta-eu: the last observation, of 2026-06-01T06:00:00Z, is older than maxAge 1d"
      ))
  }

  @Test("nothing recorded and nothing observed says so")
  func never() throws {
    var world = World()
    world.absent = true
    let plan = try world.plan()
    #expect(plan.instances.first?.staleReason == .neverObserved)
  }

  @Test("a failure after the observation is told at once, and changes no verdict until maxAge")
  func failure() throws {
    var (world, recorded) = try Self.recorded()
    world.fail(.refusedCredentials, "no such token", at: "2026-06-01T06:59:00Z")
    let plan = try world.plan(after: recorded)
    #expect(plan.lines == ["observationStale [observation] okta-eu: refused: no such token"])
    #expect(plan.result("okta-length")?.decision.compliance == .compliant)
    #expect(plan.wouldCommit)

    // Once recorded, the same trouble in other words is no news; another one is.
    let after = try plan.recorded()
    world.fail(.refusedCredentials, "no such token (request 17)", at: "2026-06-01T06:59:30Z")
    let same = try world.plan(after: after)
    #expect(same.changes.isEmpty && !same.wouldCommit)
    world.fail(.unreachable, "no route", at: "2026-06-01T06:59:40Z")
    #expect(
      try world.plan(after: after).lines
        == ["observationStale [observation] okta-eu: unreachable: no route"])
  }

  @Test("a failure before the observation says nothing any more")
  func overtaken() throws {
    var (world, recorded) = try Self.recorded()
    world.fail(.refusedCredentials, "no such token", at: "2026-06-01T05:00:00Z")
    #expect(try world.plan(after: recorded).changes.isEmpty)
  }

  @Test("that there are no credentials here is no news of the tenant while what is known counts")
  func noCredentials() throws {
    var (world, recorded) = try Self.recorded()
    world.absent = true
    world.fail(.noCredentials, "set X", at: "2026-06-01T06:59:00Z")
    #expect(try world.plan(after: recorded).instances.first?.staleReason == nil)
    world.now = "2026-06-03T07:00:00Z"
    #expect(
      try world.plan(after: recorded).instances.first?.staleReason
        == .notObserved(Fault(.noCredentials, "set X")))
  }

  @Test("drift that was seen before the failure is told with it")
  func drift() throws {
    var (world, recorded) = try Self.recorded()
    world.change {
      $0.policies[0] = World.Tenant.policy("a", 8)
      $0.observedAt = "2026-06-01T06:30:00Z"
    }
    world.fail(.throttled, "429", at: "2026-06-01T06:59:00Z")
    let plan = try world.plan(after: recorded)
    #expect(plan.changes.contains { $0.type == .drift && $0.setting == "minLength" })
    #expect(plan.changes.contains { $0.type == .regressed })
    #expect(plan.instances.first?.staleReason == .notObserved(Fault(.throttled, "429")))
  }
}
