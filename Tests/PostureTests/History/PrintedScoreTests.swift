import Posture
import Testing

@Suite struct PrintedScoreTests {
  @Test(
    "an exact value that is no score, or another one, counts as none",
    arguments: [
      "1\(String(repeating: "0", count: 5_000))/1", "-1\(String(repeating: "0", count: 400))/1",
      "9223372036854775807/1", "1/1\(String(repeating: "0", count: 5_000))", "77/1", "1/0", "x/1",
    ])
  func wrong(text: String) throws {
    let score = try #require(PrintedScore(50, exact: Fraction(text)))
    #expect(score.tenths == 500 && score.exact == nil)
  }

  @Test("the exact value of what was printed is kept")
  func right() throws {
    let exact = try #require(Fraction("200/3"))
    #expect(PrintedScore(66.7, exact: exact)?.exact == exact)
  }

  @Test("what is no score is none", arguments: [1e7, -1e300, .infinity, .nan])
  func none(number: Double) { #expect(PrintedScore(number) == nil) }
}
