import TestSupport
import Testing

/// What is wrong in a document, at its place.
@Suite struct KindFaultTests {
  @Test(
    "is named",
    arguments: [
      (
        "Instance", "app: okta\nrecommendations: yes\nsource: {}",
        [
          "x.yaml:6:20: error: expected on or off, found the string 'yes'; write on",
          "x.yaml:7:11: error: missing field: one of 'api', 'recorded', 'export'",
        ]
      ),
      (
        "Instance", "app: okta\nsource: { api: {}, recorded: { path: a } }",
        [
          "x.yaml:6:22: error: 'recorded' and 'api' exclude one another; keep one of 'api', 'recorded', 'export'"
        ]
      ),
      (
        "Instance", "app: okta\nsource: { recorded: { path: /etc } }",
        [
          "x.yaml:6:31: error: '/etc' is an absolute path; write it relative to the repository's root"
        ]
      ),
      (
        "Instance", "app: okta\nmaxAge: 24\nsource: { api: { url: https://evil.example } }",
        [
          "x.yaml:6:11: error: expected a timespan such as 30m, 24h, 14d or 1d12h, found the integer 24",
          "x.yaml:7:20: error: unknown field 'url'; known: parameters",
        ]
      ),
      (
        "Instance", "app: okta\nsource: { api: { parameters: { port: 443 } } }",
        ["x.yaml:6:40: error: expected a string, found the integer 443; put it in quotes: \"443\""]
      ),
      (
        "Instance", "app: okta\nsource: { export: { format: scubagear, path: a.json } }",
        ["x.yaml:6:31: error: no export format named 'scubagear'"]
      ),
      (
        "Settings",
        "reports: { path: ../x }\ndrift: { scoreDropThreshold: 0 }\ngates: { newNotCompliant: severe, scoreBelowTarget: stop }\ncolour: red",
        [
          "x.yaml:5:20: error: '../x' leaves the repository: '..' is not allowed",
          "x.yaml:6:32: error: 0 is out of range: 1 to 100",
          "x.yaml:7:29: error: unknown value 'severe'; allowed: high, medium, low, off",
          "x.yaml:7:55: error: unknown value 'stop'; allowed: off, warn, fail",
          "x.yaml:8:3: error: unknown field 'colour'; known: reports, drift, exceptions, gates, notifications",
        ]
      ),
      (
        "Settings",
        "notifications: [{ to: Sec Ops, on: [regresed], minImpact: severe, url: https://evil.example }, { to: a, on: [] }]",
        [
          "x.yaml:5:25: error: 'Sec Ops' is not a DNS label: use lower-case letters, digits and '-' (at most 63, starting and ending with a letter or digit)",
          "x.yaml:5:39: error: unknown value 'regresed'; did you mean 'regressed'? allowed: regressed, newNotCompliant, suspect, unobserved, targetMissed, exceptionExpired, exceptionExpiringSoon, scoreDropped, moreAffected, drift",
          "x.yaml:5:61: error: unknown value 'severe'; allowed: high, medium, low",
          "x.yaml:5:69: error: unknown field 'url'; known: to, on, minImpact",
          "x.yaml:5:111: error: this list may not be empty",
        ]
      ),
      (
        "Recommendation", "app: okta\ntitle: T\ncategory: network\npoints: 101\ncompliant: ''",
        [
          "x.yaml:5:3: error: missing field 'remediation'",
          "x.yaml:7:13: error: unknown value 'network'; allowed: identity, data, apps, devices, infrastructure",
          "x.yaml:8:11: error: 101 is out of range: 1 to 100",
          "x.yaml:9:14: error: this text may not be empty",
        ]
      ),
      (
        "Recommendation",
        "app: okta\ntitle: T\ncategory: data\ncompliant: 'true'\nremediation: R\nreferences: [{ title: T, url: http://x }]\ntests: [{ pass: {} }, { compliant: { resourze: {} } }]",
        [
          "x.yaml:5:3: error: missing field 'impact': high, medium or low (or 'points')",
          "x.yaml:10:33: error: a reference's url begins with https://",
          "x.yaml:11:11: error: missing field: one of 'compliant', 'notCompliant', 'notApplicable', 'unknown'",
          "x.yaml:11:40: error: unknown field 'resourze'; did you mean 'resource'?",
        ]
      ),
      (
        "Exception",
        "recommendation: r\nrecommendations: [r]\nstatus: riskAccepted\ninstances: []\njustification: ' '\nowner: o\nexpires: 2027-02-30",
        [
          "x.yaml:6:3: error: 'recommendations' and 'recommendation' exclude one another; keep one of 'recommendation', 'recommendations'",
          "x.yaml:8:14: error: this list may not be empty",
          "x.yaml:9:18: error: this text may not be empty",
          "x.yaml:11:12: error: there is no 2027-02-30: that month has 28 days",
        ]
      ),
      (
        "Initiative", "targetScore: 101\nmetrics: []",
        [
          "x.yaml:5:16: error: 101 is out of range: 0 to 100",
          "x.yaml:6:12: error: this list may not be empty",
        ]
      ),
      (
        "Initiative", "tracked: on",
        [
          "x.yaml:3:19: error: no built-in initiative is named 'x' (an initiative of your own needs 'metrics')"
        ]
      ),
      (
        "Initiative",
        "metrics:\n- { name: a, title: A, weight: heavy }\n- { name: A, title: B }",
        [
          "x.yaml:6:34: error: unknown value 'heavy'; allowed: high, medium, low, riskAccepted",
          "x.yaml:7:13: error: 'A' is not a DNS label: use lower-case letters, digits and '-' (at most 63, starting and ending with a letter or digit)",
        ]
      ),
      (
        "Connector",
        "displayName: X\ncredentials: { key: { description: k }, token: { description: t } }\nauthentication: [{ name: w, token: { url: 'https://x.example/t', form: { a: '{token}' }, refresh: { field: tokne, authorize: { url: 'https://x.example/a', client: '{key}' } } } }]",
        [
          "x.yaml:7:101: error: '{tokne}' stands in no field of the token's request",
          "x.yaml:7:166: error: nothing named '{key}' may stand here",
        ]
      ),
      (
        "Connector", "displayName: X\ncollections: { a: { forEach: b }, c: {} }",
        ["x.yaml:6:21: error: no collection named 'b' in this connector"]
      ),
      (
        "Definitions", "app: okta\nfunctions: [{ name: f, body: '1' }]",
        ["x.yaml:6:15: error: missing field 'parameters'"]
      ),
      (
        "ExportFormat", "app: okta",
        [
          "x.yaml:2:7: error: unknown value 'ExportFormat'; allowed: Instance, Initiative, Exception, Settings, Recommendation, RecommendationOverride, Definitions, Connector"
        ]
      ),
    ])
  func faults(kind: String, spec: String, expected: [String]) {
    #expect(Bench.faults(of: Declare.document(kind, "x", spec)) == expected)
  }

  @Test("a desired state has one Settings document")
  func twoSettings() {
    let settings = ["one", "two"].map { Declare.document("Settings", $0, "{}") }
    #expect(
      Bench.faults(of: settings.documents)
        == [
          "x.yaml:8:19: error: a desired state has one Settings document; the other is at x.yaml:3:19"
        ])
  }

  @Test("the catalog's names cannot be taken")
  func taken() {
    #expect(
      Bench.faults(
        of: Declare.connector("okta")) == [
          "x.yaml:3:19: error: the catalog already has a connector named 'okta': take another name"
        ])
  }

  @Test("a fault in one document leaves the others' faults to be named")
  func all() {
    let faults = Bench.faults(
      of: """
        apiVersion: plumb/v2
        kind: Instance
        metadata: { name: Upper }
        spec: {}
        ---
        apiVersion: plumb/v1
        kind: Instance
        metadata: {}
        ---
        - a list
        ---
        kind: Instance
        """)
    #expect(
      faults == [
        "x.yaml:1:13: error: unknown value 'plumb/v2'; did you mean 'plumb/v1'? allowed: plumb/v1",
        "x.yaml:3:19: error: 'Upper' is not a DNS label: use lower-case letters, digits and '-' (at most 63, starting and ending with a letter or digit)",
        "x.yaml:6:1: error: missing field 'spec'",
        "x.yaml:8:11: error: missing field 'name'",
        "x.yaml:10:1: error: expected a document, found a list",
        "x.yaml:12:1: error: missing field 'apiVersion'",
        "x.yaml:12:1: error: missing field 'metadata'",
        "x.yaml:12:1: error: missing field 'spec'",
      ])
  }
}
