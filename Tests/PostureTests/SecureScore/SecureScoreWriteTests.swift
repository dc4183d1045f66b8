import Testing
import YAML

@testable import Posture

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
    var control = SecureScoreControl(id: "A")
    control.possible = SecureScorePoints(hundredths: 1_000)
    control.earned = isComplete ? control.possible : .zero
    let write = SecureScoreWrite(
      control, at: ControlDecision(state: state, comment: comment, by: "kim"),
      exception: status.map { Self.exception($0) })
    let text = write.map { $0.obstacle == nil ? $0.to.rawValue : "alone" } ?? ""
    #expect(text == expected)
  }

  @Test(
    "looks again before it writes",
    arguments: [
      ("Default", "", ""), ("Default", "reset by me", ""), ("Ignored", own, "written"),
      ("Ignored", "mine", "alike"), ("Reviewed", "mine", "foreign"),
      ("ThirdParty", "[plumb] exception x: y", ""),
    ])
  func objections(_ state: String, _ comment: String, _ expected: String) throws {
    let write = try #require(
      SecureScoreWrite(
        SecureScoreControl(id: "A"), at: .none, exception: Self.exception(.riskAccepted)))
    let text =
      switch write.objection(at: ControlDecision(state: state, comment: comment)) {
      case nil: ""
      case .alreadyWritten: "written"
      case .decidedAlike: "alike"
      case .foreign: "foreign"
      }
    #expect(text == expected)
  }

  @Test("what is taken back was not replaced meanwhile")
  func takingBack() throws {
    let own = ControlDecision(state: "Ignored", comment: Self.own)
    let write = try #require(SecureScoreWrite(SecureScoreControl(id: "A"), at: own, exception: nil))
    #expect(write.objection(at: own) == nil)
    #expect(write.objection(at: ControlDecision(state: "Default", comment: "me")) == .decidedAlike)
    guard case .foreign = write.objection(at: ControlDecision(state: "Ignored", comment: "me"))
    else {
      Issue.record("a human's decision would be overwritten")
      return
    }
  }

  @Test("a comment is one line of bounded length")
  func comments() {
    let comment = ControlComment.of(
      Self.exception(.riskAccepted, "a\nb " + String(repeating: "x", count: 5_000)))
    #expect(comment.hasPrefix("[plumb] exception e: a b x") && comment.count == 1_000)
  }
}
