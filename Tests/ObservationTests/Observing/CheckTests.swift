import Connectors
import Foundation
import Posture
import TestSupport
import Testing
import YAML

@testable import Observation

@Suite("Checking credentials")
struct CheckTests {
  @Test(
    "tries one page and one parent of each collection, stores nothing, and shows what is too much")
  func check() async throws {
    try await VendorServer.serve { request, _ in
      let grants = [("x-grants", "items.read, admin:everything")]
      switch request.path {
      case "/api/items":
        return .json(
          #"[{"id":"1"},{"id":"2"}]"#, headers: grants + [("link", "</api/items?page=2>; rel=next")]
        )
      case "/api/items/1/parts": return .json("[]", headers: grants)
      case "/api/none": return .json("[]", headers: grants)
      default: return .json(#"{"message":"no"}"#, status: 403)
      }
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      var options = scene.options
      options.allowedHosts = [try AllowedHost(server.origin)]
      let connector = try #require(
        TestConnector.connector(
          TestConnector.yaml(
            """
            items: { get: /items, permissions: [items.read] }
            parts: { forEach: items, get: '/items/{parent.id}/parts', permissions: [items.read] }
            none: { get: /none, permissions: [items.read] }
            of: { forEach: none, get: '/none/{parent.id}', permissions: [items.read] }
            secret: { get: /secret, permissions: [secret.read] }
            """, extra: "grantsHeader: x-grants")))
      let report = await Observer.check(
        try #require(TestConnector.instance(parameters: ["domain": server.authority])),
        connector: connector, credentials: Credentials(["token": Scene.secret]), needs: nil,
        options: options)
      #expect(report.failure == nil)
      #expect(
        report.collections.map { "\($0.name) \($0.outcome.text)" } == [
          "items readable", "none readable", "of untried", "parts readable",
          "secret the credentials lack secret.read (“no”)",
        ])
      #expect(report.surplus == ["admin:everything"])
      #expect(!report.isFine)
      #expect(server.requests.count == 4)
      #expect(try scene.everything().isEmpty)
    }
  }

  @Test(
    "compares the host with the one that the token's answer names",
    arguments: [
      (#""instance_url":"https://a.demo.example""#, nil),
      (#""instance_url":"A.demo.example""#, nil),
      (#""instance_url":"https://b.demo.example/""#, "b.demo.example"), (#""other":1"#, nil),
    ])
  func home(said: String, elsewhere: String?) async throws {
    try await VendorServer.serve { request, _ in
      request.path == "/token"
        ? .json("{\"access_token\":\"issued-0123456789\",\(said)}") : .json("[]")
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      var options = scene.options
      options.detours["a.demo.example"] = Address(server.origin)
      let yaml = TestConnector.yaml("items: { get: /items }").replacing(
        "header: { value: \"Bearer {token}\" }",
        with:
          "token: { url: 'https://{domain}/token', form: { key: '{token}' }, home: '{/instance_url}' }"
      )
      let report = await Observer.check(
        try #require(TestConnector.instance(parameters: ["domain": "a.demo.example"])),
        connector: try #require(TestConnector.connector(yaml)),
        credentials: Credentials(["token": Scene.secret]), needs: nil, options: options)
      #expect(report.failure == nil)
      #expect(report.elsewhere == elsewhere)
      #expect(report.isFine == (elsewhere == nil))
    }
  }

  @Test(
    "compares the host with the one that the vendor's list of accounts names",
    arguments: [
      (#"{"account_id":"AAAA-1","base_uri":"https://na9.docusign.net"}"#, 200, nil, nil),
      (
        #"{"account_id":"aaaa-1","base_uri":"https://eu.docusign.net"}"#, 200, "eu.docusign.net",
        nil
      ),
      (
        #"{"account_id":"bbbb-2","base_uri":"https://na9.docusign.net"}"#, 200, nil,
        "the vendor lists no account 'aaaa-1' for these credentials"
      ),
      (#"{"account_id":"aaaa-1"}"#, 200, nil, "the vendor does not say where the account is"),
      (
        "", 403, nil,
        "where the account is could not be asked: https://account.docusign.com/oauth/userinfo answered 403"
      ),
    ] as [(String, Int, String?, String?)])
  func accounts(account: String, status: Int, elsewhere: String?, unplaced: String?) async throws {
    try await VendorServer.serve { request, _ in
      switch request.path {
      case "/oauth/token": .json(#"{"access_token":"issued-0123456789"}"#)
      case "/oauth/userinfo":
        request.header("authorization") == "Bearer issued-0123456789"
          ? .json(#"{"accounts":[{"account_id":"0"},\#(account)]}"#, status: status)
          : .json("{}", status: 401)
      default: .json("{}")
      }
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      var options = scene.options
      for host in ["na9.docusign.net", "api.docusign.net", "account.docusign.com"] {
        options.detours[host] = Address(server.origin)
      }
      let parameters = ["host": "na9.docusign.net", "account": "aaaa-1"]
      let library = DecodedCatalog.builtIn(diagnostics: Diagnostics())
      let report = await Observer.check(
        try #require(TestConnector.instance(app: "docusign", parameters: parameters)),
        connector: try #require(library.connectors["docusign"]),
        credentials: Credentials([
          "integration_key": "ik", "user_id": "guid", "private_key": TestKey.rsa,
        ]), needs: nil, options: options)
      #expect(report.failure == nil)
      #expect(report.elsewhere == elsewhere)
      #expect(report.unplaced?.detail == unplaced)
      #expect(server.requests.filter { $0.path == "/oauth/userinfo" }.count == 1)
    }
  }

  /// A token whose claims Microsoft's would have.
  private static let graphToken =
    "e30."
    + Data(#"{"roles":["Policy.Read.All","Mail.Read"]}"#.utf8).base64EncodedString()
    .replacingOccurrences(of: "=", with: "") + ".c2ln"

  /// App, parameters, credentials, the answer to the request of a token, and what is too much of it.
  private static let vendors: [(String, [String: String], [String: String], String, [String])] = [
    (
      "github", ["org": "contoso"], ["token": "not-a-token"], "{}", ["delete_repo"]
    ),
    (
      "github", ["org": "contoso"],
      ["app_id": "7", "installation_id": "42", "private_key": TestKey.rsa],
      #"{"token":"t-0123456789","permissions":{"members":"read","organization_administration":"read","metadata":"read","vulnerability_alerts":"read","contents":"write","issues":"read"}}"#,
      ["contents: write", "delete_repo", "issues: read"]
    ),
    (
      "okta", ["domain": "contoso.okta.com"],
      ["client_id": "c", "key_id": "k", "private_key": TestKey.rsa],
      #"{"access_token":"t-0123456789","scope":"okta.policies.read okta.users.manage"}"#,
      ["okta.users.manage"]
    ),
    (
      "microsoft-365", ["tenant": "contoso.onmicrosoft.com"],
      ["client_id": "c", "client_secret": "not-a-secret"],
      #"{"access_token":"\#(graphToken)","expires_in":3599}"#, ["Mail.Read"]
    ),
    (
      "google-workspace", [:],
      [
        "admin": "a@x.example",
        "service_account_key":
          #"{"client_email":"r@x.example","private_key_id":"k","private_key":"\#(TestKey.rsa.replacingOccurrences(of: "\n", with: "\\n"))"}"#,
      ],
      #"{"access_token":"t-0123456789","scope":"https://www.googleapis.com/auth/cloud-identity.policies.readonly https://www.googleapis.com/auth/drive"}"#,
      ["https://www.googleapis.com/auth/drive"]
    ),
  ]

  @Test("shows what is too much as each vendor lets it be seen", arguments: vendors.indices)
  func surplus(index: Int) async throws {
    let (app, parameters, credentials, token, surplus) = Self.vendors[index]
    let diagnostics = Diagnostics()
    let library = DecodedCatalog.builtIn(diagnostics: diagnostics)
    let list = parameters.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
    let (state, compiled) = try Declared(
      Declare.instance("one", of: app, source: "api: { parameters: { \(list) } }"),
      library: library
    ).sound([app])
    let instance = try #require(state.instances.first)
    try await VendorServer.serve { request, _ in
      request.path.contains("token")
        ? .json(token)
        : .json(
          "{}", status: 403,
          headers: app == "github" ? [("x-oauth-scopes", "admin:org, repo, delete_repo")] : [])
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      var options = scene.options
      let origin = try #require(Address(server.origin))
      for host in [
        "api.github.com", "contoso.okta.com", "contoso-admin.okta.com", "graph.microsoft.com",
        "login.microsoftonline.com", "oauth2.googleapis.com", "admin.googleapis.com",
        "cloudidentity.googleapis.com",
      ] { options.detours[host] = origin }
      let report = await Observer.check(
        instance, connector: try #require(library.connectors[app]),
        credentials: Credentials(credentials),
        needs: InstancePermissions(instance, in: state, compiled: compiled), options: options)
      #expect(report.failure == nil)
      #expect(report.surplus == surplus)
      #expect(!report.isFine)
    }
  }
}

extension CheckReport.Outcome {
  /// `readable`, or why it is not.
  fileprivate var text: String {
    if case .unreadable(let fault) = self { fault.detail } else { "\(self)" }
  }
}
