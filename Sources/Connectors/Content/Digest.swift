internal import Crypto
package import JSON
internal import Text

/// SHA-256 as lower-case hexadecimal digits.
package enum Digest {
  /// The digest of the text's UTF-8 bytes.
  package static func sha256(_ text: String) -> String {
    sha256(Array(text.utf8))
  }

  /// The digest of the bytes.
  package static func sha256(_ bytes: [UInt8]) -> String { sha256(bytes[...]) }

  /// The digest of the bytes.
  package static func sha256(_ bytes: ArraySlice<UInt8>) -> String {
    Hexadecimal.text(Array(SHA256.hash(data: bytes)))
  }

  /// The digest of the value's compact JSON, in which the order of members counts.
  package static func sha256(_ value: JSONValue) -> String { sha256(value.bytes()) }
}
