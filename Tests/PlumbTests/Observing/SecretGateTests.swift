import Foundation
import TestSupport
import Testing

/// A tenant that gives the credential back, in every form and in every place that an answer has: nothing that
/// the program writes, anywhere, holds it.
@Suite("No secret leaves")
struct SecretGateTests {
  private static let token = "AcMe+t/k=en_0123456789-Zz"

  /// The forms, by name.
  private static let forms = forms(of: token)

  private static func forms(of token: String) -> [(name: String, text: String)] {
    let bytes = Array(token.utf8)
    func percent(_ format: String, all: Bool) -> String {
      bytes.map { byte in
        let isPlain = UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || byte >= 0x41
        return isPlain && !all
          ? String(Unicode.Scalar(byte)) : String(format: format, Int(byte))
      }.joined()
    }
    func base64(_ lead: String) -> String {
      Data((lead + token + "~~~").utf8).base64EncodedString()
    }
    return [
      ("exact", token), ("lower case", token.lowercased()), ("upper case", token.uppercased()),
      ("percent-encoded", percent("%%%02X", all: false)),
      ("percent-encoded in lower case", percent("%%%02x", all: false)),
      ("percent-encoded, every byte", percent("%%%02X", all: true)),
      ("base64", base64("")), ("base64 behind one byte", base64("u")),
      ("base64 behind two bytes", base64("u:")),
      (
        "base64url",
        base64("").replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
      ),
      ("JSON-escaped", token.replacing("/", with: "\\/")),
      ("\\u-escaped", bytes.map { String(format: "\\u%04x", Int($0)) }.joined()),
    ]
  }

  private static let connector = LiveCompany.connector.replacing(
    "    audits: { get: /audits, identity: id, permissions: [audits.read] }",
    with: """
          keys: { get: /keys, identity: id }
          moved: { get: /moved, identity: id }
          hosts: { get: /hosts, identity: id }
          types: { get: /types, identity: id }
          texts: { get: /texts, identity: id }
          children: { get: '/children/{parent.id}', identity: id, forEach: users }
      """)

  private static func answer(
    _ request: VendorServer.Request, _ form: String
  ) -> VendorServer.Answer {
    let headers = [("x-grants", form)]
    switch request.path {
    case "/api/users":
      return .json(
        #"[{"id":"\#(form)","mfa":false,"note":"so: \#(form)."}]"#, headers: headers)
    case "/api/policies":
      return .json(#"{"message":"no, \#(form) may not"}"#, status: 403, headers: headers)
    case "/api/keys": return .json(#"[{"id":"k","of":{"\#(form)":1}}]"#)
    case "/api/moved":
      return .answer(status: 302, headers: [("location", "/api/v1/\(form)")], body: [])
    case "/api/hosts":
      return .json(
        "[]", headers: [("link", "<https://\(form).evil.example/x>; rel=\"next\"")])
    case "/api/types":
      return .answer(status: 200, headers: [("content-type", form)], body: Array("[]".utf8))
    case "/api/texts": return .json(form)
    default: return .json(#"{"message":"\#(form)"}"#, status: 404)
    }
  }

  /// Runs the commands that observe, record and tell, and collects everything that was written anywhere.
  private static func everything(_ company: LiveCompany, at server: VendorServer) throws -> String {
    var written = ""
    for arguments in [
      ["observe", "--check", "--verbose"],
      [
        "apply", "--verbose", "--output", "json=plan.json", "--output", "markdown=plan.md",
        "--output", "sarif=plan.sarif", "--output", "text",
      ],
      ["plan", "--no-refresh", "--out", "saved.plan"], ["observe", "--verbose"],
    ] {
      let run = try company.plumb(arguments, at: [server])
      #expect(!run.wasKilled && run.status != 64, "\(run.error)")
      written += run.output + run.error
    }
    #expect(written.contains("REDACTED"))
    let scratch = company.scratch
    #expect(try scratch.git("rev-list", "--count", "plumb/reports") == "1")
    written += try scratch.git("log", "--all", "-p", "--format=%B%an%ae%D")
    for case let file as String in FileManager.default.enumerator(atPath: scratch.path) ?? .init() {
      written += file + "\n" + (scratch.read(file) ?? "")
    }
    return written
  }

  private static func expectNone(of token: String, in written: String) {
    let lowered = written.lowercased()
    for (form, text) in forms(of: token) {
      // Of base64, what the neighbours have no part in.
      let core = form.hasPrefix("base64") ? String(text.dropFirst(4).dropLast(8)) : text
      #expect(!lowered.contains(core.lowercased()), "\(form)")
    }
  }

  @Test("in no form, whatever place of an answer it stands in", arguments: forms.map(\.name))
  func noForm(name: String) async throws {
    let form = try #require(Self.forms.first { $0.name == name }?.text)
    try await VendorServer.serve { request, _ in
      Self.answer(request, form)
    } _: { server in
      var company = try LiveCompany(LiveCompany.instance(at: server.authority))
      company.environment["PLUMB_ACME_EU_TOKEN"] = Self.token
      try company.scratch.commit(["desired-state/acme.yaml": Self.connector])
      let written = try Self.everything(company, at: server)
      #expect(server.requests.contains { $0.header("authorization") == "Bearer \(Self.token)" })
      Self.expectNone(of: Self.token, in: written)
    }
  }

  @Test(
    "nor a token that was got for the credentials, from the moment it came",
    arguments: ["access_token", "refresh_token", "id_token"])
  func obtained(kind: String) async throws {
    let issued = "Issued+\(kind)/0123456789=Zz"
    let forms = Self.forms(of: issued)
    try await VendorServer.serve { request, index in
      guard request.path != "/api/token" else {
        // The other one may be asked for with, and is no other secret.
        let other = kind == "access_token" ? "" : #","access_token":"another-token-0123456789""#
        return .json(#"{"\#(kind)":"\#(issued)","expires_in":3600\#(other)}"#)
      }
      if request.path == "/api/users" {
        let users = forms.enumerated().map { number, form in
          #"{"id":"\#(number) \#(form.text)","mfa":false,"\#(form.text)":"\#(form.text)"}"#
        }
        return .json("[\(users.joined(separator: ","))]")
      }
      return Self.answer(request, forms[index % forms.count].text)
    } _: { server in
      let company = try LiveCompany(LiveCompany.instance(at: server.authority))
      try company.scratch.commit([
        "desired-state/acme.yaml": Self.connector.replacing(
          """
              - name: token
                header: { value: "Bearer {token}" }
          """,
          with: """
                - name: app
                  token:
                    url: https://{domain}/api/token
                    basic: { user: plumb, password: '{token}' }
                    form: { grant_type: client_credentials }
            """)
      ])
      let written = try Self.everything(company, at: server)
      let bearer = kind == "access_token" ? issued : "another-token-0123456789"
      #expect(server.requests.contains { $0.header("authorization") == "Bearer \(bearer)" })
      Self.expectNone(of: issued, in: written)
      Self.expectNone(of: LiveCompany.token, in: written)
    }
  }

  @Test(
    "one that slipped into the arguments is not told again",
    arguments: [
      ["plan", "--tokn", "SECRET"], ["plan", "--tokn=SECRET"], ["SECRET"], ["observe", "SECRET"],
      ["explain", "SECRET"], ["plan", "--at", "SECRET"],
      ["plan", "--allow-host", "https://SECRET"],
      ["plan", "--format", "SECRET"], ["apply", "SECRET"],
      ["validate", "--repo", "https://SECRET@h"],
    ])
  func arguments(_ arguments: [String]) throws {
    var company = try LiveCompany(LiveCompany.instance(at: "acme.example.com"))
    company.environment["PLUMB_ACME_EU_TOKEN"] = Self.token
    company.environment["PLUMB_ACME_EU_CLIENT"] = "client-0123456789"
    let run = try company.plumb(arguments.map { $0.replacing("SECRET", with: Self.token) })
    #expect(run.status != 0)
    #expect(!(run.output + run.error).contains(Self.token), "\(run.error)")
    let wrong = try company.plumb(["plan", "--client", "client-0123456789"])
    #expect(wrong.status == 64)
    #expect(!(wrong.output + wrong.error).contains("client-0123456789"), "\(wrong.error)")
  }

  @Test("one that is too short to be masked is refused: what, where, and what to do")
  func short() async throws {
    try await VendorServer.serve { request, _ in
      LiveCompany.answer(request)
    } _: { server in
      // In a rehearsal on this machine it opens nothing.
      var rehearsal = try LiveCompany(LiveCompany.instance(at: server.authority))
      rehearsal.environment["PLUMB_ACME_EU_TOKEN"] = "tok3n-7"
      #expect(try rehearsal.plumb(["observe"], at: [server]).status == 0)
      let asked = server.requests.count

      var company = try LiveCompany(LiveCompany.instance(at: "acme.example.com"))
      company.environment["PLUMB_ACME_EU_TOKEN"] = "tok3n-7"
      let run = try company.plumb(["observe", "--allow-host", "acme.example.com"], at: [server])
      #expect(run.status == 1)
      #expect(
        run.output
          == "acme-eu: not observed: PLUMB_ACME_EU_TOKEN (or token of 'acme-eu' in --credentials) has fewer than 8 characters: so short a secret cannot be masked where the tenant repeats it, and is not used; create a longer one\n"
      )
      #expect(server.requests.count == asked)
      company.environment["PLUMB_ACME_EU_TOKEN"] = LiveCompany.token
      company.environment["PLUMB_GIT_TOKEN"] = "s3cret"
      let git = try company.plumb(["validate", "--repo", "https://127.0.0.1:1/x.git"])
      #expect(git.status == 1)
      #expect(
        git.error
          == "error: PLUMB_GIT_TOKEN has fewer than 8 characters: so short a secret cannot be masked where a server repeats it, and is not used; create a longer one\n"
      )
    }
  }
}
