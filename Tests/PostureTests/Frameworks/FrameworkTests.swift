import Posture
import TestSupport
import Testing
import YAML

@Suite("Frameworks") struct FrameworkTests {
  private static func recommendation(_ name: String, part: String?) -> Recommendation {
    let control = part.map { ", part: \($0)" } ?? ""
    return Declared(
      catalog: Declare.recommendation(
        name, of: "okta", "compliant: 'true'\ncontrols: [{ framework: f, id: '1'\(control) }]")
    ).library.recommendations[name]!
  }

  private static func result(_ recommendation: Recommendation, _ compliance: Compliance)
    -> RecommendationResult
  {
    let state = Snapshot.Result(
      name: recommendation.name, title: recommendation.title, digest: recommendation.digest,
      points: recommendation.points, since: nil, verdict: Verdict(compliance: compliance),
      decision: Decision(Verdict(compliance: compliance)))
    let instance = Snapshot.Instance(
      name: "i", app: recommendation.app.value, displayName: "I", recommendations: true, digest: "",
      observedAt: nil, observationDigest: nil, collections: [], staleReason: nil, results: [state])
    return RecommendationResult(
      state, on: instance, recommendation: Shared(recommendation), parameters: [:], scores: [])
  }

  /// Recommendations by the part that they decide (`-` the whole), with their verdicts.
  @Test(
    "is met only where every part is decided and met",
    arguments: [
      ([("-", .compliant)], [], .met), ([("-", .compliant), ("-", .notCompliant)], [], .notMet),
      ([("-", .compliant), ("-", .unknown)], [], .unknown),
      ([("a", .compliant)], ["a", "b"], .partlyCovered),
      ([("a", .compliant), ("b", .compliant)], ["a", "b"], .met),
      ([("a", .notCompliant)], ["a", "b"], .notMet),
      ([("a", .unknown)], ["a", "b"], .unknown),
      // A part of something whose parts nobody has listed is not all of it.
      ([("a", .compliant)], [], .partlyCovered),
      ([("-", .notApplicable)], [], .notApplicable), ([], [], .notCovered),
    ] as [([(String, Compliance)], [String], ControlStanding.Fulfilment)])
  func verdicts(
    found: [(String, Compliance)], parts: [String], expected: ControlStanding.Fulfilment
  ) {
    let results = found.enumerated().map { index, item in
      Self.result(
        Self.recommendation("r\(index)", part: item.0 == "-" ? nil : item.0), item.1)
    }
    let standing = ControlStanding(
      Framework.Control(id: "1", title: "T", parts: parts), of: "f",
      recommendations: results.compactMap(\.recommendation), results: results)
    #expect(standing.fulfilment == expected)
  }

  @Test("is unknown where no instance was asked about a recommendation")
  func unasked() {
    let recommendation = Self.recommendation("r", part: nil)
    func verdict(_ results: [RecommendationResult]?) -> ControlStanding.Fulfilment {
      ControlStanding(
        Framework.Control(id: "1", title: "T"), of: "f", recommendations: [recommendation],
        results: results
      ).fulfilment
    }
    #expect(verdict([]) == .unknown)
    #expect(verdict(nil) == .covered)
  }

  @Test(
    "reads a list, and refuses a doubtful one",
    arguments: [
      ("controls: [{ id: 1.10, title: A }, { id: 1.1, title: B }]", nil),
      ("controls: [{ id: a, title: A }, { id: a, title: B }]", "control 'a' stands here twice"),
      ("complete: false\ncontrols: []", "a list that is not complete says why"),
      ("gap: Why\ncontrols: []", "a list that is not complete says why"),
    ])
  func decoding(fields: String, fault: String?) {
    let declared = Declared(
      catalog: Declare.document(
        "Framework", "f",
        """
        title: F
        version: 1.0
        url: https://f.example
        \(fields)
        """))
    let diagnostics = declared.diagnostics
    if let fault {
      #expect(diagnostics.all.contains { $0.message.contains(fault) }, "\(diagnostics.all)")
    } else {
      #expect(diagnostics.all.isEmpty)
      #expect(declared.library.frameworks["f"]?.controls.map(\.id) == ["1.10", "1.1"])
    }
  }
}
