import JSON
import Posture
import TestSupport
import Testing

@testable import Reports

@Suite("Reports of Microsoft Secure Score")
struct SecureScoreReportTests {
  private static let hostile = "<img src=x> | [a](javascript:1) \u{202E}\u{1B}[31m @all"

  private static func imported(
    _ id: String, _ status: Status?, _ compliance: Compliance, exception: String? = nil
  ) -> ImportedRecommendation {
    var control = ImportedControl(id: id)
    control.title = hostile
    control.service = "EXO"
    control.threats = [hostile]
    control.remediation = "- \(hostile)"
    control.manage = "https://entra.microsoft.com/x"
    control.standing = hostile
    control.possible = ImportedPoints(hundredths: 1_000)
    control.earned = compliance == .notApplicable ? nil : .zero
    return ImportedRecommendation(
      control: control, source: .secureScore, reader: "okta-contoso-eu", app: "okta",
      instance: "okta-contoso-eu", compliance: compliance, reason: .text(hostile), status: status,
      exception: exception, same: [])
  }

  private static var plan: Plan {
    var plan = Sample.quiet
    let effect = Effect(
      on: .imported(.secureScore, instance: "okta-contoso-eu"), subject: "A", title: hostile,
      from: TargetState(state: hostile), to: TargetState(state: "Ignored", comment: hostile),
      because: "e")
    let record = Effect.Record(
      subject: "B", title: hostile, state: "Default", because: nil,
      outcome: .init(.failed, fault: Fault(.failed, hostile)), at: Sample.now, observation: nil)
    plan.imports = [
      ImportedScore(
        source: .secureScore, instance: "okta-contoso-eu", scoredAt: Sample.now,
        current: ImportedPoints(hundredths: 81_522), possible: nil, obstacle: .text(hostile),
        recommendations: [
          imported("A", .toAddress, .notCompliant), imported("B", nil, .notApplicable),
          imported("C", .riskAccepted, .unknown, exception: "e"),
        ], effects: [effect], records: [record])
    ]
    plan.changes.append(
      Change(
        .imported(
          from: .init(status: .completed, points: "1 of 1"),
          to: .init(status: .toAddress, points: "0 of 1"), exception: hostile),
        of: .result(instance: "okta-contoso-eu", recommendation: "secure-score/A"),
        cause: .drift))
    return plan
  }

  @Test("the plan's JSON keeps to its schema")
  func schema() throws {
    let json = try JSONValue(
      parsing: String(decoding: JSONReport.plan(Self.plan), as: UTF8.self))
    #expect(json["secureScores"]?[0]?["recommendations"]?.array?.count == 3)
    #expect(SchemaChecker.faults(of: json, against: JSONReport.schema) == [])
  }

  @Test("text of a tenant is inert in every form")
  func inert() {
    let tree = ReportTree.render(Self.plan).filter { $0.path.hasSuffix(".md") }
      .map { String(decoding: $0.bytes, as: UTF8.self) }
    let markdown = [MarkdownReport.plan(Self.plan)] + tree
    for text in markdown + [TextReport.plan(Self.plan), TextReport.show(Self.plan.comparison)] {
      #expect(!text.unicodeScalars.contains { $0.value == 0x202E || $0.value == 0x1B })
    }
    for text in markdown {
      let lines = text.split(separator: "\n").filter {
        $0.contains("<img") || $0.contains(" [a](javascript")
      }
      #expect(lines == [])
    }
  }

  @Test("a source alone is shown where it is asked for")
  func sources() {
    var filter = PlanFilter()
    filter.sources = [.native]
    #expect(filter.applied(to: Self.plan).imports.isEmpty)
    filter.sources = [.imported(.secureScore)]
    let shown = filter.applied(to: Self.plan)
    #expect(shown.instances.allSatisfy { $0.results.isEmpty })
    #expect(shown.changes.map(\.type) == [.importedChanged])
    filter.statuses = [.riskAccepted]
    #expect(
      filter.applied(to: Self.plan).imports.first?.recommendations.map(\.control.id) == ["C"])
    // Filters change what is shown, never the total.
    #expect(
      filter.applied(to: Self.plan).imports.first?.counted == Self.plan.imports[0].counted
    )
    filter.recommendations.impacts = [.high]
    #expect(filter.applied(to: Self.plan).imports.isEmpty)
  }
}
