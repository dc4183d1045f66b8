internal import AsyncHTTPClient
internal import Connectors
internal import NIOCore
internal import NIOHTTPCompression
internal import NIOSSL
package import Posture

/// Pooled connections with verified TLS, straight to the hosts or through the environment's proxy.
///
/// The instances of a run share them, since many tenants may live at one host. Who asks is said in each request, and by
/// nothing that a connection keeps.
package final class Connections: Sendable {
  private let direct: HTTPClient
  /// The client that goes through the environment's proxy; nil where there is none.
  private let proxied: HTTPClient?
  private let settings: ProxySettings

  /// - Parameter caFile: Certificates in PEM that are trusted beside the system's.
  /// - Throws: ``Fault`` when the file is no PEM, or the proxy's URL none.
  package init(caFile: String?, proxy: ProxySettings) throws(Fault) {
    if let fault = proxy.fault { throw Fault(.misconfigured, fault) }
    settings = proxy
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
    // Nothing takes traces here; without, no request is described for one.
    configuration.tracing.tracer = nil
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

  /// The client that asks an address.
  func client(for address: Address) -> HTTPClient {
    proxied.flatMap { settings.proxy(for: address) == nil ? nil : $0 } ?? direct
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
}
