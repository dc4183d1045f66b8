#if Service
import Hummingbird
import Synchronization
import TestSupport
import Testing

@testable import Service

/// A listener on the loopback interface, asked over real sockets.
@Suite("Listeners", .timeLimit(.minutes(20)))
struct WebServerTests {
  @Test("answers at the port that the system chose, and ends when it is told to")
  func listens() async throws {
    let router = Router()
    router.get("/hello") { _, _ in "hello" }
    try await RunningServer.serving(router) { server in
      let answer = try await server.ask("/hello")
      #expect(answer.status == 200)
      #expect(answer.body == "hello")
      let long = String(repeating: "a", count: 20_000)
      #expect(try await server.ask("/hello", headers: [("x", long)]).status == 400)
    }
  }

  @Test("a request that begins to come before the one ahead of it is answered is answered too")
  func pipelined() async throws {
    let router = Router()
    router.get("/hello") { _, _ in "hello" }
    router.post("/say") { request, _ in try await request.body.collect(upTo: 100) }
    try await RunningServer.serving(router) { server in
      try await RawConnection.open(server.port) { connection in
        let first = await connection.ask(
          "GET /hello HTTP/1.1\r\nHost: a\r\n\r\nPOST /say HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nwo"
        )
        #expect(first.hasSuffix("hello"))
        #expect(await connection.ask("rd").hasSuffix("word"))
        // One that is answered before its body came still ends the connection.
        let last = await connection.ask(
          "POST /none HTTP/1.1\r\nHost: a\r\nContent-Length: 400\r\n\r\nwo")
        #expect(last.hasPrefix("HTTP/1.1 404 "))
        await connection.read()
        #expect(connection.isClosed)
      }
    }
  }

  @Test("who comes beyond the bound on connections is not heard until one of them goes")
  func crowded() async throws {
    let heard = Mutex<[String]>([])
    let router = Router()
    router.get("/:name") { _, context in
      let name = try context.parameters.require("name")
      heard.withLock { $0.append(name) }
      return name
    }
    var bounds = RunningServer.patient
    bounds.connections = 1
    try await RunningServer.serving(router, bounds: bounds) { server in
      try await RawConnection.open(server.port) { first in
        try await RawConnection.open(server.port) { second in
          #expect(await first.ask("GET /first HTTP/1.1\r\nHost: a\r\n\r\n").hasSuffix("first"))
          await second.send("GET /second HTTP/1.1\r\nHost: a\r\n\r\n")
          for _ in 0..<50 { _ = await first.ask("GET /first HTTP/1.1\r\nHost: a\r\n\r\n") }
          #expect(heard.withLock { $0 } == Array(repeating: "first", count: 51))
          await first.close()
          #expect(await second.read { $0.hasSuffix("second") }.hasPrefix("HTTP/1.1 200 "))
        }
      }
    }
  }

  @Test("who does not take an answer is given up, and makes room for others")
  func unread() async throws {
    let router = Router()
    // More than the system holds between two sockets.
    router.get("/large") { _, _ in ByteBuffer(repeating: 0x61, count: 64 << 20) }
    router.get("/hello") { _, _ in "hello" }
    var bounds = RunningServer.patient
    bounds.connections = 1
    bounds.idleTime = .seconds(1)
    try await RunningServer.serving(router, bounds: bounds) { server in
      try await RawConnection.open(server.port) { deaf in
        await deaf.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n")
        var answer = ""
        while !answer.hasSuffix("hello") {
          answer = try await RawConnection.open(server.port) {
            await $0.ask("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n")
          }
        }
      }
    }
  }
}
#endif
