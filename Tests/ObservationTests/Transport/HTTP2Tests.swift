import Foundation
import NIOSSL
import TestSupport
import Testing

@testable import Observation

/// Vendors that speak HTTP/2 over TLS: the same bounds and the same patience as over HTTP/1.1.
@Suite("HTTP/2")
struct HTTP2Tests {
  /// Observes at a server that offers HTTP/2 by ALPN.
  private func observe(
    _ collections: String, largest: Int? = nil,
    _ answer: @escaping @Sendable (VendorServer.Request, Int) -> VendorServer.Answer,
    _ check: (ObservationReport, VendorServer, Scene) throws -> Void
  ) async throws {
    var tls = TLSConfiguration.makeServerConfiguration(
      certificateChain: [
        .certificate(try NIOSSLCertificate(bytes: Array(TestKey.certificate.utf8), format: .pem))
      ],
      privateKey: .privateKey(
        try NIOSSLPrivateKey(bytes: Array(TestKey.certificateKey.utf8), format: .pem)))
    tls.applicationProtocols = ["h2", "http/1.1"]
    var scene = Scene()
    defer { scene.remove() }
    let authority = "\(scene.folder)-ca.pem"
    try TestKey.certificate.write(toFile: authority, atomically: false, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: authority) }
    scene.options.caFile = authority
    if let largest { scene.options.limits.responseSize = largest }
    try await VendorServer.serve(tls: try NIOSSLContext(configuration: tls), answer) { server in
      let report = try await scene.observe(collections, at: server)
      #expect(server.requests.allSatisfy(\.isHTTP2) && !server.requests.isEmpty)
      try check(report, server, scene)
    }
  }

  /// A list of forty, and one request more for each.
  private static let members = """
    items: { get: /items }
    members: { get: "/items/{parent.id}/members", forEach: items }
    """
  private static let list = "[" + (0..<40).map { #"{"id":"\#($0)"}"# }.joined(separator: ",") + "]"

  private static let two = "items: { get: /items }\nfine: { get: /fine }"

  private static func answer(_ request: VendorServer.Request) -> VendorServer.Answer {
    request.path == "/api/items"
      ? .json(list) : .json(#"[{"id":"m\#(request.path.split(separator: "/")[2])"}]"#)
  }

  @Test("requests side by side are streams, and every answer finds its own")
  func streams() async throws {
    try await observe(Self.members) { request, _ in
      Self.answer(request)
    } _: { report, server, scene in
      #expect(report.state(of: "items") == "complete 40")
      #expect(report.state(of: "members") == "complete 40")
      #expect(server.requests.count == 41)
      #expect(Set(scene.lines("members")).count == 40)
    }
  }

  @Test(
    "a stream that is reset and a connection that goes away are asked again",
    arguments: [VendorServer.Answer.reset, .goAway])
  func interrupted(by fault: VendorServer.Answer) async throws {
    try await observe(Self.members) { request, index in
      // Some of the first ones, in the middle of others.
      (5..<9).contains(index) ? fault : Self.answer(request)
    } _: { report, server, scene in
      #expect(report.state(of: "members") == "complete 40", "\(report.failureText ?? "")")
      #expect(server.requests.count > 41)
      #expect(Set(scene.lines("members")).count == 40)
    }
  }

  @Test(
    "one that never answers is given up, and told", arguments: [VendorServer.Answer.reset, .goAway])
  func givenUp(by fault: VendorServer.Answer) async throws {
    try await observe("items: { get: /items }") { _, _ in
      fault
    } _: { report, server, _ in
      #expect(report.failureText?.contains(server.authority) == true)
      #expect((2...10).contains(server.requests.count))
    }
  }

  @Test("an answer that unpacks to more than it may is told as that, once")
  func unpacking() async throws {
    let bomb = try BoundsTests.bomb()
    try await observe(Self.two) { request, _ in
      request.path == "/api/items" ? bomb : .json("[]")
    } _: { report, server, _ in
      #expect(
        report.state(of: "items")
          == "failed 0: the answer unpacks to more than 200 times its size, which is the limit")
      #expect(report.state(of: "fine") == "complete 0")
      #expect(server.requests.filter { $0.path == "/api/items" }.count == 1)
    }
  }

  @Test("an answer without an end is given up at its bound")
  func endless() async throws {
    try await observe(Self.two, largest: 8 << 20) { request, _ in
      request.path == "/api/items"
        ? .endless(chunk: Array(repeating: 0x20, count: 1 << 20), times: 5_000) : .json("[]")
    } _: { report, server, _ in
      #expect(
        report.state(of: "items")
          == "failed 0: the answer is longer than the limit of 8388608 bytes")
      #expect(report.state(of: "fine") == "complete 0")
      // A machine that is busy may lose the connection before the bound is reached, and asks again then: never without end.
      #expect((1...6).contains(server.requests.filter { $0.path == "/api/items" }.count))
    }
  }
}
