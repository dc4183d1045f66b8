internal import Crypto
package import JSON

/// SHA-256 as lower-case hexadecimal digits.
package enum Digest {
  package static func sha256(_ text: String) -> String {
    hexadecimal(SHA256.hash(data: Array(text.utf8)))
  }

  package static func sha256(_ bytes: [UInt8]) -> String { hexadecimal(SHA256.hash(data: bytes)) }

  /// Of the value's compact JSON: members count in their order.
  package static func sha256(_ value: JSONValue) -> String { sha256(value.bytes()) }

  /// Two lower-case digits a byte.
  package static func hexadecimal(_ digest: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
