package import BigInt

/// An exact rational number: scores are computed in fractions and rounded once, when printed.
///
/// Reduced after every operation, with a positive denominator, so that equal values are equal.
package struct Fraction: Sendable, Hashable, Comparable {
  /// Carries the sign; zero is `0/1`.
  package let numerator: BigInt
  /// Always positive, and without a divisor in common with the numerator.
  package let denominator: BigInt

  /// `0/1`, the sum of nothing.
  package static let zero = Fraction(0)

  /// A whole number, over 1.
  package init(_ whole: Int) {
    numerator = BigInt(whole)
    denominator = 1
  }

  /// - Precondition: The denominator is not zero; callers divide by counts they have checked.
  package init(_ numerator: BigInt, _ denominator: BigInt) {
    precondition(!denominator.isZero, "a fraction's denominator is not zero")
    let divisor = numerator.greatestCommonDivisor(with: denominator)
    let sign: BigInt = denominator < 0 ? -1 : 1
    self.numerator = divisor.isZero ? 0 : sign * numerator / divisor
    self.denominator = divisor.isZero ? 1 : sign * denominator / divisor
  }

  /// - Precondition: The denominator is not zero.
  package init(_ numerator: Int, over denominator: Int) {
    self.init(BigInt(numerator), BigInt(denominator))
  }

  package static func + (left: Fraction, right: Fraction) -> Fraction {
    Fraction(
      left.numerator * right.denominator + right.numerator * left.denominator,
      left.denominator * right.denominator)
  }

  package static func - (left: Fraction, right: Fraction) -> Fraction {
    Fraction(
      left.numerator * right.denominator - right.numerator * left.denominator,
      left.denominator * right.denominator)
  }

  package static func * (left: Fraction, right: Fraction) -> Fraction {
    Fraction(left.numerator * right.numerator, left.denominator * right.denominator)
  }

  /// - Precondition: `right` is not zero.
  package static func / (left: Fraction, right: Fraction) -> Fraction {
    Fraction(left.numerator * right.denominator, left.denominator * right.numerator)
  }

  package static func += (left: inout Fraction, right: Fraction) { left = left + right }

  package static func < (left: Fraction, right: Fraction) -> Bool {
    left.numerator * right.denominator < right.numerator * left.denominator
  }

  /// The sum of many fractions, adding those of one denominator first: tenants share few of them.
  package static func sum(_ terms: some Sequence<Fraction>) -> Fraction {
    var numerators: [BigInt: BigInt] = [:]
    for term in terms { numerators[term.denominator, default: 0] += term.numerator }
    return numerators.sorted { $0.key < $1.key }
      .reduce(.zero) { $0 + Fraction($1.value, $1.key) }
  }

  /// The value with one decimal, halves away from zero: `76.4`, `-0.1`, `100.0`.
  package var oneDecimal: String {
    let tenths = roundedTenths
    let digits = String(tenths.magnitude)
    let padded = digits.count < 2 ? "0" + digits : digits
    let sign = tenths < 0 ? "-" : ""
    return sign + padded.dropLast() + "." + padded.suffix(1)
  }

  /// The printed value as a number, for JSON.
  package var rounded: Double { Double(oneDecimal) ?? 0 }

  /// The exact value as it is recorded: `6491/100`.
  package var text: String { "\(numerator)/\(denominator)" }

  /// Reads what ``text`` writes; nil for anything else, and for more digits than any score has.
  package init?(_ text: String) {
    guard text.utf8.count <= 20_000 else { return nil }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let numerator = BigInt(String(parts[0])),
      let denominator = BigInt(String(parts[1])), denominator > 0
    else { return nil }
    self.init(numerator, denominator)
  }

  private var roundedTenths: BigInt {
    let scaled = numerator.magnitude * 20 + denominator.magnitude
    let magnitude = BigInt(scaled / (denominator.magnitude * 2))
    return numerator < 0 ? -magnitude : magnitude
  }
}

extension Fraction {
  /// With its sign: `+1.2`, `-0.4`, `+<0.1` for what is too small to print.
  package var signedOneDecimal: String {
    let sign = self < .zero ? "-" : "+"
    let magnitude = self < .zero ? Fraction.zero - self : self
    let text = magnitude.oneDecimal
    return sign + (text == "0.0" && magnitude != .zero ? "<0.1" : text)
  }
}
