import JSON
import Posture
import TestSupport
import Testing

@testable import Reports

/// Messages about a plan, in every form.
@Suite("Notifications")
struct NotificationTests {
  static func settings(
    _ topics: [Settings.Topic] = Settings.Topic.allCases, minImpact: Impact? = nil
  ) -> Settings {
    var settings = Settings()
    settings.notifications = [
      Settings.Notification(to: "security", on: topics, minImpact: minImpact)
    ]
    return settings
  }

  static func message(
    _ plan: Plan, _ topics: [Settings.Topic] = Settings.Topic.allCases, minImpact: Impact? = nil,
    commit: String? = "0123456789abcdef0123456789abcdef01234567"
  ) -> NotificationMessage? {
    NotificationMessage.all(
      of: plan, settings: settings(topics, minImpact: minImpact),
      links: SourceLinks(remote: "git@github.com:contoso/posture.git", revision: commit)
    ).first
  }

  static func text(_ message: NotificationMessage, _ form: Settings.NotificationForm) -> String {
    String(decoding: message.body(form, sentAt: Sample.now), as: UTF8.self)
  }

  static func json(_ message: NotificationMessage, _ form: Settings.NotificationForm) throws
    -> JSONValue
  {
    JSONValue(try JSONView(parsing: message.body(form, sentAt: Sample.now)))
  }

  @Test("a webhook is told what, what was expected, how to fix it, and where it is read")
  func webhook() throws {
    let message = try #require(Self.message(Sample.eventful, [.regressed]))
    let event = try Self.json(message, .webhook)
    #expect(event["specversion"] == "1.0")
    #expect(event["type"] == "plumb.posture.changed")
    #expect(event["source"] == "https://github.com/contoso/posture")
    #expect(event["time"] == "2026-06-01T06:00:00Z")
    let notices = try #require(event["data"]?["notices"]?.array)
    #expect(notices.map { $0["state"]?.string } == ["firing", "resolved"])
    let first = notices[0]
    #expect(
      first["title"]
        == "Not compliant: Require passwords of at least 14 characters, on Okta Contoso EU (okta-contoso-eu)"
    )
    #expect(first["impact"] == "high")
    #expect(first["detail"] == "was compliant, the tenant changed")
    #expect(first["settings"]?[0]?["name"] == "minLength")
    #expect(first["settings"]?[0]?["found"] == "8")
    #expect(
      first["remedy"]
        == [
          "1. Open **Security > Authenticators**.", "2. Set **Minimum length** to 14 or more.",
        ])
    #expect(first["console"] == "https://contoso-eu.okta.com/admin/access/authenticators")
    #expect(
      first["page"]
        == "https://github.com/contoso/posture/blob/0123456789abcdef0123456789abcdef01234567/reports/instances/okta-contoso-eu/README.md#okta-password-minimum-length"
    )
    #expect(
      notices[1]["title"]
        == "Resolved: Require multifactor authentication, on Okta Contoso EU (okta-contoso-eu)")
    #expect(event["data"]?["more"]?["total"] == 0)
  }

  @Test("only what was asked for is told, and only of the impact that was asked for")
  func topics() throws {
    var plan = Sample.eventful
    plan.events = []
    #expect(Self.message(plan, [.scoreDropped]) == nil)
    #expect(Self.message(Sample.eventful, [.scoreDropped])?.notices.count == 1)
    #expect(Self.message(Sample.quiet) == nil)
    for notice in Self.message(Sample.first, minImpact: .high)?.notices ?? [] {
      #expect(notice.impact.map { $0 == .high } ?? true)
    }
    let all = try #require(Self.message(Sample.first, [.newNotCompliant]))
    let high = try #require(Self.message(Sample.first, [.newNotCompliant], minImpact: .high))
    #expect(high.notices.count < all.notices.count)
    #expect(all.notices.first?.impact == .high)
  }

  @Test("the worst ten are told, the rest is counted; an Alertmanager gets each")
  func many() throws {
    let plan = Self.failing(300)
    let message = try #require(Self.message(plan, [.newNotCompliant]))
    #expect(message.notices.count == 300)
    let event = try Self.json(message, .webhook)
    #expect(event["data"]?["notices"]?.array?.count == 10)
    #expect(event["data"]?["more"]?["total"] == 290)
    #expect(Self.text(message, .slack).contains("and 290 more: not compliant"))
    #expect(try Self.json(message, .alertmanager).array?.count == 300)
    let flood = try #require(Self.message(Self.failing(1_200), [.newNotCompliant]))
    #expect(try Self.json(flood, .alertmanager).array?.count == 1_000)
    #expect(flood.unfiled == 200)
  }

  /// A plan in which so many recommendations are not met that nothing was recorded of.
  static func failing(_ count: Int) -> Plan {
    let plan = Sample.quiet
    var after = plan.after
    guard var instance = after.instances["okta-contoso-us"],
      let sample = instance.results["okta-password-minimum-length"]
    else { return plan }
    instance.results = ByName(
      (0..<count).map { number in
        var result = sample
        result.name = "r\(number + 1_000_000)"
        return result
      })
    after.instances[instance.name] = instance
    var before = plan.before
    instance.results = ByName([])
    before.instances[instance.name] = instance
    return Plan(
      Comparison(
        from: before, to: after,
        scores: Comparison.Scores(before: before.scores, after: after.scores),
        at: plan.at, changes: [], desired: Sample.desired),
      desired: plan.desired, recordedRevision: plan.recordedRevision)
  }

  @Test("what is over has the labels of what began, and an end that has passed")
  func alerts() throws {
    let (before, after) = (Sample.quiet.before, Sample.quiet.after)
    var healed = after
    for instance in after.instances {
      var instance = instance
      instance.results = ByName(
        instance.results.map { result in
          var result = result
          guard result.decision.compliance == .notCompliant else { return result }
          result.decision = Sample.decision(Sample.whole(.compliant), .completed)
          return result
        })
      healed.instances[instance.name] = instance
    }
    func alerts(_ from: Snapshot, _ to: Snapshot) throws -> [JSONValue] {
      var plan = Sample.quiet
      plan.comparison = Comparison(
        from: from, to: to, scores: Comparison.Scores(before: from.scores, after: to.scores),
        at: Sample.now, changes: [], desired: Sample.desired)
      let message = try #require(Self.message(plan, [.regressed, .newNotCompliant]))
      return try #require(try Self.json(message, .alertmanager).array)
    }
    let began = try alerts(healed, before)
    let over = try alerts(before, healed)
    #expect(!began.isEmpty)
    #expect(Set(began.compactMap { $0["labels"] }) == Set(over.compactMap { $0["labels"] }))
    for alert in began {
      #expect(alert["startsAt"] == "2026-06-01T06:00:00Z")
      #expect(alert["endsAt"] == "2027-06-01T06:00:00Z")
    }
    for alert in over {
      #expect(alert["startsAt"] == nil)
      #expect(alert["endsAt"] == "2026-06-01T06:00:00Z")
    }
  }

  @Test(
    "one message is the same in key, identity and first line, whatever counts, values and times are",
    arguments: 0..<40)
  func stable(seed: Int) throws {
    var random = Random(seed: UInt64(seed))
    let (before, after) = (Self.random(&random), Self.random(&random))
    let plan = Sample.plan(after, before: before)
    let other = Self.jittered(plan, by: &random)
    guard let one = Self.message(plan, Self.lasting) else {
      #expect(Self.message(other, Self.lasting) == nil)
      return
    }
    let two = try #require(Self.message(other, Self.lasting))
    #expect(one.notices.map(\.key) == two.notices.map(\.key))
    #expect(one.notices.map(\.title) == two.notices.map(\.title))
    #expect(one.firstLine == two.firstLine)
    #expect(one.id == two.id)
    #expect(Set(one.notices.map(\.key)).count == one.notices.count)
    // Whatever begins and is over within the same two reports the other way round has other keys.
    if let back = Self.message(Sample.plan(before, before: after), Self.lasting) {
      #expect(Set(back.notices.map(\.key)).isDisjoint(with: one.notices.map(\.key)))
    }
    for form in Settings.NotificationForm.allCases {
      _ = try JSONView(parsing: one.body(form, sentAt: Sample.now))
    }
  }

  private static let lasting: [Settings.Topic] = [
    .regressed, .newNotCompliant, .suspect, .unobserved,
  ]

  private static func random(_ random: inout Random) -> [String: [String: Verdict]] {
    var verdicts: [String: [String: Verdict]] = [:]
    for instance in Sample.after.keys.sorted() {
      for name in (Sample.after[instance] ?? [:]).keys.sorted() {
        let compliance = Compliance.allCases.randomElement(using: &random) ?? .compliant
        if Int.random(in: 0..<8, using: &random) == 0 { continue }
        verdicts[instance, default: [:]][name] = Sample.whole(compliance)
      }
    }
    return verdicts
  }

  /// The same with other counts and values of what is found, at another time.
  private static func jittered(_ plan: Plan, by random: inout Random) -> Plan {
    var after = plan.after
    for instance in after.instances {
      var instance = instance
      instance.observedAt = Sample.now.adding(seconds: Int.random(in: 0..<9_999, using: &random))
      instance.staleReason = instance.staleReason.map { _ in
        .notObserved(
          Fault(.failed, "the API answered \(Int.random(in: 500..<600, using: &random))"))
      }
      instance.results = ByName(
        instance.results.map { result in
          var result = result
          result.verdict.affectedCount = Int.random(in: 0..<99, using: &random)
          result.decision.affectedCount = result.verdict.affectedCount
          result.decision.affected = [Sample.affected("x", "Some", 7)]
          return result
        })
      after.instances[instance.name] = instance
    }
    var other = plan
    other.comparison = Comparison(
      from: plan.before, to: after,
      scores: Comparison.Scores(before: plan.before.scores, after: after.scores),
      at: plan.at.adding(seconds: 777), changes: [], desired: Sample.desired)
    return other
  }
}
