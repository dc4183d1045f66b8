internal import NIOCore
internal import NIOPosix

/// A connection to a port of this machine whose bytes a test writes and reads itself.
package final class RawConnection {
  private var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
  private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
  private let channel: any Channel
  /// What came so far.
  package private(set) var text = ""
  /// Whether the other side has closed.
  package private(set) var isClosed = false

  private init(
    _ inbound: NIOAsyncChannelInboundStream<ByteBuffer>,
    _ outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>, _ channel: any Channel
  ) {
    self.channel = channel
    self.inbound = inbound.makeAsyncIterator()
    self.outbound = outbound
  }

  /// Connects, and closes behind the body.
  ///
  /// - Throws: Where nobody listens.
  package static func open<Result>(
    _ port: Int, _ body: (RawConnection) async throws -> Result
  ) async throws -> Result {
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .connect(host: "127.0.0.1", port: port) { channel in
        channel.eventLoop.makeCompletedFuture {
          try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
        }
      }
    return try await channel.executeThenClose { inbound, outbound in
      try await body(RawConnection(inbound, outbound, channel.channel))
    }
  }

  /// Writes; what cannot be written any more is no error: that shows when something is read.
  package func send(_ bytes: String) async {
    do {
      try await outbound.write(ByteBuffer(string: bytes))
    } catch {
      isClosed = true
    }
  }

  /// Reads until what came is enough, or the other side closes.
  ///
  /// - Returns: All that came so far.
  @discardableResult
  package func read(until enough: (String) -> Bool = { _ in false }) async -> String {
    while !enough(text) {
      guard let part = try? await inbound.next() else {
        isClosed = true
        break
      }
      text += String(buffer: part)
    }
    return text
  }

  /// Closes at once.
  package func close() async {
    try? await channel.close().get()
    isClosed = true
  }

  /// Sends a request, and reads the head of its answer and the body that this announces.
  package func ask(_ request: String) async -> String {
    text = ""
    await send(request)
    return await read {
      guard let end = $0.firstRange(of: "\r\n\r\n") else { return false }
      let length =
        $0.lowercased().firstMatch(of: /content-length: *(\d+)/).flatMap { Int($0.1) } ?? 0
      return $0[end.upperBound...].utf8.count >= length
    }
  }
}
