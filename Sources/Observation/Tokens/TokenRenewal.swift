internal import Connectors
internal import Posture

/// Asks for access tokens with a refresh token, and keeps the next one before the answer is used.
///
/// Of several runs at the same time only one asks. The next waits, and asks with the token that the
/// first was given.
actor TokenRenewal {
  private let refresh: RefreshToken
  private let key: TokenStore.Key
  /// The token as the environment or a file of credentials gives it.
  private let given: String?
  private let store: TokenStore?
  private let mask: SecretGate
  /// The last token that came, where nothing keeps it.
  private var latest: String?
  /// Whether a token came that nothing keeps, although the connector says that it stays the same.
  private(set) var isForgetful = false

  /// - Throws: ``Fault`` where the token changes with each use and there is no place for the next,
  ///   before any request.
  init(
    _ refresh: RefreshToken, of connector: Connector, instance: String, credentials: Credentials,
    mask: SecretGate
  ) throws(Fault) {
    guard !refresh.rotates || credentials.store != nil else {
      throw Fault(
        .misconfigured,
        "the refresh token of '\(instance)' may change with each use, and nothing keeps the next one: name a file for it with --token-store; it was not used"
      )
    }
    self.refresh = refresh
    self.mask = mask
    key = TokenStore.Key(instance: instance, connector: connector.name, field: refresh.field)
    given = credentials.given(refresh.field)
    store = credentials.store
    latest = given
  }

  /// - Parameter exchange: Asks with a refresh token, and gives the next one if one came.
  func run<Answer: Sendable>(
    _ exchange: @Sendable (String) async throws(Fault) -> (answer: Answer, next: String?)
  ) async throws(Fault) -> Answer {
    guard let store else {
      let (answer, next) = try await exchange(try known(latest))
      if let next, next != latest {
        latest = next
        isForgetful = true
      }
      return answer
    }
    let hold = try await store.hold(key.instance)
    defer { hold.end() }
    let entry = try hold.entry(key)
    let standing = entry.flatMap { $0.holds(against: given) ? $0 : nil }
    let token = try known(standing?.token ?? given)
    mask.add([token], holding)
    let (answer, next) = try await asking(exchange, with: token, isKept: standing != nil)
    if let next, next != token {
      let seeds = standing?.seeds ?? [Digest.sha256(token)]
      do throws(Fault) {
        try await hold.keep(TokenStore.Entry(token: next, seeds: seeds), for: key)
      } catch {
        throw Fault(
          error.code,
          "the refresh token of '\(key.instance)' has changed, and the next one could not be kept: \(error.detail); \(advice)"
        )
      }
    }
    return answer
  }

  private func asking<Answer: Sendable>(
    _ exchange: @Sendable (String) async throws(Fault) -> (answer: Answer, next: String?),
    with token: String, isKept: Bool
  ) async throws(Fault) -> (answer: Answer, next: String?) {
    do throws(Fault) {
      return try await exchange(token)
    } catch {
      guard isKept, error.code == .refusedCredentials, let store else { throw error }
      throw Fault(
        error.code, "\(error.detail); the refresh token is the one in \(store.path): \(advice)")
    }
  }

  /// How long what is kept for it is held: until the next one is kept.
  nonisolated var holding: SecretGate.Holding { .field(key.field, of: key.instance, isKept: true) }

  private var advice: String {
    refresh.authorization == nil
      ? "give a new one"
      : "plumb connect \(key.connector) \(key.instance) --authorize makes a new one"
  }

  private func known(_ token: String?) throws(Fault) -> String {
    guard let token else {
      throw Fault(.refusedCredentials, "a field of the credentials is missing")
    }
    return token
  }
}
