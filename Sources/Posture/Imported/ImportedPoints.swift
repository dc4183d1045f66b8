/// Points as an imported score counts them: exact in hundredths.
package struct ImportedPoints: Sendable, Hashable, Comparable {
  /// The points in hundredths: 350 for `3.5`.
  package let hundredths: Int

  /// No points.
  package static let zero = ImportedPoints(hundredths: 0)

  package init(hundredths: Int) { self.hundredths = hundredths }

  /// Points rounded to hundredths. Nil for what is no number of points: negative, not finite, or
  /// beyond a billion.
  package init?(_ number: Double) {
    guard number >= 0, number <= 1e9 else { return nil }
    hundredths = Int((number * 100).rounded())
  }

  /// The points as a number, for JSON.
  package var number: Double { Double(hundredths) / 100 }

  package static func + (left: Self, right: Self) -> Self {
    Self(hundredths: left.hundredths + right.hundredths)
  }

  package static func < (left: Self, right: Self) -> Bool { left.hundredths < right.hundredths }

  /// The share of the possible points, in per cent; nil where none are possible.
  package func percentage(of possible: Self) -> Fraction? {
    possible.hundredths == 0
      ? nil : Fraction(hundredths, over: possible.hundredths) * Fraction(100)
  }
}

extension ImportedPoints: CustomStringConvertible {
  /// Without needless decimals: `10`, `3.5`, `815.22`.
  package var description: String {
    let (whole, rest) = hundredths.quotientAndRemainder(dividingBy: 100)
    if rest == 0 { return "\(whole)" }
    let decimals = rest < 10 ? "0\(rest)" : "\(rest)"
    return "\(whole).\(decimals.hasSuffix("0") ? String(decimals.dropLast()) : decimals)"
  }
}
