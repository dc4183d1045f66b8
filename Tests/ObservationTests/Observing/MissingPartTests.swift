import TestSupport
import Testing

@testable import Observation

/// What can't be read of a collection costs what depends on it.
@Suite("A part that is missing")
struct MissingPartTests {
  static let gone = "errors: [{ status: 404, match: { /code: DELETED }, means: gone }]"

  @Test("an item that exists no more is left out; a part of it that is refused is marked")
  func parts() async throws {
    try await VendorServer.serve { request, _ in
      switch request.path {
      case "/api/roles": .json(#"[{"id":"a"},{"id":"b"},{"id":"g","kind":"group"}]"#)
      case "/api/groups/g": .json(#"{"code":"DELETED"}"#, status: 404)
      case "/api/roles/a/rules": .json(#"[{"n":1}]"#)
      case "/api/roles/b/rules": .json(#"{"message":"not bought"}"#, status: 402)
      default: .json("[]")
      }
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      let report = try await scene.observe(
        """
        roles:
          get: /roles
          errors: [{ status: 402, means: notLicensed }]
          expand: { when: { /kind: group }, get: '/groups/{item.id}', as: who }
          attach: { rules: [{ get: '/roles/{item.id}/rules' }] }
        """, extra: Self.gone, at: server)
      let reason = "the tenant does not have this feature (“not bought”)"
      #expect(report.state(of: "roles") == "complete 2: rules of 1 resource: \(reason)")
      #expect(
        scene.lines("roles") == [
          #"{"id":"a","rules":[{"n":1}]}"#, #"{"id":"b","_unread":{"rules":"\#(reason)"}}"#,
        ])
    }
  }

  @Test("a request has rules of its own, before those of the collection")
  func ownRules() async throws {
    try await VendorServer.serve { request, _ in
      request.path == "/api/active" ? .json(#"[{"id":"a"}]"#) : .json("{}", status: 402)
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      let report = try await scene.observe(
        """
        holders:
          requests:
            - get: /active
            - { get: /eligible, errors: [{ status: 402, means: empty }] }
          errors: [{ status: 402, means: notLicensed }]
        refused:
          requests: [{ get: /active }, { get: /eligible }]
          errors: [{ status: 402, means: notLicensed }]
        """, at: server)
      #expect(report.state(of: "holders") == "complete 1")
      #expect(report.state(of: "refused") == "partial 1: the tenant does not have this feature")
    }
  }

  @Test("what no list had named was not deleted meanwhile; nor were all parents, or all items")
  func goneAltogether() async throws {
    try await VendorServer.serve { request, _ in
      request.path == "/api/policies"
        ? .json(#"[{"id":"a"},{"id":"b"}]"#) : .json(#"{"code":"DELETED"}"#, status: 404)
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      let report = try await scene.observe(
        """
        policies: { get: /policies }
        rules: { forEach: policies, get: '/policies/{parent.id}/rules' }
        details: { get: /policies, detail: { get: '/policies/{item.id}' } }
        once: { get: /once }
        """, extra: Self.gone, at: server)
      #expect(report.state(of: "rules") == "failed 0: 2 of 2: answered 404")
      #expect(report.state(of: "details") == "failed 0: answered 404")
      #expect(report.state(of: "once") == "failed 0: answered 404")
    }
  }

  @Test("a parent that lacks the field by which it is chosen is not passed over")
  func undecidedParent() async throws {
    try await VendorServer.serve { request, _ in
      request.path == "/api/repos"
        ? .json(
          #"[{"id":1,"archived":false},{"id":2},{"id":3,"archived":null},{"id":4,"archived":true}]"#
        )
        : .json(#"[{"id":"k"}]"#)
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      let report = try await scene.observe(
        """
        repos: { get: /repos }
        keys: { forEach: repos, forEachWhere: { archived: 'false' }, get: '/repos/{parent.id}/keys' }
        """, at: server)
      #expect(
        report.state(of: "keys")
          == "partial 1: 2 of 4 do not say 'archived', by which they are chosen")
    }
  }

  @Test("what every tenant has is not believed to be empty")
  func neverEmpty() async throws {
    try await VendorServer.serve { _, _ in
      .json("[]")
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      let report = try await scene.observe(
        "domains: { get: /domains, nonEmpty: true }\nrules: { get: /rules }", at: server)
      #expect(
        report.state(of: "domains")
          == "failed 0: it came empty, though every tenant has at least one")
      #expect(report.state(of: "rules") == "complete 0")
    }
  }

  @Test("texts of a list have what is attached to them, each once")
  func bareValues() async throws {
    try await VendorServer.serve { request, _ in
      switch request.path {
      case "/api/policies": .json(#"[{"out":["g1","g2"]},{"out":["g1"]},{"out":null}]"#)
      case "/api/groups/g1": .json(#"[{"id":"u"}]"#)
      default: .json("{}", status: 404)
      }
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      let report = try await scene.observe(
        """
        groups:
          get: /policies
          items: /*/out/*
          unique: value
          attach: { people: [{ get: '/groups/{item.value}' }] }
          members: { groupId: "" }
          identity: groupId
        """, at: server)
      #expect(report.state(of: "groups") == "complete 2: people of 1 resource: answered 404")
      #expect(
        scene.lines("groups") == [
          #"{"groupId":"g1","people":[{"id":"u"}]}"#,
          #"{"groupId":"g2","_unread":{"people":"answered 404"}}"#,
        ])
    }
  }
}
