import JSON
import Posture
import Testing

/// What became of one recommendation, from what reports recorded.
@Suite struct RecommendationHistoryTests {
  static func result(
    _ compliance: Compliance, _ status: Status? = .toAddress, affected: Int = 0,
    exception: String? = nil, matches: [String: Int] = [:], digest: String = "d"
  ) -> Snapshot.Result {
    var verdict = Verdict(
      compliance: compliance, counted: 5, compliantCount: 5 - affected, affectedCount: affected)
    for (name, count) in matches where count > 0 {
      verdict.tally = Tally([
        []: Counts(compliant: 5 - affected, notCompliant: affected),
        [name]: Counts(notCompliant: count),
      ])
    }
    var decision = Decision(verdict, holding: matches.mapValues { _ in .riskAccepted })
    (decision.status, decision.exception) = (status, exception)
    return Snapshot.Result(
      name: "r", title: "Require it", digest: digest, points: 10, since: nil,
      verdict: verdict, decision: decision)
  }

  /// The kinds of entries that a run of results makes on one instance.
  static func kinds(_ results: [Snapshot.Result?]) -> [String] {
    var history = RecommendationHistory(of: "r")
    for (index, result) in results.enumerated() {
      history.add(
        result, on: "i",
        in: ReportReference(
          revision: "\(index)", at: Instant(secondsSince1970: index), desiredRevision: nil))
    }
    return history.ordered.flatMap(\.entries).map { entry in
      "\(entry.report.revision) \(entry.kind.rawValue)" + (entry.exception.map { " \($0)" } ?? "")
        + (entry.isRedefined ? " redefined" : "")
    }
  }

  @Test(
    "tells what happened, report by report",
    arguments: [
      ([nil], []),
      ([result(.compliant), result(.compliant)], ["0 assessed"]),
      (
        [result(.compliant), result(.notCompliant, affected: 1), result(.compliant)],
        ["0 assessed", "1 regressed", "2 resolved"]
      ),
      (
        [result(.notCompliant, affected: 1), result(.notCompliant, affected: 3)],
        ["0 assessed", "1 affectedChanged"]
      ),
      (
        [result(.compliant), result(.unknown), result(.compliant)],
        ["0 assessed", "1 complianceChanged", "2 resolved"]
      ),
      (
        [
          result(.notCompliant, affected: 1),
          result(.notCompliant, .riskAccepted, affected: 1, exception: "x"),
          result(.notCompliant, affected: 1),
        ], ["0 assessed", "1 accepted x", "2 acceptanceEnded x"]
      ),
      (
        [
          result(.notCompliant, affected: 2),
          result(.notCompliant, affected: 1, matches: ["kiosk": 1, "other": 0]),
        ], ["0 assessed", "1 affectedChanged", "1 accepted kiosk"]
      ),
      (
        [result(.compliant), nil, result(.notCompliant, affected: 1)],
        ["0 assessed", "1 removed", "2 assessed"]
      ),
      (
        [result(.compliant), result(.notCompliant, affected: 1, digest: "e")],
        ["0 assessed", "1 regressed redefined"]
      ),
    ] as [([Snapshot.Result?], [String])])
  func entries(results: [Snapshot.Result?], expected: [String]) {
    #expect(Self.kinds(results) == expected)
  }

  @Test("lists where it fails first, the newest failure at the top")
  func order() {
    var history = RecommendationHistory(of: "r")
    func add(_ result: Snapshot.Result?, _ instance: String, _ time: Int) {
      history.add(
        result, on: instance,
        in: ReportReference(
          revision: "\(time)", at: Instant(secondsSince1970: time), desiredRevision: nil))
    }
    for name in ["a", "b", "c", "d", "e", "f"] { add(Self.result(.compliant, .completed), name, 1) }
    add(Self.result(.notCompliant, affected: 1), "b", 2)
    add(Self.result(.notCompliant, .riskAccepted, affected: 1, exception: "x"), "c", 3)
    add(Self.result(.notCompliant, affected: 1), "d", 4)
    add(Self.result(.unknown), "e", 5)
    add(nil, "f", 6)
    #expect(history.ordered.map(\.instance) == ["d", "b", "c", "e", "a", "f"])
  }

  @Test("names each acceptance once, with the desired state of the report")
  func acceptances() {
    var history = RecommendationHistory(of: "r")
    let accepted = Self.result(.notCompliant, .riskAccepted, affected: 1, exception: "x")
    for instance in ["a", "b"] {
      history.add(
        accepted, on: instance,
        in: ReportReference(
          revision: "1", at: Instant(secondsSince1970: 1), desiredRevision: "abc"))
    }
    #expect(history.acceptances.map(\.exception) == ["x"])
    let told = history.attributed { exception, revision in
      exception == "x" && revision == "abc" ? .beyondHistory : nil
    }
    #expect(
      told.ordered.flatMap(\.entries).compactMap(\.origin) == [.beyondHistory, .beyondHistory])
  }

  @Test("a period leaves out what happened before, and keeps how it stands")
  func limited() throws {
    var history = RecommendationHistory(of: "r")
    for (time, result) in [
      ("2026-06-01", Self.result(.compliant)), ("2026-06-08", Self.result(.notCompliant)),
    ] {
      history.add(
        result, on: "i",
        in: ReportReference(
          revision: time, at: try #require(Instant(time)), desiredRevision: nil))
    }
    let limited = history.limited(
      to: HistoryPeriod(days: 2, until: try #require(Instant("2026-06-08T07:00:00Z"))))
    #expect(limited.ordered.flatMap(\.entries).map(\.kind) == [.regressed])
    #expect(limited.ordered.first?.standing?.decision.compliance == .notCompliant)
  }
}
