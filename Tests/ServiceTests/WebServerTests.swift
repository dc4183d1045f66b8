#if Service
import AsyncHTTPClient
import Hummingbird
import Logging
import NIOHTTP1
import ServiceLifecycle
import Testing

@testable import Service

/// A listener on the loopback interface, asked over real sockets.
@Suite("Listeners")
struct WebServerTests {
  @Test("answers at the port that the system chose, and ends when it is told to")
  func listens() async throws {
    let router = Router()
    router.get("/hello") { _, _ in "hello" }
    let (ports, telling) = AsyncStream<Int>.makeStream()
    let server = WebServer(
      at: ListenAddress(host: "127.0.0.1", port: 0), logger: Logger(label: "test"), router: router
    ) { telling.yield($0) }
    let group = ServiceGroup(services: [server], logger: Logger(label: "test"))
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask { try await group.run() }
      var iterator = ports.makeAsyncIterator()
      let port = try #require(await iterator.next())
      var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)/hello")
      let answer = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
      #expect(answer.status == .ok)
      #expect(try await String(buffer: answer.body.collect(upTo: 100)) == "hello")
      request.headers.add(name: "x", value: String(repeating: "a", count: 20_000))
      let refused = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
      #expect(refused.status == .badRequest)
      await group.triggerGracefulShutdown()
      try await tasks.waitForAll()
    }
  }
}
#endif
