internal import Connectors
internal import JSON
internal import Posture
private import Synchronization
internal import Text

/// An instance's conversation with its app: requests with proof of identity, answers judged by the
/// connector's rules.
struct Session: Sendable {
  let book: AddressBook
  let runner: RequestRunner
  /// A host gets the first one that covers it.
  let authenticators: [Authenticator]
  let mask: SecretGate
  /// The scopes to ask a token for, by the authenticator's index.
  let scopes: [[String]]
  private let state = SessionState()
  private let parsers: ParserPool

  init(
    book: AddressBook, runner: RequestRunner, authenticators: [Authenticator], mask: SecretGate
  ) {
    self.book = book
    self.runner = runner
    self.authenticators = authenticators
    self.mask = mask
    parsers = ParserPool(
      limits: JSONLimits(depth: runner.limits.depth, size: runner.limits.responseSize))
    let collections = book.connector.collections
    scopes = authenticators.indices.map { way in
      let asked = collections.filter { collection in
        authenticators.count == 1
          || collection.requests.contains {
            (try? book.address(of: $0.target) { _ in "x" }).flatMap {
              Self.way(to: $0.host, authenticators)
            } == way
          }
      }
      return Set(asked.flatMap(\.scopes)).sorted()
    }
  }

  var connector: Connector { book.connector }

  /// What an answer means, by itself or by a rule.
  enum Answer: Sendable {
    case json(JSONView, APIResponse)
    case resource(JSONValue)
    case nothing
    /// The vendor does not have a field of this name.
    case unknownField(String, Fault)
  }

  /// Sends a request of a collection.
  ///
  /// - Parameter own: What answers mean to this request alone.
  /// - Throws: ``Fault``; of code `denied` with the names of the missing permissions.
  func ask(
    _ request: APIRequest, for collection: Connector.Collection, own: [ErrorRule] = []
  ) async throws(Fault) -> Answer {
    var request = request
    request.headers += connector.headers.map { APIRequest.Header($0.name, $0.value) }
    let rules = own + collection.errors + connector.errors
    let host = request.address.host
    guard let way = way(to: host) else {
      throw Fault(.denied, "no credentials are given that are for \(host)")
    }
    var isRenewed = false
    while true {
      let (proof, token) = try await prove(collection, way)
      let response = try await runner.run(
        request, proof: proof,
        patience: { response in
          switch rule(for: response, rules)?.meaning {
          case .throttled: .later
          case .quotaSpent: RequestRunner.Patience.none
          default: .asUsual
          }
        }, obstacle: { state.rejection(of: way) })
      if let header = connector.grantsHeader, let grants = response.header(header) {
        state.note(grants: grants.split(separator: ",").map { String($0).trimmed })
      }
      let matching = rule(for: response, rules)
      if response.status == 401, matching == nil {
        if !isRenewed, await authenticators[way].renew(after: token) {
          isRenewed = true
          continue
        }
        let fault = Fault(
          .refusedCredentials, "the credentials are not accepted\(quotation(of: response))")
        state.reject(fault, way)
        throw fault
      }
      runner.tally.countAnswer()
      do throws(Fault) {
        return try judge(response, matching, collection)
      } catch {
        if matching?.meaning == .quotaSpent { state.spend(error) }
        throw error
      }
    }
  }

  /// The index of the authenticator that covers a host; nil for none.
  func way(to host: String) -> Int? { Self.way(to: host, authenticators) }

  private static func way(to host: String, _ authenticators: [Authenticator]) -> Int? {
    authenticators.firstIndex { $0.way.covers(host) }
  }

  private func prove(
    _ collection: Connector.Collection, _ way: Int
  ) async throws(Fault) -> (header: APIRequest.Header, token: TokenKeeper.Token?) {
    if let rejection = state.rejection(of: way) { throw rejection }
    let asksForEach = state.asksForEach
    let scopes = asksForEach ? collection.scopes : scopes[way]
    do throws(Fault) {
      let proof = try await authenticators[way].proof(scopes: scopes)
      if let token = proof.token {
        state.note(grants: TokenClaims.grants(of: token).sorted())
      }
      return proof
    } catch {
      if error.code == .refusedCredentials { state.reject(error, way) }
      // One scope that was not granted spoils the token for all: ask for each collection's own.
      guard error.code == .denied else { throw error }
      if !asksForEach {
        state.askForEach()
        return try await prove(collection, way)
      }
      throw Fault(.denied, missing(collection) + ": " + error.detail)
    }
  }

  /// What the vendor has shown that the credentials may do; nil when it has shown nothing.
  var grants: Set<String>? { state.grants }

  // MARK: Judging

  private func rule(for response: APIResponse, _ rules: [ErrorRule]) -> ErrorRule? {
    let candidates = rules.filter { $0.status == response.status }
    guard !candidates.isEmpty else { return nil }
    let body =
      candidates.contains { !$0.match.isEmpty } && response.body.count <= 1 << 20
      ? try? JSONView(parsing: response.body, limits: JSONLimits(depth: 32)) : nil
    return candidates.first { rule in
      rule.match.allSatisfy { match in
        guard let value = body?.value(at: match.name) else { return false }
        switch match.value {
        case .prefix(let prefix): return value.string?.hasPrefix(prefix) == true
        case .number(let number):
          return (value.double ?? value.string.flatMap { Double($0) }) == number
        }
      }
    }
  }

  /// The fault of a spent quota; nil while no answer has said so. What was read before it is no
  /// whole look.
  var spent: Fault? { state.spent }

  private func judge(
    _ response: APIResponse, _ rule: ErrorRule?, _ collection: Connector.Collection
  ) throws(Fault) -> Answer {
    if let resource = rule?.resource { return .resource(resource) }
    switch rule?.meaning {
    case .notPermitted:
      throw Fault(.denied, missing(collection) + quotation(of: response))
    case .notLicensed:
      throw Fault(
        .notLicensed, "the tenant does not have this feature\(quotation(of: response))")
    case .empty: return .nothing
    case .gone:
      throw Fault(.gone, "answered \(response.status)\(quotation(of: response))")
    case .quotaSpent:
      throw Fault(.quotaSpent, "the vendor's quota is spent\(quotation(of: response))")
    case .unknownField:
      if let name = rule?.field?.name(in: response) {
        return .unknownField(
          name, Fault(.notFound, "the tenant has no field '\(mask.telling(name))'"))
      }
    case .throttled, nil: break
    }
    switch response.status {
    case 204: return .nothing
    case 200..<300: return .json(try parse(response), response)
    case 403: throw Fault(.denied, missing(collection) + quotation(of: response))
    case 404, 410:
      throw Fault(.notFound, "answered \(response.status)\(quotation(of: response))")
    default:
      throw Fault(.unreachable, "answered \(response.status)\(quotation(of: response))")
    }
  }

  private func parse(_ response: APIResponse) throws(Fault) -> JSONView {
    if let type = response.header("content-type"), !type.hasPrefix("application/json") {
      // Masked before it is cut short: half a secret is one, too.
      let type = mask.telling(type).lowercased()
      guard type.contains("json") else {
        throw Fault(
          .malformed, "answered \(String(type.prefix { $0 != ";" }.prefix(60))) instead of JSON")
      }
    }
    do throws(JSONError) {
      return try parsers.parse(response.body)
    } catch {
      throw Fault(error.kind == .depth ? .tooLarge : .malformed, "the answer is no JSON: \(error)")
    }
  }

  private func missing(_ collection: Connector.Collection) -> String {
    collection.permissions.isEmpty
      ? "the credentials may not read it"
      : "the credentials lack \(collection.permissions.joined(separator: " or "))"
  }

  /// What the vendor said, fit for a report: short, without control characters and secrets.
  private func quotation(of response: APIResponse) -> String {
    VendorMessage.text(of: response, mask: mask).map { " (“\($0)”)" } ?? ""
  }
}

/// What all requests of a session have learned.
private final class SessionState: Sendable {
  private struct Learned {
    /// Why credentials were refused, by their authenticator's index: asking again could lock an
    /// account.
    var rejections: [Int: Fault] = [:]
    /// Whether each collection asks for a token with its own scopes.
    var asksForEach = false
    /// What the credentials may do, as far as answers and tokens show.
    var grants: Set<String>?
    /// Set when the vendor's quota was spent: every further request would be refused.
    var spent: Fault?
  }

  private let learned = Mutex(Learned())

  var asksForEach: Bool { learned.withLock { $0.asksForEach } }
  var grants: Set<String>? { learned.withLock { $0.grants } }
  var spent: Fault? { learned.withLock { $0.spent } }

  func note(grants names: [String]) {
    guard !names.isEmpty else { return }
    learned.withLock { $0.grants = ($0.grants ?? []).union(names.filter { !$0.isEmpty }) }
  }

  func reject(_ fault: Fault, _ way: Int) { learned.withLock { $0.rejections[way] = fault } }

  func rejection(of way: Int) -> Fault? { learned.withLock { $0.spent ?? $0.rejections[way] } }

  func spend(_ fault: Fault) { learned.withLock { $0.spent = fault } }

  func askForEach() { learned.withLock { $0.asksForEach = true } }
}
