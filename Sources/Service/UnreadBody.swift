#if Service
internal import NIOCore
internal import NIOHTTPTypes

/// Ends a connection whose request was answered before it was sent: who goes on sending what nobody wants holds nothing up.
///
/// The answer is sent, then our side is closed, so that it arrives; a second later all is.
final class UnreadBody: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private var isBeingSent = false
  private var isEnded = false

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if isEnded { return }
    switch unwrapInboundIn(data) {
    case .head: isBeingSent = true
    case .body: break
    case .end: isBeingSent = false
    }
    context.fireChannelRead(data)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    guard case .end = unwrapOutboundIn(data), isBeingSent else {
      return context.write(data, promise: promise)
    }
    isEnded = true
    context.writeAndFlush(data, promise: promise)
    context.close(mode: .output, promise: nil)
    let channel = context.channel
    context.eventLoop.scheduleTask(in: .seconds(1)) { channel.close(promise: nil) }
  }
}
#endif
