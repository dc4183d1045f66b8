#if Service
import Hummingbird
import Logging
import TestSupport
import Testing

@testable import Service

/// What is hostile to any listener, tried at each of the three.
@Suite("Every port", .timeLimit(.minutes(20)))
struct EveryPortTests {
  enum Port: String, CaseIterable, Sendable {
    /// Where `plumb serve` shows pages, and takes hooks.
    case pages
    /// Where `plumb controller` takes hooks.
    case hooks
    /// Where both are asked how they are.
    case admin

    /// The head of a request that it answers, without the empty line that ends it.
    var head: String {
      switch self {
      case .pages: "GET /plumb.css HTTP/1.1\r\nHost: localhost\r\n"
      case .hooks: "POST /hooks/git HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n"
      case .admin: "GET /healthz HTTP/1.1\r\nHost: localhost\r\n"
      }
    }

    /// How the answer to that begins: nobody signed the hook.
    var answer: String { self == .hooks ? "HTTP/1.1 401 " : "HTTP/1.1 200 " }

    func serving(
      _ change: (inout WebServer.Bounds) -> Void = { _ in },
      _ body: @Sendable (RunningServer) async throws -> Void
    ) async throws {
      var bounds = self == .pages ? ServedCompany.patient : RunningServer.patient
      change(&bounds)
      let secret = try #require(HookSecret("0123456789abcdef0123"))
      switch self {
      case .pages:
        try await ServedCompany.shared().serving(hookSecret: secret, bounds: bounds) {
          try await body($0.asking)
        }
      case .hooks:
        let router = GitHook.router()
        GitHook(
          secret: secret, branch: { nil }, ring: {},
          audit: Logger(label: "audit") { _ in SwiftLogNoOpLogHandler() }
        ).add(to: router)
        try await RunningServer.serving(router, bounds: bounds, body)
      case .admin:
        let router = AdminRoutes.router(
          isAlive: { true }, isReady: { true }, metrics: { "# EOF\n" })
        try await RunningServer.serving(router, bounds: bounds, body)
      }
    }
  }

  @Test(
    "gives up a head that never ends, however steadily it comes, and answers others meanwhile",
    arguments: Port.allCases)
  func dribbling(port: Port) async throws {
    try await port.serving({ $0.idleTime = .seconds(1) }) { server in
      try await RawConnection.open(server.port) { slow in
        await slow.send(port.head + "X: ")
        // Between two bytes somebody else asks, so that they come slowly.
        while !slow.isClosed {
          await slow.send("a")
          _ = try await Self.ask(server, port)
        }
        #expect(await slow.read() == "")
      }
      while try await !Self.ask(server, port).hasPrefix(port.answer) {}
    }
  }

  private static func ask(_ server: RunningServer, _ port: Port) async throws -> String {
    try await RawConnection.open(server.port) { await $0.ask(port.head + "\r\n") }
  }

  @Test("lets nobody in beyond its connections, and goes on with them", arguments: Port.allCases)
  func crowded(port: Port) async throws {
    try await port.serving({ $0.connections = 2 }) { server in
      let request = port.head + "\r\n"
      try await RawConnection.open(server.port) { first in
        #expect(await first.ask(request).hasPrefix(port.answer))
        try await RawConnection.open(server.port) { second in
          #expect(await second.ask(request).hasPrefix(port.answer))
          // One more waits, without an answer, until one of them goes.
          try await RawConnection.open(server.port) { third in
            await third.send(request)
            for _ in 0..<20 {
              #expect(await first.ask(request).hasPrefix(port.answer))
              #expect(await second.ask(request).hasPrefix(port.answer))
            }
            await second.close()
            #expect(await third.read { $0.contains("\r\n\r\n") }.hasPrefix(port.answer))
          }
        }
      }
    }
  }

  @Test(
    "refuses heads without bounds, and what says two things of its length", arguments: Port.allCases
  )
  func heads(port: Port) async throws {
    try await port.serving { server in
      let hidden = "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n"
      let rows = [
        "X: \(String(repeating: "a", count: 40_000))\r\n",
        (0..<200).map { "X-\($0): a\r\n" }.joined(),
        "Content-Length: 7\r\nContent-Length: 8\r\n", "Content-Length: -1\r\n",
        "Content-Length: 7\r\nTransfer-Encoding: chunked\r\n", "X : a\r\n", "X\u{0}: a\r\n",
        "Transfer-Encoding: chunked, identity\r\n",
      ]
      for fields in rows {
        let head = port.head.replacing("Content-Length: 0\r\n", with: "")
        let answer = try await server.raw("\(head)\(fields)\r\n\(hidden)")
        // Refused, once, and nothing behind it is read.
        #expect(answer.hasPrefix("HTTP/1.1 4"), "\(fields.prefix(40)): \(answer.prefix(40))")
        #expect(answer.ranges(of: "HTTP/1.1 ").count == 1, "\(fields.prefix(40)): \(answer)")
      }
    }
  }
}
#endif
