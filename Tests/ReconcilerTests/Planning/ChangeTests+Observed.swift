import JSON
import Posture
import TestSupport
import Testing

/// What the tenant did, what observing it came to, and what stays as it was.
extension ChangeTests {
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
        "complianceChanged [observation] okta-eu/okta-threat: the last observation, of 2026-06-01T06:00:00Z, is older than maxAge 1d",
        "complianceChanged [observation] okta-eu/okta-mfa: the last observation, of 2026-06-01T06:00:00Z, is older than maxAge 1d",
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
        "resolved [observation] okta-eu/okta-threat: Block known attackers",
        "resolved [observation] okta-eu/okta-mfa: 2 of 2 compliant",
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
        "scoreChanged [desiredState] okta-eu: 100.0 → 94.1: the desired state changed",
      ]),
  ]
}
