import Posture
import TestSupport
import Testing

@testable import Observation

@Suite("Collections")
struct CollectionTests {
  @Test("are read for each resource of another, in its order, with the parent's identity first")
  func forEach() async throws {
    try await VendorServer.serve { request, _ in
      if request.path == "/api/policies" {
        return .json("[" + (1...40).map { "{\"id\":\"p\($0)\"}" }.joined(separator: ",") + "]")
      }
      let id = request.path.split(separator: "/")[2]
      return .json("[{\"id\":\"r1\",\"of\":\"\(id)\"}]")
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      let report = try await scene.observe(
        "policies: { get: /policies }\nrules: { forEach: policies, get: '/policies/{parent.id}/rules' }",
        at: server)
      #expect(report.state(of: "rules") == "complete 40")
      #expect(
        scene.lines("rules") == (1...40).map { #"{"_parent":"p\#($0)","id":"r1","of":"p\#($0)"}"# })
    }
  }

  @Test("a list's items are stored in their order, however the vendor writes each; a null is none")
  func layouts() async throws {
    try await VendorServer.serve { _, _ in
      .json(
        #" [ {"id":"1","of":"]}"} ,null, { "id" : "2" },{"id":"3","t":"ghp_abcdefghijklmnopqrstuvwxyz0123456789"},null"#
          + #",{"id":"4","x":[{"a":1.50}]},{"id":"5"} ] "#)
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      let report = try await scene.observe("items: { get: /items }", at: server)
      #expect(report.state(of: "items") == "complete 5")
      #expect(
        scene.lines("items") == [
          #"{"id":"1","of":"]}"}"#, #"{"id":"2"}"#, #"{"id":"3","t":"REDACTED"}"#,
          #"{"id":"4","x":[{"a":1.5}]}"#, #"{"id":"5"}"#,
        ])
    }
  }

  @Test("one parent that fails costs its own; all together are the collection's reason")
  func childFaults() async throws {
    try await VendorServer.serve { request, _ in
      switch request.path {
      case "/api/policies": .json(#"[{"id":"a"},{"id":"b"},{"id":"gone"}]"#)
      case "/api/policies/b/rules": .json("{}", status: 404)
      case "/api/policies/gone/rules": .json(#"{"code":"DELETED"}"#, status: 404)
      case "/api/policies/a/rules": .json(#"[{"id":"1"}]"#)
      default: .json("{}", status: 403)
      }
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      let report = try await scene.observe(
        """
        policies: { get: /policies }
        rules: { forEach: policies, get: '/policies/{parent.id}/rules' }
        secrets: { forEach: policies, get: '/policies/{parent.id}/secrets', permissions: [secrets.read] }
        """, extra: "errors: [{ status: 404, match: { /code: DELETED }, means: gone }]", at: server)
      #expect(report.state(of: "rules") == "partial 1: 1 of 3: answered 404")
      #expect(
        report.state(of: "secrets") == "denied 0: 3 of 3: the credentials lack secrets.read")
    }
  }

  @Test("inherit what their parents' collection lacks")
  func parentFaults() async throws {
    try await VendorServer.serve { request, _ in
      switch request.path {
      case "/api/good": .json("[]")
      default: .json("{}", status: 403)
      }
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      let report = try await scene.observe(
        """
        good: { get: /good }
        none: { forEach: good, get: '/good/{parent.id}' }
        policies: { get: /policies, permissions: [p.read] }
        rules: { forEach: policies, get: '/policies/{parent.id}/rules' }
        deeper: { forEach: rules, get: '/rules/{parent.id}' }
        """, at: server)
      #expect(report.state(of: "none") == "complete 0")
      #expect(report.state(of: "policies") == "denied 0: the credentials lack p.read")
      #expect(
        report.state(of: "rules")
          == "denied 0: policies could not be read: the credentials lack p.read")
      #expect(report.state(of: "deeper")?.hasPrefix("denied 0: ") == true)
    }
  }

  @Test("filter, ask for details, attach, expand, take each once")
  func shaping() async throws {
    try await VendorServer.serve { request, _ in
      switch request.path {
      case "/api/assignments":
        .json(
          #"{"value":[{"role":"x","who":{"id":"1","kind":"user"}},{"role":"x","who":{"id":"g","kind":"group"}},{"role":"y","who":{"id":"9","kind":"user"}}]}"#
        )
      case "/api/groups/g/members": .json(#"{"value":[{"id":"1"},{"id":"2"}]}"#)
      case "/api/users/1": .json(#"{"id":"1","name":"Ada","more":true}"#)
      case "/api/users/2": .json(#"{"id":"2","name":"Bob","more":true}"#)
      case "/api/users/1/roles": .json(#"{"value":[{"n":"A"},{"n":"B"}]}"#)
      default: .json(#"{"value":[]}"#)
      }
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      let report = try await scene.observe(
        """
        privileged_users:
          get: /assignments
          items: /value
          filter: { /role: [x, z] }
          expand:
            when: { /who/kind: group }
            get: /groups/{item.who.id}/members
            items: /value
            as: who
          unique: who.id
          detail: { get: '/users/{item.who.id}' }
          attach:
            roles:
              - { get: '/users/{item.who.id}/roles', items: /value/*/n }
          members: { Id: /id, DisplayName: /name }
          keys: pascal
        """, at: server)
      #expect(report.failureText == nil)
      #expect(report.state(of: "privileged_users") == "complete 2")
      #expect(
        scene.lines("privileged_users") == [
          #"{"Id":"1","DisplayName":"Ada","roles":["A","B"]}"#,
          #"{"Id":"2","DisplayName":"Bob","roles":[]}"#,
        ])
    }
  }

  @Test("answers that are no list: singletons, maps, nothing, fixed ones")
  func shapes() async throws {
    try await VendorServer.serve { request, _ in
      switch request.path {
      case "/api/one": .json(#"{"a":1}"#)
      case "/api/map": .json(#"{"settings":{"x":{"on":true},"y":7}}"#)
      case "/api/empty": .json("{}")
      case "/api/missing": .json("{}")
      case "/api/switch": .answer(status: 204, headers: [], body: [])
      default: .json("{}", status: 404)
      }
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      let report = try await scene.observe(
        """
        one: { get: /one, singleton: true }
        map: { get: /map, items: /settings, shape: map, identity: _key }
        empty: { get: /empty, items: /value, absent: empty }
        missing: { get: /missing, items: /value }
        switch: { get: /switch, singleton: true, errors: [{ status: 204, resource: { on: true } }] }
        off: { get: /off, singleton: true, errors: [{ status: 404, means: empty }] }
        fixed: { fixed: [{ a: 1 }, text] }
        """, at: server)
      #expect(scene.lines("one") == [#"{"a":1}"#])
      #expect(scene.lines("map") == [#"{"_key":"x","on":true}"#, #"{"_key":"y","value":7}"#])
      #expect(report.state(of: "empty") == "complete 0")
      #expect(report.state(of: "missing") == "failed 0: the answer has no /value")
      #expect(scene.lines("switch") == [#"{"on":true}"#])
      #expect(report.state(of: "off") == "complete 0")
      #expect(scene.lines("fixed") == [#"{"a":1}"#, #""text""#])
    }
  }

  @Test("a parent's field chooses the parents, and is encoded in the path")
  func parentFilter() async throws {
    try await VendorServer.serve { request, _ in
      switch request.path {
      case "/api/repos":
        .json(#"[{"id":1,"archived":false,"branch":"a/b"},{"id":2,"archived":true,"branch":"c"}]"#)
      default: .json("{\"path\":\"\(request.path)\"}")
      }
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      _ = try await scene.observe(
        """
        repos: { get: /repos }
        protections:
          forEach: repos
          forEachWhere: { archived: 'false' }
          get: /repos/{parent.id}/{parent.branch}
          singleton: true
        """, at: server)
      #expect(scene.lines("protections") == [#"{"_parent":"1","path":"/api/repos/1/a%2Fb"}"#])
    }
  }

  @Test("a field of an answer cannot lead to another path")
  func traversal() async throws {
    try await VendorServer.serve { request, _ in
      request.path == "/api/repos"
        ? .json(#"[{"id":".."},{"id":"../../admin?x=1"}]"#) : .json("[{\"id\":1}]")
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      let report = try await scene.observe(
        "repos: { get: /repos }\nhooks: { forEach: repos, get: '/repos/{parent.id}/hooks' }",
        at: server)
      #expect(report.state(of: "hooks") == "partial 1: 1 of 2: '..' is no parent.id")
      #expect(
        server.requests.map(\.target).sorted() == [
          "/api/repos", "/api/repos/..%2F..%2Fadmin%3Fx%3D1/hooks",
        ])
    }
  }
}
