import Connectors
import JSON
import Posture
import Reconciler
import Reports
import SecureScore
import TestSupport
import Testing
import YAML

/// A company with a Microsoft 365 tenant, whose Secure Score speaks of its Okta tenants too.
struct ScoreWorld {
  /// Controls of the Secure Score: service, most points, points.
  var controls: [(id: String, service: String, title: String, possible: Double, earned: Double?)] =
    [
      ("Mfa", "AzureAD", "Require MFA", 10, 0), ("Extra", "EXO", "Turn it on", 5, 5),
      ("10980.MDA_Okta_Mfa", "MDA_Okta", "Require MFA in Okta", 7, 0),
    ]
  /// States by control: state and comment.
  var decisions: [String: (state: String, comment: String)] = [:]
  var instances = [Self.m365, Self.okta("okta-eu")]
  var exceptions: [String] = []
  /// Whether the tenants' own setting is as recommended.
  var isMet = false
  /// The practices that native recommendations stand for.
  var practices = ["m365-mfa": "Mfa", "okta-mfa": "MDA_Okta_Mfa"]
  var observedAt = "2026-06-01T06:00:00Z"
  var now = "2026-06-01T07:00:00Z"
  var missing = false
  var carried = false
  var readsScore = true

  static let m365 = """
    apiVersion: plumb/v1
    kind: Instance
    metadata: { name: m365 }
    spec: { app: microsoft-365, maxAge: 24h, source: { api: { parameters: { domain: m.example } } } }

    """

  static func okta(_ name: String, label: String? = nil) -> String {
    """
    apiVersion: plumb/v1
    kind: Instance
    metadata: { name: \(name)\(label.map { ", labels: { secure-score-connection: '\($0)' }" } ?? "") }
    spec: { app: okta, displayName: Contoso \(name), source: { recorded: { path: x } } }

    """
  }

  static func exception(
    _ name: String, _ recommendation: String, _ instance: String, status: String = "riskAccepted",
    expires: String = "2026-12-31"
  ) -> String {
    """
    apiVersion: plumb/v1
    kind: Exception
    metadata: { name: \(name) }
    spec:
      recommendation: \(recommendation)
      status: \(status)
      instances: [\(instance)]
      justification: Because.
      owner: a@contoso.example
      expires: \(expires)

    """
  }

  private static func recommendation(_ name: String, _ app: String, _ practice: String?) -> String {
    """
    apiVersion: plumb/v1
    kind: Recommendation
    metadata: { name: \(name) }
    spec:
      app: \(app)
      title: Require it
      impact: high
      category: identity
      compliant: collections.settings[0].met
      remediation: Do it.
    \(practice.map { "  controls: [{ framework: microsoft-secure-score, id: \($0) }]\n" } ?? "")
    """
  }

  private var catalog: String {
    let connectors = ["microsoft-365", "okta"].map { app in
      """
      apiVersion: plumb/v1
      kind: Connector
      metadata: { name: \(app) }
      spec:
        displayName: \(app)
        parameters: { domain: { description: Where it is, default: x.example } }
        baseURL: https://{domain}
        credentials: { token: { description: A token } }
        authentication: [{ name: token, header: { value: "{token}" } }]
        pagination: none
        collections:
          settings: { get: /settings }
          secureScores: { get: /a }
          secureScoreControlProfiles: { get: /b }

      """
    }
    let initiative = """
      apiVersion: plumb/v1
      kind: Initiative
      metadata: { name: saas }
      spec:
        title: SaaS
        metrics: [{ name: all, title: All, recommendations: [m365-mfa, m365-other, okta-mfa] }]

      """
    return
      (connectors + [
        Self.recommendation("m365-mfa", "microsoft-365", practices["m365-mfa"]),
        Self.recommendation("m365-other", "microsoft-365", practices["m365-other"]),
        Self.recommendation("okta-mfa", "okta", practices["okta-mfa"]), initiative,
      ]).joined(separator: "---\n")
  }

  private func reading(of app: String) throws -> MemoryReading {
    var collections: [(String, [JSONValue])] = [("settings", [["met": .bool(isMet)]])]
    if app == "microsoft-365", readsScore {
      collections.append(
        (
          "secureScoreControlProfiles",
          controls.map { control in
            let decision = decisions[control.id]
            return [
              "id": .string(control.id), "service": .string(control.service),
              "title": .string(control.title), "maxScore": .double(control.possible),
              "controlStateUpdates": [
                [
                  "state": .string(decision?.state ?? "Default"),
                  "comment": .string(decision?.comment ?? ""),
                ]
              ],
            ]
          }
        ))
      collections.append(
        (
          "secureScores",
          [
            [
              "createdDateTime": "2026-06-01T00:00:00Z", "currentScore": 50, "maxScore": 100,
              "controlScores": .array(
                controls.compactMap { control in
                  control.earned.map {
                    ["controlName": .string(control.id), "score": .double($0)]
                  }
                }),
            ]
          ]
        ))
    }
    let text = collections.map { JSONValue.array($0.1).bytes() }
    return MemoryReading(
      collections, observedAt: try #require(Instant(observedAt)),
      digest: Digest.sha256(text.flatMap { $0 }))
  }

  func plan(after recorded: Snapshot = .empty) throws -> Plan {
    let diagnostics = Diagnostics()
    let library = Library(
      files: [(path: "catalog.yaml", bytes: Array(catalog.utf8))], diagnostics: diagnostics)
    let initiative =
      "apiVersion: plumb/v1\nkind: Initiative\nmetadata: { name: saas }\nspec: { tracked: on }\n"
    let desired = (instances + exceptions + [initiative]).joined(separator: "---\n")
    let state = DesiredStateReader.read(
      [(path: "x.yaml", bytes: Array(desired.utf8))], library: library, diagnostics: diagnostics)
    let compiled = CompiledState(state, apps: nil, diagnostics: diagnostics)
    try #require(!diagnostics.hasErrors, "\(diagnostics)")
    let now = try #require(Instant(now))
    var observations: [String: InstanceObservation] = [:]
    for instance in state.instances {
      if carried {
        observations[instance.name] = .carried
        continue
      }
      if missing {
        observations[instance.name] = .missing(Fault(.unreachable, "the network is down"))
        continue
      }
      let reading = try reading(of: instance.app.value)
      observations[instance.name] = .observed(
        reading.summary, compiled.evaluator(for: instance, in: state, now: now).evaluate(reading),
        imported: SecureScoreReader.read(reading))
    }
    return Planner(
      desired: state,
      reference: DesiredReference(revision: nil, path: "desired-state", digest: ""),
      observations: observations, recorded: recorded, recordedRevision: nil, now: now,
      takesSuspects: false
    ).plan()
  }
}

extension Plan {
  func imported(_ id: String) -> ImportedRecommendation? {
    comparison.imports.first?.recommendations.first { $0.control.id == id }
  }

  /// `control: from → to`, or why not.
  var writeBack: [String] {
    comparison.imports.flatMap(\.effects).map {
      "\($0.subject): \($0.from.state) → \($0.obstacle ?? $0.to.state)"
    }
  }
}
