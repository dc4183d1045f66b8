import Foundation
import JSON
import Synchronization
import TestSupport
import Testing

/// A job of GitHub Actions proves to Microsoft Entra who it is, and no secret is kept.
@Suite("Identity of a GitHub Actions job")
struct ActionsIdentityTests {
  private static let requestToken = "request-token-0123456789abcdef"
  private static let identity =
    "eyJhbGciOiJub25lIn0.eyJzdWIiOiJyZXBvOmNvbnRvc28vcG9zdHVyZSJ9.c2lnbmF0dXJl"
  private static let access = "graph-access-token-0123456789"
  private static let gitHub = "pipelines.actions.githubusercontent.com"

  /// Plays GitHub, Entra and Graph, by the host that is asked.
  private static func answer(_ request: VendorServer.Request) -> VendorServer.Answer {
    switch request.path {
    case "/abc/idtoken":
      request.header("authorization") == "Bearer \(requestToken)"
        ? .json(#"{"count":1,"value":"\#(identity)"}"#) : .json(#"{"message":"no"}"#, status: 401)
    case "/contoso.onmicrosoft.com/oauth2/v2.0/token":
      .json(#"{"access_token":"\#(access)","expires_in":3600,"token_type":"Bearer"}"#)
    default:
      request.header("authorization") == "Bearer \(access)"
        ? .json(#"{"value":[]}"#) : .json(#"{"error":{"message":"no"}}"#, status: 401)
    }
  }

  /// Observes with the real program in a job; what it says, and what was asked.
  private static func observed(
    _ changed: [String: String?] = [:], arguments: [String] = ["observe", "--verbose"],
    answer: @escaping @Sendable (VendorServer.Request) -> VendorServer.Answer = answer
  ) async throws -> (run: Run, requests: [VendorServer.Request]) {
    let result = Mutex<(Run, [VendorServer.Request])?>(nil)
    try await VendorServer.serve { request, _ in
      answer(request)
    } _: { server in
      let scratch = try Scratch()
      try scratch.makeRepository([
        "desired-state/instances.yaml": Declare.instance(
          "m365", of: "microsoft-365", "recommendations: on",
          source: "api: { parameters: { tenant: contoso.onmicrosoft.com } }")
      ])
      var environment = Scratch.environment
      environment["XDG_STATE_HOME"] = "\(scratch.path)/state"
      environment["PLUMB_M365_CLIENT_ID"] = "app-1"
      environment["PLUMB_M365_IDENTITY"] = "github-actions"
      environment["GITHUB_ACTIONS"] = "true"
      environment["ACTIONS_ID_TOKEN_REQUEST_URL"] =
        "https://\(gitHub)/abc/idtoken?api-version=2.0"
      environment["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] = requestToken
      for (name, value) in changed { environment[name] = value }
      let detours = [gitHub, "graph.microsoft.com", "login.microsoftonline.com"].flatMap {
        ["--connect-to", "\($0)=\(server.origin)"]
      }
      let run = try Run(
        try #require(Program.path, "the program is not built"), arguments + detours,
        in: "\(scratch.path)/repository", environment: environment)
      result.withLock { $0 = (run, server.requests) }
    }
    return try #require(result.withLock { $0 })
  }

  @Test("GitHub's token for the job is the assertion that Entra is shown, and is told nowhere")
  func exchange() async throws {
    let (run, requests) = try await Self.observed()
    #expect(run.status == 0, "\(run.output)\(run.error)")
    let asked = try #require(requests.first { $0.path == "/abc/idtoken" })
    #expect(
      asked.query == ["api-version": "2.0", "audience": "api%3A%2F%2FAzureADTokenExchange"])
    #expect(asked.method == "GET")
    let token = try #require(requests.first { $0.path.hasSuffix("/oauth2/v2.0/token") })
    let fields = Set(
      String(decoding: token.body, as: UTF8.self).split(separator: "&")
        .compactMap { String($0).removingPercentEncoding })
    #expect(
      fields == [
        "grant_type=client_credentials", "client_id=app-1",
        "scope=https://graph.microsoft.com/.default",
        "client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion=\(Self.identity)",
      ])
    #expect(token.header("authorization") == nil)
    // What GitHub gave goes to GitHub and Entra alone.
    for request in requests where request.path != "/abc/idtoken" {
      #expect(request.header("authorization") != "Bearer \(Self.requestToken)")
    }
    for secret in [Self.requestToken, Self.identity, Self.access] {
      #expect(!(run.output + run.error).contains(secret))
    }
  }

  @Test(
    "outside a job that may ask, and where the answer is none, it says what to do",
    arguments: [
      (["GITHUB_ACTIONS": nil], "this is no job of GitHub Actions"),
      (
        ["ACTIONS_ID_TOKEN_REQUEST_TOKEN": nil],
        "give it 'permissions: { id-token: write }'"
      ),
      (
        ["ACTIONS_ID_TOKEN_REQUEST_URL": "http://127.0.0.1:9/abc/idtoken"],
        "ACTIONS_ID_TOKEN_REQUEST_URL is no https address: it is not asked"
      ),
      (["PLUMB_M365_IDENTITY": "gitlab"], "wants github-actions"),
      (["ACTIONS_ID_TOKEN_REQUEST_TOKEN": "wrong-token-0123456789"], "answered 401"),
      (["PLUMB_M365_IDENTITY": nil], "PLUMB_M365_CLIENT_ID (given), PLUMB_M365_IDENTITY"),
    ] as [([String: String?], String)])
  func refused(changed: [String: String?], message: String) async throws {
    let (run, requests) = try await Self.observed(changed)
    #expect(run.status == 1)
    let told = run.output + run.error
    #expect(told.contains(message), "\(told)")
    #expect(!told.contains("wrong-token") && !told.contains(Self.requestToken))
    #expect(!requests.contains { $0.path.hasSuffix("/token") })
  }

  @Test("an answer without a token is no credential, and quotes nothing")
  func empty() async throws {
    let (run, requests) = try await Self.observed { request in
      request.path == "/abc/idtoken" ? .json(#"{"value":""}"#) : Self.answer(request)
    }
    #expect(run.status == 1)
    #expect((run.output + run.error).contains("the answer of GitHub Actions has no token in it"))
    #expect(!requests.contains { $0.path.hasSuffix("/oauth2/v2.0/token") })
  }

  @Test("the pull request has no say in it: it is the credentials that choose the identity")
  func chosen() async throws {
    let (run, _) = try await Self.observed([
      "PLUMB_M365_CLIENT_SECRET": "client-secret-0123456789"
    ])
    #expect(run.status == 0, "\(run.output)\(run.error)")
    #expect(
      run.error.contains(
        "warning: PLUMB_M365_CLIENT_SECRET (or 'client_secret' of 'm365' in --credentials) is given and not used: 'GitHub Actions' needs none"
      ), "\(run.error)")
  }

  // MARK: Google

  private static let provider =
    "projects/7/locations/global/workloadIdentityPools/github/providers/plumb"
  private static let pool = "pool-access-token-0123456789"
  private static let signed = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJyb2JvdCJ9.c2lnbmVkLWJ5LWdvb2dsZQ"

  /// Plays GitHub, and Google's four services.
  private static func google(_ request: VendorServer.Request) -> VendorServer.Answer {
    let body = String(decoding: request.body, as: UTF8.self)
    switch request.path {
    case "/abc/idtoken": return .json(#"{"value":"\#(identity)"}"#)
    case "/v1/token":
      return body.contains("subject_token=\(identity)") && body.contains("token-exchange")
        ? .json(#"{"access_token":"\#(pool)","expires_in":3600}"#)
        : .json(#"{"error":"invalid_request"}"#, status: 400)
    case "/v1/projects/-/serviceAccounts/robot%40x.iam.gserviceaccount.com:signJwt":
      return request.header("authorization") == "Bearer \(pool)"
        ? .json(#"{"keyId":"k","signedJwt":"\#(signed)"}"#)
        : .json(#"{"error":{"message":"no"}}"#, status: 403)
    case "/token":
      return body.contains("assertion=\(signed)")
        ? .json(#"{"access_token":"\#(access)","expires_in":3600}"#)
        : .json(#"{"error":"invalid_grant"}"#, status: 400)
    default:
      return request.header("authorization") == "Bearer \(access)"
        ? .json("{}") : .json(#"{"error":{"message":"no"}}"#, status: 401)
    }
  }

  private static func observedGoogle(
    _ answer: @escaping @Sendable (VendorServer.Request) -> VendorServer.Answer
  ) async throws -> (run: Run, requests: [VendorServer.Request]) {
    let result = Mutex<(Run, [VendorServer.Request])?>(nil)
    try await VendorServer.serve { request, _ in
      answer(request)
    } _: { server in
      let scratch = try Scratch()
      try scratch.makeRepository([
        "desired-state/instances.yaml": Declare.instance(
          "gws", of: "google-workspace", "recommendations: on", source: "api: {}")
      ])
      var environment = Scratch.environment
      environment["XDG_STATE_HOME"] = "\(scratch.path)/state"
      environment["PLUMB_GWS_IDENTITY"] = "github-actions"
      environment["PLUMB_GWS_ADMIN"] = "admin@x.example"
      environment["PLUMB_GWS_SERVICE_ACCOUNT"] = "robot@x.iam.gserviceaccount.com"
      environment["PLUMB_GWS_WORKLOAD_IDENTITY_PROVIDER"] = provider
      environment["GITHUB_ACTIONS"] = "true"
      environment["ACTIONS_ID_TOKEN_REQUEST_URL"] = "https://\(gitHub)/abc/idtoken?v=2"
      environment["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] = requestToken
      let hosts = [
        gitHub, "oauth2.googleapis.com", "sts.googleapis.com", "iamcredentials.googleapis.com",
        "admin.googleapis.com", "cloudidentity.googleapis.com",
      ]
      let run = try Run(
        try #require(Program.path, "the program is not built"),
        ["observe", "--verbose"] + hosts.flatMap { ["--connect-to", "\($0)=\(server.origin)"] },
        in: "\(scratch.path)/repository", environment: environment)
      result.withLock { $0 = (run, server.requests) }
    }
    return try #require(result.withLock { $0 })
  }

  @Test("Google exchanges it, and signs for the service account what names the administrator")
  func google() async throws {
    let (run, requests) = try await Self.observedGoogle(Self.google)
    #expect(
      requests.contains { $0.header("authorization") == "Bearer \(Self.access)" }, "\(run.error)")
    let asked = try #require(requests.first { $0.path == "/abc/idtoken" })
    #expect(
      asked.query["audience"]?.removingPercentEncoding
        == "https://iam.googleapis.com/\(Self.provider)")
    let exchange = try #require(requests.first { $0.path == "/v1/token" })
    #expect(exchange.header("authorization") == nil)
    #expect(
      String(decoding: exchange.body, as: UTF8.self).removingPercentEncoding?
        .contains("audience=//iam.googleapis.com/\(Self.provider)&") == true)
    let signing = try #require(requests.first { $0.path.hasSuffix(":signJwt") })
    let payload = try #require(JSONValue(try JSONView(parsing: signing.body))["payload"]?.string)
    let claims = JSONValue(try JSONView(parsing: payload))
    #expect(claims["iss"] == "robot@x.iam.gserviceaccount.com")
    #expect(claims["sub"] == "admin@x.example")
    #expect(claims["aud"] == "https://oauth2.googleapis.com/token")
    #expect(claims["scope"]?.string?.contains("https://www.googleapis.com/auth/") == true)
    for secret in [Self.requestToken, Self.identity, Self.pool, Self.signed, Self.access] {
      #expect(!(run.output + run.error).contains(secret))
    }
  }

  @Test("where Google does not take it, that is said")
  func refusedByGoogle() async throws {
    let (run, requests) = try await Self.observedGoogle { request in
      request.path.hasSuffix(":signJwt")
        ? .json(
          #"{"error":{"message":"Permission iam.serviceAccounts.signJwt denied"}}"#, status: 403)
        : Self.google(request)
    }
    #expect(run.status == 1)
    let told = run.output + run.error
    #expect(told.contains("Permission iam.serviceAccounts.signJwt denied"), "\(told)")
    #expect(!requests.contains { $0.path == "/token" })
    #expect(!told.contains(Self.pool))
  }
}
