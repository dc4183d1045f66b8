internal import Connectors
internal import Crypto
private import Foundation
private import Synchronization

/// A vendor whose refresh tokens change with each use, and who exchanges codes that somebody allowed in a browser.
///
/// A spent refresh token is refused, as RFC 9700 (4.14.2) asks; with `grace`, the one before the last is good as long as
/// nobody has used the last, as vendors do for answers that got lost.
package final class RotatingVendor: Sendable {
  private struct State {
    /// The number of the refresh token that is good.
    var number = 1
    var isLastUsed = true
    /// What was allowed, by code.
    var codes: [String: Allowed] = [:]
    var exchanged = 0
    var refused: [String] = []
  }

  private struct Allowed {
    let redirect: String?
    let challenge: String?
    let client: String?
  }

  private let state = Mutex(State())
  private let grace: Bool
  /// Whether an answer brings the next refresh token.
  private let rotates: Bool
  /// Told with each request that has an access token, before it is answered: the number of the refresh token that
  /// came with it.
  private let used: @Sendable (Int) -> Void

  package init(
    grace: Bool = false, rotates: Bool = true, used: @escaping @Sendable (Int) -> Void = { _ in }
  ) {
    self.grace = grace
    self.rotates = rotates
    self.used = used
  }

  /// Runs the body with a server that answers as the vendor does.
  package func serve(
    _ body: (_ vendor: RotatingVendor, _ server: VendorServer) async throws -> Void
  ) async throws {
    try await VendorServer.serve { request, _ in
      self.answer(request)
    } _: { server in
      try await body(self, server)
    }
  }

  package static func refreshToken(_ number: Int) -> String { "refresh-\(1_000_000_000 + number)" }
  private static func accessToken(_ number: Int) -> String { "access-\(1_000_000_000 + number)" }
  package static let secret = "client-secret-0123456789"

  /// The number of the refresh token that is good.
  package var number: Int { state.withLock { $0.number } }
  /// Refresh tokens and codes that were refused.
  package var refused: [String] { state.withLock { $0.refused } }
  /// How often a token was given for something.
  package var exchanged: Int { state.withLock { $0.exchanged } }

  /// As it was at the beginning.
  package func reset() { state.withLock { $0 = State() } }

  // MARK: The browser

  /// What a person's browser is led to who opens the page and allows access; nil where the page leads nowhere.
  package func allow(_ page: String) -> (location: String?, code: String) {
    let items = URLComponents(string: page)?.queryItems ?? []
    let fields = Dictionary(
      items.map { ($0.name, $0.value ?? "") }, uniquingKeysWith: { first, _ in first })
    let code = state.withLock { state in
      let code = "code-\(100_000_000 + state.codes.count)"
      state.codes[code] = Allowed(
        redirect: fields["redirect_uri"],
        challenge: fields["code_challenge_method"] == "S256" ? fields["code_challenge"] : nil,
        client: fields["response_type"] == "code" ? fields["client_id"] : nil)
      return code
    }
    let location = fields["redirect_uri"].map {
      "\($0)?code=\(code)&state=\(fields["state"] ?? "")"
    }
    return (location, code)
  }

  // MARK: The API

  package func answer(_ request: VendorServer.Request) -> VendorServer.Answer {
    if request.path == "/token" { return token(Self.form(request.body)) }
    let number = state.withLock { $0.number }
    guard request.header("authorization") == "Bearer \(Self.accessToken(number))" else {
      return .json(#"{"error":"invalid_token"}"#, status: 401)
    }
    used(number)
    switch request.path {
    case "/api/users": return .json(#"[{"id":"u0","mfa":true},{"id":"u1","mfa":true}]"#)
    case "/api/policies": return .json(#"[{"id":"p","idle":15}]"#)
    default: return .json("[]")
    }
  }

  private func token(_ form: [String: String]) -> VendorServer.Answer {
    state.withLock { state in
      guard form["client_id"] == "acme-client", form["client_secret"] == Self.secret else {
        return .json(#"{"error":"invalid_client"}"#, status: 401)
      }
      switch form["grant_type"] {
      case "authorization_code":
        let code = form["code"] ?? ""
        guard let allowed = state.codes.removeValue(forKey: code),
          allowed.client == "acme-client", allowed.redirect == form["redirect_uri"],
          allowed.challenge == form["code_verifier"].map(Self.challenge)
        else { return Self.refuse(code, &state) }
        state.number += 1
        state.isLastUsed = false
      case "refresh_token":
        let token = form["refresh_token"] ?? ""
        let isLast = token == Self.refreshToken(state.number)
        let isForgiven =
          grace && !state.isLastUsed && token == Self.refreshToken(state.number - 1)
        guard isLast || isForgiven else { return Self.refuse(token, &state) }
        if rotates {
          // An answer that got lost is given again.
          if isLast { state.number += 1 }
          state.isLastUsed = false
        }
      default: return .json(#"{"error":"unsupported_grant_type"}"#, status: 400)
      }
      state.exchanged += 1
      let number = state.number
      return .json(
        #"{"access_token":"\#(Self.accessToken(number))","expires_in":3600,"refresh_token":"\#(Self.refreshToken(number))"}"#
      )
    }
  }

  private static func refuse(_ token: String, _ state: inout State) -> VendorServer.Answer {
    state.refused.append(token)
    return .json(
      #"{"error":"invalid_grant","error_description":"spent or unknown"}"#, status: 400)
  }

  /// RFC 7636, 4.2, by hand.
  private static func challenge(_ verifier: String) -> String {
    Data(SHA256.hash(data: Data(verifier.utf8))).base64EncodedString()
      .replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
      .replacingOccurrences(of: "=", with: "")
  }

  private static func form(_ body: [UInt8]) -> [String: String] {
    let text = String(decoding: body, as: UTF8.self).replacingOccurrences(of: "+", with: " ")
    return Dictionary(
      text.split(separator: "&").map { field in
        let parts = field.split(separator: "=", maxSplits: 1).map(String.init)
        return (parts[0], (parts.count > 1 ? parts[1] : "").removingPercentEncoding ?? "?")
      }, uniquingKeysWith: { first, _ in first })
  }

  // MARK: The connector

  /// What reads it.
  package static func connector(_ name: String = "acme", rotates: Bool = true) -> String {
    Declare.document(
      "Connector", name,
      """
      displayName: Acme
      parameters:
        domain: { description: Where it is }
      hosts: ["*.acme.example"]
      baseURL: https://{domain}/api
      credentials:
        client_id: { description: The app's ID, secret: false }
        client_secret: { description: The app's secret }
        refresh_token: { description: The refresh token }
      authentication:
        - name: app
          token:
            url: https://{domain}/token
            form:
              grant_type: refresh_token
              refresh_token: '{refresh_token}'
              client_id: '{client_id}'
              client_secret: '{client_secret}'
            refresh:
              field: refresh_token
              rotates: \(rotates)
              authorize:
                url: https://{domain}/authorize
                client: '{client_id}'
                parameters: { scope: read, access: offline }
      collections:
        users: { get: /users, identity: id, label: id, permissions: [users.read] }
        policies: { get: /policies, identity: id, permissions: [policies.read] }
      """)
  }

  package static let credentials = ["client_id": "acme-client", "client_secret": secret]
}
