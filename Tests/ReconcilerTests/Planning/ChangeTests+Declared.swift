import JSON
import Posture
import TestSupport
import Testing

/// What the desired state declares otherwise.
extension ChangeTests {
  static let declared: [Row] = [
    Row(
      name: "an instance is added",
      change: {
        $0.declare(
          Declare.document(
            "Instance", "okta-new", labels: "region: eu", "{ app: okta, source: { api: {} } }"))
        $0.change("okta-new") { $0.users = [] }
      },
      lines: [
        "new [desiredState] okta-new/okta-length: 2 of 2 compliant",
        "new [desiredState] okta-new/okta-threat: Block known attackers",
        "instanceAdded [desiredState] okta-new: Okta, recommendations on",
        "initiativeChanged [desiredState] saas: covers okta-new from now on",
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
        "initiativeChanged [desiredState] saas: covers okta-us from now on",
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
        "initiativeChanged [desiredState] saas: covers okta-eu no more",
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
          Declare.document(
            "Initiative", "ours",
            "{ metrics: [{ name: m, title: M, recommendations: [okta-mfa] }] }"))
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
          Declare.document(
            "Initiative", "ours",
            "{ metrics: [{ name: m, title: M, recommendations: [okta-mfa] }, { name: n, title: N, recommendations: [okta-mfa] }] }"
          ))
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
}
