/// A length of time as YAML files name it: `30m`, `24h`, `14d`, `1d12h`. A day has 24 hours.
public struct Timespan: Sendable, Hashable, Comparable {
  /// The length in seconds; never negative.
  public let seconds: Int

  /// A length of time.
  ///
  /// - Precondition: `seconds` is not negative.
  public init(seconds: Int) {
    precondition(seconds >= 0, "a timespan is not negative")
    self.seconds = seconds
  }

  /// 10,000 years of 365 days.
  private static let longest = 10_000 * 365 * 86_400

  private static let units: [(letter: UInt8, seconds: Int)] = [
    (UInt8(ascii: "w"), 604_800), (UInt8(ascii: "d"), 86_400), (UInt8(ascii: "h"), 3600),
    (UInt8(ascii: "m"), 60), (UInt8(ascii: "s"), 1),
  ]

  /// A length written as numbers with units, the largest unit first, each at most once: weeks (`w`),
  /// days (`d`), hours (`h`), minutes (`m`), seconds (`s`). Nil for every other text, and for more than
  /// 10,000 years: no date is that far away.
  public init?(_ text: String) {
    var units = Self.units[...]
    var total = 0
    var rest = text.utf8[...]
    guard !rest.isEmpty else { return nil }
    while !rest.isEmpty {
      let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      guard let number = Int(Substring(digits)), let letter = rest.dropFirst(digits.count).first,
        let unit = units.firstIndex(where: { $0.letter == letter })
      else { return nil }
      let (product, overflow) = number.multipliedReportingOverflow(by: units[unit].seconds)
      let (sum, carry) = total.addingReportingOverflow(product)
      guard !overflow, !carry, sum <= Self.longest else { return nil }
      total = sum
      units = units[(unit + 1)...]
      rest = rest.dropFirst(digits.count + 1)
    }
    seconds = total
  }

  /// Shorter before longer.
  public static func < (left: Timespan, right: Timespan) -> Bool { left.seconds < right.seconds }
}

extension Timespan: CustomStringConvertible {
  /// In days, hours, minutes and seconds, without those that are zero: `1d12h`; `0s` for nothing.
  public var description: String {
    var result = ""
    var rest = seconds
    for (letter, length) in Self.units.dropFirst() where rest >= length {
      result += String(rest / length) + String(Unicode.Scalar(letter))
      rest %= length
    }
    return result.isEmpty ? "0s" : result
  }
}
