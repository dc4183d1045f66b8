import Connectors
import JSON
import Posture
import Text
import YAML

@testable import Reports

/// A small posture that has one of everything: the desired state is read from YAML, verdicts are
/// given by hand, scores are computed.
enum Sample {
  static let now = Instant("2026-06-01T06:00:00Z")!
  static let yesterday = Instant("2026-05-31T06:00:00Z")!

  static func recommendation(_ name: String) -> Recommendation { library.recommendations[name]! }

  /// What a tenant may call a policy.
  static let hostileLabel =
    "Kiosk|<b>x</b> @admin [a](javascript:x) `\u{1B}[31m\u{202E}\nz"

  // MARK: Verdicts

  static func resources(
    _ compliance: Compliance, counted: Int, affected: [AffectedResource] = [],
    settings: [ResourceSettings] = []
  ) -> Verdict {
    Verdict(
      compliance: compliance, counted: counted, compliantCount: counted - affected.count,
      affectedCount: affected.count, affected: affected, settings: settings)
  }

  static func whole(_ compliance: Compliance, reason: Reason? = nil) -> Verdict {
    Verdict(
      compliance: compliance, reason: reason,
      counted: compliance == .compliant || compliance == .notCompliant ? 1 : 0,
      compliantCount: compliance == .compliant ? 1 : 0)
  }

  static func length(_ id: String, _ label: String, _ length: Int64) -> ResourceSettings {
    ResourceSettings(id: id, label: label, values: [("minLength", .int(length))])
  }

  static func affected(_ id: String, _ label: String, _ length: Int64) -> AffectedResource {
    AffectedResource(id: id, label: label, settings: ["minLength": .int(length)])
  }

  static let before: [String: [String: Verdict]] = [
    "okta-contoso-eu": [
      "okta-password-minimum-length": resources(.compliant, counted: 3),
      "okta-mfa-required": whole(.notCompliant),
      "okta-session-lifetime": whole(.notCompliant),
      "okta-log-stream-active": whole(.compliant),
    ],
    "okta-contoso-us": after["okta-contoso-us"]!,
  ]

  static let after: [String: [String: Verdict]] = [
    "okta-contoso-eu": [
      "okta-password-minimum-length": resources(
        .notCompliant, counted: 3, affected: [affected("00p1", hostileLabel, 8)],
        settings: [
          length("00p1", hostileLabel, 8), length("00p2", "Default Policy", 14),
          length("00p3", "Default Policy", 16),
        ]),
      "okta-mfa-required": {
        var verdict = whole(.compliant)
        verdict.settings = [
          ResourceSettings(id: "", label: "", values: [("required", true)])
        ]
        return verdict
      }(),
      "okta-session-lifetime": whole(.notCompliant),
      "okta-log-stream-active": whole(
        .unknown,
        reason: .incomplete(
          collection: "logStreams", .denied, why: "the scope okta.logStreams.read is missing")
      ),
    ],
    "okta-contoso-us": [
      "okta-password-minimum-length": resources(
        .notCompliant, counted: 4,
        affected: [affected("00u1", "Contractors", 10), affected("00u2", "Staff", 12)]),
      "okta-mfa-required": whole(.compliant),
      "okta-session-lifetime": whole(.compliant),
      "okta-log-stream-active": whole(.notCompliant),
    ],
  ]

  // MARK: Plans

  /// Everything at once: regressions, drift, decisions, gaps, events, gates.
  static var eventful: Plan {
    var plan = plan(after, before: before)
    plan.changes = changes
    plan.events = [
      Event(
        initiative: "saas-security", metric: "sessions", from: Fraction(50),
        to: Fraction(250, over: 7))
    ]
    var regressed = Gate(.newNotCompliant(.medium, first: 0), .failed)
    regressed.caused = [
      .newNotCompliant(
        recommendation: "okta-password-minimum-length", instance: "okta-contoso-eu",
        was: .compliant)
    ]
    var below = Gate(.scoreBelowTarget, .warned, origin: .file("settings.yaml"))
    below.caused = [.belowTarget(initiative: "saas-security", score: Fraction(70), target: 80)]
    plan.gates = [regressed, below, Gate(.expiredException, .passed)]
    plan.wouldCommit = true
    return plan
  }

  /// The same observation as recorded.
  static var quiet: Plan { plan(after, before: after) }

  /// Nothing was recorded before.
  static var first: Plan {
    var plan = plan(after, before: [:])
    plan.recordedRevision = nil
    plan.changes = plan.instances.flatMap { instance in
      [
        Change(
          .instanceAdded(appTitle: instance.appTitle, isOn: instance.recommendations),
          of: .instance(instance.name), cause: .desiredState)
      ]
        + instance.results.map { result in
          Change(
            .verdict(from: nil, to: result.verdict.compliance, basis: .reason(.text("new"))),
            of: .result(instance: instance.name, recommendation: result.name),
            cause: .desiredState)
        }
    }
    plan.changes.append(
      Change(
        .tracked(target: 80), of: .initiative("saas-security", metric: nil), cause: .desiredState)
    )
    plan.changes.sort(by: Change.comesFirst)
    plan.wouldCommit = true
    return plan
  }

  private static let changes: [Change] = [
    Change(
      .verdict(from: .compliant, to: .notCompliant, basis: .affected(1, of: 3)),
      of: okta("okta-password-minimum-length"), cause: .drift),
    Change(
      .affected(isJoining: true, settings: ["minLength": 8]),
      of: .resource(
        .init(label: hostileLabel, id: "00p1"), instance: "okta-contoso-eu",
        recommendation: "okta-password-minimum-length"), cause: .drift),
    Change(
      .verdict(
        from: .notCompliant, to: .compliant, basis: .title("Require multifactor authentication")),
      of: okta("okta-mfa-required"), cause: .drift),
    Change(
      .status(from: .toAddress, to: .planned, because: .exception("eu-sessions")),
      of: okta("okta-session-lifetime"), cause: .desiredState),
    Change(
      .verdict(
        from: .compliant, to: .unknown, basis: .reason(.text("collection logStreams is denied"))),
      of: okta("okta-log-stream-active"), cause: .observation),
    Change(
      .drift(from: 14, to: 8),
      of: .setting(
        "minLength", resource: .init(label: hostileLabel, id: "00p1"),
        instance: "okta-contoso-eu", recommendation: "okta-password-minimum-length"),
      cause: .drift),
    Change(
      .resource(isJoining: true, settings: ["minLength": 16], collection: "passwordPolicies"),
      of: .resource(
        .init(label: "Default Policy", id: "00p3"), instance: "okta-contoso-eu",
        recommendation: "okta-password-minimum-length"), cause: .drift),
    Change(
      .recommendations(areOn: false), of: .instance("github-contoso"), cause: .desiredState),
    Change(
      .target(from: 70, to: 80), of: .initiative("saas-security", metric: nil),
      cause: .desiredState),
    Change(
      .exception(
        .init(
          .added(
            .init(
              status: .planned, owner: "identity-team@contoso.example",
              justification: "The new policy is rolled out in autumn."), covers: nil),
          from: nil, to: .expiringSoon)), of: .exception("eu-sessions"), cause: .desiredState),
    Change(
      .exception(
        .init(
          .expired(CalendarDate("2026-05-31")), from: .active, to: .expired)),
      of: .exception("us-logs"), cause: .time),
    Change(
      .score(from: Fraction(594, over: 10), to: Fraction(683, over: 10), causes: [.drift]),
      of: .initiative("saas-security", metric: nil), cause: .drift),
    Change(
      .stale(.notObserved(Fault(.failed, "the API answered 503"))),
      of: .instance("okta-contoso-us"), cause: .observation),
  ].sorted(by: Change.comesFirst)

  private static func okta(_ recommendation: String) -> Change.Subject {
    .result(instance: "okta-contoso-eu", recommendation: recommendation)
  }

  static func plan(
    _ verdicts: [String: [String: Verdict]], before: [String: [String: Verdict]]
  ) -> Plan {
    let after = snapshot(verdicts, before: before)
    let before = snapshot(before, before: before)
    return Plan(
      Comparison(
        from: before, to: after,
        scores: Comparison.Scores(before: before.scores, after: after.scores), at: now,
        changes: [], desired: desired),
      desired: DesiredReference(
        revision: "4f2a91c0d1e2f3a4b5c6d7e8f90123456789abcd", path: "desired-state",
        digest: String(repeating: "d", count: 64)),
      recordedRevision: "8c01d2e3f4a5b6c7d8e9f0a1b2c3d4e5f6071829")
  }

  private static func snapshot(
    _ verdicts: [String: [String: Verdict]], before: [String: [String: Verdict]]
  ) -> Snapshot {
    Snapshot(
      initiatives: desired.initiatives.map(desired.resolve),
      instances: desired.instances.map {
        instance($0, verdicts[$0.name], before: before[$0.name])
      },
      exceptions: desired.exceptions.map { exception in
        var standing = Snapshot.Exception(
          name: exception.name, digest: exception.digest,
          state: exception.isExpired(at: now) ? .expired : .expiringSoon)
        standing.terms = Snapshot.Exception.Terms(exception)
        standing.instances =
          desired.instances.filter(exception.instances.matches).map(\.name)
        standing.results = 1
        return standing
      })
  }

  /// A decision that an exception gave.
  static func decision(
    _ verdict: Verdict, _ status: Status?, _ exception: String? = nil
  ) -> Decision {
    var decision = Decision(verdict)
    decision.status = status
    decision.exception = exception
    return decision
  }

  private static func status(
    _ instance: String, _ name: String, _ compliance: Compliance
  ) -> Status? {
    switch compliance {
    case .notApplicable: nil
    case .compliant: .completed
    default:
      instance == "okta-contoso-eu" && name == "okta-session-lifetime" ? .planned : .toAddress
    }
  }

  private static func instance(
    _ instance: Instance, _ verdicts: [String: Verdict]?, before: [String: Verdict]?
  ) -> Snapshot.Instance {
    let isStale = instance.name == "okta-contoso-us"
    let results = (verdicts ?? [:]).map { name, verdict in
      let recommendation = recommendation(name)
      let status = status(instance.name, name, verdict.compliance)
      return Snapshot.Result(
        name: name, title: recommendation.title, digest: recommendation.digest,
        declaration: recommendation.declaration, collection: recommendation.collection?.value,
        points: recommendation.points,
        since: before?[name]?.compliance == verdict.compliance ? yesterday : now,
        verdict: verdict,
        decision: decision(verdict, status, status == .planned ? "eu-sessions" : nil))
    }
    var state = Snapshot.Instance(
      name: instance.name, app: instance.app.value, displayName: instance.displayName,
      recommendations: instance.recommendations, digest: instance.digest,
      observedAt: instance.recommendations ? (isStale ? yesterday : now) : nil,
      observationDigest: instance.recommendations ? String(repeating: "0", count: 64) : nil,
      collections: !instance.recommendations || isStale
        ? []
        : [
          CollectionSummary(
            name: "logStreams", state: .denied, count: 0,
            fault: Fault(.denied, "the scope okta.logStreams.read is missing")),
          CollectionSummary(name: "passwordPolicies", state: .complete, count: 3),
        ], staleReason: isStale ? .notObserved(Fault(.failed, "the API answered 503")) : nil,
      results: results)
    state.appTitle = desired.connectors[instance.app.value]?.displayName
    state.labels = instance.labels
    return state
  }
}
