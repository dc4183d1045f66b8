import Posture
import TestSupport
import Testing

@testable import Observation

/// Who waits on this machine for the code.
@Suite struct LoopbackListenerTests {
  /// Sends a request as a browser would, and gives the status.
  private func visit(
    _ target: String, at listener: LoopbackListener, method: String = "GET", host: String? = nil
  ) async throws -> Int {
    let pace = TestPace()
    let connections = try Connections(caFile: nil, proxy: ProxySettings(environment: [:]))
    let live = try LiveTransport(
      over: connections,
      detours: host.map { [$0: try #require(Address("http://127.0.0.1:\(listener.port)"))] } ?? [:],
      pace: pace)
    let authority = host ?? "127.0.0.1:\(listener.port)"
    let address = try #require(Address("http://\(authority)\(target)"))
    do {
      let answer = try await live.send(
        APIRequest(method: method, address: address),
        bounds: ResponseBounds(size: 1 << 16, deadline: pace.now + 60))
      await connections.close()
      return answer.status
    } catch {
      await connections.close()
      throw error
    }
  }

  @Test("one request to its path decides, whatever else comes")
  func decides() async throws {
    let request = CodeRequest()
    let listener = try await LoopbackListener(port: 0, path: "/cb", expecting: request)
    let answer = "code=abc&state=\(request.state)"
    #expect(try await visit("/favicon.ico", at: listener) == 404)
    #expect(try await visit("/cb?\(answer)", at: listener, method: "POST") == 405)
    #expect(try await visit("/cb?\(answer)", at: listener, host: "evil.example") == 421)
    #expect(try await visit("/cb?\(answer)", at: listener) == 200)
    #expect(try await visit("/cb?\(answer)", at: listener) == 410)
    #expect(try await listener.code(within: 60) == "abc")
    await #expect(throws: (any Error).self) { try await self.visit("/cb", at: listener) }
  }

  @Test("an answer of another request ends the wait, and its code is not taken")
  func foreign() async throws {
    let request = CodeRequest()
    let listener = try await LoopbackListener(port: 0, path: "/", expecting: request)
    #expect(try await visit("/?code=abc&state=guessed", at: listener) == 400)
    #expect(try await visit("/?code=abc&state=\(request.state)", at: listener) == 410)
    await #expect(throws: Fault.self) { try await listener.code(within: 60) }
  }

  @Test("a long address is refused")
  func long() async throws {
    let request = CodeRequest()
    let listener = try await LoopbackListener(port: 0, path: "/", expecting: request)
    let code = String(repeating: "a", count: LoopbackListener.Bounds.size)
    #expect(try await visit("/?code=\(code)&state=\(request.state)", at: listener) == 414)
    await listener.close()
  }

  @Test("nobody is waited for for ever")
  func late() async throws {
    let listener = try await LoopbackListener(port: 0, path: "/", expecting: CodeRequest())
    await #expect(
      throws: Fault(.timedOut, "nobody allowed access within 0 s: nothing was exchanged")
    ) { try await listener.code(within: 0) }
  }

  @Test("connections have a bound")
  func connections() {
    let (_, put) = AsyncStream<Result<String, Fault>>.makeStream()
    let gate = RedirectGate(path: "/", request: CodeRequest(), put: put)
    for _ in 0..<LoopbackListener.Bounds.connections { #expect(gate.admits()) }
    #expect(!gate.admits())
  }

  @Test("a port that is taken is told")
  func taken() async throws {
    let listener = try await LoopbackListener(port: 0, path: "/", expecting: CodeRequest())
    let port = listener.port
    await #expect(
      throws: Fault(
        .misconfigured,
        "nothing can listen on http://127.0.0.1:\(port): name another port with --redirect-uri, or bring the code yourself with --paste"
      )
    ) { _ = try await LoopbackListener(port: port, path: "/", expecting: CodeRequest()) }
    await listener.close()
  }
}
