import JSON
import Posture
import TestSupport
import Testing
import YAML

/// Every kind of document, decoded whole.
@Suite struct KindTests {
  /// The only document of a text, after checking that it has no fault.
  static func state(_ text: String) throws -> DesiredState {
    let (state, _, diagnostics) = Bench.compile(text)
    try #require(diagnostics.isEmpty, "\(diagnostics)")
    return state
  }

  @Test("an instance with everything")
  func instance() throws {
    let instance = try #require(
      Self.state(
        Declare.document(
          "Instance", "okta-eu", labels: "region: eu, owner: identity",
          """
          app: okta
          displayName: Okta EU
          recommendations: off
          maxAge: 1d12h
          source: { api: { parameters: { domain: eu.okta.com } } }
          """)
      ).instances.first)
    #expect(instance.name == "okta-eu")
    #expect(instance.labels == ["region": "eu", "owner": "identity"])
    #expect(instance.displayName == "Okta EU")
    #expect(!instance.recommendations)
    #expect(instance.sources.map(\.maxAge) == [129_600])
    #expect(instance.parameters == ["domain": "eu.okta.com"])
    #expect(instance.mark.description == "x.yaml:3:19")
  }

  @Test("every source has an age by default: what people bring counts longer")
  func ages() {
    func age(_ source: String) -> Int? {
      // That there is no such export format here is no matter.
      let (state, _, _) = Bench.compile(
        Declare.document("Instance", "a", "{ app: okta, source: { \(source) } }"))
      return state.instances.first?.sources.first?.maxAge
    }
    #expect(age("api: {}") == 2 * 86_400)
    #expect(age("recorded: { path: a }") == 7 * 86_400)
    #expect(age("export: { format: scubagear, path: a.json }") == 7 * 86_400)
  }

  @Test("another source is another digest; another name, label or age is not")
  func digest() throws {
    func digest(_ spec: String, name: String = "a") throws -> String? {
      try Self.state(
        Declare.document("Instance", name, "{ app: okta, \(spec) }")
      ).instances.first?.digest
    }
    let one = try digest("source: { recorded: { path: a } }")
    #expect(
      try digest("displayName: A, maxAge: 1h, source: { recorded: { path: a } }", name: "b") == one)
    #expect(try digest("source: { recorded: { path: b } }") != one)
    #expect(try digest("source: { recorded: { path: a, parameters: { domain: x } } }") != one)
    #expect(try digest("source: { api: {} }") != one)
  }

  @Test("settings, each in its place")
  func settings() throws {
    let settings = try Self.state(
      Declare.document(
        "Settings", "settings",
        """
        reports: { branch: audit/reports, path: posture }
        drift: { scoreDropThreshold: 5 }
        exceptions: { maxDuration: 90d, expiringSoon: 1w }
        gates: { newNotCompliant: medium, scoreBelowTarget: warn, expiredException: fail }
        """)
    ).settings
    #expect(settings.reportsBranch == "audit/reports")
    #expect(settings.reportsPath == "posture")
    #expect(settings.scoreDropThreshold == 5)
    #expect(settings.exceptionMaxDuration == 90 * 86_400)
    #expect(settings.expiringSoon == 7 * 86_400)
    #expect(settings.gates.newNotCompliant == .medium)
    #expect(settings.gates.scoreBelowTarget == .warn)
    #expect(settings.gates.expiredException == .fail)
  }

  @Test(
    "reports go to no branch and no folder that git or workflows use",
    arguments: [
      ("branch: a..b", "it has '..' or '@{'"), ("branch: x y", "a blank"),
      ("branch: ../x", "a part begins with '.'"), ("branch: '*'", "it has '*'"),
      ("branch: '@{-1}'", "'@{'"), ("branch: HEAD", "git uses it"),
      ("branch: refs/heads/x", "git uses it"), ("branch: -x", "it begins with '-'"),
      ("branch: a//b", "an empty part"), ("branch: a.lock/b", "ends with '.lock'"),
      ("branch: 'a:b'", "it has ':'"), ("branch: \"a\\u202eb\"", "an invisible character"),
      ("path: .git/hooks", "git and workflows use it"),
      ("path: .github/workflows", "git and workflows use it"),
      ("path: a/.GIT/b", "git and workflows use it"), ("path: a/./b", "a '.' part"),
      ("path: reports/", "an empty"), ("path: ../x", "leaves the repository"),
    ])
  func reportsPlace(field: String, message: String) throws {
    let declared = Declared(
      Declare.settings("reports: { \(field) }"),
      library: .builtIn(diagnostics: Diagnostics()))
    let errors = declared.diagnostics.all.map(\.description)
    #expect(errors.count == 1)
    #expect(errors.first?.hasPrefix("x.yaml:4:") == true, "\(errors)")
    #expect(errors.first?.contains(message) == true, "\(errors)")
  }

  @Test("a gate that is off is off")
  func gates() throws {
    let gates = try Self.state(
      Declare.settings("gates: { newNotCompliant: off, scoreBelowTarget: off }")
    ).settings.gates
    #expect(gates.newNotCompliant == nil)
    #expect(gates.scoreBelowTarget == .off)
    #expect(gates.expiredException == .off)
  }

  @Test("a recommendation with everything")
  func recommendation() throws {
    let recommendation = try #require(
      Self.state(
        Declare.document(
          "Recommendation", "r",
          """
          app: okta
          title: Require it
          points: 7
          category: data
          userImpact: medium
          implementationCost: high
          threats: [phishing, ransomware]
          parameters: { b: [1, x], a: 1.5 }
          variables: { one: "1 + 1" }
          collection: policies
          where: 'true'
          compliant: variables.one == 2
          label: resource.name
          settings: { b: resource.b, a: resource.a }
          rationale: |
            Because.
          remediation: |
            1. Do it.
          manage: https://{domain}/admin
          controls: [{ framework: cis, id: 5.10 }]
          references: [{ title: Docs, url: https://docs.example }]
          tests: [{ compliant: { resource: { name: a } } }]
          """)
      ).recommendations.first)
    #expect(recommendation.impact == .medium)
    #expect(recommendation.points == 7)
    #expect(recommendation.category == .data)
    #expect(recommendation.userImpact == .medium)
    #expect(recommendation.implementationCost == .high)
    #expect(recommendation.threats == [.phishing, .ransomware])
    #expect(recommendation.parameters.map(\.name) == ["a", "b"])
    #expect(recommendation.parameters.map(\.value) == [1.5, [1, "x"]])
    #expect(recommendation.rationale == "Because.")
    #expect(recommendation.remediation == "1. Do it.")
    #expect(recommendation.controls == [.init(framework: "cis", id: "5.10")])
    #expect(recommendation.references == [.init(title: "Docs", url: "https://docs.example")])
    #expect(recommendation.tests.map(\.expected) == [.compliant])
    #expect(recommendation.isDeclared)
  }

  @Test("better prose is no other recommendation; another condition is")
  func recommendationDigest() throws {
    func digest(_ condition: String, title: String = "Require it") throws -> String? {
      try Self.state(
        Declare.document(
          "Recommendation", "r",
          "{ app: okta, title: \(title), impact: low, category: data, compliant: \(condition), remediation: Do it. }"
        )
      ).recommendations.first?.digest
    }
    let one = try digest("'true'")
    #expect(try digest("\"true\"", title: "Enforce it") == one)
    #expect(try digest("'1 == 1'") != one)
  }

  @Test("an initiative of one's own, by names and by controls")
  func initiative() throws {
    let state = try Self.state(
      Bench.text("compliant: 'true'\ncontrols: [{ framework: cis, id: 5.1.2 }]") + """
        ---
        apiVersion: plumb/v1
        kind: Initiative
        metadata: { name: ours }
        spec:
          title: Ours
          description: What we care for.
          targetScore: 90
          instances: { matchLabels: { region: eu } }
          weights: { named: riskAccepted }
          metrics:
            - { name: named, title: Named, weight: high, recommendations: [r] }
            - { name: by-control, title: By control, controls: [{ framework: cis, prefix: "5.1" }] }
            - { name: other, title: Other, controls: [{ framework: nist }] }
        """)
    let initiative = try #require(state.initiatives.first)
    #expect(initiative.targetScore == 90)
    let definition = state.resolve(initiative)
    #expect(definition.instances == ["okta-eu"])
    #expect(definition.metrics.map(\.weight) == [.riskAccepted, .medium, .medium])
    #expect(definition.metrics.map(\.recommendations) == [["r"], ["r"], []])
  }

  @Test("an initiative that is not tracked is checked, and left out")
  func untracked() throws {
    let text = Declare.document(
      "Initiative", "ours",
      """
      tracked: off
      metrics: [{ name: one, title: One, recommendations: [none] }]
      """)
    #expect(
      Bench.faults(of: text) == ["x.yaml:6:56: error: no recommendation named 'none'"])
  }

  @Test("an exception ends with its last day, and expires soon before that")
  func exception() throws {
    let state = try Self.state(
      Bench.text("compliant: 'true'", exceptions: Bench.exception(resources: nil)))
    let exception = try #require(state.exceptions.first)
    let end = try #require(exception.end)
    #expect(end.description == "2027-01-01T00:00:00Z")
    #expect(!exception.isExpired(at: Instant(secondsSince1970: end.secondsSince1970 - 1)))
    #expect(exception.isExpired(at: end))
    let week = 7 * 86_400
    func soon(_ before: Int) -> Bool {
      exception.expiresSoon(
        at: Instant(secondsSince1970: end.secondsSince1970 - before), within: week)
    }
    #expect(!soon(week + 1))
    #expect(soon(week))
    #expect(soon(1))
    #expect(!soon(0))
  }
}
