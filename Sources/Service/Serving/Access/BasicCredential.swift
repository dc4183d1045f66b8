#if Service
private import Foundation

/// `user:password` as RFC 7617 has it.
enum BasicCredential {
  static func decoded(_ text: some StringProtocol) -> String? {
    Data(base64Encoded: String(text)).flatMap { String(data: $0, encoding: .utf8) }
  }
}
#endif
