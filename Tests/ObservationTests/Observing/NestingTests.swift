import Connectors
import Posture
import TestSupport
import Testing

@testable import Observation

/// Resources below resources below resources, and values that stand once.
@Suite("Nesting")
struct NestingTests {
  static let collections = """
    sites: { get: /sites }
    groups: { forEach: sites, get: '/sites/{parent.id}/groups' }
    members: { forEach: groups, get: '/groups/{parent.id}/of/{parent._parent}' }
    policies: { forEach: sites, get: '/sites/{parent.id}/policy', singleton: true }
    rules: { forEach: policies, get: '/policies/{parent.key}/rules' }
    """

  @Test("what belongs to a resource of a resource finds its own, also where names repeat")
  func parents() async throws {
    try await VendorServer.serve { request, _ in
      switch request.path {
      case "/api/sites": .json(#"[{"id":"a"},{"id":"b"}]"#)
      case "/api/sites/a/groups", "/api/sites/b/groups": .json(#"[{"id":"main"}]"#)
      case "/api/groups/main/of/a": .json(#"[{"id":"x"}]"#)
      case "/api/groups/main/of/b": .json(#"[{"id":"x"},{"id":"y"}]"#)
      case "/api/sites/a/policy": .json(#"{"key":"p"}"#)
      case "/api/sites/b/policy": .json(#"{"key":"q"}"#)
      case "/api/policies/p/rules": .json(#"[{"id":"r"}]"#)
      default: .json("[]")
      }
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      let connector = try #require(
        TestConnector.connector(TestConnector.yaml(Self.collections)))
      let report = try await scene.observe(connector, at: server)
      #expect(report.collections.allSatisfy { $0.state == .complete })
      let reading = try RecordedReading(
        WorkingDirectory(root: scene.folder), path: "demo-one", app: "demo", connector: connector)
      for (name, expected) in [
        ("groups", ["a/main of a", "b/main of b"]),
        ("members", ["a/main/x of a/main", "b/main/x of b/main", "b/main/y of b/main"]),
        ("policies", ["a of a", "b of b"]), ("rules", ["a/r of a"]),
      ] {
        var found: [String] = []
        try reading.forEachResource(in: name) {
          found.append("\($0.id ?? "-") of \($0.parent ?? "-")")
        }
        #expect(found == expected, "\(name)")
        // Each parent is a resource that is there.
        guard let above = reading.parentCollection(of: name) else { continue }
        var parents: Set<String> = []
        try reading.forEachResource(in: above) { parents.insert($0.id ?? "-") }
        #expect(Set(found.map { String($0.split(separator: " ")[2]) }).isSubset(of: parents))
      }
    }
  }

  @Test(
    "a value within a list of answers stands there once",
    arguments: [
      (#"{"records":[{"Metadata":{"on":true}}]}"#, "complete 1"),
      (
        #"{"records":[{"Metadata":{"on":true}},{"Metadata":{"on":false}}]}"#,
        "failed 0: the answer has 2 /records/*/Metadata, where one is expected"
      ),
      (#"{"records":[{"Meta":{}}]}"#, "failed 0: the answer has no /records/*/Metadata"),
      (#"{"records":[]}"#, "failed 0: it came empty, though every tenant has at least one"),
      (#"{"rows":[]}"#, "failed 0: the answer has no /records/*/Metadata"),
    ])
  func once(body: String, state: String) async throws {
    try await VendorServer.serve { request, _ in
      .json(request.path == "/api/one" ? body : "[]")
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      let report = try await scene.observe(
        """
        one: { get: /one, items: /records/*/Metadata, singleton: true, nonEmpty: true }
        other: { get: /other }
        """, at: server)
      #expect(report.state(of: "one") == state)
    }
  }
}
