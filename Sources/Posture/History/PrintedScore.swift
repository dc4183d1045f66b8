/// A score as it was printed and recorded: percentage points to one decimal, with the exact value
/// where that was recorded too.
///
/// What is printed of a difference is the exact difference, rounded once, as in a plan. Of records
/// that have no exact values it is the difference of what was printed.
package struct PrintedScore: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// What is printed, in tenths of a percentage point: 712 for `71.2`.
  package let tenths: Int
  /// The score before rounding; nil where a file of an earlier version does not tell.
  package let exact: Fraction?

  /// A score of which no more is known than what was printed.
  package init(tenths: Int) {
    self.tenths = tenths
    exact = nil
  }

  /// A score of which no more is known than a number of percentage points, rounded to tenths. Nil
  /// for what is no score: not finite, or beyond a million.
  package init?(_ number: Double) {
    guard number.magnitude <= 1e6 else { return nil }
    self.init(tenths: Int((number * 10).rounded()))
  }

  /// An exact score; what is printed of it is rounded to tenths.
  package init(_ score: Fraction) {
    tenths = Int((score.rounded * 10).rounded())
    exact = score
  }

  /// A recorded score with its exact value, if that rounds to what was printed. Nil for what is no
  /// score.
  package init?(_ number: Double, exact: Fraction?) {
    guard let printed = PrintedScore(number) else { return nil }
    // What somebody wrote into a record may have thousands of digits.
    let whole = exact.flatMap { $0.rounded.magnitude <= 1e6 ? PrintedScore($0) : nil }
    self = whole?.tenths == printed.tenths ? whole ?? printed : printed
  }

  /// What is printed, as a number of percentage points for JSON.
  package var number: Double { Double(tenths) / 10 }

  /// `71.2`
  package var description: String {
    "\(tenths < 0 ? "-" : "")\(tenths.magnitude / 10).\(tenths.magnitude % 10)"
  }

  /// A difference with its sign: `+1.2`, `-0.4`, `0.0`, `-<0.1` for what is too small to print.
  package var signed: String {
    if let exact, exact != .zero { return exact.signedOneDecimal }
    return tenths > 0 ? "+\(description)" : description
  }

  /// Whether it is below zero, however little.
  package var isNegative: Bool { exact.map { $0 < .zero } ?? (tenths < 0) }

  /// Whether it is zero: exactly, where the exact value is known.
  package var isZero: Bool { exact.map { $0 == .zero } ?? (tenths == 0) }

  package static func < (left: PrintedScore, right: PrintedScore) -> Bool {
    if let a = left.exact, let b = right.exact { return a < b }
    return left.tenths < right.tenths
  }

  package static func - (left: PrintedScore, right: PrintedScore) -> PrintedScore {
    if let a = left.exact, let b = right.exact { return PrintedScore(a - b) }
    return PrintedScore(tenths: left.tenths - right.tenths)
  }
}
