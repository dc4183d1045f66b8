internal import ArgumentParser
internal import Reconciler
internal import Reports

/// `plumb show`
struct ShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "List recommendations with their compliance: filter by app, then by instance.",
    discussion: """
      What got worse comes first, then the rest by what completing it adds to a score.

      plumb show --app okta --instance okta-contoso-eu --status toAddress --impact high
      """)

  @OptionGroup(title: "Desired state") var repository: RepositoryOptions
  @OptionGroup(title: "Observations") var observation: ObservationOptions
  @OptionGroup(title: "Filters") var filters: FilterOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  @Option(help: "How many affected resources a result lists in JSON.")
  var maxAffected = 100

  func run() async throws {
    let plan = try await Reconciliation(try observation.request(repository)).plan().plan
    try filters.check(against: plan)
    switch output.format {
    case .text: Console.print(TextReport.show(plan, options: output.text(filters.filter)))
    case .markdown: Console.print(MarkdownReport.plan(plan, filter: filters.filter))
    case .json:
      Console.print(JSONReport.plan(plan, filter: filters.filter, maxAffected: maxAffected))
    }
  }
}
