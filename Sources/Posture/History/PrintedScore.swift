/// A score as it was printed and recorded: percentage points to one decimal.
///
/// History compares what was recorded, so it counts in tenths and needs no fraction.
package struct PrintedScore: Sendable, Hashable, Comparable, CustomStringConvertible {
  package let tenths: Int

  package init(tenths: Int) { self.tenths = tenths }

  /// Nil for what is no score: not finite, or so large that differences would not be numbers.
  package init?(_ number: Double) {
    guard number.magnitude <= 1e6 else { return nil }
    tenths = Int((number * 10).rounded())
  }

  package init(_ score: Fraction) { self.init(tenths: Int((score.rounded * 10).rounded())) }

  /// The value as a number, for JSON.
  package var number: Double { Double(tenths) / 10 }

  /// `71.2`
  package var description: String {
    "\(tenths < 0 ? "-" : "")\(tenths.magnitude / 10).\(tenths.magnitude % 10)"
  }

  /// With its sign: `+1.2`, `-0.4`, `0.0`.
  package var signed: String { tenths > 0 ? "+\(description)" : description }

  package static func < (left: PrintedScore, right: PrintedScore) -> Bool {
    left.tenths < right.tenths
  }

  package static func - (left: PrintedScore, right: PrintedScore) -> PrintedScore {
    PrintedScore(tenths: left.tenths - right.tenths)
  }
}
