import NIOCore
import TestSupport
import Testing

@testable import Observation

@Suite("Answers that are no answer")
struct RetryTests {
  private static let items = #"[{"id":"1"},{"id":"2"}]"#

  @Test("obeys Retry-After in seconds and as a date, then goes on")
  func retryAfter() async throws {
    try await VendorServer.serve { _, index in
      switch index {
      case 0: .json("{}", status: 429, headers: [("retry-after", "7")])
      case 1:
        // 1,780,000,000 is Thu, 28 May 2026 20:26:40 GMT; seven seconds have passed.
        .json("{}", status: 503, headers: [("retry-after", "Thu, 28 May 2026 20:27:00 GMT")])
      default: .json(Self.items)
      }
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      let report = try await scene.observe("items: { get: /items }", at: server)
      #expect(report.state(of: "items") == "complete 2")
      #expect(scene.pace.slept == [7, 13])
      #expect(report.waits == 2)
    }
  }

  @Test("waits for the window's end where a 429 and a 403 name no time")
  func windows() async throws {
    try await VendorServer.serve { _, index in
      let limit = [("x-remaining", "0"), ("x-reset", "\(1_780_000_000 + (index + 1) * 30)")]
      return switch index {
      case 0: .json("{}", status: 429, headers: limit)
      case 1: .json("{}", status: 403, headers: limit)
      default: .json(Self.items, headers: [("x-remaining", "9")])
      }
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      let report = try await scene.observe("items: { get: /items }", at: server)
      #expect(report.state(of: "items") == "complete 2")
      #expect(scene.pace.slept == [30, 30])
    }
  }

  @Test(
    "waits for the window that opens last, also where a header has used and limit, and none a time")
  func severalWindows() async throws {
    try await VendorServer.serve { _, index in
      let first = [("x-remaining", "0"), ("x-reset", "\(1_780_000_000 + (index + 1) * 20)")]
      return switch index {
      case 0: .json("{}", status: 429, headers: first + [("x-burst", "api-usage=18/20")])
      case 1: .json("{}", status: 429, headers: first + [("x-burst", "api-usage=20/20")])
      case 2: .json("{}", status: 429, headers: [("x-remaining", "3"), ("x-burst", "0")])
      default: .json(Self.items, headers: [("x-burst", "1/20")])
      }
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      let yaml = TestConnector.yaml("items: { get: /items }").replacing(
        "rateLimit: { remaining: x-remaining, reset: x-reset }",
        with:
          "rateLimit: [{ remaining: x-remaining, reset: x-reset }, { remaining: x-burst, window: 30s }]"
      )
      let report = try await scene.observe(
        try #require(TestConnector.connector(yaml)), at: server,
        credentials: ["token": "secret-token-1"])
      #expect(report.state(of: "items") == "complete 2")
      #expect(scene.pace.slept == [20, 30, 30])
    }
  }

  @Test(
    "a number that nobody can wait for fails its collection alone",
    arguments: [
      [("retry-after", "9.3e18")], [("retry-after", "1e300")],
      [("retry-after", "Fri, 31 Dec 9999 23:59:59 GMT")],
      [("x-remaining", "0"), ("x-reset", "1e300")], [("x-remaining", "0"), ("x-reset", "inf")],
      [("x-remaining", "0"), ("x-reset", "nan")],
      [("x-remaining", "-9e99"), ("x-reset", "-1e300")],
    ])
  func absurd(headers: [(String, String)]) async throws {
    try await VendorServer.serve { request, _ in
      request.path == "/api/items"
        ? .json(Self.items) : .json("{}", status: 429, headers: headers)
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      let report = try await scene.observe(
        "broken: { get: /broken }\nitems: { get: /items }", at: server)
      #expect(
        report.state(of: "broken")?.hasPrefix("failed 0: \(server.authority) answered 429") == true)
      #expect(report.state(of: "items") == "complete 2")
    }
  }

  @Test("backs off exponentially from 500, a reset and a body that breaks off")
  func backoff() async throws {
    try await VendorServer.serve { _, index in
      switch index {
      case 0: .json("{}", status: 500)
      case 1: .reset
      case 2: .truncated(promised: 500, body: Array(#"[{"id":"1"},"#.utf8))
      default: .json(Self.items)
      }
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      let report = try await scene.observe("items: { get: /items }", at: server)
      #expect(report.state(of: "items") == "complete 2")
      #expect(scene.pace.slept == [0.25, 0.5, 1])
      #expect(scene.lines("items") == [#"{"id":"1"}"#, #"{"id":"2"}"#])
    }
  }

  @Test("gives up after the last try, and leaves the other collections")
  func exhausted() async throws {
    try await VendorServer.serve { request, _ in
      request.path == "/api/broken" ? .json("{}", status: 502) : .json(Self.items)
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      let report = try await scene.observe(
        "broken: { get: /broken }\nitems: { get: /items }", at: server)
      #expect(report.state(of: "broken") == "failed 0: \(server.authority) answered 502, 6 times")
      #expect(report.state(of: "items") == "complete 2")
    }
  }

  @Test("does not wait longer than the limits allow")
  func tooLong() async throws {
    try await VendorServer.serve { request, _ in
      request.path == "/api/items"
        ? .json(Self.items) : .json("{}", status: 429, headers: [("retry-after", "86400")])
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      let report = try await scene.observe(
        "items: { get: /items }\nlate: { get: /late }", at: server)
      let limit = Int(scene.options.limits.retry.longestWait)
      #expect(
        report.state(of: "late")
          == "failed 0: \(server.authority) answered 429 and asks to wait 86400 s; the limit is \(limit) s"
      )
      #expect(scene.pace.slept == [])
    }
  }

  @Test(
    "says what was wrong with an answer",
    arguments: [
      (#"[{"id":"1"},{"id":"#, "application/json", "the answer is no JSON: "),
      ("<html>Sign in</html>", "text/html; charset=utf-8", "answered text/html instead of JSON"),
      (#"{"error":"x"}"#, "application/json", "the answer is object, not a list"),
    ])
  func shape(body: String, type: String, reason: String) async throws {
    try await VendorServer.serve { request, _ in
      request.path == "/api/good"
        ? .json("[]")
        : .answer(status: 200, headers: [("content-type", type)], body: Array(body.utf8))
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      let report = try await scene.observe(
        "good: { get: /good }\nbad: { get: /bad }", at: server)
      #expect(report.state(of: "bad")?.hasPrefix("failed 0: \(reason)") == true)
      #expect(report.state(of: "good") == "complete 0")
    }
  }

  @Test("refuses a body beyond the limit without holding it, said in its head or not")
  func size() async throws {
    let chunk = [UInt8](repeating: 0x20, count: 1 << 20)
    try await VendorServer.serve { request, _ in
      switch request.path {
      case "/api/endless": .endless(chunk: chunk, times: 5_000)
      case "/api/promised": .truncated(promised: 5 << 30, body: [0x5B])
      default: .json("[]")
      }
    } _: { server in
      var scene = Scene()
      scene.options.limits.responseSize = 8 << 20
      defer { scene.remove() }
      let report = try await scene.observe(
        "endless: { get: /endless }\npromised: { get: /promised }\nfine: { get: /fine }", at: server
      )
      #expect(
        report.state(of: "endless")
          == "failed 0: the answer is longer than the limit of 8388608 bytes")
      #expect(
        report.state(of: "promised")
          == "failed 0: the answer has 5368709120 bytes; the limit is 8388608")
      #expect(report.state(of: "fine") == "complete 0")
    }
  }

  @Test("ends an answer that only drips")
  func drip() async throws {
    try await VendorServer.serve { request, _ in
      request.path == "/api/drip"
        ? .endless(chunk: [0x20], times: 1_000_000, pause: .milliseconds(5)) : .json("[]")
    } _: { server in
      // Every look at the clock is five seconds later than the one before.
      var scene = Scene(pace: TestPace(drift: 5))
      scene.options.limits.totalTime = 500
      defer { scene.remove() }
      let report = try await scene.observe("drip: { get: /drip }\nfine: { get: /fine }", at: server)
      #expect(report.state(of: "drip")?.hasPrefix("failed 0: ") == true)
      #expect(report.state(of: "fine") == "complete 0")
    }
  }

  @Test("nests no deeper than the limit")
  func depth() async throws {
    try await VendorServer.serve { request, _ in
      request.path == "/api/fine"
        ? .json("[]")
        : .json(String(repeating: "[", count: 100) + String(repeating: "]", count: 100))
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      let report = try await scene.observe("deep: { get: /deep }\nfine: { get: /fine }", at: server)
      #expect(report.state(of: "deep")?.hasPrefix("failed 0: the answer is no JSON: ") == true)
    }
  }
}
