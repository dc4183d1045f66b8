internal import NIOCore
internal import NIOHTTP1
internal import Posture
private import Synchronization

/// Decides what a request to the listener means. It keeps nothing but whether an answer came and
/// how many connections it admitted.
final class RedirectGate: Sendable {
  private let path: String
  private let request: CodeRequest
  private let put: AsyncStream<Result<String, Fault>>.Continuation
  private let state = Mutex((connections: 0, isDecided: false))

  init(
    path: String, request: CodeRequest, put: AsyncStream<Result<String, Fault>>.Continuation
  ) {
    self.path = path
    self.request = request
    self.put = put
  }

  /// Counts a connection, and says whether it is taken.
  func admits() -> Bool {
    state.withLock { state in
      state.connections += 1
      return state.connections <= LoopbackListener.Bounds.connections
    }
  }

  struct Reply: Sendable {
    let status: HTTPResponseStatus
    let text: String
    /// What the request decides; nil for nothing.
    let result: Result<String, Fault>?
  }

  func reply(to head: HTTPRequestHead, port: Int?) -> Reply {
    func refusal(_ status: HTTPResponseStatus, _ text: String) -> Reply {
      Reply(status: status, text: text, result: nil)
    }
    guard head.uri.utf8.count <= LoopbackListener.Bounds.size else {
      return refusal(.uriTooLong, "This address is too long.")
    }
    let parts = head.uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let names = port.map { ["127.0.0.1:\($0)"] } ?? []
    // A page of another name that leads here is no vendor's.
    guard head.headers["host"].count == 1, names.contains(head.headers["host"][0]) else {
      return refusal(.misdirectedRequest, "Nothing of this name is here.")
    }
    guard parts[0] == path else { return refusal(.notFound, "Nothing is here.") }
    guard head.method == .GET else {
      return refusal(.methodNotAllowed, "The code is brought by GET.")
    }
    let isFirst = state.withLock { state in
      defer { state.isDecided = true }
      return !state.isDecided
    }
    guard isFirst else { return refusal(.gone, "An answer has come already.") }
    do throws(Fault) {
      let code = try request.code(inQuery: parts.count > 1 ? String(parts[1]) : "")
      return Reply(
        status: .ok,
        text: "Plumb has what it needs. Close this page, and go back to the terminal.",
        result: .success(code))
    } catch {
      return Reply(
        status: .badRequest,
        text: "This is not the answer that Plumb waits for. The terminal says why.",
        result: .failure(error))
    }
  }

  func decide(_ result: Result<String, Fault>) { put.yield(result) }
}

/// Answers with a plain page, and closes.
final class RedirectHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let gate: RedirectGate

  init(_ gate: RedirectGate) { self.gate = gate }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    // What a body says is nothing to us.
    guard case .head(let head) = unwrapInboundIn(data) else { return }
    let reply = gate.reply(to: head, port: context.localAddress?.port)
    let body = ByteBuffer(string: reply.text + "\n")
    let headers = HTTPHeaders([
      ("content-type", "text/plain; charset=utf-8"), ("content-length", "\(body.readableBytes)"),
      ("connection", "close"), ("cache-control", "no-store"), ("referrer-policy", "no-referrer"),
      ("x-content-type-options", "nosniff"),
    ])
    context.write(
      wrapOutboundOut(.head(.init(version: .http1_1, status: reply.status, headers: headers))),
      promise: nil)
    context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
    let gate = gate
    let channel = context.channel
    context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in
      // The page is on its way before the listener goes.
      if let result = reply.result { gate.decide(result) }
      channel.close(promise: nil)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
