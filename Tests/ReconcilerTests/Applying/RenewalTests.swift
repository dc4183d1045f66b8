import JSON
import Posture
import Reconciler
import TestSupport
import Testing

/// A newer look at the same posture: no change, and no commit until the record grows old.
@Suite struct RenewalTests {
  static let reports = "plumb/reports"

  /// A company whose observations count for a day.
  static func company() throws -> Company {
    let company = try Company()
    let aged = Company.instances.replacing("maxAge: 100000d", with: "maxAge: 24h")
    try company.scratch.commit(["desired-state/instances.yaml": aged])
    return company
  }

  static func subject(_ company: Company) throws -> String {
    try company.scratch.git("log", "-1", "--format=%s", reports)
  }

  @Test("observed again within half of maxAge is nothing to record, and says when it will be")
  func within() async throws {
    let company = try Self.company()
    try await company.apply()
    try company.observe(at: "2026-06-01T12:00:00Z")
    let request = try company.request(at: "2026-06-01T17:00:00Z")
    let plan = try await Workspace(request).plan().plan
    #expect(!plan.hasChanges)
    #expect(!plan.wouldCommit)
    #expect(plan.renewal.next?.instance == "acme-eu")
    #expect(plan.renewal.next?.from == Instant("2026-06-01T18:00:00Z"))
    #expect(try await company.apply(request) == nil)
    #expect(try company.scratch.git("rev-list", "--count", Self.reports) == "1")
  }

  @Test("beyond half of maxAge the record is renewed by a commit that says so, and nothing changed")
  func beyond() async throws {
    let company = try Self.company()
    try await company.apply()
    try company.observe(at: "2026-06-01T18:30:00Z")
    let request = try company.request(at: "2026-06-01T19:00:00Z")
    let plan = try await Workspace(request).plan().plan
    #expect(!plan.hasChanges)
    #expect(plan.wouldCommit)
    #expect(try await company.apply(request) != nil)
    #expect(try Self.subject(company) == "Ours 100.0; nothing changed, acme-eu renewed")
    let message = try company.scratch.git("log", "-1", "--format=%B", Self.reports)
    #expect(
      message.contains(
        "\n\nRenewed acme-eu: observed at 2026-06-01T06:00:00Z, and again at 2026-06-01T18:30:00Z.\n\nDesired-State: "
      ))
    // It is new again.
    #expect(try await company.apply(request) == nil)
  }

  @Test("observations that count for centuries are renewed with the next change, all of them")
  func never() async throws {
    let company = try Company()
    try await company.apply()
    try company.observe(at: "2026-07-01T06:00:00Z")
    #expect(try await company.apply(at: "2026-07-01T07:00:00Z") == nil)
    try company.observe("acme-us", mfa: 2, at: "2026-07-02T06:00:00Z")
    #expect(try await company.apply(at: "2026-07-02T07:00:00Z") != nil)
    let state = try company.scratch.git("show", "\(Self.reports):reports/state.json")
    #expect(state.contains("2026-07-01T06:00:00Z"))
    #expect(state.contains("2026-07-02T06:00:00Z"))
  }

  @Test("one more resource that is judged alike is no change; one that moves the score is")
  func counts() async throws {
    let company = try Company()
    try await company.apply()
    func observe(_ users: Int, mfa: Int, at time: String) throws {
      let observation = StoredObservation(
        instance: "acme-eu", app: "acme", observedAt: time,
        [
          "users": (0..<users).map { ["id": .string("user-\($0)"), "mfa": .bool($0 < mfa)] },
          "policies": [["id": "default", "idle": 15]],
        ])
      try company.scratch.write(observation, to: "repository/observed/acme-eu")
    }
    // The settings of users are recorded: a new one is told, and so is one that goes.
    try observe(4, mfa: 4, at: "2026-06-02T06:00:00Z")
    let plan = try await Workspace(company.request(at: "2026-06-02T07:00:00Z")).plan().plan
    #expect(plan.changes.map(\.type) == [.resourceAdded])
    try await company.apply(at: "2026-06-02T07:00:00Z")
    try observe(4, mfa: 4, at: "2026-06-03T06:00:00Z")
    #expect(try await company.apply(at: "2026-06-03T07:00:00Z") == nil)
  }

  @Test("a definition that says the same in other words is recorded, and changes nothing")
  func reworded() async throws {
    let company = try Company()
    try await company.apply()
    try company.scratch.commit([
      "desired-state/acme.yaml": Company.connector.replacing(
        "title: Require a second factor", with: "title: Ask for a second factor")
    ])
    let plan = try await Workspace(company.request(at: "2026-06-02T07:00:00Z")).plan().plan
    #expect(!plan.hasChanges)
    #expect(plan.renewal.isReworded)
    #expect(try await company.apply(at: "2026-06-02T07:00:00Z") != nil)
    #expect(try Self.subject(company) == "Ours 100.0; nothing changed, definitions renewed")
    #expect(try await company.apply(at: "2026-06-02T08:00:00Z") == nil)
  }

  @Test("what is held as suspect is recorded once, and told every time")
  func suspect() throws {
    var world = World()
    let first = try world.recorded()
    world.change {
      $0.users = []
      $0.policies = []
    }
    let plan = try world.plan(after: first)
    #expect(plan.changes.map(\.type) == [.suspect])
    #expect(plan.wouldCommit)
    let again = try world.plan(after: plan.recorded())
    #expect(again.changes.map(\.type) == [.suspect])
    #expect(!again.wouldCommit)
  }
}
