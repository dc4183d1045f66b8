internal import ArgumentParser
internal import Posture
internal import Reconciler
internal import Reports

/// `plumb diff`
struct DiffCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Show what two reports differ in, as a plan shows it.",
    discussion: """
      A report is a commit of the reports branch (plumb/reports~3), a day (its last report) or a \
      time. Changes nothing, observes nothing.

      Examples:

      plumb diff 2026-06-01 2026-06-08
      plumb diff plumb/reports~1
      """)

  @Argument(help: ArgumentHelp("The older report.", valueName: "from"))
  var old: String

  @Argument(help: ArgumentHelp("The newer report (default: the newest).", valueName: "to"))
  var new: String?

  // Whoever knows `plan --at` looks for it here too: the answer is the arguments, not the option that is spelt nearest.
  @Option(help: .hidden) var at: String?

  @OptionGroup(title: "Desired state") var repository: RepositoryOptions
  @OptionGroup(title: "Filters") var filters: FilterOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func validate() throws {
    guard at == nil else {
      throw ValidationError(
        "The reports are arguments: plumb diff 2026-06-01 2026-06-08 compares those that stood on these days."
      )
    }
    guard !old.contains("..") else {
      throw ValidationError("Two reports are two arguments: plumb diff FROM TO.")
    }
  }

  func run() async throws {
    let reader = try HistoryReader(repository.location)
    let difference = try reader.difference(from: old, to: new)
    let (from, to, comparison) = (difference.from, difference.to, difference.comparison)
    try filters.check(against: comparison)
    let filter = filters.filter
    switch output.format {
    case .text:
      Console.print(
        TextReport.difference(from: from, to: to, comparison, options: output.text(filter)))
    case .markdown:
      Console.print(MarkdownReport.difference(from: from, to: to, comparison, filter: filter))
    case .json:
      Console.print(JSONReport.difference(from: from, to: to, comparison, filter: filter))
    }
  }
}
