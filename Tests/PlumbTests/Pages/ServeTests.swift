#if Service
import Foundation
import Observation
import TestSupport
import Testing

/// `plumb serve`, as it is typed.
@Suite("Serving")
struct ServeTests {
  @Test(
    "refuses what would show to everybody what was meant for some, before it listens",
    arguments: [
      (["--listen", "0.0.0.0:0"], 64, "whoever reaches 0.0.0.0:0 could look"),
      (["--listen", "[::]:0"], 64, "whoever reaches [::]:0 could look"),
      (["--listen", "somewhere"], 64, "--listen wants HOST:PORT"),
      (["--admin", "9441"], 64, "--admin wants HOST:PORT"),
      (["--interval", "0s"], 64, "--interval wants a time"),
      (["--interval", "soon"], 64, "The value 'soon' is invalid for '--interval"),
      (["--only", "team"], 64, "--only wants KEY=VALUE"),
      (["--auth", "proxy-header"], 64, "anybody could name anybody"),
      (
        ["--auth", "proxy-header", "--trusted-proxy", "proxy"], 64, "--trusted-proxy wants a range"
      ),
      (["--auth", "proxy-jwt", "--jwks", "x"], 64, "--auth proxy-jwt wants"),
      (["--tokens", "x"], 64, "--tokens is for --auth token"),
      (["--auth", "token", "--insecure-public"], 64, "--insecure-public is for --auth none"),
      (["--auth", "token"], 1, "--auth token wants a token"),
      (["--auth", "token", "--tokens", "open"], 1, "may be read by others"),
      (["--auth", "token", "--tokens", "weak"], 1, "weak:1: the token of 'ann' can be guessed"),
      (
        ["--auth", "proxy-jwt", "--jwks", "weak", "--jwt-issuer", "i", "--jwt-audience", "a"], 1,
        "it is no JSON Web Key Set"
      ), (["--listen", "unix:weak", "--admin", "none"], 1, "weak is there, and no socket"),
    ] as [([String], Int32, String)])
  func refused(arguments: [String], status: Int32, text: String) throws {
    let company = try Company()
    try company.scratch.write("ann 0123456789abcdef0123456789abcdef", to: "repository/open")
    try company.scratch.write("ann short", to: "repository/weak")
    for (file, mode) in [("open", 0o644), ("weak", 0o600)] {
      try FileManager.default.setAttributes(
        [.posixPermissions: mode], ofItemAtPath: "\(company.path)/\(file)")
    }
    let run = try company.scratch.plumb(["serve"] + arguments)
    #expect(run.status == status, "\(run.error)")
    #expect(run.error.contains(text), "\(run.error)")
    #expect(!run.error.contains("0123456789abcdef"))
  }

  @Test("listens, and ends with 0 when it is told to")
  func ends() async throws {
    let company = try Company()
    let program = try WatchedProgram(
      try #require(Program.path),
      [
        "serve", "--repo", company.path, "--listen", "127.0.0.1:0", "--admin", "none",
        "--access-log", company.scratch.path + "/log",
      ], in: company.path, environment: ["PATH": "/usr/bin:/bin"])
    let said = try await program.line(with: "Serving at").text
    #expect(said.contains(/Serving at http:\/\/127\.0\.0\.1:[0-9]+\//), "\(said)")
    program.signal(SIGTERM)
    #expect(await program.finish() == 0)
  }

  @Test(
    "SIGTERM lets a request under way be answered whole and lets nobody else in; it ends with 0")
  func underWay() async throws {
    let company = try Company()
    let secret = "0123456789abcdef0123"
    let program = try WatchedProgram(
      try #require(Program.path),
      [
        "serve", "--repo", company.path, "--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0",
        "--access-log", company.scratch.path + "/log",
      ], in: company.path, environment: ["PATH": "/usr/bin:/bin", "PLUMB_HOOK_SECRET": secret])
    let line = try await program.line(with: "Serving at").text
    let ports = try #require(line.firstMatch(of: /:(\d+)\/, administration at port (\d+)/))
    let (pages, admin) = try (#require(Int(ports.1)), #require(Int(ports.2)))
    let body = #"{"object_kind":"push","ref":"refs/heads/main"}"#
    var isAnswered = false
    while !isAnswered {
      try await RawConnection.open(pages) { connection in
        // Once the first of two requests that came together is answered, the other one is under way.
        let style = await connection.ask(
          """
          GET /plumb.css HTTP/1.1\r
          Host: localhost\r
          \r
          POST /hooks/git HTTP/1.1\r
          Host: localhost\r
          X-Gitlab-Token: \(secret)\r
          X-Gitlab-Event: Push Hook\r
          Content-Length: \(body.utf8.count)\r
          \r
          \(body.prefix(5))
          """)
        // Who says nothing for longer than the server waits, since the machine stood still, begins anew.
        isAnswered = style.hasPrefix("HTTP/1.1 ")
        guard isAnswered else { return }
        program.signal(SIGTERM)
        while (try? await RawConnection.open(pages) { _ in }) != nil {}
        await connection.send(String(body.dropFirst(5)))
        let answers = await connection.read().split(separator: "HTTP/1.1 ")
        #expect(answers.count == 2, "\(answers)")
        // A body for which the machine was too slow is answered too.
        let answer = try #require(answers.last)
        #expect(
          answer.hasPrefix("202 ") && answer.hasSuffix("rung\n")
            || answer.hasPrefix("408 ") && answer.hasSuffix("the body took too long\n"),
          "\(answer)")
        #expect(connection.isClosed)
      }
    }
    #expect(await program.finish() == 0)
    for port in [pages, admin] {
      await #expect(throws: (any Error).self) { try await RawConnection.open(port) { _ in } }
    }
    #expect(company.scratch.read("log")?.contains("/plumb.css") == true)
    #expect(program.lines.contains { $0.contains(": hook ") }, "\(program.lines)")
  }

  @Test("says where it could not listen")
  func taken() throws {
    let company = try Company()
    let blocker = try Daemon(
      "/usr/bin/python3",
      [
        "-c",
        "import socket, time; s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen(); print(s.getsockname()[1], flush=True); time.sleep(600)",
      ], environment: ["PATH": "/usr/bin:/bin"])
    defer { blocker.stop() }
    let run = try company.scratch.plumb(
      ["serve", "--listen", "127.0.0.1:\(blocker.firstLine)", "--admin", "none"])
    #expect(run.status == 1)
    #expect(run.error.contains("the server cannot listen at 127.0.0.1:\(blocker.firstLine)"))
  }
}
#endif
