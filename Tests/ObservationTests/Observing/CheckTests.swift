import Posture
import TestSupport
import Testing

@testable import Observation

@Suite("Checking credentials")
struct CheckTests {
  @Test(
    "tries one page and one parent of each collection, stores nothing, and shows what is too much")
  func check() async throws {
    try await VendorServer.serve { request, _ in
      let grants = [("x-grants", "items.read, admin:everything")]
      switch request.path {
      case "/api/items":
        return .json(
          #"[{"id":"1"},{"id":"2"}]"#, headers: grants + [("link", "</api/items?page=2>; rel=next")]
        )
      case "/api/items/1/parts": return .json("[]", headers: grants)
      case "/api/none": return .json("[]", headers: grants)
      default: return .json(#"{"message":"no"}"#, status: 403)
      }
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      var options = scene.options
      options.allowedHosts = [try AllowedHost(server.origin)]
      let connector = try #require(
        TestConnector.connector(
          TestConnector.yaml(
            """
            items: { get: /items, permissions: [items.read] }
            parts: { forEach: items, get: '/items/{parent.id}/parts', permissions: [items.read] }
            none: { get: /none, permissions: [items.read] }
            of: { forEach: none, get: '/none/{parent.id}', permissions: [items.read] }
            secret: { get: /secret, permissions: [secret.read] }
            """, extra: "grantsHeader: x-grants")))
      let report = await Observer.check(
        try #require(TestConnector.instance(parameters: ["domain": server.authority])),
        connector: connector, credentials: Credentials(["token": Scene.secret]), options: options)
      #expect(report.failure == nil)
      #expect(
        report.collections.map { "\($0.name) \($0.outcome)" } == [
          "items readable", "none readable", "of untried", "parts readable",
          #"secret denied("the credentials lack secret.read (“no”)")"#,
        ])
      #expect(report.surplus == ["admin:everything"])
      #expect(!report.isFine)
      #expect(server.requests.count == 4)
      #expect(try scene.everything().isEmpty)
    }
  }
}
