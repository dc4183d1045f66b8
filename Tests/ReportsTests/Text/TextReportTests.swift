import JSON
import Posture
import TestSupport
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
    let stripped = coloured.replacing(#/\u{1B}\[[0-9;]*m/#, with: "")
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
    // All of a first plan is new, and it is a screen.
    #expect(TextReport.plan(plan).contains("51 of 51 not compliant\n"))
    #expect(!TextReport.plan(plan).contains("okta-rule-1 on"))
    plan.recordedRevision = "4f2a91c"
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

  /// A table as results are listed in: two columns name something.
  private static func listing(_ rows: [(mark: String, title: String, name: String, on: String)])
    -> TextTable
  {
    var table = TextTable([
      .init(title: ""), .init(title: "TITLE", isFlexible: true, rank: 1),
      .init(title: "NAME", isName: true), .init(title: "ON", isSaidOnce: true),
      .init(title: "GAIN", isRightAligned: true, rank: 2),
    ])
    for row in rows {
      table.add([
        TextSpan(row.mark), TextSpan(row.title), TextSpan(row.name), TextSpan(row.on),
        TextSpan("+0.1"),
      ])
    }
    return table
  }

  @Test("cuts no name at any width, and keeps to the width where no word is longer")
  func names() {
    var random = Random(seed: 7)
    for _ in 0..<300 {
      func word(_ most: Int) -> String {
        (0..<Int.random(in: 1...most, using: &random)).map { _ in
          "abc-日".randomElement(using: &random)!
        }
        .reduce(into: "") { $0.append($1) }
      }
      let rows = (0..<Int.random(in: 1...5, using: &random)).map { _ in
        (mark: "✗", title: word(30) + " " + word(30), name: word(40), on: word(20))
      }
      let width = Int.random(in: 40...120, using: &random)
      let lines = Self.listing(rows).lines(width: width, colour: false)
      let text = lines.joined(separator: "\n")
      for row in rows {
        #expect(text.contains(row.name), "\(width)")
        #expect(text.contains(row.on), "\(width)")
      }
      let longest = rows.flatMap { [$0.name, $0.on] }.map { DisplayWidth.of($0) + 6 }.max() ?? 0
      #expect(lines.allSatisfy { DisplayWidth.of($0) <= max(width, longest) }, "\(width)\n\(text)")
    }
  }

  @Test("what all rows say is said once, then columns are given up, which is told")
  func narrow() {
    let rows = [("✗", "A title of some length", "a-name", "x"), ("✓", "Another", "b-name", "x")]
    let table = Self.listing(rows.map { (mark: $0.0, title: $0.1, name: $0.2, on: $0.3) })
    #expect(
      table.lines(width: 40, colour: false) == [
        "ON x", "   TITLE                   NAME    GAIN",
        "✗  A title of some length  a-name  +0.1", "✓  Another                 b-name  +0.1",
      ])
    #expect(
      table.lines(width: 20, colour: false) == [
        "ON x", "   NAME    GAIN", "✗  a-name  +0.1", "✓  b-name  +0.1",
        "not at this width: TITLE",
      ])
    #expect(
      table.lines(width: 8, colour: false) == [
        "ON x", "✗ a-name", "    A", "    title", "    of", "    some", "    length", "    ·",
        "    gain", "    +0.1", "✓ b-name", "    Another", "    ·", "    gain", "    +0.1",
      ])
  }

  @Test("leaves no blanks at the ends of lines")
  func ends() {
    var table = TextTable([.init(title: "A"), .init(title: "B")])
    table.add([TextSpan("x"), TextSpan("")])
    #expect(table.lines(width: nil, colour: true)[1] == "x")
  }
}
