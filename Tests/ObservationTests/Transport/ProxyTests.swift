import Foundation
import NIOSSL
import Posture
import TestSupport
import Testing

@testable import Observation

@Suite("Proxies")
struct ProxyTests {
  private static let password = "pr0xy-pa55word"

  private static func context() throws -> NIOSSLContext {
    try NIOSSLContext(
      configuration: .makeServerConfiguration(
        certificateChain: [
          .certificate(
            try NIOSSLCertificate(bytes: Array(TestKey.namedCertificate.utf8), format: .pem))
        ],
        privateKey: .privateKey(
          try NIOSSLPrivateKey(bytes: Array(TestKey.namedCertificateKey.utf8), format: .pem))))
  }

  /// Observes `eu.demo.example`, which only the proxy can reach.
  private func observe(environment: [String: String], scene: Scene) async throws
    -> ObservationReport
  {
    let path = "\(scene.folder)-ca.pem"
    try TestKey.namedCertificate.write(toFile: path, atomically: false, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: path) }
    var options = scene.options
    options.caFile = path
    options.proxy = ProxySettings(environment: environment)
    options.limits.retry.attempts = 2
    return await Observer.observe(
      try #require(TestConnector.instance(parameters: ["domain": "eu.demo.example"])),
      connector: try #require(
        TestConnector.connector(TestConnector.yaml("items: { get: /items }"))),
      credentials: Credentials(["token": Scene.secret]), options: options)
  }

  @Test(
    "the variable's proxy tunnels, its password goes to it alone",
    arguments: ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"])
  func tunnel(variable: String) async throws {
    try await VendorServer.serve(tls: try Self.context()) { _, _ in
      .json(#"[{"id":"1"}]"#)
    } _: { server in
      try await ConnectProxy.serve(to: server.port) { proxy in
        let scene = Scene()
        defer { scene.remove() }
        let report = try await observe(
          environment: [variable: "http://plumb:pr0xy%2Dpa55word@127.0.0.1:\(proxy.port)/"],
          scene: scene)
        #expect(report.state(of: "items") == "complete 1")
        let tunnel = try #require(proxy.tunnels.first)
        #expect(tunnel.authority == "eu.demo.example:443")
        #expect(
          tunnel.authorization
            == "Basic " + Data("plumb:\(Self.password)".utf8).base64EncodedString())
        let request = try #require(server.requests.first)
        #expect(request.header("host") == "eu.demo.example")
        #expect(request.header("authorization") == "Bearer \(Scene.secret)")
        #expect(request.header("proxy-authorization") == nil)
      }
    }
  }

  @Test("a proxy that refuses, or is not there, is said without its password")
  func refused() async throws {
    let scene = Scene()
    defer { scene.remove() }
    try await ConnectProxy.serve(to: 1, refusing: true) { proxy in
      let report = try await observe(
        environment: ["HTTPS_PROXY": "http://plumb:\(Self.password)@127.0.0.1:\(proxy.port)"],
        scene: scene)
      #expect(report.failureText == "the proxy refused the connection to eu.demo.example")
      // Asking again would be refused again.
      #expect(proxy.tunnels.count == 1)
    }
    let report = try await observe(
      environment: ["HTTPS_PROXY": "http://plumb:\(Self.password)@127.0.0.1:1"], scene: scene)
    let failure = try #require(report.failureText)
    #expect(failure.contains("eu.demo.example") && !failure.contains(Self.password))
  }

  @Test(
    "what is no proxy is said, not gone around",
    arguments: [
      "https://user:pr0xy-pa55word@proxy.example",
      "socks5://user:pr0xy-pa55word@proxy.example:1080",
      "http://", "pr0xy-pa55word@/",
    ])
  func malformed(value: String) async throws {
    let scene = Scene()
    defer { scene.remove() }
    let report = try await observe(environment: ["https_proxy": value], scene: scene)
    #expect(
      report.failureText
        == "https_proxy is no URL of a proxy; one looks like http://proxy.example.com:3128")
  }

  @Test(
    "exceptions, as curl reads them",
    arguments: [
      ("", "https://eu.demo.example/", true),
      ("eu.demo.example", "https://eu.demo.example/", false),
      ("demo.example", "https://eu.demo.example/", false),
      (".demo.example", "https://eu.demo.example/", false),
      ("*.demo.example", "https://eu.demo.example/", false),
      ("mo.example", "https://eu.demo.example/", true),
      ("other.example, eu.demo.example:8443", "https://eu.demo.example:8443/", false),
      ("eu.demo.example:8443", "https://eu.demo.example/", true),
      ("*", "https://eu.demo.example/", false),
      // This machine is never asked by way of another.
      ("", "http://127.0.0.1:80/", false),
      ("", "https://localhost/", false),
    ])
  func exceptions(list: String, url: String, isProxied: Bool) throws {
    for name in ["NO_PROXY", "no_proxy"] {
      let settings = ProxySettings(
        environment: ["HTTPS_PROXY": "proxy.example:8080", name: list])
      #expect((settings.proxy(for: try #require(Address(url))) != nil) == isProxied)
    }
  }

  @Test("lower case comes first, and an empty variable is none; HTTP_PROXY changes nothing")
  func precedence() throws {
    let address = try #require(Address("https://eu.demo.example/"))
    func host(_ environment: [String: String]) -> String? {
      ProxySettings(environment: environment).proxy(for: address).map { "\($0.host):\($0.port)" }
    }
    #expect(host(["https_proxy": "a:1", "HTTPS_PROXY": "b:2"]) == "a:1")
    #expect(host(["https_proxy": "", "HTTPS_PROXY": "b:2"]) == nil)
    #expect(host(["HTTPS_PROXY": "http://proxy.example"]) == "proxy.example:3128")
    #expect(host(["HTTP_PROXY": "a:1", "http_proxy": "a:1"]) == nil)
  }
}
