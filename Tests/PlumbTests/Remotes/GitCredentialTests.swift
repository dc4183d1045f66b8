import Foundation
import TestSupport
import Testing

/// Who we are to a remote, and whom it is told.
@Suite(.enabled(if: GitServer.isAvailable, "git's http-backend or openssl is not installed"))
struct GitCredentialTests {
  private func url(_ server: GitServer) -> String {
    "http://127.0.0.1:\(server.port)/company.git"
  }

  /// Everything that the program left behind, to look for a secret in.
  private func holds(_ secret: String, _ bench: RemoteBench) throws -> Bool {
    try Run(
      "/usr/bin/env", ["grep", "-r", "-l", secret, "cache"], in: bench.scratch.path,
      environment: Scratch.environment
    ).output != ""
  }

  @Test("a token of the environment reads and pushes, and is kept nowhere")
  func token() throws {
    let bench = try RemoteBench()
    let server = try GitServer(
      bench.scratch, serving: "remotes", password: "x-access-token:s3cret-0123")
    let run = try bench.plumb(
      "apply", "--push", "--repo", url(server), "--at", RemoteBench.time,
      adding: ["PLUMB_GIT_TOKEN": "s3cret-0123"])
    #expect(run.status == 0, "\(run.error)")
    #expect(try bench.remoteCount() == 1)
    #expect(server.requests.first?.hasSuffix(" None") == true, "asked before it is told")
    #expect(try !holds("s3cret-0123", bench))
    #expect(!(run.output + run.error).contains("s3cret-0123"))
  }

  @Test("a host may want a certain name with it, from the environment or the URL")
  func username() throws {
    let bench = try RemoteBench()
    let server = try GitServer(bench.scratch, serving: "remotes", password: "job:s3cret-0123")
    let named = "http://job@127.0.0.1:\(server.port)/company.git"
    for (url, environment) in [
      (url(server), ["PLUMB_GIT_USERNAME": "job"]), (named, [:]),
    ] {
      let run = try bench.plumb(
        "validate", "--repo", url,
        adding: environment.merging(["PLUMB_GIT_TOKEN": "s3cret-0123"]) { $1 })
      #expect(run.status == 0, "\(run.error)")
    }
  }

  @Test("says that a token is wrong, or missing, and what to do")
  func refused() throws {
    let bench = try RemoteBench()
    let server = try GitServer(bench.scratch, serving: "remotes", password: "a:b-0123456789")
    let wrong = try bench.plumb(
      "plan", "--repo", url(server), adding: ["PLUMB_GIT_TOKEN": "s3cret-0123"])
    #expect(wrong.status == 1)
    #expect(
      wrong.error
        == "error: fetching from '\(url(server))': '127.0.0.1' refuses the credential; set PLUMB_GIT_TOKEN, or name a credential file in PLUMB_GIT_CREDENTIALS\n"
    )
    let missing = try bench.plumb("plan", "--repo", url(server))
    #expect(
      missing.error
        == "error: fetching from '\(url(server))': '127.0.0.1' asks for a credential, and none is given; set PLUMB_GIT_TOKEN, or name a credential file in PLUMB_GIT_CREDENTIALS\n"
    )
    let none = try bench.plumb(
      "plan", "--repo", "http://127.0.0.1:\(server.port)/none.git",
      adding: ["PLUMB_GIT_TOKEN": "b-0123456789", "PLUMB_GIT_USERNAME": "a"])
    #expect(
      none.error
        == "error: fetching from 'http://127.0.0.1:\(server.port)/none.git': the server knows no such repository (HTTP status 404); check the URL; many hosts say the same of a repository that the credential may not see\n"
    )
  }

  @Test("a credential file answers for its hosts, and is nobody else's to read")
  func file() throws {
    let bench = try RemoteBench()
    let server = try GitServer(bench.scratch, serving: "remotes", password: "ada:p@ss/word")
    try bench.scratch.write(
      """
      # of nobody
      https://ada:not-the-password@127.0.0.1:\(server.port)
      http://ada:not-the-password@127.0.0.1:1
      http://ada:not-the-password@other.invalid:\(server.port)
      http://ada:p%40ss%2Fword@127.0.0.1:\(server.port)/some/path

      """, to: "credentials")
    let path = bench.scratch.path + "/credentials"
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
    func run() throws -> Run {
      try bench.plumb("validate", "--repo", url(server), adding: ["PLUMB_GIT_CREDENTIALS": path])
    }
    #expect(
      try run().error
        == "error: \(path): others may read it; 'chmod 600 \(path)' keeps the secrets in it to you\n"
    )
    #expect(server.requests.isEmpty)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    let allowed = try run()
    #expect(allowed.status == 0, "\(allowed.error)")
  }

  @Test("over TLS, when GIT_SSL_CAINFO vouches for the server")
  func certificates() throws {
    let bench = try RemoteBench()
    let tls = try bench.scratch.makeCertificate()
    let server = try GitServer(
      bench.scratch, serving: "remotes", password: "x-access-token:s3cret-0123",
      certificate: tls.both)
    let url = "https://localhost:\(server.port)/company.git"
    let token = ["PLUMB_GIT_TOKEN": "s3cret-0123"]
    let doubtful = try bench.plumb("plan", "--repo", url, adding: token)
    #expect(doubtful.status == 1)
    #expect(
      doubtful.error.hasSuffix(
        "; name the certificates of your authority, in PEM form, in GIT_SSL_CAINFO\n"),
      "\(doubtful.error)")
    #expect(server.requests.isEmpty)
    let trusting = token.merging(["GIT_SSL_CAINFO": tls.certificate]) { $1 }
    let run = try bench.plumb("plan", "--repo", url, adding: trusting)
    #expect(run.status == 0, "\(run.error)")
  }

  @Test("the token of git's remotes goes to no tenant, whatever an instance is called")
  func reserved() throws {
    let bench = try RemoteBench(adding: [
      "desired-state/git.yaml": Declare.instance(
        "git", of: "github", "recommendations: on",
        source: "api: { parameters: { organization: contoso } }")
    ])
    let run = try bench.plumb(
      "observe", "--check", in: "repository", adding: ["PLUMB_GIT_TOKEN": "s3cret-0123"])
    #expect(run.status == 1)
    let without = try bench.plumb("observe", "--check", in: "repository")
    #expect(run.output + run.error == without.output + without.error)
  }

  @Test(
    "SSH: a key in a file, and a host that is known",
    .enabled(if: SSHServer.isAvailable, "sshd is not installed"))
  func ssh() throws {
    let bench = try RemoteBench()
    let server = try SSHServer(bench.scratch)
    let url = "ssh://\(server.user)@127.0.0.1:\(server.port)\(bench.remote)"
    let key = ["HOME": server.home, "PLUMB_GIT_SSH_KEY": server.key]
    let run = try bench.plumb(
      "apply", "--push", "--repo", url, "--at", RemoteBench.time, adding: key)
    #expect(run.status == 0, "\(run.error)")
    #expect(try bench.remoteCount() == 1)

    let stranger = try bench.plumb(
      "plan", "--repo", url,
      adding: key.merging(["PLUMB_GIT_SSH_KEY": bench.scratch.path + "/ssh/stranger"]) { $1 })
    #expect(
      stranger.error.contains(
        "; name a private key in PLUMB_GIT_SSH_KEY, or start an agent (SSH_AUTH_SOCK)\n"),
      "\(stranger.error)")
    let nobody = try bench.plumb("plan", "--repo", url, adding: ["HOME": server.home])
    #expect(
      nobody.error.contains("'127.0.0.1' asks for a credential, and none is given"),
      "\(nobody.error)")

    try bench.scratch.write("", to: "home/.ssh/known_hosts")
    let unknown = try bench.plumb("plan", "--repo", url, adding: key)
    #expect(unknown.status == 1)
    #expect(
      unknown.error.contains(
        "; if the host's key is the right one, add it: ssh-keyscan -p \(server.port) 127.0.0.1 >> ~/.ssh/known_hosts\n"
      ), "\(unknown.error)")
  }
}
