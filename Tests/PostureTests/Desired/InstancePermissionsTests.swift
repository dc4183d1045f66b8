import Connectors
import TestSupport
import Testing
import YAML

@testable import Posture

@Suite("Permissions that are needed")
struct InstancePermissionsTests {
  private static func state(
    _ yaml: String
  ) -> (state: DesiredState, compiled: CompiledState, diagnostics: Diagnostics) {
    let declared = Declared(yaml, library: .builtIn(diagnostics: Diagnostics()))
    return (declared.state, declared.compile(), declared.diagnostics)
  }

  private static func instance(_ app: String, _ parameters: String) -> String {
    Declare.document(
      "Instance", "one", "app: \(app)\nsource: { api: { parameters: { \(parameters) } } }")
  }

  @Test("are those of the recommendations' collections and of what these are read for")
  func needed() throws {
    let (state, compiled, diagnostics) = Self.state(
      Self.instance("okta", "domain: contoso.okta.com"))
    #expect(diagnostics.errors.map(\.description) == [])
    let needs = InstancePermissions(
      try #require(state.instances.first), in: state, compiled: compiled)
    let needed = needs.permissions
    let roles = try #require(needed.first { $0.name == "okta.roles.read" })
    #expect(roles.collections == ["adminRoles", "adminUsers", "clientRoles"])
    #expect(roles.recommendations.contains("okta-super-administrators-limited"))
    #expect(needed.map(\.name) == needed.map(\.name).sorted())
    #expect(needs.collections.isSuperset(of: ["adminRoles", "adminUsers"]))
    // Read only: nothing that Plumb asks for may change anything.
    for permission in needed where permission.name.hasPrefix("okta.") {
      #expect(permission.name.hasSuffix(".read"))
    }
  }

  @Test("fall with the recommendations that an override disables")
  func disabled() throws {
    let all = Self.state(Self.instance("okta", "domain: contoso.okta.com"))
    let before = InstancePermissions(
      try #require(all.state.instances.first), in: all.state, compiled: all.compiled)
    let name = "okta.threatInsights.read"
    let readers = try #require(before.permissions.first { $0.name == name }).recommendations
    let (state, compiled, diagnostics) = Self.state(
      Self.instance("okta", "domain: contoso.okta.com")
        + readers.map { reader in
          """

          ---
          apiVersion: plumb/v1
          kind: RecommendationOverride
          metadata: { name: no-\(reader) }
          spec: { recommendations: [\(reader)], enabled: false }
          """
        }.joined())
    #expect(diagnostics.errors.map(\.description) == [])
    let needs = InstancePermissions(
      try #require(state.instances.first), in: state, compiled: compiled)
    #expect(!needs.permissions.map(\.name).contains(name))
    #expect(needs.permissions.count == before.permissions.count - 1)
    #expect(needs.recommendationCount == before.recommendationCount - readers.count)
  }

  @Test(
    "of what something else has read, parameters are checked as well; none is missing",
    arguments: [
      (
        "recorded: { path: o, parameters: { domian: contoso.okta.com } }",
        "has no parameter 'domian'"
      ),
      ("recorded: { path: o, parameters: { domain: 'https://contoso.okta.com' } }", "is no domain"),
      ("recorded: { path: o, parameters: { domain: contoso.okta.com } }", ""),
      ("recorded: { path: o }", ""),
    ])
  func recordedParameters(source: String, message: String) {
    let (_, _, diagnostics) = Self.state(Declare.instance("okta-one", source: source))
    let messages = diagnostics.errors.map(\.message)
    #expect(
      message.isEmpty ? messages.isEmpty : messages.contains { $0.contains(message) },
      "\(messages)")
  }

  @Test(
    "parameters are checked where they are written",
    arguments: [
      (
        "okta", "domain: 'https://contoso.okta.com'",
        "x.yaml:6:42: error: 'https://contoso.okta.com' is no domain; one looks like contoso.okta.com"
      ),
      (
        "okta", "domian: contoso.okta.com",
        "x.yaml:6:42: error: connector 'okta' has no parameter 'domian'; did you mean 'domain'?"
      ),
      (
        "github", "",
        "x.yaml:6:11: error: connector 'github' needs parameter 'org', such as contoso"
      ),
      (
        "github", "org: -x/../y",
        "x.yaml:6:39: error: '-x/../y' is no org; one looks like contoso"
      ),
    ])
  func parameters(app: String, parameters: String, message: String) {
    let (_, _, diagnostics) = Self.state(Self.instance(app, parameters))
    #expect(diagnostics.errors.map(\.description).contains(message), "\(diagnostics)")
  }
}
