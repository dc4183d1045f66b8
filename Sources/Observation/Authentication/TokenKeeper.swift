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

  /// Asks for the token by which this process proves to an audience who it is.
  typealias Identify = @Sendable (String) async throws(Fault) -> String

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
  private let identify: Identify
  private let exchange: Exchange
  /// For a grant with a refresh token.
  let renewal: TokenRenewal?
  /// For an assertion that a service signs.
  private let signing: RemoteSigning?
  /// The host at which the vendor says that the account is, once a token came.
  private(set) var home: String?
  private var tokens: [String: Task<Result<Token, Fault>, Never>] = [:]

  init(
    _ grant: TokenGrant, url: Address, values: SecretValues, renewal: TokenRenewal?,
    signing: RemoteSigning?,
    pace: any Pace, mask: SecretGate, identify: @escaping Identify,
    exchange: @escaping Exchange
  ) {
    self.identify = identify
    self.signing = signing
    self.renewal = renewal
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
      let signer = AssertionSigner(assertion: declared)
      let identifier = UUID().uuidString.lowercased()
      let values = values
      let place: @Sendable (String) -> String? = { $0 == "scopes" ? scopes : values[$0] }
      if let signing {
        assertion = try await signing.signed(
          try signer.claims(now: pace.now, identifier: identifier, place))
      } else {
        assertion = try await signer.sign(now: pace.now, identifier: identifier, place)
      }
    }
    if let assertion, let declared = grant.assertion {
      mask.add([assertion], .issued(seconds: Double(declared.lifetime)))
    }
    let proofs = Proofs(assertion: assertion, identity: try await identity())
    guard let renewal, let field = grant.refresh?.field else {
      let asked = try request(scopes: scopes, proofs, refresh: nil)
      return try token(in: try await exchange(asked))
    }
    return try await renewal.run { (refresh) async throws(Fault) in
      try await self.exchanged(
        try self.request(scopes: scopes, proofs, refresh: (field, refresh)))
    }.get()
  }

  /// What is made anew for each request of a token.
  private struct Proofs: Sendable {
    let assertion: String?
    /// It holds for minutes, and is asked for each time.
    let identity: String?
  }

  private func identity() async throws(Fault) -> String? {
    guard let identity = grant.identity else { return nil }
    guard let audience = identity.audience.filled({ values[$0] }) else {
      throw Fault(.refusedCredentials, "a field of the credentials is missing")
    }
    return try await identify(audience)
  }

  /// What came of it, and the refresh token that came with it: whatever is wrong with the rest of the answer, the one
  /// before may be spent.
  private func exchanged(
    _ request: APIRequest
  ) async throws(Fault) -> (answer: Result<Token, Fault>, next: String?) {
    let response = try await exchange(request)
    let next = grant.refresh.flatMap {
      Self.refreshToken($0, in: response, mask, renewal?.holding ?? .always)
    }
    do throws(Fault) {
      return (.success(try token(in: response)), next)
    } catch {
      return (.failure(error), next)
    }
  }

  private nonisolated func request(
    scopes: String, _ proofs: Proofs, refresh: (field: String, token: String)?
  ) throws(Fault) -> APIRequest {
    try TokenRequest(grant: grant, url: url).composed { place in
      switch place {
      case "scopes": scopes
      case "assertion": proofs.assertion
      case "identity_token": proofs.identity
      case refresh?.field: refresh?.token
      default: values[place]
      }
    }
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
    let expires = root.value(at: grant.expires)
    let time =
      expires?.double.map { now + $0 }
      ?? expires?.string.flatMap { text in
        // DocuSign and others send numbers as text; GitHub a time.
        Double(text).map { now + $0 } ?? Instant(text).map { Double($0.secondsSince1970) }
      }
    // Before anybody can use them, and those that nobody asked for, of which nobody says how long they are good.
    mask.add([value], .issued(seconds: time.map { $0 - now }))
    mask.add(Self.tokens(in: root).filter { $0 != value }, .issued(seconds: nil))
    home = grant.home?.filled { root.value(at: $0)?.string }.map { Address($0)?.host ?? $0 }
    return Token(
      value: value, expires: time,
      granted: root.value(at: grant.grants).map { Self.names($0, grant.grantNames) })
  }

  /// The refresh token in an answer; nil where there is none that could be used.
  static func refreshToken(
    _ refresh: RefreshToken, in response: APIResponse, _ mask: SecretGate,
    _ holding: SecretGate.Holding = .always
  ) -> String? {
    let root = try? JSONView(parsing: response.body, limits: JSONLimits(depth: 32))
    guard let text = root?.value(at: refresh.answer)?.string, Authenticator.isHeaderValue(text)
    else { return nil }
    mask.add([text], holding)
    return text
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
