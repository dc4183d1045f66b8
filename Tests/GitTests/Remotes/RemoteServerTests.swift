import Foundation
import Git
import Synchronization
import TestSupport
import Testing

/// A small HTTP server in Python that answers as a script says, and keeps what it was asked.
private final class Server {
  let port: Int
  private let daemon: Daemon
  private let log: String

  static let isAvailable = ["/usr/bin/python3", "/usr/bin/openssl"].allSatisfy {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  /// - Parameter answer: Python statements that use `h`, the handler, and `authorized`.
  init(_ sandbox: Sandbox, _ answer: String, certificate: String? = nil) throws {
    log = sandbox.path + "/log-\(UUID().uuidString)"
    let secure =
      certificate.map {
        """
        import ssl
        c = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER); c.load_cert_chain('\($0)')
        s.socket = c.wrap_socket(s.socket, server_side=True)
        """
      } ?? ""
    let program = """
      import http.server, sys
      log = open('\(log)', 'a', buffering=1)
      class H(http.server.BaseHTTPRequestHandler):
        protocol_version = 'HTTP/1.1'
        def log_message(self, *a): pass
        def end(h, status, **headers):
          h.send_response(status)
          for k, v in headers.items(): h.send_header(k.replace('_', '-'), v)
          h.send_header('Content-Length', '0'); h.end_headers()
        def do_GET(h):
          authorized = h.headers.get('Authorization')
          log.write(h.path + ' ' + str(authorized) + '\\n')
          \(answer)
      s = http.server.ThreadingHTTPServer(('127.0.0.1', 0), H)
      \(secure.replacingOccurrences(of: "\n", with: "\n      "))
      print(s.server_address[1], flush=True)
      s.serve_forever()
      """
    daemon = try Daemon(
      "/usr/bin/python3", ["-c", program.replacingOccurrences(of: "\n      ", with: "\n")],
      environment: Sandbox.environment)
    port = try #require(Int(daemon.firstLine))
  }

  var requests: [String] {
    let data = FileManager.default.contents(atPath: log) ?? Data()
    return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}

@Suite(
  "Repository: credentials and certificates",
  .enabled(if: Server.isAvailable, "python3 and openssl are not installed"), .serialized)
struct RemoteServerTests {
  private let challenge = "h.end(401, WWW_Authenticate='Basic realm=\"x\"')"

  private func fetch(
    _ sandbox: Sandbox, _ url: String, _ options: RemoteOptions = RemoteOptions()
  ) throws -> GitError? {
    let (repository, _) = try sandbox.makeBareRepository()
    return failure { () throws(GitError) in
      try repository.fetch(from: url, refspecs: ["+refs/heads/*:refs/x/*"], options: options)
    }
  }

  @Test("asks for a credential once, and says that it was refused without repeating it")
  func refused() throws {
    let sandbox = try Sandbox()
    let server = try Server(sandbox, challenge)
    let asked = Mutex<[CredentialRequest]>([])
    let options = RemoteOptions { request in
      asked.withLock { $0.append(request) }
      return .password(username: "ada", password: "s3cret")
    }
    let url = "http://127.0.0.1:\(server.port)/x.git"
    let error = try fetch(sandbox, url, options)
    #expect(
      error
        == GitError(
          .authentication, "'127.0.0.1' refuses the credential", context: "fetching from '\(url)'"))
    let requests = asked.withLock { $0 }
    #expect(requests.map(\.host) == ["127.0.0.1"])
    #expect(requests.first?.acceptsPassword == true)
    #expect(requests.first?.acceptsKey == false)
    let basic = Data("ada:s3cret".utf8).base64EncodedString()
    #expect(
      server.requests == [
        "/x.git/info/refs?service=git-upload-pack None",
        "/x.git/info/refs?service=git-upload-pack Basic \(basic)",
      ])
  }

  @Test("says that a credential is missing")
  func missing() throws {
    let sandbox = try Sandbox()
    let server = try Server(sandbox, challenge)
    let url = "http://127.0.0.1:\(server.port)/x.git"
    for options in [RemoteOptions(), RemoteOptions { _ in nil }] {
      let other = try Sandbox()
      let error = try fetch(other, url, options)
      #expect(error?.code == .authentication)
      #expect(error?.message == "'127.0.0.1' asks for a credential, and none is given")
    }
    let wrongKind = try fetch(
      sandbox, url, RemoteOptions { _ in .sshAgent(username: "git") })
    #expect(wrongKind?.message == "'127.0.0.1' does not take a credential of this kind")
  }

  @Test("does not follow a redirect to another host, nor sends it a credential")
  func redirect() throws {
    let sandbox = try Sandbox()
    let other = try Server(sandbox, challenge)
    let server = try Server(
      sandbox,
      "h.end(302, Location='http://localhost:\(other.port)' + h.path) if authorized else \(challenge)"
    )
    let error = try fetch(
      sandbox, "http://127.0.0.1:\(server.port)/x.git",
      RemoteOptions { _ in .password(username: "ada", password: "s3cret") })
    #expect(error?.code == .network)
    #expect(error?.message == "cannot redirect from '127.0.0.1' to 'localhost'")
    #expect(other.requests.isEmpty)
  }

  @Test(
    "does not follow a redirect to another port, nor sends it a credential",
    arguments: [true, false])
  func otherPort(isAuthorized: Bool) throws {
    let sandbox = try Sandbox()
    let other = try Server(sandbox, challenge)
    let server = try Server(
      sandbox,
      "h.end(302, Location='http://127.0.0.1:\(other.port)' + h.path) if \(isAuthorized ? "authorized" : "True") else \(challenge)"
    )
    let error = try fetch(
      sandbox, "http://127.0.0.1:\(server.port)/x.git",
      RemoteOptions { _ in .password(username: "ada", password: "s3cret-token") })
    #expect(error?.code == .network)
    #expect(
      error?.message
        == "the server leads from port \(server.port) of '127.0.0.1' to port \(other.port), which was not named"
    )
    #expect(other.requests.isEmpty)
    #expect(server.requests.count == (isAuthorized ? 2 : 1))
  }

  @Test("follows a redirect to another path of the same place")
  func samePlace() throws {
    let sandbox = try Sandbox()
    let server = try Server(
      sandbox,
      "h.end(302, Location='/y.git/info/refs?service=git-upload-pack') if h.path.startswith('/x') else \(challenge)"
    )
    let error = try fetch(
      sandbox, "http://127.0.0.1:\(server.port)/x.git",
      RemoteOptions { _ in .password(username: "ada", password: "s3cret-token") })
    #expect(error?.message == "'127.0.0.1' refuses the credential")
    #expect(server.requests.contains { $0.hasPrefix("/y.git/info/refs") && $0.contains("Basic") })
  }

  @Test(
    "sends no credential where git's configuration leads from what was named",
    arguments: ["url", "named remote"])
  func rewritten(how: String) throws {
    let sandbox = try Sandbox()
    let server = try Server(sandbox, challenge)
    let (repository, _) = try sandbox.makeBareRepository()
    let other = "http://127.0.0.1:\(server.port)/"
    let good = "http://localhost:9/x.git"
    try sandbox.git("config", "url.\(other).insteadOf", "http://localhost:9/")
    try sandbox.git("config", "remote.origin.url", good)
    let error = failure { () throws(GitError) in
      try repository.fetch(
        from: how == "url" ? good : "origin", refspecs: ["+refs/heads/*:refs/x/*"],
        options: RemoteOptions { _ in .password(username: "ada", password: "s3cret-token") })
    }
    #expect(error?.code == .authentication)
    #expect(
      error?.message.contains("leads from 'localhost:9' to '127.0.0.1:\(server.port)'") == true)
    #expect(server.requests.count == 1)
    #expect(server.requests.allSatisfy { $0.hasSuffix(" None") })
  }

  @Test(
    "gives up on a server that says nothing more", .timeLimit(.minutes(5)),
    arguments: ["http", "git"])
  func stalled(scheme: String) throws {
    let sandbox = try Sandbox()
    // It reads the request and never answers, for as long as its thread lives.
    let server = try Server(sandbox, "import time; time.sleep(100000)")
    let url = "\(scheme)://127.0.0.1:\(server.port)/x.git"
    var options = RemoteOptions()
    options.patience = .seconds(1)
    let error = try fetch(sandbox, url, options)
    #expect(error?.code == .network)
    #expect(error?.message.contains("said nothing for 1 s") == true)
  }

  @Test(
    "gives up on a machine that takes a connection and never speaks", .timeLimit(.minutes(5)),
    arguments: ["ssh", "http", "git"])
  func silent(scheme: String) throws {
    // The system takes connections for a program that never asks for them.
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(listener) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        bind(listener, pointer, length) == 0 && listen(listener, 5) == 0
          && getsockname(listener, pointer, &length) == 0
      }
    }
    try #require(isListening)
    let sandbox = try Sandbox()
    var options = RemoteOptions()
    options.patience = .seconds(1)
    let url = "\(scheme)://127.0.0.1:\(UInt16(bigEndian: address.sin_port))/x.git"
    let error = try fetch(sandbox, url, options)
    #expect(error?.code == .network)
    #expect(error?.message.contains("said nothing for 1 s") == true, "\(String(describing: error))")
  }

  @Test("a URL for pushing at another host gets no credential; at the same one it does")
  func pushing() throws {
    let sandbox = try Sandbox()
    let server = try Server(sandbox, challenge)
    let (repository, _) = try sandbox.makeBareRepository()
    let here = "http://127.0.0.1:\(server.port)/x.git"
    try sandbox.git("config", "remote.origin.pushurl", here)
    func push() -> GitError? {
      failure { () throws(GitError) in
        try repository.push(
          "refs/heads/main", to: "origin",
          options: RemoteOptions { _ in .password(username: "ada", password: "s3cret-token") })
      }
    }
    try sandbox.git("config", "remote.origin.url", "http://localhost:9/x.git")
    #expect(push()?.message.contains("to the remote that was named alone") == true)
    #expect(server.requests.allSatisfy { $0.hasSuffix(" None") })
    try sandbox.git("config", "remote.origin.url", here)
    #expect(push()?.message == "'127.0.0.1' refuses the credential")
    #expect(server.requests.contains { $0.contains("Basic ") })
  }

  @Test("refuses a certificate that nobody vouches for, until it is trusted")
  func certificate() throws {
    let sandbox = try Sandbox()
    try sandbox.makeFolder("tls")
    let made = try Run(
      "/usr/bin/openssl",
      [
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out",
        "cert.pem", "-days", "2", "-subj", "/CN=localhost", "-addext",
        "subjectAltName=DNS:localhost",
      ], in: sandbox.path + "/tls")
    try #require(made.status == 0)
    let pem = try #require(sandbox.read("tls/cert.pem")) + #require(sandbox.read("tls/key.pem"))
    try sandbox.write(pem, to: "tls/both.pem")
    let server = try Server(
      sandbox, challenge, certificate: sandbox.path + "/tls/both.pem")
    let url = "https://localhost:\(server.port)/x.git"
    let options = RemoteOptions { _ in .password(username: "ada", password: "s3cret") }

    #expect(try fetch(sandbox, url, options)?.code == .certificate)
    #expect(server.requests.isEmpty)
    try Repository.trust(certificateFile: sandbox.path + "/tls/cert.pem")
    let other = try Sandbox()
    #expect(try fetch(other, url, options)?.code == .authentication)
    #expect(server.requests.count == 2)
    let missing = failure { () throws(GitError) in
      try Repository.trust(certificateFile: sandbox.path + "/none.pem")
    }
    #expect(missing?.context == "reading the certificates in '\(sandbox.path)/none.pem'")
  }
}
