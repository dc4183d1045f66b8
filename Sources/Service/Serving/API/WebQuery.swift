#if Service
internal import Text

/// The part of a request's target behind the `?`, as forms write it.
struct WebQuery {
  let pairs: [(name: String, value: String)]

  /// Pairs that are taken; a request of more is refused.
  private static let most = 100

  /// nil for what no form writes: a stray `%`, bytes that are no UTF-8, NUL.
  init?(_ text: Substring) {
    var pairs: [(name: String, value: String)] = []
    for pair in text.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = Self.decoded(parts[0]),
        let value = parts.count == 2 ? Self.decoded(parts[1]) : "", pairs.count < Self.most
      else { return nil }
      pairs.append((name, value))
    }
    self.pairs = pairs
  }

  /// Percent-decoded once, where all of it is well formed.
  static func decoded(_ text: Substring, plusIsBlank: Bool = true) -> String? {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "+") where plusIsBlank: bytes.append(UInt8(ascii: " "))
      case UInt8(ascii: "%"):
        let digits = rest.prefix(2).compactMap { Hexadecimal.value(of: $0) }
        guard digits.count == 2 else { return nil }
        bytes.append(digits[0] << 4 | digits[1])
        rest = rest.dropFirst(2)
      default: bytes.append(byte)
      }
    }
    guard !bytes.contains(0) else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }
}
#endif
