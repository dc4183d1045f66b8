internal import ArgumentParser
internal import Posture
internal import Reconciler
internal import Reports
internal import Text

/// `plumb show`
struct ShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "List recommendations with their compliance, or exceptions under review.",
    discussion: """
      Examples:

      plumb show --app okta --status toAddress --impact high
      plumb show exceptions
      """,
    subcommands: [Recommendations.self, Exceptions.self],
    defaultSubcommand: Recommendations.self)

  /// `plumb show recommendations`, or `plumb show` alone
  struct Recommendations: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "recommendations",
      abstract: "List recommendations with their compliance: filter by app, then by instance.",
      discussion: """
        New failures come first, then what got worse, then what stays; each by what completing it \
        adds to a score. 'plumb show exceptions' lists exceptions instead.

        Examples:

        plumb show --app okta --instance okta-contoso-eu --status toAddress --impact high
        plumb show okta-mfa-required
        plumb show --search mfa --limit 10
        plumb show --framework okta-stig
        """)

    @Argument(
      help: "Show these recommendations only.", completion: Completions.recommendations)
    var names: [String] = []

    @OptionGroup(title: "Desired state") var repository: RepositoryOptions
    @OptionGroup(title: "Observations") var observation: ObservationOptions
    @OptionGroup(title: "Filters") var filters: FilterOptions
    @OptionGroup(title: "Output") var output: ReportOptions

    @Option(help: "How many affected resources a result lists in JSON and HTML; 0 names none.")
    var maxAffected = 100

    @Option(help: ArgumentHelp("List no more than so many, the most urgent.", valueName: "number"))
    var limit: Int?

    @Flag(help: "List what no API tells instead: what people look at by hand, and where.")
    var byHand = false

    func validate() throws {
      if let limit, limit < 1 { throw ValidationError("--limit wants 1 or more, not \(limit).") }
    }

    func run() async throws {
      if !output.quiet { try repository.noteUncommitted() }
      var filter = filters.filter
      filter.onlyByHand = byHand
      filter.limit = limit
      filter.recommendations.names = Set(names)
      let plan = try await Workspace(try observation.request(repository)).plan().plan
      // One framework is shown control by control, those that nothing stands for too.
      let framework = filters.recommendations.framework
      let isByControl = framework.count == 1 && limit == nil
      var checked = filters
      if isByControl { checked.recommendations.framework = [] }
      try checked.check(against: plan.comparison)
      try Self.check(names, against: plan.comparison)
      if isByControl {
        try FrameworkOutput(name: framework[0]).print(
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

    private static func check(_ names: [String], against plan: Comparison) throws {
      let known = Set(
        plan.instances.flatMap { $0.results.map(\.name) }
          + plan.imports.flatMap { $0.recommendations.map(\.name) })
      for name in names where !known.contains(name) {
        throw Failure(
          "no instance has a recommendation named '\(name)'"
            + Suggestion.hint(for: name, among: known)
            + "; 'plumb explain \(name)' tells what the catalog knows of it")
      }
    }
  }

  /// `plumb show exceptions`
  struct Exceptions: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "exceptions",
      abstract:
        "List exceptions for review: owner, who added them, what they cover and do to scores.",
      discussion: """
        What ends first is first. Who added an exception, and when, is what git blames the lines of \
        its document on; add --verbose for justifications and places.

        Examples:

        plumb show exceptions
        plumb show exceptions --instance okta-contoso-eu --verbose
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
