internal import Crypto
package import JSON
internal import Text

/// SHA-256 as lower-case hexadecimal digits.
package enum Digest {
  package static func sha256(_ text: String) -> String {
    sha256(Array(text.utf8))
  }

  package static func sha256(_ bytes: [UInt8]) -> String {
    Hexadecimal.text(Array(SHA256.hash(data: bytes)))
  }

  /// Of the value's compact JSON: members count in their order.
  package static func sha256(_ value: JSONValue) -> String { sha256(value.bytes()) }
}
