internal import JSON
internal import Posture

/// The sentence in which a vendor explains a refusal.
enum VendorMessage {
  private static let pointers = [
    "/errorSummary", "/error/message", "/error_description", "/message", "/detail", "/title",
    "/errors/0/message", "/0/message", "/error_summary", "/error", "/reason",
    "/errors/0/detail", "/message/value",
  ]

  /// At most 200 characters on one line; nil when the answer has none.
  static func text(of response: APIResponse, mask: SecretGate) -> String? {
    guard response.body.count <= 1 << 20,
      let root = try? JSONView(parsing: response.body, limits: JSONLimits(depth: 32))
    else { return nil }
    for pointer in pointers {
      guard let text = root.value(at: pointer)?.string, !text.isEmpty else { continue }
      let clean = mask.telling(text).unicodeScalars.map { scalar -> String in
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse: " "
        default: String(scalar)
        }
      }.joined()
      let words = clean.split(separator: " ").joined(separator: " ")
      // One character may have any number of bytes.
      return (words.count <= 200 ? words : words.prefix(199) + "…").bounded(to: 800)
    }
    return nil
  }
}
