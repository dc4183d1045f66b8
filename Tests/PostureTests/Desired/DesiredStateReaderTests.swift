import JSON
import TestSupport
import Testing
import YAML

@testable import Posture

@Suite struct DesiredStateReaderTests {
  static let catalog = [
    Declare.connector("okta", "passwordPolicies: { identity: id }"), Declare.connector("github"),
    Declare.recommendation(
      "okta-password-minimum-length", of: "okta",
      """
      parameters: { minimumLength: 14 }
      collection: passwordPolicies
      compliant: resource.minLength >= parameters.minimumLength
      label: resource.name
      """), Declare.recommendation("okta-threat-insight", of: "okta", "compliant: 'true'"),
    Declare.document(
      "Initiative", "saas-security",
      """
      title: SaaS Security
      metrics:
        - { name: passwords, title: Passwords, weight: high, recommendations: [okta-password-minimum-length] }
      """),
  ].documents

  static let instance = Declare.instance("okta-eu", labels: "region: eu")

  /// Reads `x.yaml`; the diagnostics, one a line.
  static func faults(of text: String) -> [String] {
    read(text).diagnostics.all.map(\.description)
  }

  static func read(_ text: String) -> Declared { Declared(text, catalog: catalog) }

  /// `documents` after the instance `okta-eu`, whose document has five lines.
  static func faults(after documents: String) -> [String] {
    faults(of: instance + "---\n" + documents)
  }

  @Test("a sound state has no faults, and defaults are filled in")
  func sound() throws {
    let declared = Self.read(Self.instance)
    #expect(declared.diagnostics.isEmpty)
    let state = declared.state
    let instance = try #require(state.instances.first)
    #expect(instance.recommendations)
    #expect(instance.sources[0].maxAge == 7 * 86_400)
    #expect(instance.displayName == "okta-eu")
    #expect(state.initiatives.isEmpty)
    #expect(state.recommendations.count == 2)
  }

  @Test(
    "names each fault with its place",
    arguments: [
      (
        "a misspelt recommendation",
        """
        apiVersion: plumb/v1
        kind: Exception
        metadata: { name: e }
        spec:
          recommendation: okta-pasword-minimum-length
          status: riskAccepted
          instances: [okta-eu]
          justification: Because.
          owner: a@contoso.example
          expires: 2027-03-31
        """,
        [
          "x.yaml:10:19: error: no recommendation named 'okta-pasword-minimum-length'; did you mean 'okta-password-minimum-length'?"
        ]
      ),
      (
        "an unknown instance, a missing date",
        """
        apiVersion: plumb/v1
        kind: Exception
        metadata: { name: e }
        spec:
          recommendation: okta-threat-insight
          status: planned
          instances: [okta-us]
          justification: Because.
          owner: a@contoso.example
        """,
        [
          "x.yaml:10:3: error: missing field 'expires': planned is for a time, write the last day",
          "x.yaml:12:15: error: no instance named 'okta-us'; did you mean 'okta-eu'?",
        ]
      ),
      (
        "an exception without instances",
        """
        apiVersion: plumb/v1
        kind: Exception
        metadata: { name: e }
        spec:
          recommendation: okta-threat-insight
          status: resolvedThroughThirdParty
          justification: Because.
          owner: a@contoso.example
        """, ["x.yaml:10:3: error: missing field 'instances'"]
      ),
      (
        "a status that only Plumb gives",
        """
        apiVersion: plumb/v1
        kind: Exception
        metadata: { name: e }
        spec:
          recommendation: okta-threat-insight
          status: completed
          instances: [okta-eu]
          justification: Because.
          owner: a@contoso.example
        """,
        [
          "x.yaml:11:11: error: 'completed' is not decided by an exception; allowed: planned, riskAccepted, resolvedThroughThirdParty, resolvedThroughAlternateMitigation"
        ]
      ),
      (
        "resources where there are none, labels that none has",
        """
        apiVersion: plumb/v1
        kind: Exception
        metadata: { name: e }
        spec:
          recommendation: okta-threat-insight
          status: resolvedThroughThirdParty
          instances: { matchLabels: { region: us } }
          resources: "true"
          justification: Because.
          owner: a@contoso.example
        """,
        [
          "x.yaml:12:14: error: no instance has these labels",
          "x.yaml:13:14: error: 'okta-threat-insight' is one condition over the instance: it has no resources to except",
        ]
      ),
      (
        "an unknown app, a path that leads out",
        """
        apiVersion: plumb/v1
        kind: Instance
        metadata: { name: two }
        spec: { app: octa, source: { recorded: { path: ../elsewhere } } }
        """,
        [
          "x.yaml:9:48: error: '../elsewhere' leaves the repository: '..' is not allowed"
        ]
      ),
      (
        "an unknown app",
        """
        apiVersion: plumb/v1
        kind: Instance
        metadata: { name: two }
        spec: { app: octa, source: { api: {} } }
        """, ["x.yaml:9:14: error: no app named 'octa'; did you mean 'okta'?"]
      ),
      (
        "an app that its vendor has ended",
        """
        apiVersion: plumb/v1
        kind: Instance
        metadata: { name: two }
        spec: { app: workplace, source: { api: {} } }
        """,
        [
          "x.yaml:9:14: error: Workplace from Meta ended on 1 June 2026: nothing can be observed of it any more; remove this instance, what was recorded of it stays readable in its history"
        ]
      ),
      (
        "an instance of the same name",
        """
        apiVersion: plumb/v1
        kind: Instance
        metadata: { name: okta-eu }
        spec: { app: okta, source: { api: {} } }
        """, ["x.yaml:8:19: error: another Instance is named 'okta-eu', at x.yaml:3:19"]
      ),
      (
        "a metric that the initiative has not",
        """
        apiVersion: plumb/v1
        kind: Initiative
        metadata: { name: saas-security }
        spec: { weights: { pasword: high } }
        """,
        [
          "x.yaml:9:20: error: no metric named 'pasword' in initiative 'saas-security'; did you mean 'passwords'?"
        ]
      ),
      (
        "a taken name, an unknown parameter",
        """
        apiVersion: plumb/v1
        kind: RecommendationOverride
        metadata: { name: o }
        spec:
          recommendation: okta-password-minimum-length
          parameters: { minimumLenght: 12 }
        """,
        [
          "x.yaml:11:17: error: 'okta-password-minimum-length' has no parameter 'minimumLenght'; did you mean 'minimumLength'?"
        ]
      ),
      (
        "a kind that is none, a field that is none",
        """
        apiVersion: plumb/v1
        kind: Instanze
        metadata: { name: o, lables: {} }
        spec: {}
        """,
        [
          "x.yaml:7:7: error: unknown value 'Instanze'; did you mean 'Instance'? allowed: Instance, Initiative, Exception, Settings, Recommendation, RecommendationOverride, Definitions, Connector",
          "x.yaml:8:22: error: unknown field 'lables'; did you mean 'labels'?",
        ]
      ),
    ])
  func faults(name: String, documents: String, expected: [String]) {
    #expect(Self.faults(after: documents) == expected)
  }

  @Test("an override changes parameters, impact and the digest")
  func overriding() throws {
    let declared = Self.read(
      [
        Declare.document(
          "RecommendationOverride", "o",
          """
          recommendation: okta-password-minimum-length
          parameters: { minimumLength: 12 }
          impact: low
          """),
        Declare.document(
          "RecommendationOverride", "p", "{ recommendation: okta-threat-insight, enabled: off }"),
      ].documents)
    #expect(declared.diagnostics.isEmpty)
    let state = declared.state
    let changed = try #require(state.recommendations.first)
    #expect(state.recommendations.count == 1)
    #expect(changed.parameters.first?.value == .int(12))
    #expect(changed.points == 2)
    #expect(changed.isDeclared)
    #expect(changed.digest != Self.read("").state.recommendations.first?.digest)
  }
}
