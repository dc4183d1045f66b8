internal import Connectors
internal import Crypto
private import Foundation
internal import Posture
internal import Text

/// The random values of one authorization, and what its answer has to say (RFC 6749, 4.1; RFC
/// 7636).
struct CodeRequest: Sendable {
  /// 256 random bits that come back with the code; nobody else knows them.
  let state: String
  /// Proves at the exchange who asked for the code.
  let verifier: String

  init() {
    state = Self.random()
    verifier = Self.random()
  }

  /// Text of 256 random bits in base64url: 43 characters, as many as RFC 7636 asks for.
  private static func random() -> String {
    var generator = SystemRandomNumberGenerator()
    let bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    return base64URL(bytes)
  }

  private static func base64URL(_ bytes: [UInt8]) -> String {
    Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
      .replacing("=", with: "")
  }

  /// The page that the person opens.
  ///
  /// - Parameter redirect: The `redirect_uri`; nil sends none.
  func page(
    at address: Address, client: String, parameters: [(name: String, value: String)],
    redirect: String?, provesExchange: Bool
  ) -> Address {
    var page = address.setting("response_type", to: "code").setting("client_id", to: client)
    for (name, value) in parameters where !value.isEmpty { page = page.setting(name, to: value) }
    if let redirect { page = page.setting("redirect_uri", to: redirect) }
    page = page.setting("state", to: state)
    guard provesExchange else { return page }
    return page.setting("code_challenge", to: challenge)
      .setting("code_challenge_method", to: "S256")
  }

  /// RFC 7636, 4.2: S256.
  private var challenge: String {
    Self.base64URL(Array(SHA256.hash(data: Data(verifier.utf8))))
  }

  /// The code in what the vendor's page led to.
  ///
  /// - Parameter query: Without the `?`; percent-encoded.
  /// - Throws: ``Fault`` where access was refused, the answer is another request's, or it has no
  ///   code.
  func code(inQuery query: String) throws(Fault) -> String {
    let fields = Self.fields(query)
    guard fields["state"] == state else {
      throw Fault(
        .denied,
        "the answer belongs to another request (its state is not the one that was sent): nothing was exchanged; begin again"
      )
    }
    if let error = fields["error"] {
      let said = (fields["error_description"] ?? error).prefix(200)
      throw Fault(.denied, "access was not allowed (“\(said)”)")
    }
    guard let code = fields["code"], Self.isCode(code) else {
      throw Fault(.malformed, "the answer has no code")
    }
    return code
  }

  /// The code in what a person pasted: the code, or the whole address that the page led to.
  func code(inPasted text: String) throws(Fault) -> String {
    let text = text.trimmed
    if text.contains("://") || text.hasPrefix("?") {
      guard let mark = text.firstIndex(of: "?") else {
        throw Fault(.malformed, "the address has no code")
      }
      return try code(inQuery: String(text[text.index(after: mark)...].prefix { $0 != "#" }))
    }
    guard Self.isCode(text) else {
      throw Fault(.malformed, "that is no code: paste it alone, or the whole address")
    }
    return text
  }

  private static func isCode(_ text: String) -> Bool {
    (1...LoopbackListener.Bounds.size).contains(text.utf8.count)
      && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
  }

  /// The fields of a query; a name that occurs twice counts as missing.
  private static func fields(_ query: String) -> [String: String] {
    var fields: [String: String] = [:]
    var repeated: Set<String> = []
    for pair in query.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        .map { part -> String in
          let text = part.replacing("+", with: " ")
          return text.removingPercentEncoding ?? ""
        }
      guard let name = parts.first else { continue }
      if fields.updateValue(parts.count > 1 ? parts[1] : "", forKey: name) != nil {
        repeated.insert(name)
      }
    }
    return fields.filter { !repeated.contains($0.key) }
  }
}
