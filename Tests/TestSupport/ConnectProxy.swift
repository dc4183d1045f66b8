internal import NIOCore
internal import NIOPosix
private import Synchronization

/// A forward proxy on the loopback interface: it answers `CONNECT` (RFC 9110, 9.3.6) and tunnels
/// whatever is asked for to one port of this machine.
package final class ConnectProxy: Sendable {
  package struct Tunnel: Sendable {
    /// What was asked for: `host:port`.
    package let authority: String
    /// The value of `Proxy-Authorization`.
    package let authorization: String?
  }

  private let channel: any Channel
  private let record: TunnelRecord
  package let port: Int

  /// Every tunnel that was asked for.
  package var tunnels: [Tunnel] { record.all }

  private init(to target: Int, refusing isRefused: Bool) async throws {
    let record = TunnelRecord()
    channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(
            ConnectHandler(target: target, isRefused: isRefused, record: record))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    port = channel.localAddress?.port ?? 0
    self.record = record
  }

  /// Runs the body with a proxy that is closed afterwards.
  package static func serve<Result>(
    to target: Int, refusing isRefused: Bool = false, _ body: (ConnectProxy) async throws -> Result
  ) async throws -> Result {
    let proxy = try await ConnectProxy(to: target, refusing: isRefused)
    do {
      let result = try await body(proxy)
      try? await proxy.channel.close().get()
      return result
    } catch {
      try? await proxy.channel.close().get()
      throw error
    }
  }
}

private final class TunnelRecord: Sendable {
  private let tunnels = Mutex<[ConnectProxy.Tunnel]>([])

  func append(_ tunnel: ConnectProxy.Tunnel) { tunnels.withLock { $0.append(tunnel) } }
  var all: [ConnectProxy.Tunnel] { tunnels.withLock { $0 } }
}

/// Reads the head of the request, connects, then hands bytes on.
private final class ConnectHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let target: Int
  private let isRefused: Bool
  private let record: TunnelRecord
  private var head: [UInt8] = []
  private var peer: (any Channel)?

  init(target: Int, isRefused: Bool, record: TunnelRecord) {
    self.target = target
    self.isRefused = isRefused
    self.record = record
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let buffer = unwrapInboundIn(data)
    if let peer {
      peer.writeAndFlush(buffer, promise: nil)
      return
    }
    head.append(contentsOf: buffer.readableBytesView)
    let text = String(decoding: head, as: UTF8.self)
    guard text.hasSuffix("\r\n\r\n") else { return }
    let lines = text.split(separator: "\r\n").map(String.init)
    let words = (lines.first ?? "").split(separator: " ").map(String.init)
    let name = "proxy-authorization: "
    record.append(
      ConnectProxy.Tunnel(
        authority: words.count > 1 ? words[1] : "",
        authorization: lines.first { $0.lowercased().hasPrefix(name) }
          .map { String($0.dropFirst(name.count)) }))
    guard words.first == "CONNECT", !isRefused else {
      say("HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n", context)
      return
    }
    connect(context)
  }

  private func connect(_ context: ChannelHandlerContext) {
    let client = context.channel
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    ClientBootstrap(group: context.eventLoop)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(BackHandler(client: client))
        }
      }
      .connect(host: "127.0.0.1", port: target)
      .whenComplete { result in
        let (handler, context) = bound.value
        switch result {
        case .success(let peer):
          handler.peer = peer
          handler.say("HTTP/1.1 200 Connection Established\r\n\r\n", context)
        case .failure: context.close(promise: nil)
        }
      }
  }

  private func say(_ text: String, _ context: ChannelHandlerContext) {
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) { peer?.close(promise: nil) }
  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}

/// Hands on what comes back.
private final class BackHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let client: any Channel

  init(client: any Channel) { self.client = client }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    client.writeAndFlush(unwrapInboundIn(data), promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) { client.close(promise: nil) }
  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
