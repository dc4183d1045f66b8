internal import Logging
package import Posture

/// Sends messages to channels: a few tries each, no redirect, nothing read of an answer but its beginning.
package struct NotificationSender: Sendable {
  private let options: ObserverOptions

  /// Bytes of an answer that are read.
  static let answerSize = 64 << 10
  /// Seconds for one request, as Standard Webhooks recommends.
  static let requestTime = 30.0
  /// Seconds for a message with all its tries.
  static let totalTime = 90.0

  /// When and how often a message is sent again.
  static let retry = {
    var policy = RetryPolicy()
    policy.attempts = 4
    policy.base = 1
    policy.cap = 15
    policy.longestWait = 60
    return policy
  }()

  /// - Parameter options: How the network is reached: authorities, proxy, detours, the clock.
  package init(_ options: ObserverOptions = ObserverOptions(store: nil)) {
    self.options = options
  }

  /// Sends one message.
  ///
  /// - Parameters:
  ///   - id: The same for each try: receivers tell repetitions by it.
  ///   - body: The message when it is sent at a time, in seconds since 1970.
  /// - Returns: Why it was not delivered; nil where the receiver took it.
  package func send(
    id: String, to channel: NotificationChannel, body: @Sendable (Instant) -> [UInt8]
  ) async -> Fault? {
    do throws(Fault) {
      if let given = options.transport {
        try await send(id, channel, body, over: given)
        return nil
      }
      let connections = try Connections(caFile: options.caFile, proxy: options.proxy)
      let live = LiveTransport(
        over: connections, detours: options.detours, pace: options.pace)
      do throws(Fault) {
        try await send(id, channel, body, over: live)
      } catch {
        await connections.close()
        return error
      }
      await connections.close()
      return nil
    } catch {
      return error
    }
  }

  private func send(
    _ id: String, _ channel: NotificationChannel, _ body: @Sendable (Instant) -> [UInt8],
    over transport: any Transport
  ) async throws(Fault) {
    let deadline = options.pace.now + Self.totalTime
    var attempt = 1
    while true {
      // Of a second try, the time of that try is signed.
      let request = request(
        id, channel, body, at: Instant(secondsSince1970: Int(options.pace.now)))
      guard let wait = try await self.try(request, over: transport, until: deadline) else { return }
      guard
        let delay = Self.retry.delay(
          after: attempt, asked: wait.asked, jitter: options.pace.jitter()),
        options.pace.now + delay < deadline
      else { throw Fault(.unreachable, "\(wait.reason), \(attempt) times") }
      options.log.info(
        "waiting", metadata: ["channel": "\(channel.name)", "seconds": "\(delay)"])
      do {
        try await options.pace.sleep(seconds: delay)
      } catch {
        throw Fault(.cancelled, "cancelled")
      }
      attempt += 1
    }
  }

  /// Sends it once.
  ///
  /// - Returns: Why to try again, and for how many seconds the receiver asks; nil where it took the message.
  private func `try`(
    _ request: APIRequest, over transport: any Transport, until deadline: Double
  ) async throws(Fault) -> (reason: String, asked: Double?)? {
    let now = options.pace.now
    let response: APIResponse
    do throws(TransportFault) {
      response = try await transport.send(
        request,
        bounds: ResponseBounds(
          size: Self.answerSize, deadline: min(deadline, now + Self.requestTime)))
    } catch {
      switch error.kind {
      case .connection, .time: return (error.message, nil)
      case .size: throw Fault(.malformed, error.message)
      case .trust, .proxy: throw Fault(.untrusted, error.message)
      case .cancelled: throw Fault(.cancelled, error.message)
      }
    }
    if (200...299).contains(response.status) { return nil }
    let reason =
      "\(request.address.authority) answered \(response.status)\(Self.words(of: response))"
    guard RetryPolicy.isTransient(response.status) else { throw Fault(.denied, reason) }
    return (reason, RateLimitReading.retryAfter(response, now: now))
  }

  private func request(
    _ id: String, _ channel: NotificationChannel, _ body: @Sendable (Instant) -> [UInt8],
    at now: Instant
  ) -> APIRequest {
    let bytes = SecretGate.process.passing(body(now))
    var headers = [
      APIRequest.Header(
        "content-type",
        channel.form == .webhook ? "application/cloudevents+json" : "application/json"),
      APIRequest.Header("user-agent", "plumb"),
    ]
    if !channel.keys.isEmpty {
      let timestamp = now.secondsSince1970
      let signatures = channel.keys.map {
        $0.signature(id: id, timestamp: timestamp, body: bytes)
      }
      headers += [
        APIRequest.Header("webhook-id", id),
        APIRequest.Header("webhook-timestamp", String(timestamp)),
        APIRequest.Header("webhook-signature", signatures.joined(separator: " ")),
      ]
    }
    if let authorization = channel.authorization {
      headers.append(APIRequest.Header("authorization", authorization))
    }
    return APIRequest(
      method: "POST", address: channel.address, headers: headers, body: bytes)
  }

  /// How an answer explains itself, as far as it does so in plain words.
  private static func words(of response: APIResponse) -> String {
    if (300...399).contains(response.status) { return ", a redirect, which is not followed" }
    let text =
      String(decoding: response.body.prefix(200), as: UTF8.self)
      .split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    let isPlain = text.unicodeScalars.allSatisfy { (0x20...0x7E).contains($0.value) }
    return text.isEmpty || !isPlain ? "" : ": \(SecretGate.process.telling(text))"
  }
}
