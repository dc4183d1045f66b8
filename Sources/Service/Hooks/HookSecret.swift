#if Service
internal import Crypto
internal import Text

/// What a git host and Plumb both know, and nobody else: it proves that a hook is the host's.
///
/// It is described by nothing: no log and no error can hold it.
package struct HookSecret: Sendable, CustomStringConvertible, CustomReflectable {
  /// The variable that holds it.
  package static let variable = "PLUMB_HOOK_SECRET"
  /// Bytes that it has at least: a shorter one can be guessed from one recorded hook.
  package static let shortest = 16

  private let bytes: [UInt8]

  /// Takes a secret; white space around it, as the end of a file's line, is none of it.
  ///
  /// nil where it is shorter than ``shortest``.
  package init?(_ text: String) {
    let trimmed = text.drop(while: \.isWhitespace)
    let end = trimmed.lastIndex { !$0.isWhitespace }
    bytes = end.map { Array(trimmed[...$0].utf8) } ?? []
    guard bytes.count >= Self.shortest else { return nil }
  }

  /// Whether a code is the HMAC-SHA256 of a body, compared in constant time.
  ///
  /// - Parameter code: Hexadecimal digits.
  func signs(_ body: [UInt8], with code: some StringProtocol) -> Bool {
    guard let code = Hexadecimal.bytes(String(code)) else { return false }
    return HMAC<SHA256>.isValidAuthenticationCode(
      code, authenticating: body, using: SymmetricKey(data: bytes))
  }

  /// Whether a token is the secret itself: digests of equal length are compared, in constant time, so that not even the length
  /// shows.
  func equals(_ token: String) -> Bool {
    // The key is of no account: the code of one message under one key is equal where the messages are.
    let key = SymmetricKey(size: .bits256)
    let code = HMAC<SHA256>.authenticationCode(
      for: Array(SHA256.hash(data: bytes)), using: key)
    return HMAC<SHA256>.isValidAuthenticationCode(
      code, authenticating: Array(SHA256.hash(data: Array(token.utf8))), using: key)
  }

  package var description: String { "a secret" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
#endif
