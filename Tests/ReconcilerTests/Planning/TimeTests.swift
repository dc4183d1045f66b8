import JSON
import Posture
import Reconciler
import Reports
import TestSupport
import Testing
import YAML

/// The clock judges otherwise, or the tenant changed: told apart.
@Suite struct TimeTests {
  static let idle = """
    ---
    apiVersion: plumb/v1
    kind: Recommendation
    metadata: { name: okta-idle }
    spec:
      app: okta
      title: Disable who never signs in
      impact: low
      category: identity
      variables: { limit: 'now - duration("240h")' }
      collection: users
      compliant: timestamp(resource.seen) > variables.limit
      label: resource.id
      settings: { hours: '(now - timestamp(resource.seen)).getHours()', mfa: resource.mfa }
      remediation: Do it.

    """

  static func user(_ id: String, seen: String, mfa: Bool = true) -> JSONValue {
    ["id": .string(id), "mfa": .bool(mfa), "seen": .string(seen)]
  }

  /// Two users, of whom `ada` has been away for nine days.
  static func world() -> World {
    var world = World()
    world.catalog += Self.idle
    world.replace("maxAge: 24h", with: "maxAge: 90d")
    world.change {
      $0.users = [
        user("ada", seen: "2026-05-23T07:00:00Z"), user("bob", seen: "2026-05-31T07:00:00Z"),
      ]
    }
    return world
  }

  @Test("the same tenant, judged two days later: time passed, and no setting drifts")
  func passed() throws {
    var world = Self.world()
    let recorded = try world.recorded()
    world.now = "2026-06-03T07:00:00Z"
    world.change { $0.observedAt = "2026-06-03T06:00:00Z" }
    let plan = try world.plan(after: recorded)
    #expect(
      plan.lines == [
        "regressed [time] okta-eu/okta-idle: 1 of 2 affected",
        "affectedAdded [time] okta-eu/okta-idle/ada: now affected",
      ])
    #expect(plan.scoreLines == ["scoreChanged [time] okta-eu: 100.0 → 94.7: time passed"])
    for text in [
      TextReport.plan(plan),
      String(decoding: SARIFReport.plan(plan, version: "1.2.3"), as: UTF8.self),
      String(decoding: JUnitReport.plan(plan), as: UTF8.self),
      MarkdownReport.plan(plan),
    ] {
      #expect(text.contains("time passed"))
      #expect(!text.contains("the tenant changed"))
    }
  }

  @Test("as long as nobody comes of age, nothing changed: the hours that passed are no drift")
  func quiet() throws {
    var world = Self.world()
    let recorded = try world.recorded()
    world.now = "2026-06-01T19:00:00Z"
    world.change { $0.observedAt = "2026-06-01T18:00:00Z" }
    #expect(try world.plan(after: recorded).changes.isEmpty)
  }

  @Test("a tenant that changed is told as one that changed")
  func changed() throws {
    var world = Self.world()
    let recorded = try world.recorded()
    world.now = "2026-06-01T19:00:00Z"
    world.change { $0.users[1] = Self.user("bob", seen: "2026-05-01T07:00:00Z", mfa: false) }
    let lines = try world.plan(after: recorded).lines
    #expect(lines.contains("regressed [drift] okta-eu/okta-idle: 1 of 2 affected"))
    #expect(lines.contains("affectedAdded [drift] okta-eu/okta-idle/bob: now affected"))
    #expect(lines.contains("drift [drift] okta-eu/okta-idle/bob/mfa: true → false"))
    #expect(lines.contains { $0.hasPrefix("drift [drift] okta-eu/okta-idle/bob/hours:") })
    #expect(!lines.contains { $0.contains("ada/hours") })
  }

  @Test("both at once: each resource has its own cause, and the score has both")
  func both() throws {
    var world = Self.world()
    world.change { $0.users.append(Self.user("eve", seen: "2026-05-01T07:00:00Z")) }
    let recorded = try world.recorded()
    world.now = "2026-06-03T07:00:00Z"
    world.change { $0.users[1] = Self.user("bob", seen: "2026-05-01T07:00:00Z") }
    let plan = try world.plan(after: recorded)
    #expect(plan.lines.contains("affectedAdded [time] okta-eu/okta-idle/ada: now affected"))
    #expect(plan.lines.contains("affectedAdded [drift] okta-eu/okta-idle/bob: now affected"))
    #expect(plan.scoreLines.contains { $0.hasSuffix(": the tenant changed; time passed") })
  }

  @Test("the digest of a judgement has the time in it where a condition reads it, and only there")
  func digest() throws {
    func digests(_ world: World, exception: String = "") throws -> Set<String> {
      var world = world
      if !exception.isEmpty { world.declare(exception) }
      let (state, compiled) = try world.state()
      let instance = try #require(state.instance("okta-eu"))
      return Set(
        try ["2026-06-01T07:00:00Z", "2026-06-02T07:00:00Z"].map {
          compiled.judgementDigest(of: instance, in: state, now: try #require(Instant($0)))
        })
    }
    #expect(try digests(World()).count == 1)
    #expect(try digests(Self.world()).count == 2)
    #expect(
      try digests(World(), exception: World.exception(resources: "timestamp(resource.until) > now"))
        .count == 2)
    #expect(
      try digests(World(), exception: World.exception(resources: "resource.id == 'a'")).count == 1)
  }

  @Test("two reports and a history say so too, without the observations")
  func reports() async throws {
    let company = try Company(adding: [
      "desired-state/acme.yaml": Company.connector.replacing(
        "compliant: resource.mfa\n",
        with: "compliant: resource.mfa && now < timestamp('2026-06-10T00:00:00Z')\n")
    ])
    try await company.apply()
    try await company.apply(at: "2026-06-11T07:00:00Z")
    let reader = try HistoryReader(
      DeclaredState.Location(repository: company.path))
    let difference = try reader.difference(from: "plumb/reports~1", to: nil)
    #expect(!difference.comparison.changes.isEmpty)
    #expect(difference.comparison.changes.allSatisfy { $0.cause == .time })
    let history = try await reader.recommendation("acme-mfa")
    #expect(history.ordered.map { $0.entries.last?.cause } == [.time, .time])
    let text = TextReport.history(history, source: reader.source)
    #expect(text.contains("regressed: compliant → notCompliant, 3 of 3 affected; time passed"))
  }

  @Test("a record of an earlier version is judged at the time of its commit")
  func older() async throws {
    let company = try Company(adding: [
      "desired-state/acme.yaml": Company.connector.replacing(
        "compliant: resource.mfa\n",
        with: "compliant: resource.mfa && now < timestamp('2026-06-10T00:00:00Z')\n")
    ])
    try await company.apply()
    let git = company.scratch
    try git.git("worktree", "add", "--quiet", "../old", "plumb/reports")
    for instance in ["acme-eu", "acme-us"] {
      let path = "old/reports/instances/\(instance)/state.json"
      let state = try git.git("show", "plumb/reports:reports/instances/\(instance)/state.json")
      #expect(state.contains("judgedAt"))
      let lines = state.split(separator: "\n").filter { !$0.contains("judgedAt") }
      try git.write(lines.joined(separator: "\n") + "\n", to: path)
    }
    try git.git("commit", "--quiet", "--all", "--amend", "--no-edit", in: "old")
    // The commit keeps the time that it was made at.
    try git.git(
      "rebase", "--quiet", "--force-rebase", "--committer-date-is-author-date", "--root", in: "old")
    try git.git("worktree", "remove", "../old")
    let plan = try await Workspace(company.request(at: "2026-06-11T07:00:00Z")).plan().plan
    #expect(Set(plan.changes.map(\.cause)) == [.time])
  }
}
