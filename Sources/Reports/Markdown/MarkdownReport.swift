package import Posture

/// A plan as Markdown, for a pull request or a job's summary.
package enum MarkdownReport {
  /// How long the plan in a comment on GitHub may be: what the pipeline writes above it has to fit too.
  package static let commentLimit = 65_536 - 136
  /// How long the summary of one step of a GitHub Actions job may be, in bytes: over it, all of it is
  /// refused.
  package static let summaryLimit = 1_048_576

  /// The plan; long lists are folded, and shortened until everything fits.
  ///
  /// - Parameters:
  ///   - trend: The scores of the days before, with those of the plan as the last; nil where they are not
  ///     told.
  ///   - filter: What is shown of it.
  ///   - limit: The longest that the text may be, in UTF-8 bytes, which no count of characters
  ///     exceeds. What was left out is said at the end.
  package static func plan(
    _ plan: Plan, trend: ScoreHistory? = nil, filter: PlanFilter = PlanFilter(),
    limit: Int = commentLimit
  ) -> String {
    fitting(limit) { most in
      var writer = PlanMarkdown(
        plan.comparison, of: plan, filter: filter, mostItems: most, limit: limit)
      writer.trend = trend.flatMap(Trend.init)
      return writer.render(plan)
    }
  }

  /// The text with the longest lists with which it fits.
  static func fitting(_ limit: Int, _ render: (_ mostItems: Int) -> String) -> String {
    for most in [500, 200, 100, 50, 20, 10, 5, 2] {
      let text = render(most)
      if text.utf8.count <= limit { return text }
    }
    // Even the shortest lists are too long: as many sections as fit, whole.
    return cut(render(1), to: limit)
  }

  /// The paragraphs that fit, never a table or a fold cut in two.
  private static func cut(_ text: String, to limit: Int) -> String {
    let notice =
      "The rest was left out: it does not fit \(limit) characters. `plumb plan` shows it.\n"
    var result = ""
    var depth = 0
    var pending = ""
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      pending += line + "\n"
      if line.hasPrefix("<details>") { depth += 1 }
      if line.hasPrefix("</details>") { depth -= 1 }
      guard line.isEmpty, depth == 0 else { continue }
      if result.utf8.count + pending.utf8.count + notice.utf8.count > limit { break }
      result += pending
      pending = ""
    }
    return result + notice
  }
}

/// Writes a plan, or a comparison alone, with lists of at most so many items.
struct PlanMarkdown {
  /// What is shown.
  let shown: Comparison
  /// The plan that it is of; nil where two reports are compared.
  let plan: Plan?
  let index: PlanIndex
  var groups: ChangeGroups
  let hidden: Int
  let mostItems: Int
  let limit: Int
  /// Whether drift is all that is asked for.
  let isDriftAlone: Bool
  /// The scores of the days before; nil where they are not told.
  var trend: Trend?
  var page = MarkdownPage()
  /// Items that no list shows.
  var leftOut = 0

  /// Lists that are longer are folded.
  private static let mostUnfolded = 10

  init(
    _ comparison: Comparison, of plan: Plan? = nil, filter: PlanFilter, mostItems: Int, limit: Int
  ) {
    self.plan = plan
    shown = filter.applied(to: comparison)
    isDriftAlone = filter.onlyDrift
    index = PlanIndex(shown)
    groups = ChangeGroups(shown.changes)
    hidden = comparison.changes.count - shown.changes.count
    self.mostItems = mostItems
    self.limit = limit
  }

  func render(_ plan: Plan) -> String {
    var writer = self
    if plan.base != nil && !isDriftAlone {
      writer.pullRequest(plan)
      writer.footer(plan)
      return writer.page.text
    }
    writer.header()
    if isDriftAlone {
      writer.drift()
      if plan.failsGate { writer.gates() }
      writer.footer(plan)
      return writer.page.text
    }
    writer.suspects()
    writer.results()
    writer.drift()
    writer.declarations()
    writer.imported()
    writer.events()
    writer.gaps()
    writer.gates()
    writer.work()
    writer.footer(plan)
    return writer.page.text
  }

  // MARK: Lists

  /// A table of at most `mostItems` rows, folded when it is long. Only those are rendered.
  mutating func table<Item>(
    _ noun: String, plural: String, _ header: [String], _ items: [Item],
    row: (Item) -> [Markdown]
  ) {
    let shown = items.prefix(mostItems).map(row)
    fold(noun, plural: plural, count: items.count, shown: shown.count) { $0.table(header, shown) }
  }

  mutating func bullets(_ noun: String, plural: String, _ items: [Markdown]) {
    let shown = Array(items.prefix(mostItems))
    fold(noun, plural: plural, count: items.count, shown: shown.count) { $0.bullets(shown) }
  }

  private mutating func fold(
    _ noun: String, plural: String, count: Int, shown: Int,
    _ content: (inout MarkdownPage) -> Void
  ) {
    let rest = count - shown
    leftOut += rest
    func write(_ page: inout MarkdownPage) {
      content(&page)
      if rest > 0 {
        page.paragraph(
          MarkdownWords.more(
            rest,
            Words.count(rest, noun, plural: plural)
              .replacing("\(rest) ", with: "more ")))
      }
    }
    if count > Self.mostUnfolded {
      page.details("\(raw: Words.count(count, noun, plural: plural))", write)
    } else {
      write(&page)
    }
  }

  // MARK: Ends

  mutating func header() {
    let headline = Headline(shown)
    if headline.counts.isEmpty {
      page.heading(2, "Plumb: no changes")
    } else {
      page.heading(2, "Plumb: \(headline.counts.joined(separator: ", "))")
    }
    scores()
  }

  mutating func scores() {
    page.table(
      ["Initiative", ">Score", ">Target", "Change"] + (trend.map { [$0.title] } ?? [])
        + [">Planned", ">Achievable", ">Coverage"],
      shown.initiatives.map { initiative in
        let score = initiative.score
        return [
          "\(score.definition.title)", MarkdownWords.score(score.score),
          "\(score.definition.targetScore)",
          MarkdownWords.trend(from: initiative.before, to: score.score),
        ] + (trend.map { [$0.cell(of: .initiative(initiative.name))] } ?? []) + [
          "\(raw: Words.of(score.plannedScore))", "\(raw: Words.of(score.achievableScore))",
          MarkdownWords.percentage(score.coverage.percentage),
        ]
      })
  }

  private mutating func footer(_ plan: Plan) {
    limits()
    func name(_ reference: DesiredReference) -> Markdown {
      let revision: Markdown =
        reference.revision.map { "\(code: Words.short($0))" } ?? "the working tree"
      return "\(revision) (\(code: reference.path))"
    }
    let other: Markdown =
      if let base = plan.base {
        "compared with \(name(base))"
      } else if let recorded = plan.recordedRevision {
        "recorded \(code: Words.short(recorded))"
      } else {
        "nothing recorded yet"
      }
    page.paragraph(
      "Desired state \(name(plan.desired)), \(other), at \(shown.at.description).\(observed)")
    let data = plan.dataOrigins.sorted { $0.key < $1.key }
    if !data.isEmpty {
      page.paragraph(
        "Data in the repository: \(data.map { "\(code: $0.key) \($0.value.words)" }.joined("; ")).")
    }
  }

  /// When the instances that are shown were observed; a date, no age, which would be another tomorrow.
  private var observed: Markdown {
    let times = shown.instances.compactMap(\.observedAt)
    guard let first = times.min(), let last = times.max() else { return "" }
    return first == last
      ? " Observed at \(raw: first.description)."
      : " Observed from \(raw: first.description) to \(raw: last.description)."
  }

  /// What is not shown, and why.
  mutating func limits() {
    if hidden > 0 {
      page.paragraph("The filter hides \(raw: Words.count(hidden, "other change")).")
    }
    if leftOut > 0 {
      page.paragraph(
        "Lists show at most \(mostItems) items, so that this fits \(limit) characters: \(raw: Words.count(leftOut, "item")) left out. `plumb plan` shows everything."
      )
    }
  }
}
