import Foundation
import Posture
import TestSupport
import Testing
import YAML

@testable import Observation

/// A field that a tenant's edition or version lacks spoils the query that names it: it costs that field alone.
@Suite("A field that the vendor does not know")
struct UnknownFieldTests {
  /// The manners of SOQL and of GraphQL.
  static let rules = """
    errors:
      - status: 400
        match: { /0/errorCode: INVALID_FIELD }
        means: unknownField
        names: { pointer: /0/message, after: "No such column '", before: "' on entity" }
      - status: 200
        match: { /errors/0/extensions/code: undefinedField }
        means: unknownField
        names: { pointer: /errors/0/extensions/fieldName }
    """

  static let rows = """
    rows:
      get: /query?q=SELECT%20{columns}%20FROM%20Row
      columns: [id, Name, Size, Owner.Name]
      items: /records
      pagination: { next: /next }
      members: { id: /id, Name: /Name, Size: /Size, owner: /Owner/Name }
    """

  /// Answers a query as an org does that lacks some columns.
  ///
  /// - Parameter lacking: Names as the vendor writes them, each with the columns that have it.
  static func answer(
    _ request: VendorServer.Request, lacking: [(name: String, columns: [String])]
  ) -> VendorServer.Answer {
    let query = request.query["q"]?.removingPercentEncoding ?? ""
    let asked = query.split(separator: " ").dropFirst().first.map {
      $0.split(separator: ",").map(String.init)
    }
    for (name, columns) in lacking where asked?.contains(where: columns.contains) == true {
      return .json(
        #"[{"errorCode":"INVALID_FIELD","message":"\nSELECT \#(name)\n^\nNo such column '\#(name)' on entity 'Row'. If"}]"#,
        status: 400)
    }
    let members = (asked ?? []).map { column in
      column.contains(".") ? #""Owner":{"Name":"Ann"}"# : #""\#(column)":"a""#
    }
    return .json(#"{"records":[{\#(members.joined(separator: ","))}]}"#)
  }

  @Test(
    "is left out, noted with its reason, and asked for no more",
    arguments: [
      ([("Size", ["Size"])], ["Size"], 2), ([("size", ["Size"])], ["Size"], 2),
      ([("Size", ["Size"]), ("Name", ["Name", "Owner.Name"])], ["Name", "Size", "owner"], 4),
      ([("Owner", ["Owner.Name"])], ["owner"], 2), ([], [], 1),
    ] as [([(String, [String])], [String], Int)])
  func leftOut(lacking: [(String, [String])], missing: [String], requests: Int) async throws {
    try await VendorServer.serve { request, _ in
      Self.answer(request, lacking: lacking.map { (name: $0.0, columns: $0.1) })
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      let report = try await scene.observe(Self.rows, extra: Self.rules, at: server)
      let result = try #require(report.collections.first)
      #expect(result.state == .complete && result.count == 1)
      #expect((result.fault == nil) == missing.isEmpty)
      let line = try #require(scene.lines("rows").first)
      for name in missing { #expect(line.contains(#""\#(name)":"the tenant has no field"#)) }
      for name in Set(["Name", "Size", "owner"]).subtracting(missing) {
        #expect(line.contains(#""\#(name)":"A"#) || line.contains(#""\#(name)":"a""#))
      }
      #expect(server.requests.count == requests)
    }
  }

  @Test("what is no column, what identifies the resource, and what is not named is no field's loss")
  func notLeftOut() async throws {
    for (message, times) in [
      ("No such column 'Other' on entity 'Row'.", 1), ("No such column 'id' on entity 'Row'.", 1),
      ("No such column 'Size' on entity 'Row'.", 2), ("unexpected token", 1),
    ] {
      try await VendorServer.serve { request, _ in
        request.path == "/api/other"
          ? .json("[]")
          : .json(#"[{"errorCode":"INVALID_FIELD","message":"\#(message)"}]"#, status: 400)
      } _: { server in
        let scene = Scene()
        defer { scene.remove() }
        let report = try await scene.observe(
          Self.rows + "\nother: { get: /other }", extra: Self.rules, at: server)
        #expect(report.state(of: "rows")?.hasPrefix("failed 0") == true)
        #expect(server.requests.count == times + 1, "\(message)")
      }
    }
  }

  @Test(
    "a rule has to say where the name stands, a request where its columns do",
    arguments: [
      (
        "a: { get: /a, errors: [{ status: 400, means: unknownField }] }",
        "say where the answer 'names' the field"
      ),
      (
        "a: { get: /a, errors: [{ status: 400, means: empty, names: { pointer: /m } }] }",
        "'names' belongs to 'means: unknownField'"
      ),
      (
        "a: { get: /a, columns: [id] }",
        "write {columns} where they are asked for, in the address or the body"
      ),
      ("a: { get: '/a?q={columns}' }", "nothing named '{columns}' may stand here; known: domain"),
    ])
  func faults(collection: String, message: String) {
    let faults = Declared(catalog: TestConnector.yaml(collection)).diagnostics.all.map(\.message)
    #expect(faults == [message])
  }

  @Test("of a query in a body, whose braces are its own; of each parent once")
  func graph() async throws {
    try await VendorServer.serve { request, _ in
      if request.path == "/api/parents" { return .json(#"[{"id":"p"},{"id":"q"}]"#) }
      let body = String(decoding: request.body, as: UTF8.self)
      return body.contains("issuer")
        ? .json(
          #"{"errors":[{"message":"Field 'issuer' doesn't exist","extensions":{"code":"undefinedField","fieldName":"issuer"}}]}"#
        ) : .json(#"{"data":{"node":{"id":"n","name":"N"}}}"#)
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      let report = try await scene.observe(
        """
        parents: { get: /parents }
        nodes:
          forEach: parents
          post: /graphql
          body: { query: "query($id: String!) { node(id: $id) { id {columns} } }", variables: { id: "{parent.id}" } }
          columns: [name, "provider { url issuer }"]
          items: /data/node
          singleton: true
        """, extra: Self.rules + "\nconcurrency: 1", at: server)
      #expect(
        report.state(of: "nodes") == "complete 2: the tenant has no field 'issuer'")
      #expect(
        scene.lines("nodes")
          == ["p", "q"].map {
            #"{"_parent":"\#($0)","id":"n","name":"N","_unread":{"provider":"the tenant has no field 'issuer'"},"_unknown":["provider"]}"#
          })
      let bodies = server.requests.filter { $0.path == "/api/graphql" }.map {
        String(decoding: $0.body, as: UTF8.self)
      }
      #expect(bodies.contains { $0.contains("{ id name } }") })
      #expect(bodies.count <= 4)
    }
  }
}
