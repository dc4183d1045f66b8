#if Service
import AsyncHTTPClient
import Crypto
import Foundation
import JSON
import NIOCore
import NIOHTTP1
import JWTKit
import Logging
import ServiceLifecycle
import TestSupport
import Testing

@testable import Service

/// Who is let in, over real sockets.
@Suite("Visitors")
struct VisitorTests {
  private static let token = "5f2c9d1e8b7a6043f1e2d3c4b5a69788"

  @Test("with a token are let in as who has it; a wrong one is told nothing")
  func tokens() async throws {
    var list = AccessTokens()
    let digest = SHA256.hash(data: Array("another-Token-of-128-bits".utf8))
      .map { String(format: "%02x", $0) }.joined()
    try list.add(file: "# who\n\nann \(Self.token)\nbob sha256:\(digest)\n", named: "tokens")
    let basic = Data("whoever:\(Self.token)".utf8).base64EncodedString()
    try await ServedCompany.shared().serving(authentication: .tokens(list)) { served in
      let rows: [([(String, String)], UInt, String?)] = [
        ([("Authorization", "Bearer \(Self.token)")], 200, "ann"),
        ([("Authorization", "bearer another-Token-of-128-bits")], 200, "bob"),
        ([("Authorization", "Basic \(basic)")], 200, "ann"), ([], 401, nil),
        ([("Authorization", "Bearer \(Self.token.dropLast())")], 401, nil),
        ([("Authorization", "Bearer \(digest)")], 401, nil),
        ([("Authorization", "Bearer")], 401, nil), ([("Authorization", "Basic !!!")], 401, nil),
        ([("Authorization", "Digest \(Self.token)")], 401, nil),
        (
          [("Authorization", "Bearer x"), ("Authorization", "Bearer \(Self.token)")], 400, nil
        ),
      ]
      for (headers, status, who) in rows {
        for path in ["/", "/api/v1/report", "/plumb.css"] {
          let answer = try await served.asking.ask(path, headers: headers)
          #expect(answer.status == status, "\(headers)")
          #expect(answer.headers["WWW-Authenticate"].count == (status == 401 ? 2 : 0))
          let line = try #require(served.lines.all.last)
          #expect(line.contains(who.map { "\"who\":\"\($0)\"" } ?? "\"who\":null"))
        }
      }
      #expect(!served.lines.all.joined().contains(Self.token))
    }
  }

  @Test(
    "have tokens that nobody can guess",
    arguments: [
      "short", "0123456789abcdef", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "has blanks",
      "0123456789abcdef0123456789abcde", "only-twenty-one-chars",
    ])
  func weak(token: String) {
    var list = AccessTokens()
    #expect(throws: AccessTokens.Fault.self) { try list.add(token, of: "x") }
  }

  @Test(
    "are listed in a file that is told line by line what is wrong, and never quoted",
    arguments: [
      "ann", "ann \(token) more", "a/b \(token)", "ann sha256:12", "ann 12345678",
      "ann \(token)\nann \(token)x",
    ])
  func files(text: String) throws {
    var list = AccessTokens()
    let fault = #expect(throws: AccessTokens.Fault.self) { try list.add(file: text, named: "f") }
    let told = try #require(fault).description
    #expect(told.hasPrefix("f:") && !told.contains(Self.token) && !told.contains("12345678"))
  }

  @Test("whom a proxy names come from the proxy alone, under one name, once")
  func proxyHeader() async throws {
    let here = try #require(AddressRange("127.0.0.0/8"))
    let elsewhere = try #require(AddressRange("10.0.0.0/8"))
    try await ServedCompany.shared().serving(
      authentication: .proxyHeader(name: "X-Forwarded-User", proxies: [here])
    ) { served in
      let rows: [([(String, String)], UInt)] = [
        ([("X-Forwarded-User", "ann@acme.example")], 200), ([], 401),
        ([("X-Forwarded-User", "")], 401), ([("X-Forwarded-User", "ann, root")], 401),
        ([("X-Forwarded-User", "ann"), ("X-Forwarded-User", "root")], 400),
        ([("X-Forwarded-User", "ann"), ("x-forwarded-user", "root")], 400),
        ([("X-Forwarded-User", "ann"), ("X_Forwarded_User", "root")], 400),
        ([("X_Forwarded-User", "root")], 400),
      ]
      for (headers, status) in rows {
        let answer = try await served.asking.ask("/", headers: headers)
        #expect(answer.status == status, "\(headers)")
      }
      #expect(served.lines.all[0].contains(#""who":"ann@acme.example""#))
    }
    try await ServedCompany.shared().serving(
      authentication: .proxyHeader(name: "X-Forwarded-User", proxies: [elsewhere])
    ) { served in
      let answer = try await served.asking.ask("/", headers: [("X-Forwarded-User", "ann")])
      #expect(answer.status == 403)
      #expect(served.lines.all.last?.contains("\"who\":null") == true)
    }
  }

  @Test("whom a proxy names over a socket's file come from nowhere else")
  func socket() async throws {
    let scratch = try Scratch()
    let path = scratch.path + "/serve.sock"
    var configuration = PageServer.Configuration(
      source: try ServedCompany.shared().source(), listen: .socket(path),
      authentication: .proxyHeader(name: "X-Forwarded-User", proxies: []))
    configuration.interval = 86_400
    let lines = ServedCompany.Lines()
    let server = PageServer(
      configuration, log: AccessLog { lines.add($0) }, logger: Logger(label: "test"))
    let (listening, telling) = AsyncStream<Void>.makeStream()
    let group = server.group(signals: false) { _, _ in telling.yield() }
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask { try await group.run() }
      var iterator = listening.makeAsyncIterator()
      await iterator.next()
      let place = path.replacing("/", with: "%2F")
      var request = HTTPClientRequest(url: "http+unix://\(place)/api/v1/openapi.json")
      for (user, status) in [("ann", 200), ("", 401)] as [(String, UInt)] {
        request.headers = ["X-Forwarded-User": user]
        let answer = try await HTTPClient.shared.execute(request, timeout: RunningServer.patience)
        #expect(answer.status.code == status)
        _ = try await answer.body.collect(upTo: 10 << 20)
      }
      #expect(lines.all.first?.contains("\"who\":\"ann\"") == true)
      #expect(lines.all.first?.contains("\"from\":\"unix socket\"") == true)
      await group.triggerGracefulShutdown()
      try await tasks.waitForAll()
    }
  }

  @Test(
    "come from an address in a range, or from none",
    arguments: [
      ("10.0.0.0/8", "10.200.3.4", true), ("10.0.0.0/8", "11.0.0.1", false),
      ("10.1.2.3", "10.1.2.3", true), ("10.1.2.3", "10.1.2.4", false),
      ("192.168.4.0/22", "192.168.7.255", true), ("192.168.4.0/22", "192.168.8.0", false),
      ("0.0.0.0/0", "8.8.8.8", true), ("0.0.0.0/0", "::1", false),
      ("fd00::/8", "fd12:3456::1", true), ("fd00::/8", "fe80::1", false),
      ("::1", "0:0:0:0:0:0:0:1", true), ("fe80::/10", "fe80::1%eth0", true),
      ("127.0.0.1", "::ffff:127.0.0.1", true), ("127.0.0.1", "", false),
      ("127.0.0.1", "127.0.0.1.evil", false),
    ])
  func ranges(range: String, address: String, isIn: Bool) throws {
    #expect(try #require(AddressRange(range)).contains(address) == isIn)
  }

  @Test(
    "come from no range that is none",
    arguments: [
      "", "10.0.0.0/33", "10.0.0/8", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.256", "010.0.0.1",
      "::/129", "1::2::3", "12345::", "host", "10.0.0.0/8/8", "fe80::g",
    ])
  func noRanges(text: String) { #expect(AddressRange(text) == nil) }
}
#endif
