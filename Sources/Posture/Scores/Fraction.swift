internal import BigInt

/// An exact rational number: scores are computed in fractions and rounded once, when printed.
///
/// Reduced after every operation, with a positive denominator, so that equal values are equal.
package struct Fraction: Sendable, Hashable, Comparable {
  /// Numerator and denominator: without a divisor in common, the denominator positive; zero is `0/1`.
  private enum Terms: Sendable, Hashable {
    /// Numbers of the machine wherever both fit, as nearly always: instances have thousands of scores.
    case machine(Int, Int)
    case big(BigInt, BigInt)
  }

  private let terms: Terms

  private init(_ terms: Terms) { self.terms = terms }

  /// `0/1`, the sum of nothing.
  package static let zero = Fraction(0)

  /// A whole number, over 1.
  package init(_ whole: Int) { terms = .machine(whole, 1) }

  /// - Precondition: The denominator is not zero; callers divide by counts they have checked.
  private init(_ numerator: BigInt, _ denominator: BigInt) {
    precondition(!denominator.isZero, "a fraction's denominator is not zero")
    let divisor = numerator.greatestCommonDivisor(with: denominator)
    let sign: BigInt = denominator < 0 ? -1 : 1
    let (above, below) = (sign * numerator / divisor, sign * denominator / divisor)
    if let above = Int(exactly: above), let below = Int(exactly: below) {
      terms = .machine(above, below)
    } else {
      terms = .big(above, below)
    }
  }

  /// - Precondition: The denominator is not zero; callers divide by counts they have checked.
  package init(_ numerator: Int, over denominator: Int) {
    precondition(denominator != 0, "a fraction's denominator is not zero")
    var (divisor, rest) = (denominator.magnitude, numerator.magnitude)
    while rest != 0 { (divisor, rest) = (rest, divisor % rest) }
    guard let above = Int(exactly: numerator.magnitude / divisor),
      let below = Int(exactly: denominator.magnitude / divisor)
    else {
      self.init(BigInt(numerator), BigInt(denominator))
      return
    }
    self.init(.machine((numerator < 0) == (denominator < 0) ? above : -above, below))
  }

  private var numerator: BigInt {
    switch terms {
    case .machine(let numerator, _): BigInt(numerator)
    case .big(let numerator, _): numerator
    }
  }

  private var denominator: BigInt {
    switch terms {
    case .machine(_, let denominator): BigInt(denominator)
    case .big(_, let denominator): denominator
    }
  }

  /// The terms of two fractions in numbers of the machine: `a/b` and `c/d`; nil where one is beyond them.
  private static func machine(
    _ left: Fraction, _ right: Fraction
  ) -> (a: Int, b: Int, c: Int, d: Int)? {
    guard case .machine(let a, let b) = left.terms, case .machine(let c, let d) = right.terms
    else { return nil }
    return (a, b, c, d)
  }

  /// Nil where the product is beyond the machine.
  private static func product(_ left: Int, _ right: Int) -> Int? {
    let (product, isBeyond) = left.multipliedReportingOverflow(by: right)
    return isBeyond ? nil : product
  }

  package static func + (left: Fraction, right: Fraction) -> Fraction {
    if let (a, b, c, d) = machine(left, right), let one = product(a, d),
      let other = product(c, b), let denominator = product(b, d),
      case (let sum, false) = one.addingReportingOverflow(other)
    {
      return Fraction(sum, over: denominator)
    }
    return Fraction(
      left.numerator * right.denominator + right.numerator * left.denominator,
      left.denominator * right.denominator)
  }

  package static func - (left: Fraction, right: Fraction) -> Fraction {
    if let (a, b, c, d) = machine(left, right), let one = product(a, d),
      let other = product(c, b), let denominator = product(b, d),
      case (let difference, false) = one.subtractingReportingOverflow(other)
    {
      return Fraction(difference, over: denominator)
    }
    return Fraction(
      left.numerator * right.denominator - right.numerator * left.denominator,
      left.denominator * right.denominator)
  }

  package static func * (left: Fraction, right: Fraction) -> Fraction {
    if let (a, b, c, d) = machine(left, right), let numerator = product(a, c),
      let denominator = product(b, d)
    {
      return Fraction(numerator, over: denominator)
    }
    return Fraction(left.numerator * right.numerator, left.denominator * right.denominator)
  }

  /// - Precondition: `right` is not zero.
  package static func / (left: Fraction, right: Fraction) -> Fraction {
    if let (a, b, c, d) = machine(left, right), let numerator = product(a, d),
      let denominator = product(b, c)
    {
      return Fraction(numerator, over: denominator)
    }
    return Fraction(left.numerator * right.denominator, left.denominator * right.numerator)
  }

  package static func += (left: inout Fraction, right: Fraction) { left = left + right }

  package static func < (left: Fraction, right: Fraction) -> Bool {
    if let (a, b, c, d) = machine(left, right), let one = product(a, d), let other = product(c, b) {
      return one < other
    }
    return left.numerator * right.denominator < right.numerator * left.denominator
  }

  /// The sum of many fractions, adding those of one denominator first: tenants share few of them.
  package static func sum(_ terms: some Sequence<Fraction>) -> Fraction {
    var sums: [Int: Int] = [:]
    var others: [Fraction] = []
    for term in terms {
      if case .machine(let numerator, let denominator) = term.terms,
        case (let sum, false) = sums[denominator, default: 0].addingReportingOverflow(numerator)
      {
        sums[denominator] = sum
      } else {
        others.append(term)
      }
    }
    return (sums.map { Fraction($0.value, over: $0.key) } + others).reduce(.zero, +)
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
  package var rounded: Double {
    // A whole number of the machine, divided by ten, is the double that is nearest to the text.
    machineTenths.map { Double($0) / 10 } ?? Double(oneDecimal) ?? 0
  }

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

  /// The tenths where numbers of the machine and of a double hold them; nil elsewhere.
  private var machineTenths: Int? {
    guard case .machine(let numerator, let denominator) = terms,
      numerator.magnitude < 1 << 48, denominator < 1 << 48
    else { return nil }
    let magnitude = (abs(numerator) * 20 + denominator) / (denominator * 2)
    return numerator < 0 ? -magnitude : magnitude
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
