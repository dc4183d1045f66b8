import Posture
import TestSupport
import Testing

@testable import Observation

/// What answers mean by a connector's rules.
@Suite("Rules for answers")
struct AnswerRuleTests {
  @Test(
    "a number matches a number, or a text that writes it; of several pointers all must hold",
    arguments: [
      (
        #"{"code":4711,"message":"Invalid access token, no scope"}"#,
        "denied 0: the credentials lack a.read"
      ),
      (
        #"{"code":"4711","message":"Invalid access token, no scope"}"#,
        "denied 0: the credentials lack a.read"
      ),
      (#"{"code":4711,"message":"Something else"}"#, "failed 0: answered 400"),
      (#"{"code":47110,"message":"Invalid access token"}"#, "failed 0: answered 400"),
      (#"{"message":"Invalid access token"}"#, "failed 0: answered 400"),
    ])
  func numbers(body: String, expected: String) async throws {
    try await VendorServer.serve { request, _ in
      request.path == "/api/other" ? .json("[]") : .json(body, status: 400)
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      let report = try await scene.observe(
        "other: { get: /other }\nitems: { get: /items, permissions: [a.read] }",
        extra:
          "errors: [{ status: 400, match: { /code: 4711, /message: Invalid access token }, means: notPermitted }]",
        at: server)
      #expect(report.state(of: "items")?.hasPrefix(expected) == true)
    }
  }

  @Test(
    "a spent quota ends the tenant's run at once; the last observation stands",
    arguments: [403, 429])
  func quota(status: Int) async throws {
    try await VendorServer.serve { request, number in
      if number < 2 { return .json(#"[{"id":"a"}]"#) }
      return request.path == "/api/one"
        ? .json(#"[{"id":"later"}]"#)
        : .json(#"[{"errorCode":"REQUEST_LIMIT_EXCEEDED"}]"#, status: status)
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      let collections = """
        one: { get: /one }
        two: { get: /two, forEach: one }
        """
      let extra =
        "errors: [{ status: \(status), match: { /0/errorCode: REQUEST_LIMIT_EXCEEDED }, means: quotaSpent }]"
      let first = try await scene.observe(collections, extra: extra, at: server)
      #expect(first.failure == nil)
      #expect(first.state(of: "two") == "complete 1")
      let second = try await scene.observe(collections, extra: extra, at: server)
      #expect(second.failure?.code == .quotaSpent)
      #expect(second.failureText?.contains("quota is spent") == true)
      #expect(second.requests == 2)
      #expect(scene.lines("one") == [#"{"id":"a"}"#])
    }
  }

  @Test("what must be in an answer and is not there denies it, on whatever page it stands")
  func mustHave() async throws {
    try await VendorServer.serve { request, _ in
      switch (request.path, request.query["p"]) {
      case ("/api/good", "1"): .json(#"[{"name":"a"},{"name":"b"}]"#)
      case ("/api/good", _): .json(#"[{"name":"instance_name"}]"#)
      case ("/api/partial", "1"): .json(#"[{"name":"a"}]"#)
      case ("/api/nothing", _): .json("{}", status: 204)
      default: .json("[]")
      }
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      let must = "identity: name, mustHave: { pointer: /name, value: instance_name }"
      let pages = "pagination: { page: { parameter: p, sizeParameter: n, size: 2 } }"
      let report = try await scene.observe(
        ["good", "partial", "empty", "nothing"].map {
          "\($0): { get: /\($0), \(must), \(pages) }"
        }.joined(separator: "\n"), at: server)
      #expect(report.state(of: "good") == "complete 3")
      let reason =
        "'instance_name' is missing, which every tenant has: the credentials are not shown everything"
      #expect(report.state(of: "partial") == "partial 1: \(reason)")
      #expect(report.state(of: "empty") == "denied 0: \(reason)")
      #expect(report.state(of: "nothing") == "denied 0: \(reason)")
    }
  }
}
