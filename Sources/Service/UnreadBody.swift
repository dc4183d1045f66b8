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

  /// Requests that came whole and are not answered yet: one may come behind another that is still being answered (RFC 9112, section 9.3.2).
  private var whole = 0
  private var isEnded = false

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if isEnded { return }
    if case .end = unwrapInboundIn(data) { whole += 1 }
    context.fireChannelRead(data)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    guard case .end = unwrapOutboundIn(data) else {
      return context.write(data, promise: promise)
    }
    guard whole == 0 else {
      whole -= 1
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
