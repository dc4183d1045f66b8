#if Service
import Hummingbird
import NIOHTTP1
import Testing

@testable import Service

@Suite("The admin port")
struct AdminRoutesTests {
  private static let figures = """
    # TYPE plumb_commit counter
    # HELP plumb_commit Reports recorded.
    plumb_commit_total 3
    # TYPE plumb_instance_observation_age_seconds gauge
    # UNIT plumb_instance_observation_age_seconds seconds
    # HELP plumb_instance_observation_age_seconds How old it is.
    plumb_instance_observation_age_seconds{instance="a b"} 7
    # EOF

    """

  private static func router(alive: Bool = true, ready: Bool = true) -> Router<BasicRequestContext>
  {
    AdminRoutes.router(isAlive: { alive }, isReady: { ready }, metrics: { figures })
  }

  @Test("says whether the process lives and is ready, each by itself", arguments: [true, false])
  func states(_ holds: Bool) async throws {
    try await RunningServer.serving(Self.router(alive: holds, ready: !holds)) { server in
      let health = try await server.ask("/healthz").status
      #expect(health == (holds ? 200 : 503))
      let readiness = try await server.ask("/readyz").status
      #expect(readiness == (holds ? 503 : 200))
    }
  }

  @Test("gives OpenMetrics to who asks for it, else the older text, whose counters are named whole")
  func forms() async throws {
    try await RunningServer.serving(Self.router()) { server in
      let asked = try await server.ask(
        "/metrics",
        headers: [
          (
            "accept",
            "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.1"
          )
        ])
      #expect(
        asked.headers["content-type"]
          == ["application/openmetrics-text; version=1.0.0; charset=utf-8"])
      #expect(asked.body == Self.figures)
      let plain = try await server.ask("/metrics")
      #expect(plain.headers["content-type"] == ["text/plain; version=0.0.4; charset=utf-8"])
      #expect(
        plain.body == """
          # TYPE plumb_commit_total counter
          # HELP plumb_commit_total Reports recorded.
          plumb_commit_total 3
          # TYPE plumb_instance_observation_age_seconds gauge
          # HELP plumb_instance_observation_age_seconds How old it is.
          plumb_instance_observation_age_seconds{instance="a b"} 7

          """)
    }
  }

  @Test(
    "the form is chosen by what is accepted",
    arguments: [
      ([], MetricsForm.text), (["*/*"], .text), (["application/openmetrics-text"], .openMetrics),
      (["text/plain", "Application/OpenMetrics-Text; Version=1.0.0"], .openMetrics),
      (["application/openmetrics-text; q=0"], .text),
      (["application/openmetrics-text; q=0.000"], .text),
      (["application/openmetrics-text;version=0.0.1"], .text),
      (["application/openmetrics-textual"], .text),
    ])
  func negotiated(_ accept: [String], _ form: MetricsForm) {
    #expect(MetricsForm(accept: accept) == form)
  }

  @Test("refuses to be told anything, and knows no other place")
  func refuses() async throws {
    try await RunningServer.serving(Self.router()) { server in
      for method in [HTTPMethod.POST, .PUT, .DELETE, .PATCH, .OPTIONS, .TRACE] {
        let answer = try await server.ask("/metrics", method)
        #expect(answer.status == 405)
        #expect(answer.headers["allow"] == ["GET, HEAD"])
      }
      #expect(try await server.ask("/healthz", .HEAD).status == 200)
      #expect(try await server.ask("/readyz", .GET, body: Array("x".utf8)).status == 413)
      for path in ["/", "/metrics/x", "/../metrics", "/%2e%2e/etc/passwd", "/healthz%00"] {
        #expect(try await server.ask(path).status == 404, "\(path)")
      }
    }
  }

  @Test("refuses a body before it has come, and heads without bounds")
  func hostile() async throws {
    try await RunningServer.serving(Self.router()) { server in
      let announced = try await server.raw(
        "POST /metrics HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\nx"
      ) { $0.contains("\r\n\r\n") }
      #expect(announced.hasPrefix("HTTP/1.1 405 "))
      let many = (0..<5_000).map { "X-\($0): a\r\n" }.joined()
      let heads = try await server.raw("GET /healthz HTTP/1.1\r\nHost: a\r\n\(many)\r\n") {
        $0.contains("\r\n\r\n")
      }
      #expect(heads.hasPrefix("HTTP/1.1 400 "))
      let doubled = try await server.raw(
        "GET /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
      ) { $0.contains("\r\n\r\n") }
      #expect(doubled.contains("HTTP/1.1 400 ") || doubled.contains("HTTP/1.1 413 "))
    }
  }
}
#endif
