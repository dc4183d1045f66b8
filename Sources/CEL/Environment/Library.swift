/// The extension libraries, as in cel-go's `ext` folder.
public enum Library: String, CaseIterable, Hashable, Sendable {
  /// `charAt`, `indexOf`, `join`, `lowerAscii`, `replace`, `split`, `substring`, `trim`, `format`, …
  case strings
  /// `math.greatest`, `math.least`, `math.abs`, `math.bitAnd`, …
  case math
  /// `base64.encode`, `base64.decode`.
  case encoders
  /// `slice`, `flatten`, `sort`, `sortBy`, `distinct`, `reverse`, `first`, `last`, `lists.range`.
  case lists
  /// `sets.contains`, `sets.equivalent`, `sets.intersects`.
  case sets
  /// `cel.bind`.
  case bindings
  /// `ip`, `cidr`, `isIP`, `containsIP`, …
  case network
  /// `regex.replace`, `regex.extract`, `regex.extractAll`.
  case regex
  /// `?.`, `[?]`, `optional.of`, `orValue`, `optMap`, …
  case optionals
  /// Macros over keys and values: `all`, `exists`, `existsOne`, `transformList`, `transformMap`, `transformMapEntry`.
  case comprehensions
  /// `dns.spf`, `dns.dmarc`, `dns.dkim`: Plumb's own.
  case dns
  /// `iso8601.duration`: Plumb's own.
  case iso8601
  /// `cel.block` with `cel.index`, `cel.iterVar` and `cel.accuVar`: written by optimizers, not by hand.
  case block

  /// All but ``block``.
  public static let standard = Set(Library.allCases).subtracting([.block])
}
