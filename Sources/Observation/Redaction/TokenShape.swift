/// How a vendor's tokens look.
struct TokenShape: Sendable {
  let prefix: [UInt8]
  /// Characters behind the prefix at least.
  let minimum: Int
  /// Whether dots belong to it: JSON Web Tokens.
  var dots = 0
  /// Ends at this text instead of at the word's end.
  var end: [UInt8]?

  private init(_ prefix: String, _ minimum: Int, dots: Int = 0, end: String? = nil) {
    self.prefix = Array(prefix.utf8)
    self.minimum = minimum
    self.dots = dots
    self.end = end.map { Array($0.utf8) }
  }

  static let known: [TokenShape] =
    ["ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"].map { TokenShape($0, 30) }
    + ["xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xapp-"].map { TokenShape($0, 20) }
    + ["sk_live_", "rk_live_", "npm_", "glpat-", "shpat_", "shpss_", "dop_v1_", "ATATT3", "ATCTT3"]
    .map { TokenShape($0, 16) }
    + [
      TokenShape("AKIA", 16), TokenShape("ASIA", 16), TokenShape("AIza", 35),
      TokenShape("ya29.", 20),
      TokenShape("SG.", 40, dots: 1), TokenShape("EAAC", 60), TokenShape("sl.", 80),
      TokenShape("eyJ", 20, dots: 2), TokenShape("SSWS 00", 38),
      TokenShape("-----BEGIN PRIVATE KEY-----", 0, end: "-----END PRIVATE KEY-----"),
      TokenShape("-----BEGIN RSA PRIVATE KEY-----", 0, end: "-----END RSA PRIVATE KEY-----"),
      TokenShape("-----BEGIN EC PRIVATE KEY-----", 0, end: "-----END EC PRIVATE KEY-----"),
      TokenShape(
        "-----BEGIN OPENSSH PRIVATE KEY-----", 0, end: "-----END OPENSSH PRIVATE KEY-----"),
      TokenShape(
        "-----BEGIN ENCRYPTED PRIVATE KEY-----", 0, end: "-----END ENCRYPTED PRIVATE KEY-----"),
      TokenShape("https://hooks.slack.com/services/", 20, end: nil),
    ]

  /// By byte, whether a known shape begins with it.
  static let begins: [Bool] = {
    var begins = [Bool](repeating: false, count: 256)
    for shape in known { begins[Int(shape.prefix[0])] = true }
    return begins
  }()

  /// What known shapes begin with, and what ends with a byte that a string of JSON has only escaped, or that Plumb escapes.
  static let screen: BytePairs = {
    var screen = BytePairs()
    for shape in known { screen.insert(shape.prefix[0], shape.prefix[1]) }
    for first in UInt8.min...UInt8.max {
      for second in [0x22, 0x5C, 0x7F] + Array(0 as UInt8..<0x20) { screen.insert(first, second) }
    }
    return screen
  }()

  func length(at index: Int, in bytes: [UInt8]) -> Int? {
    // Most of what begins alike ends otherwise: every address begins as one of the shapes does.
    let last = index + prefix.count - 1
    guard last < bytes.count, bytes[last] == prefix[prefix.count - 1] else { return nil }
    guard bytes[index...].starts(with: prefix) else { return nil }
    var end = index + prefix.count
    if let closing = self.end {
      while end < bytes.count {
        if bytes[end] == closing[0], bytes[end...].starts(with: closing) {
          return end + closing.count - index
        }
        end += 1
      }
      return bytes.count - index  // cut off: all that is left belongs to it
    }
    var seen = 0
    let isAddress = prefix.starts(with: Array("https".utf8))
    while end < bytes.count {
      if Self.isWord(bytes[end]) || isAddress && bytes[end] == 0x2F {
        end += 1
      } else if bytes[end] == 0x2E, seen < dots {
        seen += 1
        end += 1
      } else {
        break
      }
    }
    guard end - index - prefix.count >= minimum, seen == dots else { return nil }
    return end - index
  }

  static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, 65...90, 97...122, 0x5F, 0x2D: true
    default: false
    }
  }
}

/// A set of pairs of bytes: eight kilobytes, so that it stays near the processor while a text is searched.
struct BytePairs: Sendable {
  /// A bit for each pair, by its first byte and then its second.
  private(set) var pairs = [UInt64](repeating: 0, count: 1 << 10)

  mutating func insert(_ first: UInt8, _ second: UInt8) {
    let pair = Int(first) << 8 | Int(second)
    pairs[pair >> 6] |= 1 << UInt64(pair & 63)
  }
}
