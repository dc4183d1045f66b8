import JSON
import Posture
import Reconciler
import Reports
import TestSupport
import Testing
import Text

/// An instance that is not to be observed for a time: seen to be so, and never taken for a healthy one.
@Suite("Suspended instances")
struct SuspensionTests {
  private static let reason = StaleReason.suspended(
    "It moves.", until: CalendarDate("2026-06-10") ?? .epoch)

  private static func suspended(_ world: World, until day: String = "2026-06-10") -> World {
    var world = world
    world.replace(
      "  maxAge: 24h\n",
      with: "  maxAge: 24h\n  suspend: { reason: It moves., until: \(day) }\n")
    return world
  }

  private static func gaps(_ plan: Plan) -> [Change] {
    plan.changes.filter {
      switch $0.what {
      case .stale, .restored: true
      default: false
      }
    }
  }

  @Test("what is known of it stands until maxAge, and earns nothing then")
  func stands() throws {
    let before = World()
    let recorded = try before.recorded()
    var world = Self.suspended(before)
    // Nobody looks any more, and a failure of another time is no reason beside this one.
    world.absent = true
    world.fail(.unreachable, "it does not answer", at: "2026-06-01T06:30:00Z")
    world.now = "2026-06-01T20:00:00Z"
    let plan = try world.plan(after: recorded)
    let instance = try #require(plan.instances.first)
    #expect(instance.staleReason == Self.reason)
    #expect(plan.wouldCommit)
    #expect(instance.results.allSatisfy { $0.decision.compliance == .compliant && $0.isStale })
    let told = Self.gaps(plan)
    #expect(told.map(\.cause) == [.desiredState])
    #expect(told.map { Phrases.reason(of: $0) } == ["suspended until 2026-06-10: It moves."])

    // The same again is no news, and what is recorded says it.
    let again = try plan.recorded()
    #expect(again.instances.first?.staleReason == Self.reason)
    #expect(try !world.plan(after: again).wouldCommit)

    world.now = "2026-06-03T07:00:00Z"
    let late = try world.plan(after: again)
    #expect(late.instances.first?.staleReason == Self.reason)
    #expect(
      try #require(late.instances.first).results.allSatisfy {
        $0.decision.compliance == .unknown
      })
    #expect(late.instances.first?.card.score == .zero)
  }

  @Test(
    "it ends by its last day, which is time that passed, or is taken back",
    arguments: [(false, Change.Cause.time), (true, .desiredState)])
  func ends(isTakenBack: Bool, cause: Change.Cause) throws {
    var world = Self.suspended(World())
    let recorded = try world.recorded()
    #expect(recorded.instances.first?.staleReason == Self.reason)
    world.now = "2026-06-10T23:59:59Z"
    world.change { $0.observedAt = "2026-06-10T23:00:00Z" }
    #expect(try world.plan(after: recorded).instances.first?.staleReason == Self.reason)
    world.now = "2026-06-11T00:00:00Z"
    if isTakenBack {
      world = {
        var world = World()
        world.tenants["okta-eu"]?.observedAt = "2026-06-10T23:00:00Z"
        world.now = "2026-06-11T00:00:00Z"
        return world
      }()
    }
    let plan = try world.plan(after: recorded)
    #expect(plan.instances.first?.staleReason == nil)
    #expect(Self.gaps(plan).map(\.cause) == [cause])
  }

  @Test("whoever reads the branch alone takes a suspension that is over for none")
  func branchAlone() throws {
    var world = Self.suspended(World(), until: "2026-06-01")
    let recorded = try world.recorded()
    world.absent = true
    world.now = "2026-06-02T00:00:00Z"
    #expect(try world.plan(after: recorded).instances.first?.staleReason == nil)
  }

  @Test(
    "a reason and a day are asked for",
    arguments: [
      "{ reason: It moves. }", "{ until: 2026-06-10 }", "{ reason: '', until: 2026-06-10 }",
      "{ reason: It moves., until: 2026-06-31 }", "{ reason: It moves., until: soon }", "yes",
      "{ reason: It moves., until: 2026-06-10, by: me }",
    ])
  func refused(_ text: String) {
    var world = World()
    world.replace("  maxAge: 24h\n", with: "  maxAge: 24h\n  suspend: \(text)\n")
    #expect(!world.isSound)
  }
}
