internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import Posture

/// Waits on this machine for the one request that brings the code (RFC 8252, 7.3).
///
/// It listens on 127.0.0.1 alone, and answers to that name and to one path alone, so that it takes
/// in no page of another name. The first request to it decides; then nothing listens any more.
final class LoopbackListener: Sendable {
  enum Bounds {
    /// Bytes of the address of a request.
    static let size = 16 << 10
    /// Seconds to wait for the person.
    static let time = 300
    /// Connections in all: a browser opens a few.
    static let connections = 64
  }

  private let channel: any Channel
  private let results: AsyncStream<Result<String, Fault>>
  private let put: AsyncStream<Result<String, Fault>>.Continuation
  let port: Int

  /// - Throws: ``Fault`` where the port is taken.
  init(port: Int, path: String, expecting request: CodeRequest) async throws(Fault) {
    let (results, put) = AsyncStream<Result<String, Fault>>.makeStream()
    do {
      let gate = RedirectGate(path: path, request: request, put: put)
      channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
        .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
        .childChannelInitializer { channel in
          channel.eventLoop.makeCompletedFuture {
            guard gate.admits() else { throw ChannelError.eof }
            try channel.pipeline.syncOperations.configureHTTPServerPipeline()
            try channel.pipeline.syncOperations.addHandler(RedirectHandler(gate))
          }
        }
        .bind(host: "127.0.0.1", port: port).get()
    } catch {
      throw Fault(
        .misconfigured,
        "nothing can listen on http://127.0.0.1:\(port): name another port with --redirect-uri, or bring the code yourself with --paste"
      )
    }
    self.results = results
    self.put = put
    self.port = channel.localAddress?.port ?? port
  }

  /// The code, once it has come.
  ///
  /// - Parameter seconds: How long to wait.
  /// - Throws: ``Fault``: nobody came in time, or what came was no answer to this request.
  func code(within seconds: Int) async throws(Fault) -> String {
    let put = put
    let end = channel.eventLoop.scheduleTask(in: .seconds(Int64(seconds))) {
      put.yield(
        .failure(
          Fault(.timedOut, "nobody allowed access within \(seconds) s: nothing was exchanged")))
    }
    defer { end.cancel() }
    var first: Result<String, Fault>?
    for await result in results {
      first = result
      break
    }
    await close()
    guard let first else { throw Fault(.cancelled, "cancelled") }
    return try first.get()
  }

  func close() async {
    try? await channel.close().get()
    put.finish()
  }
}
