internal import ArgumentParser
internal import Posture
internal import Reconciler
internal import Reports
internal import Text

/// `plumb history`
struct HistoryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "Show scores over time, falls of scores, or what became of one recommendation.",
    discussion: """
      Read from the commits of the reports branch. Without a name, the scores of initiatives, \
      metrics and instances by day, what fell most first; with one, when the recommendation \
      regressed on each instance, when it was resolved, and who accepted it.

      Examples:

      plumb history --initiative saas-security --days 90
      plumb history okta-password-minimum-length --instance okta-contoso-eu
      """)

  @Argument(help: "A recommendation's name.", completion: Completions.recommendations)
  var recommendation: String?

  @Flag(help: "List when a score fell by the threshold of the Settings document or more.")
  var events = false

  @Option(help: "Show this initiative with its metrics only; repeatable.")
  var initiative: [String] = []

  @Option(
    help: ArgumentHelp(
      "Show this metric only, in every initiative or in one; repeatable.",
      valueName: "[initiative/]metric"))
  var metric: [String] = []

  @Option(help: "Show this instance only; repeatable.")
  var instance: [String] = []

  @OptionGroup(title: "Period") var period: PeriodOptions
  @OptionGroup(title: "Desired state") var repository: RepositoryOptions
  @OptionGroup(title: "Output") var graph: GraphOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func validate() throws {
    guard recommendation != nil else { return }
    if events { throw ValidationError("--events is about scores: leave out the recommendation.") }
    if !initiative.isEmpty || !metric.isEmpty {
      throw ValidationError("a recommendation's history is filtered by --instance only.")
    }
  }

  func run() async throws {
    let reader = try HistoryReader(repository.location)
    if let recommendation { return try await show(recommendation, reader) }
    var selection = HistorySelection()
    selection.initiatives = Set(initiative)
    selection.metrics = Set(metric)
    selection.instances = Set(instance)
    let report = HistoryReport(
      try await reader.scores(period.period()), selection: selection, source: reader.source)
    try check(report.history)
    if events { return try show(try reader.events(of: report.selected), of: report, reader) }
    switch output.format {
    case .text:
      Console.print(TextReport.history(report, graph: graph.style, options: output.text()))
    case .markdown:
      Console.print(
        MarkdownReport.history(report, graph: graph.style, isVerbose: output.verbose))
    case .json: Console.print(JSONReport.history(report))
    }
  }

  private func show(
    _ events: [ScoreHistory.Event], of report: HistoryReport, _ reader: HistoryReader
  ) throws {
    let threshold = reader.declared.state.settings.scoreDropThreshold
    switch output.format {
    case .text:
      Console.print(
        TextReport.events(events, of: report, threshold: threshold, options: output.text()))
    case .markdown:
      Console.print(MarkdownReport.events(events, of: report, threshold: threshold))
    case .json: Console.print(JSONReport.events(events, of: report, threshold: threshold))
    }
  }

  private func show(_ recommendation: String, _ reader: HistoryReader) async throws {
    var history = try await reader.recommendation(recommendation, instances: Set(instance))
    if period.isGiven { history = history.limited(to: try period.period()) }
    switch output.format {
    case .text:
      Console.print(TextReport.history(history, source: reader.source, options: output.text()))
    case .markdown: Console.print(MarkdownReport.history(history, source: reader.source))
    case .json: Console.print(JSONReport.history(history, source: reader.source))
    }
  }

  /// A name that no report of the period has shows nothing: better to say so.
  private func check(_ history: ScoreHistory) throws {
    var names: (initiatives: [String], metrics: [String], instances: [String]) = ([], [], [])
    for series in history.series {
      switch series.subject {
      case .initiative(let name): names.initiatives.append(name)
      case .metric(let name, let initiative): names.metrics += [name, "\(initiative)/\(name)"]
      case .instance(let name): names.instances.append(name)
      }
    }
    guard !history.series.isEmpty else { return }
    try check(initiative, "initiative", among: names.initiatives)
    try check(metric, "metric", among: names.metrics)
    try check(instance, "instance", among: names.instances)
  }

  private func check(_ names: [String], _ option: String, among known: [String]) throws {
    for name in names where !known.contains(name) {
      throw Failure(
        "--\(option) \(name): no report has one of this name"
          + Suggestion.hint(for: name, among: known))
    }
  }
}
