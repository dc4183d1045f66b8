internal import Connectors
private import Foundation
internal import JSON
internal import Posture
internal import Text

/// Asks for access tokens, keeps each until shortly before it expires, and forgets the one that was
/// refused.
///
/// Requests that need the same token wait for one answer.
actor TokenKeeper {
  /// Sends a request for a token: the session's, without authentication.
  typealias Exchange = @Sendable (APIRequest) async throws(Fault) -> APIResponse

  struct Token: Sendable {
    let value: String
    /// Seconds since 1970; nil when the vendor did not say.
    let expires: Double?
    /// The scopes that the vendor says it is for.
    let granted: Set<String>?
  }

  private let grant: TokenGrant
  private let url: Address
  private let values: SecretValues
  private let pace: any Pace
  private let mask: SecretGate
  private let exchange: Exchange
  /// The host at which the vendor says that the account is, once a token came.
  private(set) var home: String?
  private var tokens: [String: Task<Result<Token, Fault>, Never>] = [:]

  init(
    _ grant: TokenGrant, url: Address, values: SecretValues, pace: any Pace, mask: SecretGate,
    exchange: @escaping Exchange
  ) {
    self.grant = grant
    self.url = url
    self.values = values
    self.pace = pace
    self.mask = mask
    self.exchange = exchange
  }

  /// A token that is good for a while.
  func token(scopes: [String]) async throws(Fault) -> Token {
    let key = grant.asksForScopes ? scopes.joined(separator: " ") : ""
    if let task = tokens[key] {
      let token = try await task.value.get()
      // A minute, or a tenth of a short life, is left for the request itself.
      if token.expires.map({ $0 - 60 > pace.now }) ?? true { return token }
      // Somebody else may have asked for a new one meanwhile.
      if tokens[key] == task { tokens[key] = nil }
      return try await self.token(scopes: scopes)
    }
    let task = Task { () -> Result<Token, Fault> in
      do throws(Fault) {
        return .success(try await ask(scopes: key))
      } catch {
        return .failure(error)
      }
    }
    tokens[key] = task
    let result = await task.value
    if case .failure = result, tokens[key] == task { tokens[key] = nil }
    return try result.get()
  }

  /// Forgets a token that was refused, so that the next request asks for another.
  func forget(_ refused: String) async {
    for (key, task) in tokens {
      if case .success(let token) = await task.value, token.value == refused, tokens[key] == task {
        tokens[key] = nil
      }
    }
  }

  private func ask(scopes: String) async throws(Fault) -> Token {
    var assertion: String?
    if let declared = grant.assertion {
      assertion = try await AssertionSigner(assertion: declared)
        .sign(now: pace.now, identifier: UUID().uuidString.lowercased()) { place in
          place == "scopes" ? scopes : values[place]
        }
    }
    mask.add(assertion.map { [$0] } ?? [])
    let signed = assertion
    func filled(_ template: Template) throws(Fault) -> String {
      let text = template.filled { place in
        switch place {
        case "scopes": scopes
        case "assertion": signed
        default: values[place]
        }
      }
      guard let text else {
        throw Fault(.refusedCredentials, "a field of the credentials is missing")
      }
      return text
    }
    var request = APIRequest(method: "POST", address: url)
    request.headers.append(.init("Accept", "application/json"))
    if let basic = grant.basic {
      request.headers.append(
        .init("Authorization", Self.basic(try filled(basic.user), try filled(basic.password))))
    }
    for (name, value) in grant.headers {
      request.headers.append(.init(name, try filled(value)))
    }
    var fields: [(name: String, value: String)] = []
    for (name, value) in grant.fields { fields.append((name, try filled(value))) }
    if !fields.isEmpty {
      switch grant.format {
      case .form:
        let pairs = fields.map {
          "\(PercentEncoding.encoded($0.name))=\(PercentEncoding.encoded($0.value))"
        }
        request.headers.append(.init("Content-Type", "application/x-www-form-urlencoded"))
        request.body = Array(pairs.joined(separator: "&").utf8)
      case .json:
        request.headers.append(.init("Content-Type", "application/json"))
        request.body = JSONValue.object(fields.map { ($0.name, .string($0.value)) }).bytes()
      }
    }
    return try token(in: try await exchange(request))
  }

  /// `Basic …` (RFC 7617).
  static func basic(_ user: String, _ password: String) -> String {
    "Basic " + Data("\(user):\(password)".utf8).base64EncodedString()
  }

  private func token(in response: APIResponse) throws(Fault) -> Token {
    let now = pace.now
    guard let root = try? JSONView(parsing: response.body, limits: JSONLimits(depth: 32)),
      let value = root.value(at: grant.token)?.string, !value.isEmpty,
      value.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
    else {
      throw Fault(
        .refusedCredentials, "the answer to the request of a token has no \(grant.token)")
    }
    guard mask.allowsShort || value.utf8.count >= SecretGate.shortest else {
      throw Fault(
        .refusedCredentials,
        "the token that was issued has fewer than \(SecretGate.shortest) characters: so short a secret cannot be masked, and is not used"
      )
    }
    // Before anybody can use them, and those that nobody asked for.
    mask.add([value] + Self.tokens(in: root))
    home = grant.home?.filled { root.value(at: $0)?.string }.map { Address($0)?.host ?? $0 }
    let expires = root.value(at: grant.expires)
    let time =
      expires?.double.map { now + $0 }
      ?? expires?.string.flatMap { text in
        // DocuSign and others send numbers as text; GitHub a time.
        Double(text).map { now + $0 } ?? Instant(text).map { Double($0.secondsSince1970) }
      }
    return Token(
      value: value, expires: time,
      granted: root.value(at: grant.grants).map { Self.names($0, grant.grantNames) })
  }

  /// What else in the answer proves who asks: `refresh_token`, `id_token`, `client_secret`.
  private static func tokens(in view: JSONView) -> [String] {
    view.members.flatMap { name, value -> [String] in
      guard let text = value.string else { return tokens(in: value) }
      let name = name.lowercased().replacing("_", with: "").replacing("-", with: "")
      let isSecret = ["token", "secret", "assertion", "password"].contains { name.hasSuffix($0) }
      return isSecret ? [text] : []
    }
  }

  /// `a.read b.read`, or `{ "a": "read" }`, by the names that the connector has for them.
  private static func names(_ granted: JSONView, _ known: [String: String]) -> Set<String> {
    let names =
      granted.string.map { $0.split(separator: " ").map(String.init) }
      ?? granted.members.compactMap { name, level in level.string.map { "\(name): \($0)" } }
    return Set(names.map { known[$0] ?? $0 })
  }
}
