import Testing
import Text
import YAML

@testable import Posture
@testable import Reports

/// Every sentence of a gate, pinned.
@Suite("Phrases of gates")
struct GatePhrasesTests {
  private static let change = {
    var change = Change(
      .recommendations(areOn: false), of: .instance("eu"), cause: .desiredState)
    change.hides = .results(notCompliant: 2, high: 1, unknown: 3)
    return change
  }()
  private static let day = CalendarDate("2026-06-15")
  private static let digest = Gate.Rule.lessAssessed(digest: "d", accepted: nil, others: [])

  static let failures: [(Gate.Rule, Gate.Finding?, Gate.Code, String, String)] = [
    (
      digest, .weakened(change), .weakened,
      "weakened: instance eu: the instance is no longer assessed and counts in no score (hides: 2 not compliant (1 of high impact), 3 unknown)",
      "undo them; or a maintainer who agrees runs this with --accept-less d"
    ),
    (
      .lessAssessed(digest: "d", accepted: nil, others: ["e", "f"]), .weakened(change), .weakened,
      "weakened: instance eu: the instance is no longer assessed and counts in no score (hides: 2 not compliant (1 of high impact), 3 unknown); --accept-less e, f is of other differences",
      "undo them; or a maintainer who agrees runs this with --accept-less d"
    ),
    (
      .newNotCompliant(.high, first: 2),
      .newNotCompliant(recommendation: "mfa", instance: "eu", was: nil), .newNotCompliant,
      "newly not compliant: mfa on eu (was unknown)",
      "fix them, or have each decided in a pull request: plumb except RECOMMENDATION --instance NAME …"
    ),
    (
      .scoreBelowTarget,
      .belowTarget(initiative: "ours", score: Fraction(200, over: 3), target: 80),
      .belowTarget, "below the target score: ours 66.7 < 80",
      "complete what 'plumb show --initiative NAME' lists first, or declare another target"
    ),
    (
      .scoreDrop(0, since: .base, isPartial: true),
      .fell(initiative: "ours", from: Fraction(50), to: Fraction(40), isPartial: true), .fell,
      "fell against the base: ours 50.0 → 40.0 (-10.0) of what both assess",
      "undo what lowered the score: its changes are listed above"
    ),
    (
      .scoreDrop(5, since: .record, isPartial: false),
      .fell(initiative: "ours", from: Fraction(50), to: Fraction(40), isPartial: false), .fell,
      "fell by 5 points or more: ours 50.0 → 40.0 (-10.0)",
      "undo what lowered the score: its changes are listed above"
    ),
    (
      .expiredException, .expired(exception: "e", day), .expired,
      "expired; renew or delete: e (2026-06-15)",
      "have the owner renew 'expires', or fix what it covered and delete the document"
    ),
    (
      .exceptionTooLong(86_400), day.map { .tooLong(exception: "e", $0, file: "e.yaml", line: 7) },
      .tooLong,
      "ends more than exceptions.maxDuration 1d ahead: e (2026-06-15, e.yaml:7)",
      "declare an earlier last day; it can be renewed when it comes near"
    ),
    (
      .coverageBelow(90), .belowCoverage(initiative: "ours", coverage: Fraction(50), percent: 90),
      .belowCoverage, "assessed too little: ours 50.0 % < 90 %",
      "observe the instances under Gaps again, with the permissions that are named there"
    ),
    (
      .staleObservation, .stale(instance: "eu", .notObserved(Fault(.throttled, "HTTP 429"))),
      .stale, "not observed now: eu (throttled: HTTP 429)",
      "observe them again, or switch them off: plumb instances off NAME"
    ),
  ]

  @Test("say what it fails for, and how to get past it", arguments: failures)
  func failed(
    rule: Gate.Rule, finding: Gate.Finding?, code: Gate.Code, reason: String, remedy: String
  ) throws {
    var gate = Gate(rule, .failed, origin: .file("settings.yaml"))
    gate.caused = [try #require(finding)]
    #expect(Phrases.reason(of: gate) == reason)
    #expect(Phrases.remedy(of: gate) == "\(remedy) (gates.\(gate.name) in settings.yaml)")
    #expect(gate.code == code)
    #expect(gate.stops)
  }

  static let passes: [(Gate.Rule, String)] = [
    (digest, "nothing that is declared is weakened"),
    (
      .lessAssessed(digest: "d", accepted: 1, others: []),
      "1 declared difference weakens, let through with --accept-less d"
    ),
    (
      .lessAssessed(digest: "d", accepted: 2, others: []),
      "2 declared differences weaken, let through with --accept-less d"
    ),
    (
      .newNotCompliant(.medium, first: 0),
      "nothing of medium impact or more is newly not compliant"
    ),
    (
      .newNotCompliant(.low, first: 1),
      "nothing of low impact or more is newly not compliant; 1 judged for the first time is not compliant"
    ),
    (.scoreBelowTarget, "every tracked initiative reaches its target"),
    (
      .scoreDrop(0, since: .record, isPartial: false),
      "no initiative fell against what was recorded"
    ),
    (
      .scoreDrop(2, since: .base, isPartial: true),
      "no initiative fell by 2 points or more against the base, of what both assess"
    ),
    (.expiredException, "no exception has expired"),
    (.exceptionTooLong(86_400), "no exception ends more than 1d ahead"),
    (.coverageBelow(90), "every tracked initiative is assessed to 90 % or more"),
    (.staleObservation, "every instance is observed"),
  ]

  @Test("say that it is passed", arguments: passes)
  func passed(rule: Gate.Rule, sentence: String) {
    let gate = Gate(rule, .passed)
    #expect(Phrases.reason(of: gate) == sentence)
    #expect(Phrases.remedy(of: gate) == nil)
    #expect(gate.code == .nothing && !gate.stops)
  }

  @Test(
    "say why it can't be judged, and what is to be done where it could be before",
    arguments: [
      (.unassessed, .unassessed, "no instance is assessed", true),
      (.neverAssessed, .neverAssessed, "no instance is assessed yet", false),
      (.unscored, .unscored, "no tracked initiative has a score", true),
      (
        .neverScored, .neverScored, "no tracked initiative has a score, in the base neither", false
      ),
      (
        .lost(initiative: "ours", was: Fraction(50)), .lost,
        "ours was 50.0, and nothing of it is assessed", true
      ),
    ] as [(Gate.Obstacle, Gate.Code, String, Bool)])
  func notJudged(obstacle: Gate.Obstacle, code: Gate.Code, sentence: String, isAsked: Bool) {
    var gate = Gate(.coverageBelow(90), .notJudged, origin: .demand("coverageBelow=90"))
    gate.obstacles = [obstacle]
    #expect(Phrases.reason(of: gate) == sentence)
    #expect(
      Phrases.remedy(of: gate)
        == (isAsked
          ? "what was judged before is to be judged again (--fail-on coverageBelow=90)" : nil))
    #expect(gate.code == code)
    gate.isLetThrough = true
    #expect(Phrases.reason(of: gate) == "\(sentence); let through with --accept-less")
    #expect(Phrases.remedy(of: gate) == nil)
  }

  @Test("say what the base has as well, and who asks")
  func standing() {
    let finding = Gate.Finding.expired(exception: "old", nil)
    var gate = Gate(.expiredException, .passed)
    gate.standing = [finding]
    #expect(
      Phrases.reason(of: gate)
        == "not this change's doing; expired; renew or delete in the base, too: old")
    #expect(gate.code == .standing)
    gate = Gate(.expiredException, .failed, origin: .base)
    gate.caused = (1...12).map { .expired(exception: "e\($0)", nil) }
    gate.standing = [finding]
    #expect(
      Phrases.reason(of: gate)
        == "expired; renew or delete: e1, e2, e3, e4, e5, e6, e7, e8, e9, e10 and 2 more; in the base, too: old"
    )
    #expect(
      Phrases.remedy(of: gate)?.hasSuffix(
        "(gates.expiredException of the base, until this is merged)") == true)
    gate = Gate(.expiredException, .warned)
    #expect(
      Phrases.remedy(of: gate)?.hasSuffix("(gates.expiredException, on by default)") == true)
  }

  @Test(
    "say what a difference hides",
    arguments: [
      (.nothing, "nothing today"), (.uncovered, "covers nothing today"),
      (.covered(.init(results: 1)), "covers 1 result"),
      (.covered(.init(results: nil, resources: 2)), "covers 2 affected resources"),
      (
        .covered(
          .init(
            results: 3, resources: 1,
            effects: [
              .init(
                initiative: "s", title: "SaaS Security", score: Fraction(1, over: 2),
                plannedScore: Fraction(1, over: 2), achievableScore: Fraction(-2))
            ])),
        "covers 3 results, 1 affected resource; SaaS Security +0.5, achievable -2.0"
      ),
      (.results(notCompliant: 2, high: 0, unknown: 0), "2 not compliant"),
      (.results(notCompliant: 0, high: 0, unknown: 1), "1 unknown"),
      (.goal(score: nil, target: 80), "score – of target 80"),
      (.target(score: Fraction(70), target: 80), "score 70.0 is below 80"),
      (.score(from: Fraction(70), to: nil), "score 70.0 → –"),
      (.gate, "what it would stop after the merge"), (.record, "what was recorded until now"),
      (.notice, "what would be told after the merge"),
    ] as [(Change.Hidden, String)])
  func hidden(hidden: Change.Hidden, sentence: String) {
    #expect(Phrases.text(of: hidden) == sentence)
  }
}
