#if Service
package import Hummingbird
package import Logging
internal import NIOCore
package import Observation

/// `POST /hooks/git`: a git host says that somebody pushed.
///
/// What it says is a hint and no more: the remote that the command line names is asked then, and only for the branch that is followed.
/// No address, name or commit is taken from a payload. Every delivery is told in one line of the audit log.
package struct GitHook: Sendable {
  /// Where hooks are sent to.
  package static let path = "/hooks/git"
  /// Bytes that a body may have.
  package static let bodySize = 1 << 20
  /// Seconds that a body may take.
  package static let bodyTime = 10.0
  /// How many bodies are read at once.
  static let most = 32

  private let secret: HookSecret
  private let branch: @Sendable () async -> String?
  private let ring: @Sendable () async -> Void
  private let audit: Logger
  private let pace: any Pace
  private let known = KnownDeliveries()
  private let readers = Readers()

  /// - Parameters:
  ///   - branch: The branch that is followed; nil while it is not known, when every branch counts.
  ///   - ring: What a push to that branch does.
  ///   - audit: Told each delivery, and what came of it.
  ///   - pace: Whose time a slow body is given.
  package init(
    secret: HookSecret, branch: @escaping @Sendable () async -> String?,
    ring: @escaping @Sendable () async -> Void, audit: Logger, pace: any Pace = SystemPace()
  ) {
    self.secret = secret
    self.branch = branch
    self.ring = ring
    self.audit = audit
    self.pace = pace
  }

  /// A router without places, for who adds none but hooks.
  package static func router() -> Router<BasicRequestContext> { Router() }

  /// Adds the place to a router.
  package func add(to router: Router<BasicRequestContext>) {
    router.post(RouterPath(Self.path)) { request, _ in
      let (verdict, delivery) = await verdict(request)
      tell(verdict, delivery)
      var headers: HTTPFields = [.contentType: "text/plain; charset=utf-8"]
      if verdict == .busy { headers[.retryAfter] = "10" }
      return Response(
        status: verdict.status, headers: headers,
        body: ResponseBody(byteBuffer: ByteBuffer(string: "\(verdict.rawValue)\n")))
    }
  }

  /// What came of a delivery: what the answer and the audit log say.
  enum Verdict: String, Sendable {
    case rung
    case replayed = "this delivery came before"
    case otherEvent = "nothing to do for this event"
    case otherBranch = "another branch is followed"
    case unsigned = "no signature: set the webhook's secret"
    case wrongSignature = "the signature is wrong"
    case tooLarge = "the body is too large"
    case tooSlow = "the body took too long"
    case cutOff = "the body is not whole"
    case busy = "too many deliveries at once"
    case notJSON = "the body is no JSON: choose application/json"

    var status: HTTPResponse.Status {
      switch self {
      case .rung, .replayed, .otherEvent, .otherBranch: .accepted
      case .unsigned, .wrongSignature: .unauthorized
      case .tooLarge: .contentTooLarge
      case .tooSlow: .requestTimeout
      case .cutOff: .badRequest
      case .busy: .serviceUnavailable
      case .notJSON: .unsupportedMediaType
      }
    }
  }

  private func verdict(_ request: Request) async -> (Verdict, HookDelivery?) {
    guard let delivery = HookDelivery(request.headers) else { return (.unsigned, nil) }
    if let length = request.headers[.contentLength].flatMap(Int.init), length > Self.bodySize {
      return (.tooLarge, delivery)
    }
    guard await readers.enter() else { return (.busy, delivery) }
    let read = await body(of: request)
    await readers.leave()
    let body: [UInt8]
    switch read {
    case .failure(let refusal): return (refusal.verdict, delivery)
    case .success(let bytes): body = bytes
    }
    guard delivery.isProven(by: secret, body: body) else { return (.wrongSignature, delivery) }
    guard
      let branches = try? HookPayload.branches(body, event: delivery.event, host: delivery.host)
    else { return (.notJSON, delivery) }
    guard await known.isNew(id: delivery.id, body: body) else { return (.replayed, delivery) }
    guard !branches.isEmpty else { return (.otherEvent, delivery) }
    if let branch = await branch(), !branches.contains(branch) { return (.otherBranch, delivery) }
    await ring()
    return (.rung, delivery)
  }

  private struct Refusal: Error { let verdict: Verdict }

  /// The body as it was sent, within its bounds of bytes and time.
  private func body(of request: Request) async -> Result<[UInt8], Refusal> {
    let body = request.body
    return await withTaskGroup(of: Result<[UInt8], Refusal>.self) { tasks in
      tasks.addTask {
        do {
          return .success(Array(buffer: try await body.collect(upTo: Self.bodySize)))
        } catch is NIOTooManyBytesError {
          return .failure(Refusal(verdict: .tooLarge))
        } catch {
          return .failure(Refusal(verdict: .cutOff))
        }
      }
      tasks.addTask { [pace] in
        try? await pace.sleep(seconds: Self.bodyTime)
        return .failure(Refusal(verdict: .tooSlow))
      }
      let first = await tasks.next() ?? .failure(Refusal(verdict: .cutOff))
      tasks.cancelAll()
      return first
    }
  }

  /// One line, in which what the sender chose is bounded and holds nothing but what is seen.
  private func tell(_ verdict: Verdict, _ delivery: HookDelivery?) {
    func plain(_ text: String?) -> String {
      String((text ?? "").unicodeScalars.prefix(80).map { $0.isPlain ? Character($0) : "?" })
    }
    let isRefused = verdict.status.kind != .successful
    audit.log(
      level: isRefused ? .warning : .info, "hook",
      metadata: [
        "verdict": "\(verdict.rawValue)", "status": "\(verdict.status.code)",
        "host": "\(delivery?.host.rawValue ?? "")", "event": "\(plain(delivery?.event))",
        "delivery": "\(plain(delivery?.id))",
      ])
  }

  /// How many bodies are being read.
  private actor Readers {
    private var count = 0

    func enter() -> Bool {
      guard count < GitHook.most else { return false }
      count += 1
      return true
    }

    func leave() { count -= 1 }
  }
}

extension Unicode.Scalar {
  /// Whether it is a visible character of ASCII, or a space.
  fileprivate var isPlain: Bool { (0x20...0x7E).contains(value) }
}
#endif
