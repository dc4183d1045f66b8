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
}
