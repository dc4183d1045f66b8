import Foundation
import Observation
import TestSupport
import Testing

/// `plumb connect --authorize`, and the runs that follow.
@Suite struct AuthorizeTests {
  private static var page: Regex<(Substring, Substring)> { /\n  (https?:\/\/\S+)\n/ }
  private static let connect = ["connect", "acme", "acme-eu", "--authorize"]
  private static let anyPort = ["--redirect-uri", "http://127.0.0.1:0/cb"]

  @Test(
    "a browser on this machine brings the code; the token goes into the store, and nowhere else")
  func loopback() async throws {
    try await RotatingVendor().serve { vendor, server in
      let company = try TokenCompany(at: server)
      let program = try company.dialogue(Self.connect + Self.anyPort + company.storing)
      let page = try #require(program.hear(Self.page))
      #expect(
        page.hasPrefix("\(server.origin)/authorize?response_type=code&client_id=acme-client&"))
      #expect(page.contains("&scope=read&access=offline&"))
      #expect(page.contains("&code_challenge="))
      let location = try #require(vendor.allow(page).location)
      let answer = try await TokenCompany.visit(location)
      #expect(answer.status == 200)
      #expect(String(decoding: answer.body, as: UTF8.self).hasPrefix("Plumb has what it needs."))
      let run = try program.finish()
      #expect(run.status == 0, "\(run.error)")
      #expect(run.output == "acme-eu: 2 of 2 collections that are needed can be read\n")
      #expect(
        run.error.contains(
          "The refresh token of 'acme-eu' is kept in \(company.store): --token-store gives it, PLUMB_ACME_EU_REFRESH_TOKEN need not be set.\n"
        ))
      // The check that follows has used it already.
      #expect(company.kept.contains(RotatingVendor.refreshToken(3)))
      for text in [run.output, run.error] {
        for secret in ["refresh-", "access-", "code-1", RotatingVendor.secret] {
          #expect(!text.contains(secret), "\(secret)")
        }
      }
      #expect(vendor.refused == [])
      // Nothing else is needed from here on.
      let observed = try company.plumb(["observe"] + company.storing)
      #expect(observed.status == 0, "\(observed.error)")
      let planned = try company.plumb(["plan"] + company.storing)
      #expect(planned.status == 0, "\(planned.error)")
    }
  }

  @Test("a code is pasted, alone or with its address; a code that was used is refused")
  func pasted() async throws {
    try await RotatingVendor().serve { vendor, server in
      let company = try TokenCompany(at: server)
      let arguments =
        Self.connect + ["--paste", "--redirect-uri", "https://contoso.example/cb"] + company.storing
      let first = try company.dialogue(arguments)
      let allowed = vendor.allow(try #require(first.hear(Self.page)))
      let location = try #require(allowed.location)
      #expect(location.hasPrefix("https://contoso.example/cb?code="))
      try first.say(location)
      #expect(try first.finish().status == 0)
      let kept = company.kept
      #expect(kept.contains("refresh-"))

      let replayed = try company.dialogue(arguments)
      _ = replayed.hear(Self.page)
      try replayed.say(allowed.code)
      let run = try replayed.finish()
      #expect(run.status == 1)
      #expect(
        run.error.hasSuffix(
          "error: the credentials are not accepted for a token (“spent or unknown”); a code is good once, and for minutes: begin again\n"
        ), "\(run.error)")
      // The address of another request has another state.
      let foreign = try company.dialogue(arguments)
      _ = foreign.hear(Self.page)
      try foreign.say(location)
      #expect(try foreign.finish().error.contains("the answer belongs to another request"))
      let silent = try company.dialogue(arguments)
      _ = silent.hear(Self.page)
      #expect(try silent.finish().error.contains("no code was pasted: nothing was exchanged"))
      // A code that was allowed for one request is of no use in another: it proves nothing.
      let other = try company.dialogue(arguments)
      let stolen = vendor.allow(try #require(other.hear(Self.page))).code
      other.kill()
      _ = try other.finish()
      let thief = try company.dialogue(arguments)
      _ = thief.hear(Self.page)
      try thief.say(stolen)
      #expect(try thief.finish().status == 1)
      #expect(company.kept == kept)
    }
  }

  @Test("an answer with another state ends it, and nothing is exchanged")
  func wrongState() async throws {
    try await RotatingVendor().serve { vendor, server in
      let company = try TokenCompany(at: server)
      let program = try company.dialogue(Self.connect + Self.anyPort + company.storing)
      let page = try #require(program.hear(Self.page))
      let location = try #require(vendor.allow(page).location)
      let forged = location.replacing(/state=.*/, with: "state=guessed")
      #expect(try await TokenCompany.visit(forged).status == 400)
      let run = try program.finish()
      #expect(run.status == 1)
      #expect(run.error.contains("error: the answer belongs to another request"))
      #expect(server.requests.isEmpty)
      #expect(company.kept.isEmpty)
    }
  }

  @Test("an exchange that is led to another host is not followed")
  func redirected() async throws {
    try await VendorServer.serve { _, _ in
      .json(#"{"refresh_token":"refresh-of-a-thief"}"#)
    } _: { other in
      let vendor = RotatingVendor()
      try await VendorServer.serve { _, _ in
        .answer(status: 307, headers: [("location", "\(other.origin)/token")], body: [])
      } _: { server in
        let company = try TokenCompany(at: server)
        let program = try company.dialogue(Self.connect + ["--paste"] + company.storing)
        let allowed = vendor.allow(try #require(program.hear(Self.page)))
        try program.say(allowed.code)
        let run = try program.finish()
        #expect(run.status == 1)
        #expect(run.error.contains("the request of a token was answered 307"))
        #expect(other.requests.isEmpty)
        #expect(company.kept.isEmpty)
      }
    }
  }

  @Test("the token is printed where that is asked for")
  func printed() async throws {
    try await RotatingVendor().serve { vendor, server in
      let company = try TokenCompany(at: server)
      let program = try company.dialogue(Self.connect + ["--paste", "--print-token"])
      try program.say(vendor.allow(try #require(program.hear(Self.page))).code)
      let run = try program.finish()
      #expect(run.status == 0, "\(run.error)")
      #expect(
        run.output == "PLUMB_ACME_EU_REFRESH_TOKEN=\(RotatingVendor.refreshToken(2))\n")
      #expect(run.error.contains("This token may change with each use"))
      #expect(!run.error.contains("refresh-"))
    }
  }

  @Test(
    "what is missing is told before anybody opens a page",
    arguments: [
      (
        ["--token-store", "tokens.json"], nil,
        "tokens are not kept in the repository's working tree"
      ),
      (["--token-store", ".git/tokens.json"], nil, "tokens are not kept in the repository's"),
      ([], nil, "say where the refresh token goes: --token-store FILE"),
      (
        ["--print-token", "--redirect-uri", "https://evil.example/"], nil,
        "Plumb listens on this machine alone"
      ),
      (["--print-token"], "CLIENT_ID", "set PLUMB_ACME_EU_CLIENT_ID before access is allowed"),
    ] as [([String], String?, String)])
  func missing(arguments: [String], variable: String?, message: String) async throws {
    try await VendorServer.serve { _, _ in
      .json("[]")
    } _: { server in
      var company = try TokenCompany(at: server)
      if let variable { company.live.environment["PLUMB_ACME_EU_\(variable)"] = nil }
      let run = try company.plumb(Self.connect + arguments)
      #expect(run.status == 1)
      #expect(run.error.contains("error: \(message)"), "\(run.error)")
      #expect(server.requests.isEmpty)
    }
  }

  @Test("a page on a host that nobody declared is not shown")
  func foreignPage() async throws {
    try await VendorServer.serve { _, _ in
      .json("[]")
    } _: { server in
      let company = try TokenCompany(at: server)
      let file = "repository/desired-state/acme.yaml"
      let text = try #require(company.live.scratch.read(file))
      try company.live.scratch.overwrite(
        text.replacing("https://{domain}/authorize", with: "https://evil.example/authorize"),
        in: file)
      let run = try company.plumb(Self.connect + ["--paste", "--print-token"])
      #expect(run.status == 1)
      #expect(run.error.contains("no credentials are sent to evil.example"), "\(run.error)")
      #expect(!run.error.contains("https://evil.example"))
    }
  }

  @Test("--check names an instance whose token nothing keeps, and tries it where something does")
  func check() async throws {
    try await RotatingVendor().serve { vendor, server in
      let company = try TokenCompany(at: server, given: 1)
      let run = try company.plumb(["observe", "--check"])
      #expect(run.status == 1)
      #expect(
        run.output
          == "acme-eu: the refresh token of 'acme-eu' may change with each use, and nothing keeps the next one: name a file for it with --token-store; it was not used\n"
      )
      #expect(server.requests.isEmpty)
      let kept = try company.plumb(["observe", "--check"] + company.storing)
      #expect(kept.status == 0, "\(kept.output)")
      #expect(company.kept.contains(RotatingVendor.refreshToken(2)))
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o644], ofItemAtPath: company.store)
      let open = try company.plumb(["observe", "--check"] + company.storing)
      #expect(open.error.contains("may be read by others; 'chmod 600"))
    }
  }

  @Test("two programs at once never lose the token")
  func twoPrograms() async throws {
    let vendor = RotatingVendor()
    try await VendorServer.serve { request, _ in
      request.path == "/token" ? vendor.answer(request) : .json("[]")
    } _: { server in
      let company = try TokenCompany(at: server, given: 1)
      let arguments = ["observe", "--check", "--allow-host", server.origin] + company.storing
      let programs = try (0..<4).map { _ in
        try company.live.scratch.start(arguments, environment: company.live.environment)
      }
      for program in programs {
        let run = try program.finish()
        #expect(run.status == 0, "\(run.output)\(run.error)")
      }
      #expect(vendor.refused == [])
      #expect(vendor.exchanged == 4)
      #expect(company.kept.contains(RotatingVendor.refreshToken(5)))
    }
  }

  @Test("a program that is killed when it uses the answer has kept the token")
  func killed() async throws {
    let vendor = RotatingVendor()
    try await VendorServer.serve { request, index in
      // The first run waits here for its end.
      let answer = vendor.answer(request)
      return index == 1 ? .silence : answer
    } _: { server in
      let company = try TokenCompany(at: server, given: 1)
      let program = try company.dialogue(["observe"] + company.storing)
      while server.requests.count < 2, program.isRunning { await Task.yield() }
      program.kill()
      _ = try program.finish()
      #expect(company.kept.contains(RotatingVendor.refreshToken(2)))
      let next = try company.plumb(["observe"] + company.storing)
      #expect(next.status == 0, "\(next.error)")
      #expect(vendor.refused == [])
    }
  }
}
