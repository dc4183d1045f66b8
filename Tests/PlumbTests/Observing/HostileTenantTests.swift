import TestSupport
import Testing

/// Tenants that answer in forty manners nobody documents, beside one that is well: it is recorded, and so are they.
@Suite("Hostile tenants beside a healthy one")
struct HostileTenantTests {
  typealias Manner = (name: String, answer: @Sendable (VendorServer.Request) -> VendorServer.Answer)

  private static func answer(
    _ name: String, _ text: String, status: Int = 200, headers: [(String, String)] = []
  ) -> Manner {
    (name, { _ in .json(text, status: status, headers: headers) })
  }

  private static func bytes(_ name: String, _ body: [UInt8], _ headers: [(String, String)] = [])
    -> Manner
  {
    (name, { _ in .answer(status: 200, headers: headers, body: body) })
  }

  private static let secret = LiveCompany.token

  private static let manners: [Manner] = [
    answer("waits for ever", "{}", status: 429, headers: [("retry-after", "9.3e18")]),
    answer(
      "forbids for ever", "{}", status: 403, headers: [("retry-after", "9223372036854775807")]),
    answer(
      "waits until a date far off", "{}", status: 429,
      headers: [("retry-after", "Sun, 06 Nov 9223372036854775807 08:49:37 GMT")]),
    answer("answers in HTML", "<html><body>Sign in</body></html>"),
    answer("answers null", "null"), answer("answers a number", "7"),
    answer("answers a text", "\"x\""),
    answer("answers nothing", ""), answer("answers an empty object", "{}"),
    answer("lists nulls", "[null, null]"), answer("lists numbers", "[1, 2]"),
    answer("lists lists", "[[1], [[]]]"), answer("goes on after the end", "[] []"),
    answer("stops in the middle", #"[{"id":"1"#),
    answer("nests", String(repeating: "[", count: 100_000)),
    answer("nests in ids", #"[{"id":{"id":{"id":[]}}}]"#),
    answer("counts beyond 64 bits", #"[{"id":18446744073709551616,"mfa":1e400}]"#),
    answer("counts in fractions", #"[{"id":1.5,"mfa":-0.0},{"id":1e308}]"#),
    answer("has no ids", #"[{"mfa":true},{"mfa":false}]"#),
    answer("has one id twice", #"[{"id":"1","mfa":true},{"id":"1","mfa":false}]"#),
    answer("has ids that look alike", #"[{"id":"é","mfa":true},{"id":"e\u0301","mfa":false}]"#),
    answer("has empty ids", #"[{"id":"","mfa":true}]"#),
    answer("repeats keys", #"[{"id":"1","mfa":true,"mfa":false}]"#),
    answer("climbs", #"[{"id":"../../../etc/passwd","mfa":true},{"id":"..","mfa":true}]"#),
    answer("speaks to the runner", #"[{"id":"1\r\n::error::pwned\n##[add-mask]x","mfa":false}]"#),
    answer("speaks to the terminal", #"[{"id":"\u001b[31mred\u202e","mfa":false}]"#),
    answer("has NUL in it", #"[{"id":"a\u0000b","mfa":false}]"#),
    answer("has half a character", #"[{"id":"\ud800","mfa":false}]"#),
    answer("types wrongly", #"[{"id":["1"],"mfa":"yes"},{"id":true,"mfa":null}]"#),
    answer(
      "is long-winded", "[{\"id\":\"\(String(repeating: "x", count: 1_000_000))\",\"mfa\":false}]"),
    answer(
      "has many",
      "[\((0..<20_000).map { "{\"id\":\"\($0)\",\"mfa\":false}" }.joined(separator: ","))]"),
    answer("does not know us", #"{"error":"\#(secret)"}"#, status: 401),
    answer("refuses, with our token", #"{"errorSummary":"\#(secret) may not"}"#, status: 403),
    answer("has our token as a key", #"[{"id":"1","\#(secret)":true,"mfa":false}]"#),
    answer("is not there", "{}", status: 404), answer("is gone", "{}", status: 410),
    answer("answers 600", "{}", status: 600), answer("answers 204", "", status: 204),
    answer("sends elsewhere", "", status: 302, headers: [("location", "file:///etc/passwd")]),
    answer("sends to a script", "", status: 302, headers: [("location", "javascript:alert(1)")]),
    answer(
      "sends to nobody", "", status: 307, headers: [("location", "https://[::1]:1/\(secret)")]),
    ("sends in a circle", { .answer(status: 302, headers: [("location", $0.target)], body: []) }),
    (
      "pages in a circle",
      {
        .json(#"[{"id":"1","mfa":true}]"#, headers: [("link", "<\($0.target)>; rel=\"next\"")])
      }
    ),
    answer("pages elsewhere", "[]", headers: [("link", "<https://evil.example/x>; rel=\"next\"")]),
    answer("pages to garbage", "[]", headers: [("link", "<<>;rel=next,,;\"; rel=\"next\" <\\>")]),
    answer("grants garbage", "[]", headers: [("x-grants", ",,;\u{7F} ,a b,")]),
    answer("sets cookies", "[]", headers: [("set-cookie", "a=\(secret); Domain=example.com")]),
    bytes("is no UTF-8", [0x5B, 0x7B, 0x22, 0xFF, 0xFE, 0x22, 0x3A, 0x31, 0x7D, 0x5D]),
    bytes("begins with a mark", [0xEF, 0xBB, 0xBF] + Array("[]".utf8)),
    bytes("speaks UTF-16", [0xFF, 0xFE, 0x5B, 0x00, 0x5D, 0x00]),
    bytes("says gzip and is none", Array("[]".utf8), [("content-encoding", "gzip")]),
    bytes("says an encoding nobody knows", Array("[]".utf8), [("content-encoding", "plumb")]),
  ]

  @Test("each costs itself alone, and says why")
  func beside() async throws {
    let manners = Self.manners
    try #require(manners.count >= 40)
    var servers: [VendorServer] = []
    for manner in manners {
      servers.append(try await VendorServer { request, _ in manner.answer(request) })
    }
    let healthy = try await VendorServer { request, _ in LiveCompany.answer(request) }

    var instances = LiveCompany.instance(at: healthy.authority)
    for (index, server) in servers.enumerated() {
      instances += LiveCompany.instance("acme-m\(index)", at: server.authority)
    }
    var company = try LiveCompany(instances)
    for index in servers.indices { company.environment["PLUMB_ACME_M\(index)_TOKEN"] = Self.secret }
    let run = try company.plumb(["apply", "--verbose"], at: servers + [healthy])

    // What could not be observed is said and recorded, and the run ends with 1.
    #expect(run.status == 1, "\(run.error.suffix(2000))")
    #expect(!run.output.contains(Self.secret) && !run.error.contains(Self.secret))
    #expect(!run.output.contains("\u{1B}[31m") && !run.error.contains("\n::error::"))

    func state(_ instance: String) throws -> String {
      try company.scratch.git("show", "plumb/reports:reports/instances/\(instance)/state.json")
    }
    let recorded = try state("acme-eu")
    #expect(recorded.contains(#""compliance": "compliant""#), "\(recorded)")
    #expect(!recorded.contains(#""stale""#))
    for (index, manner) in manners.enumerated() {
      let recorded = try state("acme-m\(index)")
      #expect(!recorded.contains(Self.secret), "\(manner.name)")
    }
    let objects = try company.scratch.git("log", "--all", "--patch", "plumb/reports")
    #expect(!objects.contains(Self.secret))
    for server in servers + [healthy] { await server.close() }
  }
}
