#if Service
import AsyncHTTPClient
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1
import ServiceLifecycle
import TestSupport
import Testing

@testable import Service

/// A listener on the loopback interface while a test asks it.
struct RunningServer: Sendable {
  let port: Int

  /// How long an answer is waited for: longer than any machine takes.
  static let patience = TimeAmount.hours(1)

  /// Bounds that no machine is too slow for.
  static var patient: WebServer.Bounds {
    var bounds = WebServer.Bounds()
    bounds.idleTime = patience
    return bounds
  }

  static func serving(
    _ router: Router<BasicRequestContext>, bounds: WebServer.Bounds = Self.patient,
    _ body: @Sendable (RunningServer) async throws -> Void
  ) async throws {
    let (ports, telling) = AsyncStream<Int>.makeStream()
    let server = WebServer(
      at: ListenAddress(host: "127.0.0.1", port: 0), bounds: bounds, logger: Logger(label: "test"),
      router: router
    ) { telling.yield($0) }
    let group = ServiceGroup(services: [server], logger: Logger(label: "test"))
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask { try await group.run() }
      var iterator = ports.makeAsyncIterator()
      let port = try #require(await iterator.next())
      try await body(RunningServer(port: port))
      await group.triggerGracefulShutdown()
      try await tasks.waitForAll()
    }
  }

  /// An answer, read whole.
  struct Answer: Sendable {
    let status: UInt
    let headers: HTTPHeaders
    let body: String
  }

  func ask(
    _ path: String, _ method: HTTPMethod = .GET, headers: [(String, String)] = [],
    body: [UInt8]? = nil
  ) async throws -> Answer {
    var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)\(path)")
    request.method = method
    for (name, value) in headers { request.headers.add(name: name, value: value) }
    if let body { request.body = .bytes(body) }
    let answer = try await HTTPClient.shared.execute(request, timeout: Self.patience)
    let text = try await String(buffer: answer.body.collect(upTo: 10 << 20))
    return Answer(status: answer.status.code, headers: answer.headers, body: text)
  }

  /// Sends bytes as they are, and reads until the server closes or `enough` of what came is there.
  func raw(
    _ bytes: String, until enough: @Sendable (String) -> Bool = { _ in false }
  ) async throws -> String {
    try await RawConnection.open(port) { connection in
      await connection.send(bytes)
      return await connection.read(until: enough)
    }
  }
}
#endif
