import BigInt
import Testing

@testable import Posture

@Suite struct FractionTests {
  @Test(
    "is rounded once, to one decimal, halves away from zero",
    arguments: [
      (1, 3, "0.3"), (2, 3, "0.7"), (1, 20, "0.1"), (-1, 20, "-0.1"), (1, 21, "0.0"),
      (199, 2, "99.5"), (9_999, 100, "100.0"), (0, 7, "0.0"), (-25, 10, "-2.5"), (100, 1, "100.0"),
    ])
  func rounding(numerator: Int, denominator: Int, text: String) {
    #expect(Fraction(numerator, over: denominator).oneDecimal == text)
  }

  @Test("is the same number in JSON as in a text")
  func number() {
    var fractions = (-250...250).flatMap { numerator in
      [1, 3, 7, 20, 21, 997].map { Fraction(numerator, over: $0) }
    }
    for one in Self.edges + [1 << 48, (1 << 48) - 1, 1 - (1 << 48), (1 << 48) + 1] {
      for other in [1, 3, 10, 1 << 20, (1 << 48) - 1, 1 << 48, Int.max] {
        fractions.append(Fraction(one, over: other))
      }
    }
    for fraction in fractions {
      #expect(fraction.rounded.bitPattern == Double(fraction.oneDecimal)?.bitPattern)
    }
  }

  @Test("keeps what binary floating point would lose")
  func exactness() {
    let tenth = Fraction(1, over: 10)
    #expect(Fraction.sum(Array(repeating: tenth, count: 10)) == Fraction(1))
    #expect(Fraction(1, over: 3) + Fraction(1, over: 6) == Fraction(1, over: 2))
    #expect(Fraction(2, over: -4) == Fraction(-1, over: 2))
    #expect(Fraction(1, over: 3) < Fraction(334, over: 1_000))
  }

  @Test("sums any denominators, in any order")
  func sums() {
    let terms = (1...60).map { Fraction($0, over: 997 + $0 * 2) }
    let forward = Fraction.sum(terms)
    #expect(forward == Fraction.sum(terms.reversed()))
    #expect(forward == terms.reduce(.zero, +))
  }

  /// `numerator/denominator`, reduced, in numbers without a bound.
  private static func text(_ numerator: BigInt, _ denominator: BigInt) -> String {
    let divisor = numerator.greatestCommonDivisor(with: denominator)
    let sign: BigInt = denominator < 0 ? -1 : 1
    return "\(sign * numerator / divisor)/\(sign * denominator / divisor)"
  }

  private static let edges: [Int] = [
    0, 1, -1, 2, -3, 10, 997, 1 << 31, -(1 << 32) + 1, 1 << 62, .max, .min, .max - 1, .min + 1,
  ]

  @Test(
    "is exact where numbers are beyond the machine's, and comes back from there", arguments: edges)
  func beyond(first: Int) throws {
    for second in Self.edges where second != 0 {
      let left = Fraction(first, over: second)
      let (a, b) = (BigInt(first), BigInt(second))
      #expect(left.text == Self.text(a, b))
      #expect(Fraction(left.text) == left)
      for third in Self.edges {
        for fourth in [1, 3, -7, Int.max, .min] {
          let right = Fraction(third, over: fourth)
          let (c, d) = (BigInt(third), BigInt(fourth))
          #expect((left + right).text == Self.text(a * d + c * b, b * d))
          #expect((left - right).text == Self.text(a * d - c * b, b * d))
          #expect((left * right).text == Self.text(a * c, b * d))
          if third != 0 { #expect((left / right).text == Self.text(a * d, b * c)) }
          let isLess = (b < 0) == (d < 0) ? a * d < c * b : a * d > c * b
          #expect((left < right) == isLess)
          #expect(left + right - right == left)
          #expect(Fraction.sum([left, right, left]) == left + left + right)
        }
      }
    }
  }
}
