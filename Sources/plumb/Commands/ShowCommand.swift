internal import ArgumentParser
internal import Posture
internal import Reconciler
internal import Reports

/// `plumb show`
struct ShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "List recommendations with their compliance, or exceptions under review.",
    subcommands: [Recommendations.self, Exceptions.self],
    defaultSubcommand: Recommendations.self)

  /// `plumb show recommendations`, or `plumb show` alone
  struct Recommendations: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List recommendations with their compliance: filter by app, then by instance.",
      discussion: """
        New failures come first, then what got worse, then what stays; each by what completing it \
        adds to a score.

        plumb show --app okta --instance okta-contoso-eu --status toAddress --impact high
        """)

    @OptionGroup(title: "Desired state") var repository: RepositoryOptions
    @OptionGroup(title: "Observations") var observation: ObservationOptions
    @OptionGroup(title: "Filters") var filters: FilterOptions
    @OptionGroup(title: "Output") var output: ReportOptions

    @Option(help: "How many affected resources a result lists in JSON and HTML; 0 names none.")
    var maxAffected = 100

    @Option(
      help: ArgumentHelp(
        "List by the controls of a framework instead, such as okta-stig: met, not met, unknown, partly covered, not covered.",
        valueName: "name"))
    var framework: String?

    @Flag(help: "List what no API tells instead: what people look at by hand, and where.")
    var byHand = false

    func run() async throws {
      if !output.quiet { try repository.noteUncommitted() }
      var filter = filters.filter
      filter.onlyByHand = byHand
      let plan = try await Workspace(try observation.request(repository)).plan().plan
      try filters.check(against: plan.comparison)
      if let framework {
        try FrameworkOutput(name: framework).print(
          filter.applied(to: plan),
          of: try DeclaredState.orCatalog(repository.location.withWholeCatalog),
          options: output)
        return
      }
      var written = PlanOutput(
        filter: filter, options: output, maxAffected: maxAffected,
        text: { TextReport.show($0.comparison, options: $1) })
      if try output.has(.html) {
        written.page = try await PageSource.story(of: plan, repository)
      }
      try written.write(plan)
    }
  }

  /// `plumb show exceptions`
  struct Exceptions: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract:
        "List exceptions for review: owner, who added them, what they cover and do to scores.",
      discussion: """
        What ends first is first. Who added an exception, and when, is what git blames the lines of \
        its document on; add --verbose for justifications and places.
        """)

    @OptionGroup(title: "Desired state") var repository: RepositoryOptions
    @OptionGroup(title: "Observations") var observation: ObservationOptions
    @OptionGroup(title: "Filters") var filters: FilterOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
      let workspace = Workspace(try observation.request(repository))
      let plan = try await workspace.withOrigins(try await workspace.plan()).comparison
      try filters.check(against: plan)
      let filter = filters.filter
      output.print(
        text: TextReport.exceptions(plan, options: output.text(filter)),
        markdown: MarkdownReport.exceptions(plan, filter: filter),
        json: JSONReport.exceptions(plan, filter: filter))
    }
  }
}
