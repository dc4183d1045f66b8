internal import Posture
internal import Text
internal import YAML

/// What every page of a site is written from: the story, looked up by name, and how much is told.
struct SiteContext {
  let story: Story
  let options: HTMLReport.Options
  let index: PlanIndex
  let layout: PagePlace.Layout
  /// How many affected resources of each result are listed.
  var maxAffected: Int
  /// Results in the order of views: danger first.
  let results: [(result: RecommendationResult, urgency: Urgency)]
  /// The results of each recommendation, by instance.
  let byRecommendation: [String: [RecommendationResult]]
  /// What there is a page of: recommendations with a result, by name.
  let recommendations: [String]
  private let exceptions: [String: ExceptionPlan]
  /// What a server was asked to show of the table of recommendations; nil in a folder of files.
  var table: ServedTable?

  init(_ story: Story, options: HTMLReport.Options, layout: PagePlace.Layout, maxAffected: Int) {
    self.story = story
    self.options = options
    self.layout = layout
    self.maxAffected = maxAffected
    index = PlanIndex(story.comparison)
    let all = story.comparison.instances.flatMap(\.results)
    results = index.urgencies.sorted(all)
    byRecommendation = Dictionary(grouping: all, by: \.name)
      .mapValues { $0.sorted { $0.instance < $1.instance } }
    recommendations = byRecommendation.keys.sorted()
    exceptions = story.comparison.exceptions.keyed(by: \.exception.name)
  }

  var comparison: Comparison { story.comparison }
  var instances: [InstancePlan] { story.comparison.instances }

  func instance(_ name: String) -> InstancePlan? { index.instance(name) }
  func exception(_ name: String) -> ExceptionPlan? { exceptions[name] }

  func hasPage(ofRecommendation name: String) -> Bool { byRecommendation[name] != nil }
  func hasPage(ofInitiative name: String) -> Bool {
    comparison.initiatives.contains { $0.name == name }
  }

  /// Everything that is written, in the order of one file.
  var pages: [PageAddress] {
    [.overview, .recommendations, .instances, .matrix, .frameworks, .drift, .exceptions]
      + [.compare, .about] + comparison.initiatives.map { .initiative($0.name) }
      + instances.map { .instance($0.name) } + recommendations.map { .recommendation($0) }
      + story.frameworks.map { .framework($0.framework.name) }
  }

  func series(_ subject: ScoreHistory.Subject) -> ScoreHistory.Series? {
    story.history?.series.first { $0.subject == subject }
  }

  /// A series as a chart; nil where there is no history of it.
  func chart(_ subject: ScoreHistory.Subject, target: Int? = nil) -> ScoreChart? {
    guard let history = story.history, let series = series(subject) else { return nil }
    return ScoreChart(daily: history.daily(series), target: target)
  }
}

// MARK: Small things that pages share

extension HTMLWriter {
  /// A heading that can be linked to.
  mutating func heading(_ tag: HTMLTag, _ anchor: String, _ text: String) {
    element(tag, .id(anchor), text: text)
  }

  mutating func link(_ text: String, to link: PageLink) {
    element(.a, .href(link), text: text)
  }

  /// A day or a moment, for people and for programs.
  mutating func time(_ instant: Instant, isDay: Bool = false) {
    element(
      .time, .datetime(instant.description),
      text: isDay
        ? instant.day
        : String(instant.description.prefix(16)).replacing("T", with: " ")
          + " UTC")
  }

  mutating func instanceLink(_ name: String, in site: SiteContext) {
    if site.instance(name) != nil {
      link(name, to: .page(.instance(name)))
    } else {
      text(name)
    }
  }

  /// A commit's name, linked where the remote is on the web.
  mutating func commit(_ revision: String, in site: SiteContext) {
    let short = Words.short(revision)
    if let address = site.options.links.address(ofCommit: revision) {
      element(.a, .href(.web(address))) { $0.element(.code, text: short) }
    } else {
      element(.code, text: short)
    }
  }

  /// The line of YAML that says something, linked where it is on the web.
  mutating func source(_ mark: Mark?, in site: SiteContext) {
    guard let mark, !mark.file.isEmpty else { return }
    let place = "\(mark.file):\(mark.line)"
    if let address = site.options.links.address(of: mark) {
      element(.a, .href(.web(address))) { $0.element(.code, text: place) }
    } else {
      element(.code, text: place)
    }
  }

  /// What failing costs; the worst stands out.
  mutating func impact(_ impact: Impact?) {
    element(
      .span, .classes(impact == .high ? ["impact", "high"] : ["impact"]),
      text: impact?.rawValue ?? "")
  }

  /// A paragraph that says that there is nothing, or that something is left out.
  mutating func note(_ text: String) { element(.p, .class("note"), text: text) }

  /// A head of a table: columns whose title begins with `>` are of numbers.
  mutating func head(_ titles: StaticString...) { head(titles) }

  mutating func head(_ titles: [StaticString]) {
    element(.thead) { html in
      html.element(.tr) { html in
        for title in titles {
          let text = String(title.description.drop { $0 == ">" })
          if text.utf8.count < title.description.utf8.count {
            html.element(.th, .scope("col"), .class("n"), text: text)
          } else {
            html.element(.th, .scope("col"), text: text)
          }
        }
      }
    }
  }

  /// The cells of a result that every table of results has: compliance, status, affected.
  mutating func verdictCells(_ result: RecommendationResult) {
    element(.td) {
      StateMark(result.decision.compliance, isStale: result.isStale).write(into: &$0)
    }
    element(.td, text: result.status.map(Words.of) ?? "–")
    let affected = result.decision.affectedCount
    numberCell(
      affected == 0
        ? "–"
        : result.collection == nil ? "\(affected)" : "\(affected) of \(result.decision.counted)")
  }

  mutating func numberCell(_ text: String) { element(.td, .class("n"), text: text) }

  /// What can be copied: the button appears where the script runs.
  mutating func command(_ text: String) {
    element(.div, .class("command")) { html in
      html.element(.pre, .number("tabindex", 0)) { $0.element(.code) { $0.prose(text) } }
      html.element(.button, .type("button"), .data("data-copy"), .hidden, words: "Copy")
    }
  }

  /// A table that may be wider than the screen: it scrolls by itself, by keyboard too.
  mutating func scrolling(_ label: String, _ content: (inout HTMLWriter) -> Void) {
    element(
      .div, .class("wide"), .role("region"), .label(label), .number("tabindex", 0),
      content: content)
  }
}
