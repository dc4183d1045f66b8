import JSON
import Posture
import Testing

@testable import Reports

/// Affected resources whose list is the text in which it was kept.
@Suite("Kept lists in JSON")
struct KeptListTests {
  private static func resource(
    _ id: String, _ label: String, _ settings: JSONValue, _ exceptions: Set<String> = []
  ) -> AffectedResource {
    AffectedResource(id: id, label: label, settings: settings, exceptions: exceptions)
  }

  /// By name, verdicts with lists of every kind.
  private static let verdicts: [String: Verdict] = {
    let lists: [String: [AffectedResource]] = [
      "empty": [],
      "ordinary": (1...150).map { resource("\($0)", "User \($0)", ["mfa": false, "days": 90]) },
      "hidden": [
        resource(Sample.hostileLabel, "\u{9B}\u{E0041}ä\u{200D}##[a]", ["\u{202E}": "\u{7F}\t"]),
        resource("\"}\n      ]", "\\\"", [:]),
      ],
      "kinds": [
        resource("1", "One", ["a": nil, "b": true, "c": [.int(.min), .uint(.max), 0.1, 1e100]]),
        resource("2", "Two", ["id": [["settings": [[:], []]]], "": "", "d": .double(-0.0)]),
        resource(
          "3", "Three",
          ["d": .double(.greatestFiniteMagnitude), "e": .double(.leastNonzeroMagnitude)]),
      ],
      "exempt": (1...150).map { resource("\($0)", "User", [:], $0 % 3 == 0 ? ["e"] : []) },
    ]
    return lists.mapValues { affected in
      var verdict = Verdict(
        compliance: affected.isEmpty ? .compliant : .notCompliant, counted: 200,
        compliantCount: 200 - affected.count, affectedCount: affected.count, affected: affected,
        settings: [ResourceSettings(id: "", label: "", values: [("x", 1.5)])])
      let exempt = affected.count { !$0.exceptions.isEmpty }
      if exempt > 0 {
        verdict.tally = Tally([
          []: Counts(compliant: verdict.compliantCount, notCompliant: affected.count - exempt),
          ["e"]: Counts(notCompliant: exempt),
        ])
      }
      return verdict
    }
  }()

  /// The same as they are read of what is kept.
  private static func kept() throws -> [String: Verdict] {
    let text = try RecordedText(
      own: JSONValue.object([("verdicts", StateCodec.encode(verdicts))]).bytes(layout: .pretty))
    let read = try StateCodec.decodeVerdicts(text, member: "verdicts", path: "")
    #expect(read.filter { $0.value.texts.count < 2 }.map(\.key) == ["empty"])
    return read
  }

  private static func plan(
    _ verdicts: [String: Verdict], _ holding: [String: Status]
  ) throws -> Plan {
    var plan = Sample.quiet
    let like = try #require(plan.instances[1].results.first)
    plan.instances[1].results = verdicts.sorted { $0.key < $1.key }.map { name, verdict in
      var state = like.state
      (state.name, state.verdict) = (name, verdict)
      state.decision = Decision(verdict, holding: holding)
      return RecommendationResult(like: like, state: state)
    }
    return plan
  }

  @Test("are written as what is read of them", arguments: [0, 1, 2, 100, 149, 150, 1_000])
  func same(most: Int) throws {
    let kept = try Self.kept()
    for holding in [[:], ["e": Status.planned], ["e": .riskAccepted]] {
      let plan = try Self.plan(kept, holding)
      let texts = plan.instances[1].results.filter { $0.decision.affectedText != nil }
      #expect(texts.count == (holding["e"] == .riskAccepted ? 3 : 4))
      let written = JSONReport.plan(plan, maxAffected: most)
      #expect(
        written == JSONReport.plan(try Self.plan(Self.verdicts, holding), maxAffected: most))
      #expect(throws: Never.self) { try JSONView(parsing: written) }
    }
  }
}
