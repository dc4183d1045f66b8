import JSON
import Posture
import Reports
import Testing

/// What is told of a plan's changes: transitions alone, each once.
@Suite("Transitions that are told")
struct TransitionTests {
  private static func notices(_ plan: Plan) -> [String] {
    NoticeMaker(plan.comparison, folder: "reports").notices().map {
      "\($0.isEcho ? "(" : "")\($0.state.rawValue) \($0.title)\($0.isEcho ? ")" : "")"
    }
  }

  private static let short = World.Tenant.policy("a", 8)

  @Test("what fails is told once, and when it is over")
  func failing() throws {
    var world = World()
    let first = try world.recorded()
    world.change { $0.policies[0] = Self.short }
    let plan = try world.plan(after: first)
    #expect(
      Self.notices(plan) == [
        "firing Not compliant: Require long passwords, on okta-eu",
        "firing Target missed: SaaS Security",
        "event Drift: Require long passwords, on okta-eu",
        "event Score dropped: SaaS Security", "event Score dropped: SaaS Security, Passwords",
      ])
    #expect(Self.notices(try world.plan(after: plan.recorded())) == [])
    world.change { $0.policies[0] = World.Tenant.policy("a", 14) }
    #expect(
      Self.notices(try world.plan(after: plan.recorded())).contains(
        "resolved Resolved: Require long passwords, on okta-eu"))
  }

  @Test("what is accepted is over, and fails again when the exception ends")
  func accepted() throws {
    var world = World()
    world.change { $0.policies[0] = Self.short }
    let failing = try world.recorded()
    world.declare(World.exception(expires: "2026-06-30"))
    let accepted = try world.plan(after: failing)
    #expect(
      Self.notices(accepted) == ["resolved Resolved: Require long passwords, on okta-eu"])
    world.now = "2026-07-01T07:00:00Z"
    world.change { $0.observedAt = "2026-07-01T06:00:00Z" }
    #expect(
      Self.notices(try world.plan(after: accepted.recorded())) == [
        "firing Not compliant: Require long passwords, on okta-eu",
        "firing Exception expired: e",
      ])
  }

  @Test("losing sight of what fails resolves nothing")
  func lostSight() throws {
    var world = World()
    world.change { $0.policies[0] = Self.short }
    let failing = try world.recorded()
    world.change {
      $0.incomplete = [
        CollectionSummary(
          name: "policies", state: .denied, count: 0, fault: Fault(.denied, "HTTP 403"))
      ]
    }
    let blind = try world.plan(after: failing)
    #expect(!Self.notices(blind).contains { $0.contains("Require long passwords") })
    world.change {
      $0.incomplete = []
      $0.policies[0] = World.Tenant.policy("a", 14)
    }
    // Those who keep the state hear of it; to others it was never over.
    #expect(
      Self.notices(try world.plan(after: blind.recorded())).contains(
        "(resolved Resolved: Require long passwords, on okta-eu)"))
  }

  @Test("an instance that goes takes what failed with it")
  func gone() throws {
    var world = World()
    world.change { $0.policies[0] = Self.short }
    let failing = try world.recorded()
    world.replace("recommendations: on", with: "recommendations: off")
    #expect(
      Self.notices(try world.plan(after: failing)).contains(
        "resolved Resolved: Require long passwords, on okta-eu"))
  }

  @Test("a vendor's outage is one notice for the app, when it begins and when it ends")
  func outage() throws {
    var world = World()
    world.replace("recommendations: off\n", with: "recommendations: on\n")
    world.tenants["okta-us"] = World.Tenant()
    let first = try world.recorded()
    world.missing = ["okta-eu": "the API answered 503", "okta-us": "the API answered 503"]
    world.now = "2026-06-01T08:00:00Z"
    let out = try world.plan(after: first)
    #expect(Self.notices(out) == ["firing Not observed: Okta"])
    // One comes back, the other not yet: it is the same outage.
    world.missing["okta-eu"] = nil
    let half = try world.plan(after: out.recorded())
    #expect(
      Self.notices(half).filter { !$0.hasPrefix("(") } == [])
    world.missing = [:]
    #expect(
      Self.notices(try world.plan(after: half.recorded())).filter { !$0.hasPrefix("(") } == [
        "resolved Resolved: Okta"
      ])
  }

  /// A step of a course: what changes, and what is told of what lasts.
  private typealias Step = (change: (inout World) -> Void, told: [String])

  /// Follows a course, each step recorded before the next; of a run that changes nothing, nothing is told.
  ///
  /// - Parameter subject: Whom what is told is about; what happens, and does not last, is left out, and so are echoes.
  private static func follow(
    _ subject: String, _ steps: [Step], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    var world = World()
    var recorded = try world.recorded()
    for (number, step) in steps.enumerated() {
      step.change(&world)
      let plan = try world.plan(after: recorded)
      let told = notices(plan).filter {
        $0.hasSuffix(": \(subject)") && !$0.hasPrefix("event ")
      }
      #expect(told == step.told, "step \(number)", sourceLocation: sourceLocation)
      recorded = try plan.recorded()
      let again = notices(try world.plan(after: recorded))
      #expect(again == [], "step \(number), unchanged", sourceLocation: sourceLocation)
    }
  }

  /// Observed on a day, as it was.
  private static func day(_ day: String) -> (inout World) -> Void {
    {
      $0.now = "\(day)T07:00:00Z"
      $0.change { $0.observedAt = "\(day)T06:00:00Z" }
    }
  }

  @Test("what somebody has to act on is told of its instance, and when it is seen again")
  func unobserved() throws {
    try Self.follow(
      "okta-eu",
      [
        (
          { $0.fail(.refusedCredentials, "HTTP 401", at: "2026-06-01T06:30:00Z") },
          ["firing Not observed: okta-eu"]
        ),
        // Refused again, later, is the same.
        ({ $0.fail(.refusedCredentials, "HTTP 401", at: "2026-06-01T06:40:00Z") }, []),
        (
          {
            $0.failures = [:]
            $0.change { $0.observedAt = "2026-06-01T06:50:00Z" }
          }, ["resolved Resolved: okta-eu"]
        ),
      ])
  }

  @Test("an outage and a way back are told once each, as often as they come")
  func outageAgain() throws {
    let out: Step = ({ $0.missing = ["okta-eu": "HTTP 503"] }, ["firing Not observed: Okta"])
    let back: Step = ({ $0.missing = [:] }, ["resolved Resolved: Okta"])
    try Self.follow("Okta", [out, back, out, back])
  }

  @Test("a target is told when it is missed, and when it is met, however far it is missed")
  func target() throws {
    try Self.follow(
      "SaaS Security",
      [
        ({ $0.change { $0.policies[0] = Self.short } }, ["firing Target missed: SaaS Security"]),
        ({ $0.change { $0.policies[1] = World.Tenant.policy("b", 8) } }, []),
        (
          { $0.change { $0.policies = World.Tenant().policies } },
          ["resolved Resolved: SaaS Security"]
        ),
      ])
  }

  @Test("an exception is told when it is about to end, when it ended, and when it was renewed")
  func exception() throws {
    try Self.follow(
      "e",
      [
        (
          {
            $0.change { $0.policies[0] = Self.short }
            $0.declare(World.exception(expires: "2026-06-30"))
          }, []
        ),
        (Self.day("2026-06-10"), []),
        (Self.day("2026-06-20"), ["firing Exception ends soon: e"]),
        (Self.day("2026-06-25"), []),
        (
          Self.day("2026-07-01"), ["firing Exception expired: e", "resolved Resolved: e"]
        ),
        (Self.day("2026-07-05"), []),
        (
          { $0.replace("2026-06-30", with: "2026-12-31") }, ["resolved Resolved: e"]
        ),
      ])
  }

  @Test("an exception that is deleted before it ends has nothing that goes on")
  func deletedException() throws {
    let document = World.exception(expires: "2026-06-30")
    try Self.follow(
      "e",
      [
        (
          {
            $0.change { $0.policies[0] = Self.short }
            $0.declare(document)
          }, []
        ),
        (Self.day("2026-06-20"), ["firing Exception ends soon: e"]),
        ({ $0.replace("---\n" + document, with: "") }, ["resolved Resolved: e"]),
      ])
  }

  @Test("an observation that is not believed is told once, and when it is believed again")
  func suspect() throws {
    var world = World()
    let first = try world.recorded()
    world.change {
      $0.users = []
      $0.policies = []
    }
    let held = try world.plan(after: first)
    #expect(Self.notices(held) == ["firing Held as suspect: okta-eu"])
    #expect(held.wouldCommit)
    #expect(Self.notices(try world.plan(after: held.recorded())) == [])
    world.tenants["okta-eu"] = World.Tenant()
    #expect(Self.notices(try world.plan(after: held.recorded())) == ["resolved Resolved: okta-eu"])
  }
}
