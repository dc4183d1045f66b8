import Foundation
import NIOSSL
import TestSupport
import Testing

@testable import Observation

@Suite("TLS")
struct TLSTests {
  private static func context() throws -> NIOSSLContext {
    try NIOSSLContext(
      configuration: .makeServerConfiguration(
        certificateChain: [
          .certificate(try NIOSSLCertificate(bytes: Array(TestKey.certificate.utf8), format: .pem))
        ],
        privateKey: .privateKey(
          try NIOSSLPrivateKey(bytes: Array(TestKey.certificateKey.utf8), format: .pem))))
  }

  @Test("a certificate that nobody vouches for is refused, until --ca-file names it")
  func selfSigned() async throws {
    try await VendorServer.serve(tls: try Self.context()) { _, _ in
      .json(#"[{"id":"1"}]"#)
    } _: {
      server in
      var scene = Scene()
      defer { scene.remove() }
      let refused = try await scene.observe("items: { get: /items }", at: server)
      #expect(
        refused.failureText
          == "the certificate of \(server.authority) is not trusted; --ca-file names another authority"
      )
      #expect(server.requests.isEmpty)

      let path = NSTemporaryDirectory() + "plumb-ca-" + UUID().uuidString
      defer { try? FileManager.default.removeItem(atPath: path) }
      try TestKey.certificate.write(toFile: path, atomically: false, encoding: .utf8)
      scene.options.caFile = path
      let accepted = try await scene.observe("items: { get: /items }", at: server)
      #expect(accepted.state(of: "items") == "complete 1")
      #expect(server.requests.first?.header("authorization") == "Bearer \(Scene.secret)")
    }
  }

  @Test("a file without certificates is no authority")
  func noCertificates() async throws {
    try await VendorServer.serve { _, _ in
      .json("[]")
    } _: { server in
      var scene = Scene()
      defer { scene.remove() }
      scene.options.caFile = "/dev/null"
      let report = try await scene.observe("items: { get: /items }", at: server)
      #expect(report.failureText == "/dev/null: no certificates in PEM could be read from it")
    }
  }

  @Test("a host that was not allowed in plain HTTP is never asked so")
  func noDowngrade() async throws {
    try await VendorServer.serve { _, _ in
      .json("[]")
    } _: { server in
      var scene = Scene()
      defer { scene.remove() }
      scene.options.allowedHosts = [try AllowedHost(server.authority)]
      let report = try await scene.observe("items: { get: /items }", at: server)
      #expect(report.failureText?.contains("http://\(server.authority)") == true)
      #expect(server.requests.isEmpty)
    }
  }
}
