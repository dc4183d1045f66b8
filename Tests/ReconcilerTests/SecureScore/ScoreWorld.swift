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

  static let m365 = Declare.instance(
    "m365", of: "microsoft-365", "maxAge: 24h", source: "api: { parameters: { domain: m.example } }"
  )

  static func okta(_ name: String, label: String? = nil) -> String {
    Declare.instance(
      name, labels: label.map { "secure-score-connection: '\($0)'" }, "displayName: Contoso \(name)"
    )
  }

  static func exception(
    _ name: String, _ recommendation: String, _ instance: String, status: String = "riskAccepted",
    expires: String = "2026-12-31"
  ) -> String {
    Declare.exception(name, of: recommendation, on: instance, status: status, expires: expires)
  }

  private static func recommendation(_ name: String, _ app: String, _ practice: String?) -> String {
    Declare.recommendation(
      name, of: app,
      """
      compliant: collections.settings[0].met
      \(practice.map { "controls: [{ framework: microsoft-secure-score, id: \($0) }]" } ?? "")
      """)
  }

  private var catalog: String {
    let connectors = ["microsoft-365", "okta"].map { app in
      Declare.document(
        "Connector", app,
        """
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
        """)
    }
    let initiative = Declare.document(
      "Initiative", "saas",
      """
      title: SaaS
      metrics: [{ name: all, title: All, recommendations: [m365-mfa, m365-other, okta-mfa] }]
      """)
    return
      (connectors + [
        Self.recommendation("m365-mfa", "microsoft-365", practices["m365-mfa"]),
        Self.recommendation("m365-other", "microsoft-365", practices["m365-other"]),
        Self.recommendation("okta-mfa", "okta", practices["okta-mfa"]), initiative,
      ])
      .documents
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
    let initiative = Declare.document("Initiative", "saas", "{ tracked: on }")
    let (state, compiled) = try Declared(
      (instances + exceptions + [initiative]).documents, catalog: catalog
    ).sound()
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
      "\($0.subject): \($0.from.state) → \($0.isLeftAlone ? "left alone" : $0.to.state)"
    }
  }
}
