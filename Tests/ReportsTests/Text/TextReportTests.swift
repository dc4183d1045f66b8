import JSON
import Posture
import Testing

@testable import Reports

@Suite("Text report")
struct TextReportTests {
  @Test("tells what got worse first, then drift, declarations, scores, gaps and work")
  func eventful() throws {
    try Golden.expect(
      TextReport.plan(Sample.eventful, options: .init(width: 100)), matches: "plan.txt")
  }

  @Test("counts what is new in a first plan and lists what is not met")
  func first() throws {
    try Golden.expect(
      TextReport.plan(Sample.first, options: .init(width: 100)), matches: "plan-first.txt")
  }

  @Test("says that nothing changed, and what still wants attention")
  func quiet() throws {
    try Golden.expect(
      TextReport.plan(Sample.quiet, options: .init(width: 100)), matches: "plan-quiet.txt")
  }

  @Test("names what is suspect first, and how to take it")
  func suspect() throws {
    var plan = Sample.quiet
    plan.changes = [
      Change(
        .suspect(.worse(12, of: 30)),
        of: .instance("okta-contoso-us"), cause: .observation)
    ]
    let text = TextReport.plan(plan)
    #expect(
      text.contains(
        """
          ! attention

        Suspect

          ! instance okta-contoso-us is suspect: 12 of 30 recommendations would get worse at once; the recorded results stand (--force takes the observation)

        Exceptions
        """))
    #expect(text.contains("Plan: 1 change of what can be observed; SaaS Security"))
  }

  @Test("tells a comparison of two desired states from a plan")
  func compared() {
    var plan = Sample.eventful
    plan.base = DesiredReference(revision: nil, path: "desired-state", digest: "0")
    let text = TextReport.plan(plan)
    #expect(text.contains("\nCompared with  working tree (desired-state)\n"))
    #expect(text.hasSuffix("Two desired states were compared on the same observations.\n"))
    #expect(!text.contains("Recorded"))
  }

  @Test("says what becomes of the record where only the observation is newer")
  func newer() throws {
    var plan = Sample.quiet
    func renewal(isDue: Bool) throws -> Renewal.Observation {
      Renewal.Observation(
        instance: "okta-contoso-eu", recordedAt: try #require(Instant("2026-06-01T06:00:00Z")),
        observedAt: try #require(Instant("2026-06-01T18:00:00Z")),
        from: try #require(Instant("2026-06-01T20:00:00Z")), isDue: isDue)
    }
    plan.renewal.observations = [try renewal(isDue: false)]
    #expect(
      TextReport.plan(plan).hasSuffix(
        """
        No changes. The recorded state matches what was observed since; the record of okta-contoso-eu is renewed from 2026-06-01T20:00:00Z. SaaS Security 68.3 (target 80).

        """))
    plan.renewal.observations = [try renewal(isDue: true)]
    plan.wouldCommit = true
    #expect(
      TextReport.plan(plan).hasSuffix(
        """
        No changes. The record of okta-contoso-eu is as old as half of maxAge (observed at 2026-06-01T06:00:00Z): apply renews it. SaaS Security 68.3 (target 80).
        Run 'plumb apply' to record this.

        """))
  }

  @Test("colours on request only, and never lets a tenant's own escape sequences through")
  func colour() throws {
    let plain = TextReport.plan(Sample.eventful)
    #expect(!plain.contains("\u{1B}"))
    #expect(!plain.contains("\u{202E}"))
    let coloured = TextReport.plan(Sample.eventful, options: .init(colour: true))
    #expect(coloured.contains("\u{1B}[31m-\u{1B}[0m"))
    let stripped = coloured.replacing(#/\u{1B}\[[0-9]*m/#, with: "")
    #expect(stripped == plain)
  }

  @Test("fits the width", arguments: [60, 80, 120])
  func width(width: Int) {
    let text = TextReport.plan(Sample.eventful, options: .init(width: width))
    for line in text.split(separator: "\n") where !line.contains("https://") {
      #expect(DisplayWidth.of(String(line)) <= width, "\(line)")
    }
  }

  @Test("bounds what is new, and names where the rest is found")
  func bound() {
    var plan = Sample.first
    let result = plan.instances[1].results[1]
    let results = (1...51).map { number in
      Sample.named(result, "okta-rule-\(number)")
    }
    plan.instances[1] = Sample.with(plan.instances[1], results: results)
    plan.changes = results.map {
      Change(
        .verdict(from: nil, to: .notCompliant, basis: .reason(.text("new"))),
        of: .result(instance: "okta-contoso-eu", recommendation: $0.name),
        cause: .desiredState)
    }
    let text = TextReport.plan(plan)
    #expect(text.contains("    51 new recommendations: 51 not compliant\n"))
    #expect(text.contains("  and 31 more: plumb show\n"))
    #expect(!TextReport.plan(plan, options: .init(isVerbose: true)).contains("more: plumb show"))
  }

  @Test("says how much a filter hides")
  func filter() {
    var filter = PlanFilter()
    filter.instances = ["okta-contoso-us"]
    let text = TextReport.plan(Sample.eventful, options: .init(filter: filter))
    #expect(text.contains("The filter hides 9 other changes."))
    #expect(!text.contains("okta-mfa-required"))
  }

  @Test("shows results as a table, new failures first")
  func show() throws {
    try Golden.expect(
      TextReport.show(Sample.eventful.comparison, options: .init(width: 150)), matches: "show.txt")
    try Golden.expect(
      TextReport.show(Sample.eventful.comparison, options: .init(width: 100, isVerbose: true)),
      matches: "show-verbose.txt")
  }

  @Test("lists instances with the age of what was observed")
  func instances() throws {
    try Golden.expect(
      TextReport.instances(
        Sample.eventful.comparison, ages: ["okta-contoso-eu": "25m", "okta-contoso-us": "1d"],
        options: .init(width: 140)), matches: "instances.txt")
  }

  @Test("explains a recommendation in full")
  func explain() throws {
    try Golden.expect(
      TextReport.explain(Sample.explanation, options: .init(width: 100)), matches: "explain.txt")
  }

  @Test("lists the catalog, filtered by app and initiative")
  func catalog() throws {
    let all = Array(Sample.library.recommendations.values)
    try Golden.expect(
      TextReport.catalog(
        CatalogListing(all), appTitles: ["okta": "Okta"], options: .init(width: 100)),
      matches: "catalog.txt")
    var filter = PlanFilter()
    filter.apps = ["github"]
    #expect(
      TextReport.catalog(CatalogListing(all, filter: filter), appTitles: [:])
        == "0 recommendations.\n")
  }
}

@Suite("Text table")
struct TextTableTests {
  private func table() -> TextTable {
    var table = TextTable([
      .init(title: "NAME"), .init(title: "TITLE", isFlexible: true),
      .init(title: "N", isRightAligned: true),
    ])
    table.add([TextSpan("a"), TextSpan("日本語のとても長い名前です"), TextSpan("7")])
    table.add([TextSpan("bb"), TextSpan(""), TextSpan("10")])
    return table
  }

  @Test("aligns by columns of the terminal")
  func alignment() {
    #expect(
      table().lines(width: nil, colour: false) == [
        "NAME  TITLE                        N",
        "a     日本語のとても長い名前です   7",
        "bb                                10",
      ])
  }

  @Test("cuts flexible columns to the width")
  func fit() {
    let lines = table().lines(width: 24, colour: false)
    #expect(lines[1] == "a     日本語のとて…    7")
    #expect(lines.allSatisfy { DisplayWidth.of($0) <= 24 })
  }

  @Test("leaves no blanks at the ends of lines")
  func ends() {
    var table = TextTable([.init(title: "A"), .init(title: "B")])
    table.add([TextSpan("x"), TextSpan("")])
    #expect(table.lines(width: nil, colour: true)[1] == "x")
  }
}
