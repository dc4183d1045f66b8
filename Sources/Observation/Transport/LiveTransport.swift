internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPCompression
internal import NIOSSL

/// The network, by async-http-client: streamed bodies over pooled connections.
package final class LiveTransport: Transport {
  private let connections: Connections
  private let detours: [String: Address]
  private let pace: any Pace
  private let large = Turnstile(LargeAnswers.limit)

  /// - Parameters:
  ///   - connections: Whoever made them closes them.
  ///   - detours: Loopback addresses that stand in for hosts: for rehearsals against a recording.
  package init(
    over connections: Connections, detours: [String: Address] = [:], pace: any Pace
  ) {
    self.connections = connections
    self.detours = detours
    self.pace = pace
  }

  package func send(
    _ request: APIRequest, bounds: ResponseBounds
  ) async throws(TransportFault) -> APIResponse {
    let target = detour(of: request.address)
    var outgoing = HTTPClientRequest(url: target.url)
    outgoing.method = HTTPMethod(rawValue: request.method)
    for header in request.headers { outgoing.headers.add(name: header.name, value: header.value) }
    outgoing.headers.replaceOrAdd(name: "host", value: request.address.authority)
    outgoing.headers.replaceOrAdd(name: "accept-encoding", value: "gzip, deflate")
    if let body = request.body { outgoing.body = .bytes(ByteBuffer(bytes: body)) }
    let patience = max(0.001, bounds.deadline - pace.now)
    do {
      let response = try await connections.client(for: target).execute(
        outgoing, deadline: .now() + .milliseconds(Int64(min(patience, 3_600) * 1_000)))
      return APIResponse(
        status: Int(response.status.code),
        headers: response.headers.map { APIRequest.Header($0.name, $0.value) },
        body: try await read(response, bounds: bounds))
    } catch let fault as TransportFault {
      throw fault
    } catch {
      throw Self.fault(error, host: request.address.authority)
    }
  }

  private func detour(of address: Address) -> Address {
    guard let detour = detours[address.authority] else { return address }
    let query = address.query.map { "?\($0)" } ?? ""
    return Address("\(detour.scheme.rawValue)://\(detour.authority)\(address.path)\(query)")
      ?? address
  }

  /// The body as far as the bounds allow; what is beyond is never held.
  private func read(
    _ response: HTTPClientResponse, bounds: ResponseBounds
  ) async throws -> [UInt8] {
    var body: [UInt8] = []
    if let length = response.headers.first(name: "content-length").flatMap({ Int($0) }) {
      guard length <= bounds.size else {
        throw TransportFault(.size, "the answer has \(length) bytes; the limit is \(bounds.size)")
      }
      // What is large is not believed before it comes.
      if length <= LargeAnswers.size { body.reserveCapacity(max(0, length)) }
    }
    var isLarge = false
    do {
      for try await chunk in response.body {
        let size = body.count + chunk.readableBytes
        guard size <= bounds.size else {
          throw TransportFault(
            .size, "the answer is longer than the limit of \(bounds.size) bytes")
        }
        if size > LargeAnswers.size, !isLarge {
          await large.enter()
          isLarge = true
        }
        body.append(contentsOf: chunk.readableBytesView)
        if pace.now > bounds.deadline {
          throw TransportFault(.time, "the answer was not complete in time")
        }
      }
    } catch {
      if isLarge { await large.leave() }
      throw error
    }
    if isLarge { await large.leave() }
    return body
  }

  private static func fault(_ error: any Error, host: String) -> TransportFault {
    switch error {
    case is CancellationError: return TransportFault(.cancelled, "cancelled")
    case let error as HTTPClientError:
      switch error {
      case .cancelled: return TransportFault(.cancelled, "cancelled")
      case .deadlineExceeded: return TransportFault(.time, "\(host) did not answer in time")
      case .connectTimeout, .readTimeout, .tlsHandshakeTimeout, .httpProxyHandshakeTimeout:
        return TransportFault(.connection, "\(host) did not answer: \(error.shortDescription)")
      case .remoteConnectionClosed:
        return TransportFault(.connection, "\(host) closed the connection")
      case .proxyAuthenticationRequired, .invalidProxyResponse:
        return TransportFault(.proxy, "the proxy refused the connection to \(host)")
      default: return TransportFault(.connection, "\(host): \(error.shortDescription)")
      }
    case NIOHTTPDecompression.DecompressionError.limit:
      return TransportFault(
        .size,
        "the answer unpacks to more than \(ObservationLimits.ratio) times its size, which is the limit"
      )
    case let error as NIOSSLError: return trust(String(describing: error), host)
    case is NIOSSLExtraError:
      return TransportFault(.trust, "the certificate of \(host) is for another name")
    default:
      let text = String(describing: error)
      if text.contains("CERTIFICATE_VERIFY_FAILED") || text.contains("handshakeFailed") {
        return trust(text, host)
      }
      // The library says so in names of its own types, and six times what address it tried.
      if text.contains("UnknownHost") {
        return TransportFault(.connection, "\(host) cannot be reached: no such name in the DNS")
      }
      return TransportFault(.connection, "\(host) cannot be reached: \(summary(text))")
    }
  }

  private static func trust(_ text: String, _ host: String) -> TransportFault {
    if text.contains("CERTIFICATE_VERIFY_FAILED") {
      return TransportFault(
        .trust, "the certificate of \(host) is not trusted; --ca-file names another authority")
    }
    if text.contains("WRONG_VERSION_NUMBER") || text.contains("HTTP_REQUEST") {
      return TransportFault(
        .trust, "\(host) does not speak TLS; plain HTTP needs --allow-host http://\(host)")
    }
    return TransportFault(.connection, "TLS with \(host) failed: \(summary(text))")
  }

  /// The first words of a library's description.
  private static func summary(_ text: String) -> String {
    String(text.prefix { $0 != "\n" }.prefix(160))
  }
}
