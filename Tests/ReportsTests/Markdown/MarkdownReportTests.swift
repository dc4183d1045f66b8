import JSON
import Posture
import Testing

@testable import Reports

@Suite("Markdown report")
struct MarkdownReportTests {
  @Test("tells the plan")
  func eventful() throws {
    try Golden.expect(MarkdownReport.plan(Sample.eventful), matches: "plan.md")
  }

  @Test("says that nothing changed")
  func quiet() throws {
    try Golden.expect(MarkdownReport.plan(Sample.quiet), matches: "plan-quiet.md")
  }

  @Test("explains a recommendation in full")
  func explain() throws {
    try Golden.expect(MarkdownReport.explain(Sample.explanation), matches: "explain.md")
  }

  @Test("lists instances")
  func instances() throws {
    try Golden.expect(MarkdownReport.instances(Sample.eventful.comparison), matches: "instances.md")
  }

  private func crowded(_ count: Int) -> Plan {
    var plan = Sample.eventful
    plan.changes += (0..<count).map { number in
      Change(
        .drift(from: 14, to: 8),
        of: .setting(
          "minLength", resource: .init(label: "Policy \(number)", id: nil),
          instance: "okta-contoso-eu", recommendation: "okta-password-minimum-length"),
        cause: .drift)
    }
    return plan
  }

  @Test("folds long lists")
  func folds() {
    let text = MarkdownReport.plan(crowded(30))
    #expect(text.contains("<details>\n<summary>31 settings</summary>\n\n| Instance |"))
    #expect(!text.contains("left out"))
  }

  @Test(
    "stays within its bound and says what was left out", arguments: [65_536, 20_000, 6_000, 700])
  func bound(limit: Int) {
    let text = MarkdownReport.plan(crowded(5_000), limit: limit)
    #expect(text.utf8.count <= limit)
    #expect(text.contains("left out"))
    #expect(text.contains("`plumb plan` shows"))
    let opened = text.split(separator: "<details>", omittingEmptySubsequences: false).count
    let closed = text.split(separator: "</details>", omittingEmptySubsequences: false).count
    #expect(opened == closed)
  }

  @Test("counts exactly what was left out")
  func counted() {
    let text = MarkdownReport.plan(crowded(5_000), limit: 65_536)
    #expect(
      text.contains(
        "Lists show at most 500 items, so that this fits 65536 characters: 4501 items left out."))
    #expect(text.contains("… and 4501 more settings."))
  }

  @Test("keeps what newly fails when a huge plan does not fit a comment or a job's summary")
  func huge() throws {
    var plan = Sample.eventful
    let label = String(repeating: "Policy | <b> \u{202E} @all ", count: 20)
    plan.changes += (0..<4_000).flatMap { number in
      [
        Change(
          .verdict(from: .notCompliant, to: .compliant, basis: .reason(.text("resolved"))),
          of: .result(instance: "okta-contoso-us", recommendation: "r\(number)"), cause: .drift),
        Change(
          .affected(isJoining: false, settings: nil),
          of: .resource(
            .init(label: label, id: "\(number)"), instance: "okta-contoso-us",
            recommendation: "r\(number)"), cause: .drift),
      ]
    }
    for limit in [MarkdownReport.commentLimit, MarkdownReport.summaryLimit] {
      let text = MarkdownReport.plan(plan, limit: limit)
      #expect(text.utf8.count <= limit)
      #expect(text.contains("[Require passwords of at least 14 characters]"))
      #expect(text.contains(/Lists show at most [0-9]+ items, so that this fits [0-9]+/))
      #expect(text.contains("<summary>4002 recommendations</summary>"))
      #expect(text.contains(/… and [0-9]+ more recommendations\./))
    }
  }
}
