import JSON
import Posture
import TestSupport
import Testing

/// Every kind of change, with its cause: the tenant, the desired state, the catalog, what can be
/// seen, or time.
@Suite struct ChangeTests {
  /// A world, one thing changed in it, and what the plan says then.
  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    var before: @Sendable (inout World) -> Void = { _ in }
    let change: @Sendable (inout World) -> Void
    let lines: [String]
    var scores: [String] = []

    var testDescription: String { name }
  }

  static let length = World.Tenant.policy
  static let user = World.Tenant.user

  static let drift: [Row] = [
    Row(
      name: "nothing", change: { _ in }, lines: []),
    Row(
      name: "a resource gets worse",
      change: { $0.change { $0.policies[0] = length("a", 8, ["x", "y"]) } },
      lines: [
        "regressed [drift] okta-eu/okta-length: 1 of 2 affected",
        "affectedAdded [drift] okta-eu/okta-length/Policy a: now affected",
        "drift [drift] okta-eu/okta-length/Policy a/minLength: 14 → 8",
      ],
      scores: [
        "scoreChanged [drift] saas: 100.0 → 62.5: the tenant changed",
        "scoreChanged [drift] saas/passwords: 100.0 → 50.0: the tenant changed",
        "scoreChanged [drift] okta-eu: 100.0 → 70.6: the tenant changed",
      ]),
    Row(
      name: "one more gets worse",
      before: { $0.change { $0.policies[0] = length("a", 8, ["x", "y"]) } },
      change: { $0.change { $0.policies[1] = length("b", 8, ["x", "y"]) } },
      lines: [
        "affectedAdded [drift] okta-eu/okta-length/Policy b: now affected",
        "drift [drift] okta-eu/okta-length/Policy b/minLength: 20 → 8",
      ],
      scores: [
        "scoreChanged [drift] saas: 62.5 → 25.0: the tenant changed",
        "scoreChanged [drift] saas/passwords: 50.0 → 0.0: the tenant changed",
        "scoreChanged [drift] okta-eu: 70.6 → 41.2: the tenant changed",
      ]),
    Row(
      name: "a resource gets better",
      before: { $0.change { $0.policies[0] = length("a", 8, ["x", "y"]) } },
      change: { $0.change { $0.policies[0] = length("a", 14, ["x", "y"]) } },
      lines: [
        "resolved [drift] okta-eu/okta-length: 2 of 2 compliant",
        "affectedRemoved [drift] okta-eu/okta-length/Policy a: no longer affected",
        "drift [drift] okta-eu/okta-length/Policy a/minLength: 8 → 14",
      ],
      scores: [
        "scoreChanged [drift] saas: 62.5 → 100.0: the tenant changed",
        "scoreChanged [drift] saas/passwords: 50.0 → 100.0: the tenant changed",
        "scoreChanged [drift] okta-eu: 70.6 → 100.0: the tenant changed",
      ]),
    Row(
      name: "a setting moves and stays compliant",
      change: { $0.change { $0.policies[0] = length("a", 16, ["x"]) } },
      lines: [
        "drift [drift] okta-eu/okta-length/Policy a/groups: [\"x\",\"y\"] → [\"x\"]",
        "drift [drift] okta-eu/okta-length/Policy a/minLength: 14 → 16",
      ]),
    Row(
      name: "a setting of the instance",
      change: { $0.change { $0.settings = [["mode": "audit"]] } },
      lines: [
        "regressed [drift] okta-eu/okta-threat: Block known attackers",
        "drift [drift] okta-eu/okta-threat/mode: \"block\" → \"audit\"",
      ],
      scores: [
        "scoreChanged [drift] saas: 100.0 → 82.1: the tenant changed",
        "scoreChanged [drift] saas/rest: 100.0 → 28.6: the tenant changed",
        "scoreChanged [drift] okta-eu: 100.0 → 70.6: the tenant changed",
      ]),
    Row(
      name: "a resource comes, one goes",
      change: { $0.change { $0.policies[0] = length("c", 14, ["x", "y"]) } },
      lines: [
        "resourceAdded [drift] okta-eu/okta-length/Policy c: new in policies",
        "resourceRemoved [drift] okta-eu/okta-length/Policy a: no longer in scope in policies",
      ]),
    Row(
      name: "the last resource goes",
      change: { $0.change { $0.users = [] } },
      lines: ["complianceChanged [drift] okta-eu/okta-mfa: no resource is in scope"]),
    Row(
      name: "the same configuration in another order, with other numbers",
      change: {
        $0.change {
          $0.policies = [length("b", 20.0, ["y", "x"]), length("a", 14.0, ["y", "x"])]
          $0.users.reverse()
          $0.observedAt = "2026-06-01T06:30:00Z"
        }
      },
      lines: []),
  ]

  static let declared: [Row] = [
    Row(
      name: "an instance is added",
      change: {
        $0.declare(
          """
          apiVersion: plumb/v1
          kind: Instance
          metadata: { name: okta-new, labels: { region: eu } }
          spec: { app: okta, source: { api: {} } }

          """)
        $0.change("okta-new") { $0.users = [] }
      },
      lines: [
        "new [desiredState] okta-new/okta-length: 2 of 2 compliant",
        "new [desiredState] okta-new/okta-threat: Block known attackers",
        "instanceAdded [desiredState] okta-new: Okta, recommendations on",
        "initiativeChanged [desiredState] saas: the initiative covers other instances",
      ]),
    Row(
      name: "an instance is removed",
      change: {
        let documents = $0.desired.split(separator: "---\n").filter {
          !$0.contains("name: okta-us")
        }
        $0.desired = documents.joined(separator: "---\n")
      },
      lines: ["instanceRemoved [desiredState] okta-us: the instance is no longer declared"]),
    Row(
      name: "recommendations are switched on",
      change: {
        $0.replace("recommendations: off", with: "recommendations: on")
        $0.change("okta-us") {
          $0.policies = [length("a", 8, ["x"])]
          $0.users = []
        }
      },
      lines: [
        "new [desiredState] okta-us/okta-length: 1 of 1 affected",
        "new [desiredState] okta-us/okta-threat: Block known attackers",
        "recommendationsOn [desiredState] okta-us: the instance is assessed from now on",
        "initiativeChanged [desiredState] saas: the initiative covers other instances",
      ],
      scores: [
        "scoreChanged [desiredState] saas: 100.0 → 62.5: the desired state changed",
        "scoreChanged [desiredState] saas/passwords: 100.0 → 50.0: the desired state changed",
      ]),
    Row(
      name: "recommendations are switched off",
      change: { $0.replace("recommendations: on", with: "recommendations: off") },
      lines: [
        "recommendationsOff [desiredState] okta-eu: the instance is no longer assessed and counts in no score",
        "initiativeChanged [desiredState] saas: the initiative covers other instances",
      ]),
    Row(
      name: "an instance reads another source, where a policy is short",
      change: {
        $0.replace("domain: eu.okta.com", with: "domain: eu2.okta.com")
        $0.change { $0.policies = [length("a", 8, ["x", "y"]), length("b", 20, ["x", "y"])] }
      },
      lines: [
        "regressed [desiredState] okta-eu/okta-length: 1 of 2 affected",
        "affectedAdded [desiredState] okta-eu/okta-length/Policy a: now affected",
        "instanceChanged [desiredState] okta-eu: it reads another source",
      ],
      scores: [
        "scoreChanged [desiredState] saas: 100.0 → 62.5: the desired state changed",
        "scoreChanged [desiredState] saas/passwords: 100.0 → 50.0: the desired state changed",
        "scoreChanged [desiredState] okta-eu: 100.0 → 70.6: the desired state changed",
      ]),
    Row(
      name: "an initiative is no longer tracked, another is",
      change: {
        $0.replace("tracked: on", with: "tracked: off")
        $0.declare(
          """
          apiVersion: plumb/v1
          kind: Initiative
          metadata: { name: ours }
          spec: { metrics: [{ name: m, title: M, recommendations: [okta-mfa] }] }

          """)
      },
      lines: [
        "initiativeTracked [desiredState] ours: tracked with target 80",
        "initiativeUntracked [desiredState] saas: no longer tracked",
      ]),
    Row(
      name: "target and weight",
      before: { $0.change { $0.policies[0] = length("a", 8, ["x", "y"]) } },
      change: {
        $0.replace("targetScore: 80", with: "targetScore: 90, weights: { passwords: low }")
      },
      lines: [
        "targetChanged [desiredState] saas: target 80 → 90",
        "weightChanged [desiredState] saas/passwords: weight high → low",
      ],
      scores: ["scoreChanged [desiredState] saas: 62.5 → 75.0: the desired state changed"]),
    Row(
      name: "a metric of one's own initiative",
      before: {
        $0.declare(
          """
          apiVersion: plumb/v1
          kind: Initiative
          metadata: { name: ours }
          spec: { metrics: [{ name: m, title: M, recommendations: [okta-mfa] }, { name: n, title: N, recommendations: [okta-mfa] }] }

          """)
      },
      change: {
        $0.replace(
          "[okta-mfa] }, { name: n, title: N",
          with: "[okta-mfa, okta-threat] }, { name: o, title: O")
      },
      lines: [
        "initiativeChanged [desiredState] ours/m: the metric counts other recommendations",
        "initiativeChanged [desiredState] ours/n: the metric is gone",
        "initiativeChanged [desiredState] ours/o: the metric is new",
      ]),
    Row(
      name: "an override asks for more",
      change: { $0.declare(Self.override("parameters: { minimum: 18 }")) },
      lines: [
        "regressed [desiredState] okta-eu/okta-length: 1 of 2 affected",
        "affectedAdded [desiredState] okta-eu/okta-length/Policy a: now affected",
      ],
      scores: [
        "scoreChanged [desiredState] saas: 100.0 → 62.5: the desired state changed",
        "scoreChanged [desiredState] saas/passwords: 100.0 → 50.0: the desired state changed",
        "scoreChanged [desiredState] okta-eu: 100.0 → 70.6: the desired state changed",
      ]),
    Row(
      name: "an override is taken back",
      before: { $0.declare(Self.override("parameters: { minimum: 18 }")) },
      change: { $0.replace("minimum: 18", with: "minimum: 14") },
      lines: [
        "resolved [desiredState] okta-eu/okta-length: 2 of 2 compliant",
        "affectedRemoved [desiredState] okta-eu/okta-length/Policy a: no longer affected",
      ],
      scores: [
        "scoreChanged [desiredState] saas: 62.5 → 100.0: the desired state changed",
        "scoreChanged [desiredState] saas/passwords: 50.0 → 100.0: the desired state changed",
        "scoreChanged [desiredState] okta-eu: 70.6 → 100.0: the desired state changed",
      ]),
    Row(
      name: "an override is deleted",
      before: { $0.declare(Self.override("parameters: { minimum: 18 }")) },
      change: { $0.desired = World.desired },
      lines: [
        "resolved [desiredState] okta-eu/okta-length: 2 of 2 compliant",
        "affectedRemoved [desiredState] okta-eu/okta-length/Policy a: no longer affected",
      ],
      scores: [
        "scoreChanged [desiredState] saas: 62.5 → 100.0: the desired state changed",
        "scoreChanged [desiredState] saas/passwords: 50.0 → 100.0: the desired state changed",
        "scoreChanged [desiredState] okta-eu: 70.6 → 100.0: the desired state changed",
      ]),
    Row(
      name: "an override changes only the points",
      before: { $0.change { $0.policies[0] = length("a", 8, ["x", "y"]) } },
      change: { $0.declare(Self.override("impact: low")) },
      lines: [],
      scores: [
        "scoreChanged [desiredState] okta-eu: 70.6 → 88.9: the desired state changed"
      ]),
    Row(
      name: "a recommendation is switched off",
      change: { $0.declare(Self.override("enabled: off")) },
      lines: [
        "removed [desiredState] okta-eu/okta-length: the recommendation is no longer in force",
        "initiativeChanged [desiredState] saas/passwords: the metric counts other recommendations",
      ]),
    Row(
      name: "a recommendation is switched on again",
      before: { $0.declare(Self.override("enabled: off")) },
      change: {
        $0.desired = World.desired
        $0.change { $0.policies = [length("a", 8, ["x"])] }
      },
      lines: [
        "new [desiredState] okta-eu/okta-length: 1 of 1 affected",
        "initiativeChanged [desiredState] saas/passwords: the metric counts other recommendations",
      ],
      scores: [
        "scoreChanged [desiredState] saas: 100.0 → 25.0: the desired state changed",
        "scoreChanged [desiredState] okta-eu: 100.0 → 41.2: the desired state changed",
      ]),
    Row(
      name: "a recommendation of one's own",
      change: { $0.declare(Self.own) },
      lines: ["new [desiredState] okta-eu/our-own: Ours"],
      scores: ["scoreChanged [desiredState] okta-eu: 100.0 → 77.3: the desired state changed"]),
    Row(
      name: "a recommendation of one's own is deleted",
      before: { $0.declare(Self.own) },
      change: { $0.desired = World.desired },
      lines: [
        "removed [desiredState] okta-eu/our-own: the recommendation is no longer in force"
      ],
      scores: ["scoreChanged [desiredState] okta-eu: 77.3 → 100.0: the desired state changed"]),
  ]

  static func override(_ fields: String) -> String {
    """
    apiVersion: plumb/v1
    kind: RecommendationOverride
    metadata: { name: o }
    spec: { recommendation: okta-length, \(fields) }

    """
  }

  static let own = """
    apiVersion: plumb/v1
    kind: Recommendation
    metadata: { name: our-own }
    spec: { app: okta, title: Ours, impact: medium, category: data, compliant: 'false', remediation: Do it. }

    """

  static let catalog: [Row] = [
    Row(
      name: "a new Plumb asks for more",
      change: { $0.replaceInCatalog("minimum: 14", with: "minimum: 18") },
      lines: [
        "regressed [catalog] okta-eu/okta-length: 1 of 2 affected",
        "affectedAdded [catalog] okta-eu/okta-length/Policy a: now affected",
      ],
      scores: [
        "scoreChanged [catalog] saas: 100.0 → 62.5: the catalog changed",
        "scoreChanged [catalog] saas/passwords: 100.0 → 50.0: the catalog changed",
        "scoreChanged [catalog] okta-eu: 100.0 → 70.6: the catalog changed",
      ]),
    Row(
      name: "a new Plumb asks for more of what the repository has overridden",
      before: { $0.declare(Self.override("impact: high")) },
      change: { $0.replaceInCatalog("minimum: 14", with: "minimum: 18") },
      lines: [
        "regressed [catalog] okta-eu/okta-length: 1 of 2 affected",
        "affectedAdded [catalog] okta-eu/okta-length/Policy a: now affected",
      ],
      scores: [
        "scoreChanged [catalog] saas: 100.0 → 62.5: the catalog changed",
        "scoreChanged [catalog] saas/passwords: 100.0 → 50.0: the catalog changed",
        "scoreChanged [catalog] okta-eu: 100.0 → 70.6: the catalog changed",
      ]),
    Row(
      name: "a new Plumb records other settings: no drift",
      change: {
        $0.replaceInCatalog("groups: resource.groups }", with: "groups: resource.groups.size() }")
      },
      lines: []),
    Row(
      name: "a new Plumb has another recommendation: its score is no drift",
      change: {
        $0.catalog +=
          "---\n" + Self.own.replacing("our-own", with: "okta-new").replacing("Ours", with: "New")
        $0.replaceInCatalog("[okta-mfa, okta-threat]", with: "[okta-mfa, okta-threat, okta-new]")
      },
      lines: [
        "new [catalog] okta-eu/okta-new: New",
        "initiativeChanged [catalog] saas/rest: the metric counts other recommendations",
      ],
      scores: [
        "scoreChanged [catalog] saas: 100.0 → 89.6: the catalog changed",
        "scoreChanged [catalog] saas/rest: 100.0 → 58.3: the catalog changed",
        "scoreChanged [catalog] okta-eu: 100.0 → 77.3: the catalog changed",
      ]),
    Row(
      name: "a new Plumb drops one",
      change: {
        $0.replaceInCatalog("[okta-mfa, okta-threat]", with: "[okta-threat]")
        let documents = $0.catalog.split(separator: "---\n").filter {
          !$0.contains("metadata: { name: okta-mfa }")
        }
        $0.catalog = documents.joined(separator: "---\n")
      },
      lines: [
        "removed [catalog] okta-eu/okta-mfa: the recommendation is no longer in force",
        "initiativeChanged [catalog] saas/rest: the metric counts other recommendations",
      ]),
    Row(
      name: "better prose is no change",
      change: { $0.replaceInCatalog("remediation: Do it.", with: "remediation: Do it well.") },
      lines: []),
  ]

  static let seen: [Row] = [
    Row(
      name: "an instance cannot be observed: what was recorded stands",
      change: {
        $0.missing["okta-eu"] = "the token was refused"
      },
      lines: ["observationStale [observation] okta-eu: the token was refused"]),
    Row(
      name: "an observation is older than maxAge",
      change: { $0.now = "2026-06-02T06:00:01Z" },
      lines: [
        "complianceChanged [observation] okta-eu/okta-length: the last observation, of 2026-06-01T06:00:00Z, is older than maxAge 1d",
        "complianceChanged [observation] okta-eu/okta-mfa: the last observation, of 2026-06-01T06:00:00Z, is older than maxAge 1d",
        "complianceChanged [observation] okta-eu/okta-threat: the last observation, of 2026-06-01T06:00:00Z, is older than maxAge 1d",
        "observationStale [observation] okta-eu: the last observation, of 2026-06-01T06:00:00Z, is older than maxAge 1d",
      ],
      scores: [
        "scoreChanged [observation] saas: 100.0 → 0.0: what can be observed changed",
        "scoreChanged [observation] saas/passwords: 100.0 → 0.0: what can be observed changed",
        "scoreChanged [observation] saas/rest: 100.0 → 0.0: what can be observed changed",
        "scoreChanged [observation] okta-eu: 100.0 → 0.0: what can be observed changed",
      ]),
    Row(
      name: "an instance is observed again",
      before: { $0.missing["okta-eu"] = "the token was refused" },
      change: { $0.missing = [:] },
      lines: [
        "resolved [observation] okta-eu/okta-length: 2 of 2 compliant",
        "resolved [observation] okta-eu/okta-mfa: 2 of 2 compliant",
        "resolved [observation] okta-eu/okta-threat: Block known attackers",
        "observationRestored [observation] okta-eu: the instance is observed again",
      ],
      scores: [
        "scoreChanged [observation] saas: 0.0 → 100.0: what can be observed changed",
        "scoreChanged [observation] saas/passwords: 0.0 → 100.0: what can be observed changed",
        "scoreChanged [observation] saas/rest: 0.0 → 100.0: what can be observed changed",
        "scoreChanged [observation] okta-eu: 0.0 → 100.0: what can be observed changed",
      ]),
    Row(
      name: "a permission is lost",
      change: {
        $0.change { $0.incomplete = [.incomplete("users", .denied, "HTTP 403")] }
      },
      lines: [
        "complianceChanged [observation] okta-eu/okta-mfa: collection users is denied: HTTP 403",
        "collectionIncomplete [observation] okta-eu/users: HTTP 403",
      ],
      scores: [
        "scoreChanged [observation] saas: 100.0 → 92.9: what can be observed changed",
        "scoreChanged [observation] saas/rest: 100.0 → 71.4: what can be observed changed",
        "scoreChanged [observation] okta-eu: 100.0 → 88.2: what can be observed changed",
      ]),
    Row(
      name: "a permission is granted",
      before: {
        $0.change { $0.incomplete = [.incomplete("users", .denied, "HTTP 403")] }
      },
      change: { $0.change { $0.incomplete = [] } },
      lines: [
        "resolved [observation] okta-eu/okta-mfa: 2 of 2 compliant",
        "collectionRestored [observation] okta-eu/users: the collection is read again",
      ],
      scores: [
        "scoreChanged [observation] saas: 92.9 → 100.0: what can be observed changed",
        "scoreChanged [observation] saas/rest: 71.4 → 100.0: what can be observed changed",
        "scoreChanged [observation] okta-eu: 88.2 → 100.0: what can be observed changed",
      ]),
    Row(
      name: "every collection comes back empty: an outage, not a change",
      change: {
        $0.change {
          $0.policies = []
          $0.users = []
          $0.settings = []
        }
      },
      lines: [
        "suspect [observation] okta-eu: 3 of 3 collections came back empty; the recorded results stand (--force takes the observation)"
      ]),
  ]

  static let exceptions: [Row] = [
    Row(
      name: "a risk is accepted",
      before: { $0.change { $0.policies[0] = length("a", 8, ["x", "y"]) } },
      change: { $0.declare(World.exception()) },
      lines: [
        "statusChanged [desiredState] okta-eu/okta-length: exception e",
        "exceptionAdded [desiredState] e: riskAccepted, a@contoso.example: Because. (covers 1 result, 1 affected resource; SaaS Security achievable -37.5)",
      ]),
    Row(
      name: "a third party deals with it",
      before: { $0.change { $0.policies[0] = length("a", 8, ["x", "y"]) } },
      change: { $0.declare(World.exception(status: "resolvedThroughThirdParty", expires: nil)) },
      lines: [
        "statusChanged [desiredState] okta-eu/okta-length: exception e",
        "exceptionAdded [desiredState] e: resolvedThroughThirdParty, a@contoso.example: Because. (covers 1 result, 1 affected resource; SaaS Security +37.5)",
      ],
      scores: [
        "scoreChanged [desiredState] saas: 62.5 → 100.0: the desired state changed",
        "scoreChanged [desiredState] saas/passwords: 50.0 → 100.0: the desired state changed",
        "scoreChanged [desiredState] okta-eu: 70.6 → 100.0: the desired state changed",
      ]),
    Row(
      name: "a resource is exempt",
      before: { $0.change { $0.policies[0] = length("a", 8, ["x", "y"]) } },
      change: { $0.declare(World.exception(resources: "resource.id == \"a\"")) },
      lines: [
        "resolved [desiredState] okta-eu/okta-length: 1 of 1 compliant",
        "affectedRemoved [desiredState] okta-eu/okta-length/Policy a: no longer affected",
        "exceptionAdded [desiredState] e: riskAccepted, a@contoso.example: Because. (covers 1 affected resource; SaaS Security +37.5)",
      ],
      scores: [
        "scoreChanged [desiredState] saas: 62.5 → 100.0: the desired state changed",
        "scoreChanged [desiredState] saas/passwords: 50.0 → 100.0: the desired state changed",
        "scoreChanged [desiredState] okta-eu: 70.6 → 100.0: the desired state changed",
      ]),
    Row(
      name: "an exception is declared otherwise",
      before: {
        $0.change { $0.policies[0] = length("a", 8, ["x", "y"]) }
        $0.declare(World.exception())
      },
      change: { $0.replace("status: riskAccepted", with: "status: planned") },
      lines: [
        "statusChanged [desiredState] okta-eu/okta-length: exception e",
        "exceptionChanged [desiredState] e: the declaration changed",
      ]),
    Row(
      name: "an exception is deleted",
      before: {
        $0.change { $0.policies[0] = length("a", 8, ["x", "y"]) }
        $0.declare(World.exception())
      },
      change: { $0.desired = World.desired },
      lines: [
        "statusChanged [desiredState] okta-eu/okta-length: exception e no longer holds",
        "exceptionRemoved [desiredState] e: the exception is no longer declared",
      ]),
    Row(
      name: "an exception runs out",
      before: {
        $0.change {
          $0.policies[0] = length("a", 8, ["x", "y"])
          $0.observedAt = "2026-06-15T20:00:00Z"
        }
        $0.now = "2026-06-15T23:59:59Z"
        $0.declare(
          World.exception(status: "resolvedThroughAlternateMitigation", expires: "2026-06-15"))
      },
      change: { $0.now = "2026-06-16T00:00:00Z" },
      lines: [
        "statusChanged [time] okta-eu/okta-length: exception e no longer holds",
        "exceptionExpired [time] e: it held until 2026-06-15; renew it or fix what it covered",
      ],
      scores: [
        "scoreChanged [time] saas: 100.0 → 62.5: time passed",
        "scoreChanged [time] saas/passwords: 100.0 → 50.0: time passed",
        "scoreChanged [time] okta-eu: 100.0 → 70.6: time passed",
      ]),
    Row(
      name: "an exception about a resource runs out",
      before: {
        $0.change {
          $0.policies[0] = length("a", 8, ["x", "y"])
          $0.observedAt = "2026-06-15T20:00:00Z"
        }
        $0.now = "2026-06-15T23:59:59Z"
        $0.declare(World.exception(resources: "resource.id == \"a\"", expires: "2026-06-15"))
      },
      change: { $0.now = "2026-06-16T00:00:00Z" },
      lines: [
        "regressed [time] okta-eu/okta-length: 1 of 2 affected",
        "affectedAdded [time] okta-eu/okta-length/Policy a: now affected",
        "exceptionExpired [time] e: it held until 2026-06-15; renew it or fix what it covered",
      ],
      scores: [
        "scoreChanged [time] saas: 100.0 → 62.5: time passed",
        "scoreChanged [time] saas/passwords: 100.0 → 50.0: time passed",
        "scoreChanged [time] okta-eu: 100.0 → 70.6: time passed",
      ]),
    Row(
      name: "an exception expires soon",
      before: {
        $0.change { $0.policies[0] = length("a", 8, ["x", "y"]) }
        $0.declare(World.exception(expires: "2026-06-14"))
        $0.now = "2026-05-31T23:59:59Z"
      },
      change: { $0.now = "2026-06-01T00:00:00Z" },
      lines: ["exceptionExpiringSoon [time] e: it holds until 2026-06-14"]),
    Row(
      name: "nothing is left for an exception to cover",
      before: {
        $0.change { $0.policies[0] = length("a", 8, ["x", "y"]) }
        $0.declare(World.exception(resources: "resource.minLength < 14"))
      },
      change: { $0.change { $0.policies[0] = length("a", 14, ["x", "y"]) } },
      lines: [
        "drift [drift] okta-eu/okta-length/Policy a/minLength: 8 → 14",
        "exceptionUnused [drift] e: it covers nothing any more: delete it",
      ]),
    Row(
      name: "an exception that never covered anything",
      change: { $0.declare(World.exception()) },
      lines: [
        "exceptionAdded [desiredState] e: riskAccepted, a@contoso.example: Because.",
        "exceptionUnused [desiredState] e: it covers nothing: delete it",
      ]),
  ]

  static let kept: [Row] = [
    Row(
      name: "an account is kept for emergencies",
      change: { $0.keep("{ id: ada, kind: user, reason: Fire., owner: a@contoso.example }") },
      lines: [
        "breakGlassAdded [desiredState] okta-eu/ada: user, a@contoso.example: Fire."
      ]),
    Row(
      name: "a kept account gets another owner, one goes",
      before: {
        $0.keep(
          "{ id: ada, kind: user, reason: Fire., owner: a@contoso.example }",
          "{ id: bob, kind: group, reason: Flood., owner: a@contoso.example }")
      },
      change: {
        $0.replace("reason: Fire., owner: a@", with: "reason: Fire., owner: b@")
        $0.replace("{ id: bob, kind: group, reason: Flood., owner: a@contoso.example }", with: "")
      },
      lines: [
        "breakGlassChanged [desiredState] okta-eu/ada: owner a@contoso.example → b@contoso.example",
        "breakGlassRemoved [desiredState] okta-eu/bob: no longer declared (group, a@contoso.example: Flood.)",
      ]),
    Row(
      name: "a verdict rests on who is kept for emergencies",
      before: {
        $0.replaceInCatalog(
          "compliant: resource.mfa",
          with: "compliant: resource.mfa || instance.breakGlass.exists(a, a.id == resource.id)")
        $0.keep("{ id: ada, kind: user, reason: Fire., owner: a@contoso.example }")
        $0.change { $0.users = [user("ada", false), user("bob", true)] }
      },
      change: { $0.replace("id: ada", with: "id: eve") },
      lines: [
        "regressed [desiredState] okta-eu/okta-mfa: 1 of 2 affected",
        "affectedAdded [desiredState] okta-eu/okta-mfa/ada: now affected",
        "breakGlassAdded [desiredState] okta-eu/eve: user, a@contoso.example: Fire.",
        "breakGlassRemoved [desiredState] okta-eu/ada: no longer declared (user, a@contoso.example: Fire.)",
      ],
      scores: [
        "scoreChanged [desiredState] saas: 100.0 → 96.4: the desired state changed",
        "scoreChanged [desiredState] saas/rest: 100.0 → 85.7: the desired state changed",
        "scoreChanged [desiredState] okta-eu: 100.0 → 97.1: the desired state changed",
      ]),
  ]

  static let rows = drift + declared + catalog + seen + exceptions + kept

  @Test("one thing changed, with its cause", arguments: rows)
  func changes(row: Row) throws {
    var world = World()
    row.before(&world)
    let recorded = try world.recorded()
    row.change(&world)
    let plan = try world.plan(after: recorded)
    #expect(plan.lines == row.lines)
    #expect(plan.scoreLines == row.scores)
  }

  @Test("what was applied is no change any more", arguments: rows)
  func settled(row: Row) throws {
    var world = World()
    row.before(&world)
    let first = try world.recorded()
    row.change(&world)
    let recorded = try world.recorded(after: first)
    let plan = try world.plan(after: recorded)
    // What is held back is said again at every run.
    #expect(plan.changes.filter { $0.type != .suspect }.map(\.line) == [])
    #expect(plan.events.isEmpty)
  }

  @Test("the rows have every kind of change")
  func complete() throws {
    var kinds: Set<Change.Kind> = []
    for row in Self.rows {
      var world = World()
      row.before(&world)
      let recorded = try world.recorded()
      row.change(&world)
      kinds.formUnion(try world.plan(after: recorded).changes.map(\.type))
    }
    // What two desired states say otherwise is told where they are compared.
    let compared: Set<Change.Kind> = [.recommendationChanged, .settingsChanged]
    // What changes of Microsoft's own recommendations is told with Secure Score.
    let imported: Set<Change.Kind> = [.importedChanged, .importedAdded, .importedRemoved]
    #expect(Set(Change.Kind.allCases).subtracting(kinds) == compared.union(imported))
  }

  @Test("the first plan names everything as new, and no drift")
  func first() throws {
    var world = World()
    world.change { $0.policies[0] = Self.length("a", 8, ["x", "y"]) }
    let plan = try world.plan()
    #expect(
      plan.lines == [
        "new [desiredState] okta-eu/okta-length: 1 of 2 affected",
        "new [desiredState] okta-eu/okta-mfa: 2 of 2 compliant",
        "new [desiredState] okta-eu/okta-threat: Block known attackers",
        "instanceAdded [desiredState] okta-eu: Okta, recommendations on",
        "instanceAdded [desiredState] okta-us: Okta, recommendations off",
        "initiativeTracked [desiredState] saas: tracked with target 80",
      ])
    #expect(plan.scoreLines == [])
    #expect(plan.initiatives.first?.before == nil)
    #expect(plan.events.isEmpty)
  }
}
