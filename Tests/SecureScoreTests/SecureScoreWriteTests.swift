import Testing
import YAML

@testable import Posture
@testable import SecureScore

@Suite struct SecureScoreWriteTests {
  static func exception(_ status: Status, _ justification: String = "Because.") -> Posture.Exception
  {
    Posture.Exception(
      name: "e", recommendations: [], status: status, instances: .all, resources: nil,
      justification: justification, owner: "o", ticket: nil, expires: nil, mark: Mark(file: "f"),
      lines: 1...2, expiresMark: Mark(file: "f"), digest: "d")
  }

  static let own = "[plumb] exception e: Because."

  /// What stands there, what is wanted, and what is to be written: the state, `alone`, or nothing.
  @Test(
    "writes what is missing, and nothing that a human decided",
    arguments: [
      ("Default", "", .riskAccepted, false, "Ignored"),
      ("Default", "", .resolvedThroughThirdParty, false, "ThirdParty"),
      ("Default", "", .resolvedThroughAlternateMitigation, false, "Reviewed"),
      ("Default", "", .planned, false, ""), ("Default", "", nil, false, ""),
      // Nothing is left to accept.
      ("Default", "", .riskAccepted, true, ""),
      ("Ignored", own, .riskAccepted, false, ""),
      ("Ignored", "[plumb]  exception e:\nBecause. ", .riskAccepted, false, ""),
      ("Ignored", "[plumb] exception old: Because.", .riskAccepted, false, "Ignored"),
      ("ThirdParty", own, .riskAccepted, true, "Ignored"),
      ("Ignored", "mine", .riskAccepted, false, ""),
      ("ThirdParty", "mine", .riskAccepted, false, "alone"),
      ("Planned", "mine", .riskAccepted, false, "alone"),
      ("Ignored", own, nil, false, "Default"), ("ThirdParty", own, .planned, true, "Default"),
      ("Ignored", "mine", nil, false, ""), ("Default", own, nil, false, ""),
    ] as [(String, String, Status?, Bool, String)])
  func wanted(
    _ state: String, _ comment: String, _ status: Status?, _ isComplete: Bool, _ expected: String
  ) {
    var control = ImportedControl(id: "A")
    control.possible = ImportedPoints(hundredths: 1_000)
    control.earned = isComplete ? control.possible : .zero
    let effect = Effect(
      control, through: "m365", at: TargetState(state: state, comment: comment, by: "kim"),
      exception: status.map { Self.exception($0) })
    let text = effect.map { $0.isLeftAlone ? "alone" : $0.to.state } ?? ""
    #expect(text == expected)
  }

  @Test(
    "looks again before it writes",
    arguments: [
      ("Default", "", nil), ("Default", "reset by me", nil), ("Ignored", own, .written),
      ("Ignored", "mine", .found), ("Reviewed", "mine", .leftAlone),
      ("ThirdParty", "[plumb] exception x: y", nil),
    ] as [(String, String, Effect.Outcome.Kind?)])
  func objections(_ state: String, _ comment: String, _ expected: Effect.Outcome.Kind?) throws {
    let effect = try #require(
      Effect(
        ImportedControl(id: "A"), through: "m365", at: .undecided,
        exception: Self.exception(.riskAccepted)))
    let now = TargetState(state: state, comment: comment)
    let outcome = effect.objection(at: now)
    #expect(outcome?.kind == expected)
    #expect(outcome == nil || outcome?.state == now)
  }

  @Test("what is taken back was not replaced meanwhile")
  func takingBack() throws {
    let own = TargetState(state: "Ignored", comment: Self.own)
    let effect = try #require(
      Effect(ImportedControl(id: "A"), through: "m365", at: own, exception: nil))
    #expect(effect.objection(at: own) == nil)
    let reset = TargetState(state: "Default", comment: "me")
    #expect(effect.objection(at: reset)?.kind == .found)
    let accepted = TargetState(state: "Ignored", comment: "me")
    #expect(effect.objection(at: accepted)?.kind == .leftAlone)
  }

  @Test("a comment is one line of bounded length")
  func comments() {
    let comment = ControlComment.of(
      Self.exception(.riskAccepted, "a\nb " + String(repeating: "x", count: 5_000)))
    #expect(comment.hasPrefix("[plumb] exception e: a b x") && comment.count == 1_000)
  }
}
