import Foundation
import Posture
import TestSupport
import Testing

@testable import Observation

/// A tenant that sends without end costs its bound and no more; what stands beside it is read.
@Suite("Bounds of an observation")
struct BoundsTests {
  /// A page of items with 1,000 bytes each, and a link to the next.
  private static func page(
    _ request: VendorServer.Request, items: Int, last: Int = .max
  ) -> VendorServer.Answer {
    let page = Int(request.query["page"] ?? "1") ?? 1
    let name = String(repeating: "x", count: 1_000)
    let list = (0..<items).map { #"{"id":"\#(page)-\#($0)","name":"\#(name)"}"# }
    let next =
      "<http://\(request.header("host") ?? "")\(request.path)?page=\(page + 1)>; rel=\"next\""
    return .json("[\(list.joined(separator: ","))]", headers: page < last ? [("link", next)] : [])
  }

  @Test("many pages below one parent are streamed, in the order of the parents")
  func parents() async throws {
    try await VendorServer.serve { request, _ in
      switch request.path {
      case "/api/groups": .json(#"[{"id":"a"},{"id":"b"},{"id":"c"}]"#)
      case "/api/groups/b/members": Self.page(request, items: 100, last: 60)
      default: Self.page(request, items: 2, last: 2)
      }
    } _: { server in
      var scene = Scene()
      scene.options.limits.waitingSize = 10_000
      defer { scene.remove() }
      let report = try await scene.observe(
        """
        groups: { get: /groups, identity: id }
        members: { get: "/groups/{parent.id}/members", forEach: groups }
        """, at: server)
      #expect(report.state(of: "members") == "complete 6008")
      let parents = scene.lines("members").map { String($0.prefix(14)) }
      #expect(
        parents
          == Array(repeating: #"{"_parent":"a""#, count: 4)
          + Array(repeating: #"{"_parent":"b""#, count: 6_000)
          + Array(repeating: #"{"_parent":"c""#, count: 4))
    }
  }

  @Test("a parent that fails after it was streamed leaves a part, and the others")
  func failing() async throws {
    try await VendorServer.serve { request, _ in
      switch request.path {
      case "/api/groups": return .json(#"[{"id":"a"},{"id":"b"}]"#)
      case "/api/groups/a/members":
        if request.query["page"] == "3" { return .json("{}", status: 404) }
        return Self.page(request, items: 100)
      default: return Self.page(request, items: 2, last: 1)
      }
    } _: { server in
      var scene = Scene()
      scene.options.limits.waitingSize = 10_000
      defer { scene.remove() }
      let report = try await scene.observe(
        """
        groups: { get: /groups, identity: id }
        members: { get: "/groups/{parent.id}/members", forEach: groups }
        """, at: server)
      #expect(report.state(of: "members")?.hasPrefix("partial 202: 1 of 2: ") == true)
      #expect(scene.lines("members").count == 202)
    }
  }

  @Test(
    "endless pages end at the bound of what is stored; other collections stand",
    arguments: [
      "items: { get: /endless }",
      "items: { get: \"/groups/{parent.id}/endless\", forEach: fine }",
    ])
  func stored(collection: String) async throws {
    try await VendorServer.serve { request, _ in
      request.path.hasSuffix("/endless")
        ? Self.page(request, items: 100) : .json(#"[{"id":"a"},{"id":"b"}]"#)
    } _: { server in
      var scene = Scene()
      scene.options.limits.collectionSize = 1_000_000
      defer { scene.remove() }
      let report = try await scene.observe(
        "\(collection)\nfine: { get: /fine, identity: id }", at: server)
      #expect(
        report.state(of: "items")?.hasSuffix(
          "there are more than 1000000 bytes to store, the limit of a collection") == true,
        "\(report.state(of: "items") ?? "")")
      #expect(report.state(of: "fine") == "complete 2")
      #expect(report.requests < 40)
      #expect(scene.lines("items").joined().utf8.count <= 1_000_000)
    }
  }

  @Test("an instance and a run have bounds of their own")
  func wholes() async throws {
    try await VendorServer.serve { request, _ in
      Self.page(request, items: 100)
    } _: { server in
      var scene = Scene()
      scene.options.limits.storedSize = 1_000_000
      defer { scene.remove() }
      var report = try await scene.observe("a: { get: /a }\nb: { get: /b }", at: server)
      #expect(
        report.failureText?.hasSuffix(
          "there are more than 1000000 bytes to store, the limit of an instance") == true)
      scene.options.limits.storedSize = 1 << 30
      scene.options.storage = StorageQuota("a run", limit: 500_000)
      report = try await scene.observe("a: { get: /a }", at: server)
      #expect(
        report.failureText?.hasSuffix(
          "there are more than 500000 bytes to store, the limit of a run") == true)
    }
  }

  @Test("requests and bytes of an instance are counted over all collections")
  func counted() async throws {
    try await VendorServer.serve { request, _ in
      Self.page(request, items: 100)
    } _: { server in
      var scene = Scene()
      scene.options.limits.requests = 30
      defer { scene.remove() }
      var report = try await scene.observe("a: { get: /a }", at: server)
      #expect(
        report.failureText == "30 requests were made, the limit of an instance")
      scene.options.limits.requests = 1_000
      scene.options.limits.receivedSize = 1_000_000
      report = try await scene.observe("a: { get: /a }", at: server)
      #expect(
        report.failureText
          == "more than 1000000 bytes were received, the limit of an instance")
    }
  }

  @Test("what belongs to one resource is bounded, and so is what is kept of many")
  func parts() async throws {
    try await VendorServer.serve { request, _ in
      request.path.hasSuffix("/members")
        ? Self.page(request, items: 100) : Self.page(request, items: 100, last: 3)
    } _: { server in
      var scene = Scene()
      scene.options.limits.partSize = 1_000_000
      scene.options.limits.identities = 10_000
      defer { scene.remove() }
      let report = try await scene.observe(
        """
        groups: { get: /groups, identity: id, attach: { members: [{ get: '/groups/{item.id}/members' }] } }
        users: { get: /users, identity: id }
        things: { get: "/users/{parent.id}/things", forEach: users }
        fine: { get: /fine }
        """, at: server)
      #expect(
        report.state(of: "groups")
          == "failed 0: a part of a resource has more than 1000000 bytes, which is the limit")
      #expect(
        report.state(of: "users")?.hasSuffix(
          "what is kept of its resources while it is read has more than 10000 bytes, which is the limit"
        ) == true, "\(report.state(of: "users") ?? "")")
    }
  }

  @Test("one large resource ends its collection, and no other")
  func resource() async throws {
    try await VendorServer.serve { request, _ in
      Self.page(request, items: request.path == "/api/large" ? 2 : 0, last: 1)
    } _: { server in
      var scene = Scene()
      scene.options.limits.resourceSize = 500
      defer { scene.remove() }
      let report = try await scene.observe(
        "large: { get: /large }\nfine: { get: /fine }", at: server)
      #expect(
        report.state(of: "large")?.wholeMatch(
          of: /failed 0: a resource has 10\d\d bytes; the limit is 500/) != nil,
        "\(report.state(of: "large") ?? "")")
      #expect(report.state(of: "fine") == "complete 0")
    }
  }

  @Test("redirects without end are followed so often, and no more")
  func redirects() async throws {
    try await VendorServer.serve { request, index in
      request.path.hasPrefix("/api/round")
        ? .answer(status: 302, headers: [("location", "/api/round/\(index)")], body: [])
        : .json("[]")
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      let report = try await scene.observe(
        "round: { get: /round }\nfine: { get: /fine }", at: server)
      #expect(
        report.state(of: "round")
          == "failed 0: \(server.authority) redirects more than 5 times")
      #expect(server.requests.filter { $0.path.hasPrefix("/api/round") }.count == 6)
      #expect(report.state(of: "fine") == "complete 0")
    }
  }

  @Test(
    "a server that takes a request and says nothing is waited for so long, and asked again so often"
  )
  func silence() async throws {
    try await VendorServer.serve { _, _ in
      .silence
    } _: { server in
      var scene = Scene()
      scene.options.limits.requestTime = 0.2
      defer { scene.remove() }
      let report = try await scene.observe("mute: { get: /mute }", at: server)
      #expect(report.failure?.detail == "\(server.authority) did not answer in time, 6 times")
    }
  }

  @Test("the time of an instance ends it, before another request is sent")
  func time() async throws {
    try await VendorServer.serve { request, _ in
      Self.page(request, items: 1)
    } _: { server in
      // Every look at the clock is five seconds later than the one before.
      var scene = Scene(pace: TestPace(drift: 5))
      scene.options.limits.totalTime = 3
      defer { scene.remove() }
      let report = try await scene.observe("endless: { get: /endless }", at: server)
      #expect(report.failure?.detail == "the limit of 3 s for the instance has passed")
      #expect(server.requests.isEmpty)
    }
  }

  /// 40 MB of one letter, packed.
  static func bomb() throws -> VendorServer.Answer {
    let file = NSTemporaryDirectory() + "plumb-gzip-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: file) }
    let run = try Run(
      "/bin/sh", ["-c", "head -c 40000000 /dev/zero | tr '\\0' ' ' | gzip -9 > '\(file)'"],
      in: NSTemporaryDirectory(), environment: Scratch.environment)
    try #require(run.status == 0)
    return .answer(
      status: 200, headers: [("content-type", "application/json"), ("content-encoding", "gzip")],
      body: try Array(Data(contentsOf: URL(fileURLWithPath: file))))
  }

  @Test("an answer that unpacks to more than it may is told as that, once")
  func unpacking() async throws {
    let bomb = try Self.bomb()
    try await VendorServer.serve { request, _ in
      request.path == "/api/bomb" ? bomb : .json("[]")
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      let report = try await scene.observe("bomb: { get: /bomb }\nfine: { get: /fine }", at: server)
      #expect(
        report.state(of: "bomb")
          == "failed 0: the answer unpacks to more than 200 times its size, which is the limit")
      #expect(report.state(of: "fine") == "complete 0")
      #expect(server.requests.filter { $0.path == "/api/bomb" }.count == 1)
    }
  }
}
