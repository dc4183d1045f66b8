internal import Crypto
private import Foundation

/// A secret of [Standard Webhooks](https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#signature-scheme),
/// and the signature that it makes.
struct WebhookKey: Sendable {
  private let key: SymmetricKey

  /// - Parameter text: `whsec_` and 24 to 64 bytes in base64.
  init?(_ text: some StringProtocol) {
    guard text.hasPrefix("whsec_"), let data = Data(base64Encoded: String(text.dropFirst(6))),
      (24...64).contains(data.count)
    else { return nil }
    key = SymmetricKey(data: data)
  }

  /// `v1,` and the HMAC-SHA256 of `id.timestamp.body` in base64.
  func signature(id: String, timestamp: Int, body: [UInt8]) -> String {
    let signed = Array("\(id).\(timestamp).".utf8) + body
    let code = HMAC<SHA256>.authenticationCode(for: signed, using: key)
    return "v1,\(Data(code).base64EncodedString())"
  }
}
