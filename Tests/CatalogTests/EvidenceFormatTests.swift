import JSON
import Posture
import Reports
import Testing
import YAML

/// What a verdict over a whole instance rests on is told in every format.
@Suite("Evidence in formats") struct EvidenceFormatTests {
  /// The instance-wide recommendations that fail in a case of their own, with what was found then.
  private static let failures: [(recommendation: Recommendation, verdict: Verdict)] =
    CatalogTests.names.compactMap { name in
      guard let recommendation = CatalogTests.library.recommendations[name],
        recommendation.collection == nil,
        let compiled = CatalogTests.compiled.recommendations[recommendation.app.value]?
          .first(where: { $0.recommendation.name == name }),
        let test = recommendation.tests.first(where: { $0.expected == .notCompliant }),
        let verdict = RecommendationTester.verdict(of: test, compiled),
        verdict.compliance == .notCompliant, !verdict.facts.isEmpty
      else { return nil }
      return (recommendation, verdict)
    }

  private static func plan(_ recommendation: Recommendation, _ verdict: Verdict) throws
    -> Plan
  {
    let now = try #require(Instant("2026-06-01T00:00:00Z"))
    let instance = Snapshot.Instance(
      name: "tenant", app: recommendation.app.value, displayName: "Tenant", recommendations: true,
      digest: "", observedAt: now, observationDigest: "", collections: [], staleReason: nil,
      results: [
        Snapshot.Result(
          name: recommendation.name, title: recommendation.title, digest: recommendation.digest,
          points: recommendation.points, since: now, verdict: verdict,
          decision: Decision(verdict))
      ])
    let after = Snapshot(initiatives: [], instances: [instance], exceptions: [])
    let library = DecodedCatalog(files: [], diagnostics: Diagnostics())
    let desired = DesiredState(
      settings: Settings(), instances: [], initiatives: [], exceptions: [],
      recommendations: [recommendation], disabled: [], connectors: [:], definitions: [:],
      library: library)
    var plan = Plan(
      Comparison(
        from: .empty, to: after,
        scores: Comparison.Scores(before: Snapshot.empty.scores, after: after.scores), at: now,
        changes: [
          Change(
            .verdict(from: .compliant, to: .notCompliant, basis: .none),
            of: .result(instance: "tenant", recommendation: recommendation.name), cause: .drift)
        ], desired: desired),
      desired: DesiredReference(revision: nil, path: "", digest: ""), recordedRevision: nil)
    plan.instances[0].mark = recommendation.mark
    return plan
  }

  private static func forms(_ plan: Plan, _ recommendation: Recommendation) -> [(String, [UInt8])] {
    let explanation = Explanation(
      recommendation, appTitle: "App", initiatives: [],
      results: plan.instances.flatMap(\.results))
    return [
      ("plan.txt", Array(TextReport.plan(plan).utf8)),
      ("show.txt", Array(TextReport.show(plan.comparison).utf8)),
      ("explain.txt", Array(TextReport.explain(explanation).utf8)),
      ("explain.md", Array(MarkdownReport.explain(explanation).utf8)),
      ("explain.json", JSONReport.explain(explanation)),
      ("plan.md", Array(MarkdownReport.plan(plan).utf8)), ("plan.json", JSONReport.plan(plan)),
      ("sarif", SARIFReport.plan(plan, version: "1")), ("junit", JUnitReport.plan(plan)),
      ("csv", CSVReport.plan(plan.comparison)),
      ("ocsf", OCSFReport.plan(plan.comparison, version: "1")),
      ("github", AnnotationReport.plan(plan)),
      (
        "README.md",
        ReportTree.render(plan).first { $0.path == "instances/tenant/README.md" }?.bytes ?? []
      ),
      (
        "state.json",
        ReportTree.render(plan).first { $0.path == "instances/tenant/state.json" }?.bytes ?? []
      ),
    ]
  }

  /// A short value in words that no format writes otherwise.
  private static func plain(_ value: JSONValue) -> String? {
    let text = value.string ?? value.compactText
    let isPlain = text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == " ") }
    return isPlain && text.count <= 40 && !text.isEmpty ? text : nil
  }

  @Test("found values, expected values and names stand in all of them")
  func everywhere() throws {
    #expect(Self.failures.count >= 10)
    for (recommendation, verdict) in Self.failures {
      let plan = try Self.plan(recommendation, verdict)
      var words: Set<String> = []
      for fact in verdict.facts.prefix(3) {
        words.insert(fact.name)
        words.formUnion([fact.value, fact.expected].compactMap { $0.flatMap(Self.plain) })
      }
      words.formUnion(verdict.affected.prefix(5).compactMap { Self.plain(.string($0.label)) })
      for (form, bytes) in Self.forms(plan, recommendation) {
        let text = String(decoding: bytes, as: UTF8.self)
        // The plan as Markdown and text tells of affected objects by what changed of them.
        let missing = words.filter { !text.contains($0) }.filter { word in
          !(form.hasPrefix("plan.") && form != "plan.json")
            || !verdict.affected.contains { $0.label == word }
        }
        #expect(missing.isEmpty, "\(recommendation.name) as \(form): \(missing.sorted())")
      }
    }
  }
}
