import NIOCore
import NIOHTTP1
import NIOPosix

/// A vendor on the loopback interface: `/api/<collection>?page=N` of so many pages, all alike, chained by
/// `Link` headers.
struct PageServer {
  let channel: any Channel
  let pageBytes: Int

  var origin: String { "http://127.0.0.1:\(channel.localAddress?.port ?? 0)" }

  init(pages: Int, resources: Int) async throws {
    let items = (0..<resources).map { index in
      #"{"id":"00u\#(index)","status":"ACTIVE","created":"2024-03-01T08:00:00.000Z","profile":{"login":"user\#(index)@contoso.example","email":"user\#(index)@contoso.example"}}"#
    }
    let body = ByteBuffer(string: "[\(items.joined(separator: ","))]")
    pageBytes = body.readableBytes
    channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .serverChannelOption(.backlog, value: 1_024)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.configureHTTPServerPipeline()
          try channel.pipeline.syncOperations.addHandler(PageHandler(pages: pages, body: body))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
  }
}

private final class PageHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let pages: Int
  private let body: ByteBuffer
  private var target = ""

  init(pages: Int, body: ByteBuffer) {
    self.pages = pages
    self.body = body
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head): target = head.uri
    case .body: break
    case .end:
      let parts = target.split(separator: "?")
      let page = parts.count > 1 ? Int(parts[1].dropFirst("page=".count)) ?? 1 : 1
      var headers = HTTPHeaders([
        ("content-type", "application/json"), ("content-length", "\(body.readableBytes)"),
      ])
      if page < pages {
        headers.add(name: "link", value: "<\(parts[0])?page=\(page + 1)>; rel=\"next\"")
      }
      context.write(
        wrapOutboundOut(.head(.init(version: .http1_1, status: .ok, headers: headers))),
        promise: nil)
      context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
      context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }
  }
}
