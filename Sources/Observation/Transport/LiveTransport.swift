internal import AsyncHTTPClient
internal import Connectors
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPCompression
internal import NIOSSL
package import Posture

/// The network, by async-http-client: pooled connections, verified TLS, streamed bodies.
package final class LiveTransport: Transport {
  private let direct: HTTPClient
  /// The client that goes through the environment's proxy; nil where there is none.
  private let proxied: HTTPClient?
  private let settings: ProxySettings
  private let detours: [String: Address]
  private let pace: any Pace
  private let large = Turnstile(LargeAnswers.limit)

  /// - Parameters:
  ///   - caFile: Certificates in PEM that are trusted beside the system's.
  ///   - detours: Loopback addresses that stand in for hosts: for rehearsals against a recording.
  /// - Throws: ``Fault`` when the file is no PEM, or the proxy's URL none.
  package init(
    caFile: String?, proxy: ProxySettings, detours: [String: Address] = [:], pace: any Pace
  ) throws(Fault) {
    if let fault = proxy.fault { throw Fault(.misconfigured, fault) }
    settings = proxy
    self.detours = detours
    self.pace = pace
    var tls = TLSConfiguration.makeClientConfiguration()
    if let caFile {
      do {
        let certificates = try NIOSSLCertificate.fromPEMFile(caFile)
        guard !certificates.isEmpty else { throw Fault(.failed, "") }
        tls.additionalTrustRoots = [.certificates(certificates)]
      } catch {
        throw Fault(.misconfigured, "\(caFile): no certificates in PEM could be read from it")
      }
    }
    var configuration = HTTPClient.Configuration(
      tlsConfiguration: tls, redirectConfiguration: .disallow,
      timeout: .init(connect: .seconds(15), read: .seconds(60)),
      decompression: .enabled(limit: .ratio(ObservationLimits.ratio)))
    configuration.connectionPool.retryConnectionEstablishment = false
    // The gates say how many requests run; each has a connection, or a stream of one, of its own.
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit =
      Connector.largestConcurrency
    direct = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    proxied = proxy.proxy.map { proxy in
      configuration.proxy = .server(
        host: proxy.host, port: proxy.port,
        authorization: proxy.user.map { .basic(username: $0, password: proxy.password ?? "") })
      return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }
  }

  /// Closes every connection; nothing may be sent afterwards.
  package func close() async {
    try? await direct.shutdown()
    try? await proxied?.shutdown()
  }

  /// Closes them at once, where nothing was sent yet and the caller cannot wait.
  func abandon() {
    try? direct.syncShutdown()
    try? proxied?.syncShutdown()
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
    let client = proxied.flatMap { settings.proxy(for: target) == nil ? nil : $0 } ?? direct
    let patience = max(0.001, bounds.deadline - pace.now)
    do {
      let response = try await client.execute(
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
    if let length = response.headers.first(name: "content-length").flatMap({ Int($0) }),
      length > bounds.size
    {
      throw TransportFault(.size, "the answer has \(length) bytes; the limit is \(bounds.size)")
    }
    var body: [UInt8] = []
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
