package import NIOCore
internal import NIOHTTP1
internal import NIOHTTP2
internal import NIOPosix
package import NIOSSL
private import Synchronization

/// A vendor's API on the loopback interface: real sockets, answers chosen by a closure. With a TLS context that offers
/// `h2`, it speaks HTTP/2 to those who take it.
package final class VendorServer: Sendable {
  package struct Request: Sendable {
    package let method: String
    /// Path and query as they came.
    package let target: String
    package let headers: [(String, String)]
    package let body: [UInt8]
    /// Whether it came over a stream of HTTP/2.
    package let isHTTP2: Bool

    package var path: String { String(target.prefix { $0 != "?" }) }
    package var query: [String: String] {
      let text = target.drop { $0 != "?" }.dropFirst()
      return Dictionary(
        text.split(separator: "&").map { parameter in
          let parts = parameter.split(separator: "=", maxSplits: 1).map(String.init)
          return (parts[0], parts.count > 1 ? parts[1] : "")
        }, uniquingKeysWith: { first, _ in first })
    }

    package func header(_ name: String) -> String? {
      headers.first { $0.0.lowercased() == name.lowercased() }?.1
    }
  }

  package enum Answer: Sendable {
    case answer(status: Int, headers: [(String, String)], body: [UInt8])
    /// The head promises more than is sent; then the connection ends.
    case truncated(promised: Int, body: [UInt8])
    /// Closes without a word; over HTTP/2, the stream alone.
    case reset
    /// Over HTTP/2, tells that nothing more will be answered on the connection, and closes it.
    case goAway
    /// Says nothing, and keeps the connection.
    case silence
    /// Sends the chunk so many times, perhaps with a pause before each.
    case endless(chunk: [UInt8], times: Int, pause: TimeAmount = .zero)
    /// Waits until somebody answers through what the closure is given.
    case later(@Sendable (_ send: @escaping @Sendable (Answer) -> Void) -> Void)

    package static func json(
      _ text: String, status: Int = 200, headers: [(String, String)] = []
    ) -> Answer {
      .answer(
        status: status, headers: [("content-type", "application/json")] + headers,
        body: Array(text.utf8))
    }
  }

  private let channel: any Channel
  private let record: RequestRecord
  package let isSecure: Bool
  package let port: Int

  /// What was asked so far.
  package var requests: [Request] { record.all }
  package var origin: String { "\(isSecure ? "https" : "http")://127.0.0.1:\(port)" }
  package var authority: String { "127.0.0.1:\(port)" }

  package init(
    tls: NIOSSLContext? = nil, _ answer: @escaping @Sendable (Request, Int) -> Answer
  ) async throws {
    let record = RequestRecord()
    isSecure = tls != nil
    @Sendable func listen(_ channel: any Channel) throws {
      try channel.pipeline.syncOperations.addHandler(
        VendorHandler { request in
          let index = record.append(request)
          return answer(request, index)
        })
    }
    channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          if let tls {
            try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls))
          } else {
            try channel.pipeline.syncOperations.configureHTTPServerPipeline()
            try listen(channel)
          }
        }.flatMap {
          guard tls != nil else { return channel.eventLoop.makeSucceededVoidFuture() }
          return channel.configureCommonHTTPServerPipeline { channel in
            channel.eventLoop.makeCompletedFuture { try listen(channel) }
          }
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    port = channel.localAddress?.port ?? 0
    self.record = record
  }

  package func close() async { try? await channel.close().get() }

  /// Runs the body with a server that is closed afterwards.
  package static func serve<Result>(
    tls: NIOSSLContext? = nil, _ answer: @escaping @Sendable (Request, Int) -> Answer,
    _ body: (VendorServer) async throws -> Result
  ) async throws -> Result {
    let server = try await VendorServer(tls: tls, answer)
    do {
      let result = try await body(server)
      await server.close()
      return result
    } catch {
      await server.close()
      throw error
    }
  }
}

private final class RequestRecord: Sendable {
  private let requests = Mutex<[VendorServer.Request]>([])

  /// The request's index.
  func append(_ request: VendorServer.Request) -> Int {
    requests.withLock { list in
      list.append(request)
      return list.count - 1
    }
  }

  var all: [VendorServer.Request] { requests.withLock { $0 } }
}

private final class VendorHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let answer: @Sendable (VendorServer.Request) -> VendorServer.Answer
  private var head: HTTPRequestHead?
  private var body: [UInt8] = []

  init(_ answer: @escaping @Sendable (VendorServer.Request) -> VendorServer.Answer) {
    self.answer = answer
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      self.head = head
      body = []
    case .body(let buffer): body.append(contentsOf: buffer.readableBytesView)
    case .end:
      guard let head else { return }
      let request = VendorServer.Request(
        method: head.method.rawValue, target: head.uri,
        headers: head.headers.map { ($0.name, $0.value) }, body: body,
        isHTTP2: head.version.major == 2)
      send(answer(request), context)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

  private func send(_ answer: VendorServer.Answer, _ context: ChannelHandlerContext) {
    switch answer {
    case .answer(let status, let headers, let body):
      var fields = HTTPHeaders(headers)
      if status != 204, status != 304 { fields.add(name: "content-length", value: "\(body.count)") }
      write(
        .head(.init(version: .http1_1, status: .init(statusCode: status), headers: fields)), context
      )
      if !body.isEmpty { write(.body(.byteBuffer(ByteBuffer(bytes: body))), context) }
      context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    case .truncated(let promised, let body):
      let fields = HTTPHeaders([
        ("content-type", "application/json"), ("content-length", "\(promised)"),
      ])
      write(.head(.init(version: .http1_1, status: .ok, headers: fields)), context)
      let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
      context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: body)))))
        .whenComplete { _ in bound.value.close(promise: nil) }
    case .reset: context.close(promise: nil)
    case .goAway:
      guard let connection = context.channel.parent else { return context.close(promise: nil) }
      let frame = HTTP2Frame(
        streamID: .rootStream,
        payload: .goAway(lastStreamID: .rootStream, errorCode: .noError, opaqueData: nil))
      connection.writeAndFlush(frame).whenComplete { _ in connection.close(promise: nil) }
    case .silence: break
    case .later(let register):
      let loop = context.eventLoop
      let bound = NIOLoopBound((self, context), eventLoop: loop)
      register { answer in loop.execute { bound.value.0.send(answer, bound.value.1) } }
    case .endless(let chunk, let times, let pause):
      let fields = HTTPHeaders([
        ("content-type", "application/json"), ("transfer-encoding", "chunked"),
      ])
      write(.head(.init(version: .http1_1, status: .ok, headers: fields)), context)
      drip(ByteBuffer(bytes: chunk), times, pause, context)
    }
  }

  /// One chunk after the other, as fast as the reader takes them.
  private func drip(
    _ chunk: ByteBuffer, _ times: Int, _ pause: TimeAmount, _ context: ChannelHandlerContext
  ) {
    guard times > 0 else {
      context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
      return
    }
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(chunk)))).whenSuccess {
      // Not at once: a write that is done already would call back into itself.
      bound.value.1.eventLoop.scheduleTask(in: pause) {
        let (handler, context) = bound.value
        handler.drip(chunk, times - 1, pause, context)
      }
    }
  }

  private func write(_ part: HTTPServerResponsePart, _ context: ChannelHandlerContext) {
    context.write(wrapOutboundOut(part), promise: nil)
  }
}
