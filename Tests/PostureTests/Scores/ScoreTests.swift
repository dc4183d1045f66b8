import TestSupport
import Testing

@testable import Posture

@Suite struct ScoreTests {
  static func standing(
    _ recommendation: String, on instance: String = "a", points: Int = 10,
    _ compliance: Compliance, _ status: Status? = .toAddress, _ compliant: Int = 0,
    of counted: Int = 1
  ) -> Standing {
    Standing(
      instance: instance, recommendation: recommendation, points: points, compliance: compliance,
      status: status, counted: counted, compliantCount: compliant)
  }

  @Test(
    "earns by compliance and status",
    arguments: [
      ("met", standing("r", .compliant, .completed, 4, of: 4), 10, Fraction(10)),
      ("partly met", standing("r", .notCompliant, .toAddress, 1, of: 4), 10, Fraction(5, over: 2)),
      (
        "the accepted remainder", standing("r", .notCompliant, .riskAccepted, 1, of: 4), 10,
        Fraction(5, over: 2)
      ),
      ("planned is not done", standing("r", .notCompliant, .planned, 0, of: 4), 10, Fraction(0)),
      (
        "third party", standing("r", .notCompliant, .resolvedThroughThirdParty, 0, of: 4), 10,
        Fraction(10)
      ),
      (
        "alternate", standing("r", .unknown, .resolvedThroughAlternateMitigation, 0, of: 0), 10,
        Fraction(10)
      ),
      ("unknown", standing("r", .unknown, .toAddress, 3, of: 4), 10, Fraction(0)),
      ("not applicable", standing("r", .notApplicable, nil, 0, of: 0), 0, Fraction(0)),
    ])
  func earning(name: String, standing: Standing, possible: Int, earned: Fraction) {
    #expect(standing.possible == possible)
    #expect(standing.earned == earned)
  }

  @Test("projects plans and what can be achieved")
  func projections() {
    let card = ScoreCard([
      Self.standing("done", .compliant, .completed, 1),
      Self.standing("planned", .notCompliant, .planned),
      Self.standing("accepted", .notCompliant, .riskAccepted),
      Self.standing("open", .unknown),
    ])
    #expect(card.score == Fraction(25))
    #expect(card.plannedScore == Fraction(50))
    #expect(card.achievableScore == Fraction(75))
    #expect(card.coverage.percentage == Fraction(75))
    #expect(ScoreCard([]).score == nil)
  }

  @Test("weighs metrics, and leaves out the empty and the accepted")
  func initiative() {
    let definition = InitiativeDefinition(
      name: "i", title: "I", targetScore: 80, instances: ["a"],
      metrics: [
        .init(name: "high", title: "", weight: .high, recommendations: ["one"]),
        .init(name: "low", title: "", weight: .low, recommendations: ["two"]),
        .init(name: "accepted", title: "", weight: .riskAccepted, recommendations: ["three"]),
        .init(name: "empty", title: "", weight: .high, recommendations: ["four"]),
      ])
    let score = InitiativeScore(
      definition,
      standings: StandingIndex([
        Self.standing("one", .compliant, .completed, 1), Self.standing("two", .notCompliant),
        Self.standing("three", .notCompliant), Self.standing("four", .notApplicable, nil),
        Self.standing("one", on: "elsewhere", .notCompliant),
      ]))
    #expect(score.score == Fraction(75))
  }

  @Test("completing a recommendation raises the score by exactly its impact", arguments: 0..<40)
  func impact(seed: Int) throws {
    var random = Random(seed: UInt64(seed))
    let names = (0..<12).map { "r\($0)" }
    var standings = names.flatMap { name in
      ["a", "b"].map { instance -> Standing in
        let counted = Int.random(in: 1...97, using: &random)
        let compliant = Int.random(in: 0..<counted, using: &random)
        let kind = Int.random(in: 0..<4, using: &random)
        let points = [10, 5, 2].randomElement(using: &random) ?? 2
        return Self.standing(
          name, on: instance, points: points,
          [.notCompliant, .notCompliant, .unknown, .compliant][kind],
          kind == 3 ? .completed : .toAddress, kind == 3 ? counted : compliant, of: counted)
      }
    }
    let definition = InitiativeDefinition(
      name: "i", title: "I", targetScore: 80, instances: ["a", "b"],
      metrics: (0..<4).map { metric in
        .init(
          name: "m\(metric)", title: "",
          weight: Weight.allCases.randomElement(using: &random) ?? .low,
          recommendations: names.filter { _ in Bool.random(using: &random) })
      })
    let before = InitiativeScore(definition, standings: StandingIndex(standings))
    let index = try #require(standings.indices.randomElement(using: &random))
    let old = standings[index]
    let impact = Fraction.sum(before.impacts(of: old).map(\.impact))
    standings[index] = Standing(
      instance: old.instance, recommendation: old.recommendation, points: old.points,
      compliance: .compliant, status: .completed, counted: old.counted, compliantCount: old.counted)
    let after = InitiativeScore(definition, standings: StandingIndex(standings))
    guard let from = before.score, let to = after.score else {
      #expect(impact == .zero)
      return
    }
    #expect(to - from == impact)
  }
}
