#if Service
import NIOCore
import TestSupport
import Testing

@testable import Service

/// What comes to a port that everybody reaches.
@Suite("Hostile requests")
struct HostileRequestTests {

  @Test(
    "find no file",
    arguments: [
      "/../../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/%252e%252e/etc/passwd",
      "/..%2f..%2fetc/passwd", "/..\\..\\etc\\passwd", "/..%5c..%5cetc%5cpasswd",
      "/%c0%ae%c0%ae/etc/passwd", "/index.html%00.css", "/index.html/", "//etc/passwd",
      "/instances/../index.html", "/./index.html", "/INDEX.HTML", "/index.html;x", "/%69ndex.html",
      "/index.html%20", "/.plumb-site", "/state.json", "/.git/config",
    ])
  func paths(path: String) async throws {
    try await ServedCompany.shared().serving { served in
      let answer = try await served.asking.raw(
        "GET \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
      #expect(answer.hasPrefix("HTTP/1.1 404 "), "\(answer.prefix(80))")
      #expect(!answer.contains("root:"))
    }
  }

  @Test(
    "are refused for their form",
    arguments: [
      ("GET /api/v1/recommendations?app=%zz HTTP/1.1\r\nHost: localhost\r\n", "400"),
      ("GET /recommendations.html?app=%c0%ae HTTP/1.1\r\nHost: localhost\r\n", "400"),
      ("GET * HTTP/1.1\r\nHost: localhost\r\n", "400"),
      ("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n", "405"),
      ("DELETE /api/v1/report HTTP/1.1\r\nHost: localhost\r\n", "405"),
      ("GET / HTTP/1.1\r\nHost: evil.example\r\n", "421"), ("GET / HTTP/1.1\r\n", "421"),
      ("GET / HTTP/1.1\r\nHost: localhost.evil.example\r\n", "421"),
      (
        "GET / HTTP/1.1\r\nHost: localhost\r\nX: \(String(repeating: "a", count: 40_000))\r\n",
        "400"
      ),
      (
        "GET / HTTP/1.1\r\nHost: localhost\r\n"
          + (0..<200).map { "X-\($0): a\r\n" }.joined(), "400"
      ),
    ])
  func forms(head: String, status: String) async throws {
    try await ServedCompany.shared().serving { served in
      let answer = try await served.asking.raw(head + "Connection: close\r\n\r\n")
      #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(answer.prefix(80))")
    }
  }

  @Test(
    "bring no body: the answer does not wait for it, and the connection ends",
    arguments: [
      "Content-Length: 1000000000", "Transfer-Encoding: chunked",
      "Content-Length: 5\r\nExpect: 100-continue",
    ])
  func bodies(field: String) async throws {
    try await ServedCompany.shared().serving { served in
      let answer = try await served.asking.raw(
        "GET / HTTP/1.1\r\nHost: localhost\r\n\(field)\r\n\r\n")
      #expect(answer.hasPrefix("HTTP/1.1 413 "), "\(answer.prefix(80))")
      #expect(answer.lowercased().contains("connection: close"))
    }
  }

  @Test("smuggle nothing: a second request behind a body is none")
  func smuggling() async throws {
    try await ServedCompany.shared().serving { served in
      let hidden = "GET /api/v1/report HTTP/1.1\r\nHost: localhost\r\n\r\n"
      for fields in [
        "Content-Length: \(hidden.utf8.count)\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: 0",
        "Content-Length: 0\r\nContent-Length: \(hidden.utf8.count)",
        "Transfer-Encoding: xchunked",
      ] {
        let answer = try await served.asking.raw(
          "GET / HTTP/1.1\r\nHost: localhost\r\n\(fields)\r\n\r\n\(hidden)")
        let first = answer.prefix(12)
        #expect(first == "HTTP/1.1 413" || first == "HTTP/1.1 400", "\(fields): \(first)")
        #expect(!answer.contains("plumb/v1"), "\(fields)")
      }
    }
  }

  @Test("that never end are given up")
  func slow() async throws {
    var bounds = WebServer.Bounds()
    bounds.idleTime = .milliseconds(200)
    let router = AdminRoutes.router(
      isAlive: { true }, isReady: { true }, metrics: { "# EOF\n" })
    try await RunningServer.serving(router, bounds: bounds) { server in
      // It ends because the server closes.
      for bytes in ["GET /healthz HTTP/1.1\r\nHost: loc", ""] {
        // What is written to a connection that is closed already is an error, and no answer either.
        let answer = (try? await server.raw(bytes)) ?? ""
        #expect(answer.isEmpty)
      }
    }
  }

  @Test("are logged, each on one line, without what may be secret")
  func log() async throws {
    try await ServedCompany().serving { served in
      _ = try await served.asking.raw(
        "GET /%0a%22x?q=topsecret&impact=low&topsecret=1 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer topsecret\r\nConnection: close\r\n\r\n"
      )
      let line = try #require(served.lines.all.last)
      #expect(line.count { $0 == "\n" } == 1)
      #expect(!served.lines.all.joined().contains("topsecret"))
      #expect(line.contains(#""path":"/%0a%22x","filters":["impact","q"],"status":404"#))
      #expect(line.contains(#""who":"anybody","method":"GET""#))
      #expect(line.contains(#""from":"127.0.0.1""#))
    }
  }
}
#endif
