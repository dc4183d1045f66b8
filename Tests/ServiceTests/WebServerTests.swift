#if Service
import Hummingbird
import Testing

/// A listener on the loopback interface, asked over real sockets.
@Suite("Listeners")
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
}
#endif
