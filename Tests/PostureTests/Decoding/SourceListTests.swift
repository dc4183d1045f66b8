import Posture
import TestSupport
import Testing
import YAML

/// Several sources of one instance, as they are written.
@Suite struct SourceListTests {
  private static func instance(_ source: String, _ fields: String = "") -> Instance? {
    Bench.compile(
      Declare.document("Instance", "a", "{ app: okta, \(fields)source: \(source) }")
    ).0.instances.first
  }

  @Test("stand in their order, each with a name and an age")
  func order() throws {
    let instance = try #require(
      Self.instance(
        "[{ api: { parameters: { domain: x } } }, { recorded: { path: a }, maxAge: 30d }, { recorded: { path: b } }]",
        "maxAge: 3d, "))
    #expect(instance.sources.map(\.name) == ["api", "recorded a", "recorded b"])
    #expect(instance.sources.map(\.maxAge) == [3 * 86_400, 30 * 86_400, 3 * 86_400])
    #expect(instance.parameters == ["domain": "x"])
    #expect(instance.api?.name == "api")
  }

  @Test("have the ages of their kinds by default")
  func ages() throws {
    let instance = try #require(Self.instance("[{ recorded: { path: a } }, { api: {} }]"))
    #expect(instance.sources.map(\.maxAge) == [7 * 86_400, 2 * 86_400])
  }

  @Test("a list of one is that one")
  func one() throws {
    let alone = try #require(Self.instance("{ recorded: { path: a } }"))
    let listed = try #require(Self.instance("[{ recorded: { path: a } }]"))
    #expect(listed.digest == alone.digest)
    #expect(listed.sources[0].digest == alone.digest)
    #expect(listed.sources.map(\.name) == ["recorded"])
  }

  @Test("another order is another digest; a source's own digest depends on no other")
  func digests() throws {
    let one = try #require(Self.instance("[{ api: {} }, { recorded: { path: a } }]"))
    let other = try #require(Self.instance("[{ recorded: { path: a } }, { api: {} }]"))
    #expect(one.digest != other.digest)
    #expect(one.api?.digest == other.api?.digest)
    #expect(one.api?.digest == Self.instance("{ api: {} }")?.digest)
  }

  @Test(
    "what is wrong is named at its place",
    arguments: [
      ("source: []", ["x.yaml:6:11: error: this list may not be empty"]),
      (
        "source: [api]",
        ["x.yaml:6:12: error: expected one of api, recorded, export, found the string 'api'"]
      ),
      (
        "source:\n  - api: {}\n  - recorded: { path: a }\n  - api: {}",
        [
          "x.yaml:9:7: error: this list has 'api' twice: an instance is read over its app's API once"
        ]
      ),
      (
        "source:\n  - recorded: { path: a }\n  - recorded: { path: a }",
        ["x.yaml:8:7: error: this list has 'a' twice: one source reads it already"]
      ),
      (
        "source:\n  - api: { parameters: { domain: x } }\n  - recorded: { path: a, parameters: { domain: y } }",
        [
          "x.yaml:8:50: error: parameter 'domain' is 'y' here and 'x' in a source before: sources of one instance are of one tenant"
        ]
      ),
      (
        "source:\n  - { api: {}, maxAge: soon }\n  - { recorded: { path: a }, age: 7d }",
        [
          "x.yaml:7:26: error: expected a timespan such as 30m, 24h, 14d or 1d12h, found the string 'soon'",
          "x.yaml:8:32: error: unknown field 'age'; known: api, recorded, export, maxAge",
        ]
      ),
      (
        "source:\n  - api: {}\n  - export: { format: scubagear, path: a.json }",
        ["x.yaml:8:25: error: no export format named 'scubagear'"]
      ),
    ])
  func faults(source: String, expected: [String]) {
    let (_, _, diagnostics) = Bench.compile(
      Declare.document("Instance", "a", "app: okta\n" + source))
    #expect(diagnostics.all.map(\.description) == expected)
  }
}
