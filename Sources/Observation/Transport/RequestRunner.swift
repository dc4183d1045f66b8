internal import Connectors
internal import Logging
internal import Posture

/// Sends one request until there is an answer to work with: waits for its turn, obeys what the vendor
/// asks for, tries again what may pass, follows redirects, and stays within the bounds.
struct RequestRunner: Sendable {
  let connector: Connector
  let policy: HostPolicy
  let transport: any Transport
  let gates: HostGates
  let pace: any Pace
  let limits: ObservationLimits
  /// Seconds since 1970.
  let deadline: Double
  let log: Logger
  let tally: RequestTally

  /// The same, for one place alone: no answer of the vendor leads there, and none from there to the vendor.
  func only(_ address: Address) -> RequestRunner {
    RequestRunner(
      connector: connector, policy: HostPolicy(only: address), transport: transport, gates: gates,
      pace: pace, limits: limits, deadline: deadline, log: log, tally: tally)
  }

  /// Whether an answer is waited on.
  enum Patience: Sendable {
    /// As its status and its headers say.
    case asUsual
    /// It means "later", whatever its status.
    case later
    /// Waiting will not change it.
    case none
  }

  /// - Parameters:
  ///   - proof: The credential's header; it goes to the request's own host only.
  ///   - followsRedirects: False for a request with a secret in its body, which is sent nowhere
  ///     else.
  ///   - patience: What an answer means beyond its status.
  ///   - obstacle: Why, when its turn comes, the request is not to be sent any more.
  /// - Returns: An answer of any status that waiting will not change.
  func run(
    _ original: APIRequest, proof: APIRequest.Header?, followsRedirects: Bool = true,
    patience: (APIResponse) -> Patience = { _ in .asUsual },
    obstacle: () async -> Fault? = { nil }
  ) async throws(Fault) -> APIResponse {
    var request = original
    request.address = try permitted(original.address)
    let home = request.address
    var attempt = 1
    var redirects = 0
    while true {
      try check()
      try tally.check(limits)
      var outgoing = request
      if let proof, request.address.hasSameOrigin(as: home) { outgoing.headers.append(proof) }
      let (result, place) = try await send(outgoing, unless: obstacle)
      switch result {
      case .failure(let fault):
        gates.leave(place)
        guard fault.kind == .connection || fault.kind == .time else { throw refusal(fault) }
        try await wait(
          fault.message, after: &attempt, asked: nil, host: home.authority, isThrottled: false)
      case .success(let response):
        let host = request.address.authority
        let pause = RateLimitReading.pause(response, connector.rateLimits, now: pace.now)
        if let pause, pause <= limits.retry.longestWait {
          gates.pause(host, until: pace.now + pause)
        }
        let patience = patience(response)
        if let asked = RateLimitReading.retryAfter(response, now: pace.now) ?? pause {
          tally.note(opening: pace.now + asked)
        }
        if patience != .none,
          RetryPolicy.isTransient(response.status) || isLimited(response, pause)
            || patience == .later
        {
          let asked = RateLimitReading.retryAfter(response, now: pace.now) ?? pause
          // Longer than anybody will wait is this request's failure, not everybody's.
          if let asked, asked <= limits.retry.longestWait {
            gates.pause(host, until: pace.now + asked)
          }
          // A server's own fault is no request to slow down.
          let isThrottled = response.status < 500 || asked != nil
          if isThrottled {
            let width = gates.narrow(place)
            log.info("narrowed", metadata: ["host": "\(host)", "requests": "\(width)"])
          }
          gates.leave(place)
          try await wait(
            "\(host) answered \(response.status)", after: &attempt, asked: asked, host: host,
            isThrottled: isThrottled)
        } else if (301...308).contains(response.status), response.status != 304, followsRedirects {
          gates.leave(place)
          redirects += 1
          guard redirects <= limits.redirects else {
            throw Fault(.tooLarge, "\(host) redirects more than \(limits.redirects) times")
          }
          request.address = try redirect(of: request, to: response)
        } else {
          if response.status < 500 {
            gates.widen(
              place, left: RateLimitReading.left(response, connector.rateLimits))
          } else {
            gates.leave(place)
          }
          return response
        }
      }
    }
  }

  // MARK: Sending

  /// Sends the request once it has a place at its host, and keeps the place: the answer decides what becomes of it.
  private func send(
    _ request: APIRequest, unless obstacle: () async -> Fault?
  ) async throws(Fault) -> (Result<APIResponse, TransportFault>, HostGates.Place) {
    let host = request.address.authority
    let place = await gates.enter(host, limit: connector.concurrency)
    if let fault = await obstacle() {
      gates.leave(place)
      throw fault
    }
    if place.opening > pace.now {
      // A window that opens behind the deadline is found out by the check that follows.
      try? await pace.sleep(seconds: min(place.opening, deadline) - pace.now)
    }
    let result: Result<APIResponse, TransportFault>
    let bounds = ResponseBounds(
      size: limits.responseSize, deadline: min(deadline, pace.now + limits.requestTime))
    do throws(TransportFault) {
      let response = try await transport.send(request, bounds: bounds)
      tally.count(bytes: response.body.count)
      log.debug(
        "answered",
        metadata: [
          "method": "\(request.method)", "url": "\(request.address)",
          "status": "\(response.status)", "bytes": "\(response.body.count)",
        ])
      result = .success(response)
    } catch {
      log.debug(
        "not answered",
        metadata: [
          "method": "\(request.method)", "url": "\(request.address)", "reason": "\(error.message)",
        ])
      result = .failure(error)
    }
    return (result, place)
  }

  /// Waits before another try, and counts it.
  ///
  /// - Throws: ``Fault`` when there is to be no other try.
  private func wait(
    _ reason: String, after attempt: inout Int, asked: Double?, host: String, isThrottled: Bool
  ) async throws(Fault) {
    guard let delay = limits.retry.delay(after: attempt, asked: asked, jitter: pace.jitter()) else {
      if let asked, asked > limits.retry.longestWait {
        throw Fault(
          .quotaSpent,
          "\(reason) and asks to wait \(Int(asked)) s; the limit is \(Int(limits.retry.longestWait)) s"
        )
      }
      throw Fault(isThrottled ? .throttled : .unreachable, "\(reason), \(attempt) times")
    }
    guard pace.now + delay < deadline else {
      throw Fault(
        isThrottled ? .throttled : .timedOut,
        "\(reason); the limit of \(Int(limits.totalTime)) s is too near to wait")
    }
    log.info(
      "waiting",
      metadata: [
        "host": "\(host)", "reason": "\(reason)", "seconds": "\(delay)", "retry": "\(attempt)",
      ])
    tally.countWait()
    do {
      try await pace.sleep(seconds: delay)
    } catch {
      throw Fault(.cancelled, "cancelled")
    }
    attempt += 1
  }

  // MARK: Judging

  private func check() throws(Fault) {
    if Task.isCancelled { throw Fault(.cancelled, "cancelled") }
    if pace.now >= deadline {
      throw Fault(
        .timedOut, "the limit of \(Int(limits.totalTime)) s for the instance has passed")
    }
  }

  private func permitted(_ address: Address) throws(Fault) -> Address {
    guard let permitted = policy.permitted(address) else {
      throw Fault(.misconfigured, policy.reason(against: address))
    }
    return permitted
  }

  /// 403 as a rate limit: nothing left in the window, or a time to come back at.
  private func isLimited(_ response: APIResponse, _ pause: Double?) -> Bool {
    response.status == 403 && (pause != nil || response.header("retry-after") != nil)
  }

  private func redirect(
    of request: APIRequest, to response: APIResponse
  ) throws(Fault) -> Address {
    guard request.method == "GET", let location = response.header("location"),
      let target = request.address.resolving(location)
    else {
      throw Fault(
        .malformed,
        "\(request.address) redirects (\(response.status)) to nothing that can be followed")
    }
    return try permitted(target)
  }

  private func refusal(_ fault: TransportFault) -> Fault {
    let code: Fault.Code =
      switch fault.kind {
      case .size: .tooLarge
      case .cancelled: .cancelled
      case .trust, .proxy: .untrusted
      case .connection, .time: .unreachable
      }
    return Fault(code, fault.message)
  }
}
