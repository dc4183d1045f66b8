#if Service
import Crypto
import Hummingbird
import Logging
import NIOHTTP1
import Observation
import Synchronization
import TestSupport
import Testing

@testable import Service

@Suite("Hooks of git hosts")
struct GitHookTests {
  private static let secret = "a secret of the webhook's own"
  private static let push = #"{"ref":"refs/heads/main","object_kind":"push"}"#

  private static func code(_ body: String, _ secret: String = secret) -> String {
    HMAC<SHA256>.authenticationCode(
      for: Array(body.utf8), using: SymmetricKey(data: Array(secret.utf8))
    ).map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0\(digits)" : digits
    }.joined()
  }

  /// How each host signs a body.
  private static func headers(_ host: String, _ body: String, id: String) -> [(String, String)] {
    switch host {
    case "github":
      [
        ("X-GitHub-Event", "push"), ("X-GitHub-Delivery", id),
        ("X-Hub-Signature", "sha1=0000"), ("X-Hub-Signature-256", "sha256=\(code(body))"),
      ]
    case "gitea":
      [
        ("X-Gitea-Event", "push"), ("X-GitHub-Event", "push"), ("X-Gitea-Delivery", id),
        ("X-Gitea-Signature", code(body)), ("X-Hub-Signature-256", "sha256=\(code(body))"),
      ]
    case "gitlab":
      [("X-Gitlab-Event", "Push Hook"), ("Idempotency-Key", id), ("X-Gitlab-Token", secret)]
    default:
      [
        ("X-Event-Key", "repo:push"), ("X-Request-UUID", id),
        ("X-Hub-Signature", "sha256=\(code(body))"),
      ]
    }
  }

  /// What rang, and what the audit log was told.
  private final class Heard: Sendable {
    let rings = Mutex(0)
    let lines = Mutex<[String]>([])

    var count: Int { rings.withLock { $0 } }
    var last: String { lines.withLock { $0.last ?? "" } }
  }

  private struct AuditLog: LogHandler {
    let heard: Heard
    var logLevel = Logger.Level.trace
    var metadata: Logger.Metadata = [:]

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      let pairs = (event.metadata ?? [:]).sorted { $0.key < $1.key }
        .map { "\($0.key)=\($0.value)" }.joined(separator: "|")
      heard.lines.withLock { $0.append("\(event.level) \(event.message) \(pairs)") }
    }
  }

  private static func serving(
    pace: any Pace = SystemPace(), _ body: @Sendable (RunningServer, Heard) async throws -> Void
  ) async throws {
    let heard = Heard()
    let router = Router()
    GitHook(
      secret: try #require(HookSecret(secret)), branch: { "main" },
      ring: { heard.rings.withLock { $0 += 1 } },
      audit: Logger(label: "audit") { _ in AuditLog(heard: heard) }, pace: pace
    ).add(to: router)
    try await RunningServer.serving(router) { try await body($0, heard) }
  }

  private static func send(
    _ server: RunningServer, _ body: String, _ headers: [(String, String)], gives status: UInt,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let answer = try await server.ask(
      "/hooks/git", .POST, headers: headers, body: Array(body.utf8))
    #expect(answer.status == status, "\(body.prefix(80))", sourceLocation: sourceLocation)
  }

  @Test(
    "of every host ring once, however often they are delivered",
    arguments: [
      "github", "gitea", "gitlab", "bitbucket",
    ])
  func hosts(_ host: String) async throws {
    let body =
      host == "bitbucket"
      ? #"{"push":{"changes":[{"old":null,"new":{"type":"branch","name":"main"}}]}}"# : Self.push
    try await Self.serving { server, heard in
      let headers = Self.headers(host, body, id: "one")
      try await Self.send(server, body, headers, gives: 202)
      #expect(heard.count == 1)
      #expect(heard.last.hasPrefix("info hook delivery=one|"))
      #expect(heard.last.contains("host=\(host)|"))
      try await Self.send(server, body, headers, gives: 202)
      // Nothing signs the id: the same body under another is the same delivery.
      try await Self.send(server, body, Self.headers(host, body, id: "two"), gives: 202)
      #expect(heard.count == 1)
      #expect(heard.last.contains("verdict=this delivery came before"))
      #expect(heard.lines.withLock { $0.count } == 3)
    }
  }

  @Test(
    "a wrong signature, or none, is refused and told in one line",
    arguments: [
      "github", "gitea", "gitlab", "bitbucket",
    ])
  func refused(_ host: String) async throws {
    try await Self.serving { server, heard in
      try await Self.send(server, Self.push, [], gives: 401)
      #expect(heard.last.contains("verdict=no signature"))
      let right = Self.headers(host, Self.push, id: "one")
      // The body was changed by one byte.
      if host != "gitlab" {
        try await Self.send(server, Self.push + " ", right, gives: 401)
        #expect(heard.last.contains("verdict=the signature is wrong"))
      }
      for wrong in [
        "", "sha256=", "sha256=00", "sha1=" + Self.code(Self.push), "é", Self.secret + "x",
      ] {
        let forged = right.map { name, value in
          ["signature", "token"].contains { name.lowercased().contains($0) }
            ? (name, wrong) : (name, value)
        }
        try await Self.send(server, Self.push, forged, gives: 401)
      }
      // Twice, so that whoever stands between could read the other one.
      let doubled = right + right.filter { $0.0.contains("Signature") || $0.0.contains("Token") }
      try await Self.send(server, Self.push, doubled, gives: 401)
      #expect(heard.count == 0)
      #expect(!heard.lines.withLock { $0.contains { $0.contains(Self.secret) } })
    }
  }

  @Test("another branch, a tag, and another event ring nothing")
  func others() async throws {
    try await Self.serving { server, heard in
      for body in [
        #"{"ref":"refs/heads/other"}"#, #"{"ref":"refs/tags/main"}"#, #"{"ref":"main"}"#,
        #"{"ref":7}"#, "{}", "[]", #"{"ref":"refs/heads/main/x"}"#,
      ] {
        let headers = Self.headers("github", body, id: body)
        try await Self.send(server, body, headers, gives: 202)
      }
      let ping = Self.headers("github", Self.push, id: "ping").map { name, value in
        name == "X-GitHub-Event" ? (name, "ping") : (name, value)
      }
      try await Self.send(server, Self.push, ping, gives: 202)
      let form = "payload=%7B%7D"
      try await Self.send(server, form, Self.headers("github", form, id: "f"), gives: 415)
      #expect(heard.count == 0)
    }
  }

  @Test("a body beyond 1 MiB is refused, announced or not")
  func large() async throws {
    try await Self.serving { server, heard in
      let body = String(repeating: " ", count: GitHook.bodySize) + Self.push
      try await Self.send(server, body, Self.headers("github", body, id: "one"), gives: 413)
      let chunk = String(repeating: " ", count: 0x11_0000)
      let answer = try await server.raw(
        "POST /hooks/git HTTP/1.1\r\nHost: a\r\nX-Hub-Signature-256: sha256=0\r\nTransfer-Encoding: chunked\r\n\r\n110000\r\n\(chunk)\r\n0\r\n\r\n"
      ) { $0.contains("\r\n\r\n") }
      #expect(answer.hasPrefix("HTTP/1.1 413 "))
      #expect(heard.count == 0)
    }
  }

  @Test(
    "nothing else is there, and nothing is read",
    arguments: [
      "GET /hooks/git", "PUT /hooks/git", "POST /", "POST /hooks", "POST /hooks/git/x",
      "POST /HOOKS/GIT", "POST /hooks/git%00", "POST /hooks%2fgit", "POST /hooks/git/..",
      "POST /../hooks/git", "POST /%2e%2e/%2e%2e/etc/passwd", "GET /metrics", "GET /healthz",
    ])
  func elsewhere(_ line: String) async throws {
    try await Self.serving { server, heard in
      let fields = Self.headers("github", Self.push, id: "one").map { "\($0): \($1)\r\n" }.joined()
      let answer = try await server.raw(
        "\(line) HTTP/1.1\r\nHost: a\r\n\(fields)Content-Length: \(Self.push.utf8.count)\r\nConnection: close\r\n\r\n\(Self.push)"
      )
      #expect(answer.hasPrefix("HTTP/1.1 404 ") || answer.hasPrefix("HTTP/1.1 405 "), "\(answer)")
      #expect(heard.count == 0)
    }
  }

  @Test("a body that comes byte by byte is given up all the same, when its time is over")
  func dribbling() async throws {
    let pace = ManualPace()
    try await Self.serving(pace: pace) { server, heard in
      try await RawConnection.open(server.port) { slow in
        await slow.send(
          "POST /hooks/git HTTP/1.1\r\nHost: a\r\nX-Hub-Signature-256: sha256=0\r\nContent-Length: 1000\r\n\r\n"
        )
        await pace.sleeping(1)
        // A byte a second says something all the time, and is not enough.
        for _ in 0..<Int(GitHook.bodyTime) {
          await slow.send("{")
          pace.advance(by: 1)
        }
        #expect(await slow.read { $0.contains("\r\n\r\n") }.hasPrefix("HTTP/1.1 408 "))
        #expect(heard.last.contains("verdict=the body took too long"))
      }
    }
  }

  @Test("a body that comes too slowly is given up")
  func slow() async throws {
    let pace = ManualPace()
    try await Self.serving(pace: pace) { server, heard in
      async let answer = server.raw(
        "POST /hooks/git HTTP/1.1\r\nHost: a\r\nX-Hub-Signature-256: sha256=0\r\nContent-Length: 100\r\n\r\n{"
      ) { $0.contains("\r\n\r\n") }
      await pace.sleeping(1)
      pace.advance(by: GitHook.bodyTime)
      let text = try await answer
      #expect(text.hasPrefix("HTTP/1.1 408 "))
      #expect(heard.last.contains("verdict=the body took too long"))
    }
  }

  @Test("what the sender chose cannot break the line of the audit log")
  func audited() async throws {
    try await Self.serving { server, heard in
      let lines = try await server.raw(
        "POST /hooks/git HTTP/1.1\r\nHost: a\r\nX-Gitlab-Token: wrong\r\nIdempotency-Key: \u{E9}\(String(repeating: "x", count: 500))\r\nContent-Length: 0\r\n\r\n"
      ) { $0.contains("\r\n\r\n") }
      #expect(lines.hasPrefix("HTTP/1.1 401 "))
      #expect(heard.last.utf8.count < 400)
      #expect(heard.last.utf8.allSatisfy { (0x20...0x7E).contains($0) })
    }
  }

  @Test("a secret that can be guessed is none, and none is described")
  func secrets() throws {
    #expect(HookSecret("") == nil)
    #expect(HookSecret(" \n") == nil)
    #expect(HookSecret(String(repeating: "a", count: 15) + "   ") == nil)
    let secret = try #require(HookSecret("  0123456789abcdef\n"))
    #expect("\(secret) \(String(reflecting: secret))".contains("0123") == false)
    var dumped = ""
    dump(secret, to: &dumped)
    #expect(!dumped.contains("0123") && !dumped.contains("48"))
    #expect(secret.equals("0123456789abcdef"))
    #expect(!secret.equals("0123456789abcdef\n"))
  }
}
#endif
