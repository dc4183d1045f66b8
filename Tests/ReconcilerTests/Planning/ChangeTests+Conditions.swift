import JSON
import Posture
import TestSupport
import Testing

/// What is asked otherwise, by the repository or the catalog, and what exceptions take out of it.
extension ChangeTests {
  static func override(_ fields: String) -> String {
    Declare.document("RecommendationOverride", "o", "{ recommendation: okta-length, \(fields) }")
  }

  static let own = Declare.document(
    "Recommendation", "our-own",
    "{ app: okta, title: Ours, impact: medium, category: data, compliant: 'false', remediation: Do it. }"
  )

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
        "exceptionChanged [desiredState] e: status riskAccepted → planned",
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
        "exceptionRemoved [desiredState] e: the exception is no longer declared: riskAccepted, a@contoso.example",
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
}
