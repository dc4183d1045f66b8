import Connectors
import JSON
import Posture
import TestSupport
import Testing
import YAML

/// Two values of a setting: one configuration in two forms, or two configurations.
@Suite struct SettingComparisonTests {
  @Test(
    "the same configuration in another form",
    arguments: [
      ("null", "[]"), ("null", #""""#), ("null", "{}"), ("[]", "{}"), (#""a""#, #"["a"]"#),
      ("14", "[14]"), ("14", "14.0"), ("true", "[true]"), (#"["a","b"]"#, #"["b","a"]"#),
      (#"{"a":1,"b":2}"#, #"{"b":2,"a":1}"#), (#"{"a":1}"#, #"{"a":1,"b":null}"#),
      (#"{"a":1,"b":[]}"#, #"{"a":[1]}"#), (#"[{"id":"x","list":null}]"#, #"{"id":"x","list":[]}"#),
      (#"[{"a":["1"]},{"a":["2"]}]"#, #"[{"a":"2"},{"a":"1"}]"#), ("[null]", "null"),
      (#"{"a":{"b":[]}}"#, "null"),
    ])
  func same(left: String, right: String) throws {
    #expect(try Self.isSame(left, right))
    #expect(try Self.isSame(right, left))
  }

  @Test(
    "another configuration",
    arguments: [
      ("true", "null"), ("false", "null"), ("0", "null"), (#""a""#, "null"), (#""a""#, "[]"),
      (#"["a"]"#, #"["a","b"]"#), (#""1""#, #""2""#), ("1", #""1""#), ("14", "15"),
      ("true", "false"), (#"{"a":1}"#, #"{"a":2}"#), (#"{"a":1}"#, #"{"a":1,"b":false}"#),
      (#"["a","a"]"#, #"["a"]"#), ("[{}]", "[]"), (#""All""#, #""all""#),
      (#"[{"id":"x"}]"#, #"[{"id":"x"},{"id":"y"}]"#),
    ])
  func different(left: String, right: String) throws {
    #expect(try !Self.isSame(left, right))
    #expect(try !Self.isSame(right, left))
  }

  static func isSame(
    _ left: String, _ right: String, _ comparison: SettingComparison = SettingComparison()
  ) throws -> Bool {
    comparison.isSame(
      JSONValue(try JSONView(parsing: left)), JSONValue(try JSONView(parsing: right)))
  }

  // MARK: With what the vendor documents

  static let fields = [
    Declare.document(
      "Connector", "acme",
      """
      displayName: Acme
      collections:
        policies:
          identity: id
          fields:
            Conditions.Users:
              type: list
              set: true
              empty: { means: [All], url: https://acme.example/users, sentence: An empty list is everybody. }
            Conditions.Enabled:
              type: bool
              absent: { means: true, url: https://acme.example/on, sentence: It is on by default. }
            Conditions.Limit: { type: int }
            Conditions.Until: { type: time }
            Conditions.Length: { type: duration }
            Conditions.Mode:
              type: int
              map: { Off: 0, On: 1 }
      """),
    Declare.recommendation(
      "acme-one", of: "acme",
      """
      collection: policies
      compliant: resource.on
      label: resource.id
      settings:
        users: resource.Conditions.Users
        enabled: resource.Conditions.?Enabled.orValue(null)
        limit: resource["Conditions"].Limit
        until: resource.Conditions.Until
        length: resource.Conditions.Length
        mode: resource.Conditions.Mode
        all: resource.Conditions
        computed: size(resource.Conditions.Users)
      """), Declare.instance("acme-eu", source: "api: {}"),
  ].documents

  @Test(
    "what absent, null and empty mean, and how a text is typed, decides where it is documented",
    arguments: [
      ("users", "[]", #"["All"]"#, true), ("users", "null", "[]", false),
      ("users", #"["a","a"]"#, #""a""#, true), ("users", #"["a"]"#, "[]", false),
      ("enabled", "null", "true", true), ("enabled", "null", "false", false),
      ("enabled", #""True""#, "true", true), ("enabled", #""True""#, "false", false),
      ("limit", #""14""#, "14", true), ("limit", #""14""#, "15", false),
      ("until", #""2026-06-01T06:00:00Z""#, #""2026-06-01T06:00:00.000Z""#, true),
      ("until", #""2026-06-01T06:00:00Z""#, #""2026-06-01T07:00:00Z""#, false),
      ("length", #""PT24H""#, #""P1D""#, true), ("length", #""PT24H""#, #""P2D""#, false),
      ("mode", #""On""#, "1", true), ("mode", #""On""#, #""Off""#, false),
      ("all", #"{"Users":[],"Enabled":"True"}"#, #"{"Users":"All"}"#, true),
      ("all", #"{"Users":[],"Enabled":"False"}"#, #"{"Users":"All"}"#, false),
      ("all", #"{"Users":[],"Enabled":"True"}"#, #"{"Users":"All","Enabled":true}"#, true),
      ("computed", #""14""#, "14", false),
    ])
  func documented(setting: String, left: String, right: String, expected: Bool) throws {
    let state = try Declared(Self.fields, catalog: "").sound().state
    let instance = try #require(state.instance("acme-eu"))
    let recommendation = try #require(state.recommendations.first)
    let comparison = state.fieldIndex(of: instance).comparison(of: setting, in: recommendation)
    #expect(try Self.isSame(left, right, comparison) == expected)
  }
}
