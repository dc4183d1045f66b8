internal import ArgumentParser
internal import Catalog
internal import Connectors
internal import Posture
internal import Reconciler
internal import Reports
internal import Text
internal import YAML

/// `plumb catalog`
struct CatalogCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "catalog",
    abstract: "Look into the built-in catalog.",
    discussion: """
      Examples:

      plumb catalog list okta
      plumb catalog show okta-password-minimum-length
      """,
    subcommands: [List.self, Show.self, FrameworkCommand.self, Permissions.self],
    defaultSubcommand: List.self)

  enum Kind: String, ExpressibleByArgument, CaseIterable {
    case recommendations, connectors, initiatives, exports, frameworks
  }

  /// `plumb catalog list`
  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "List recommendations, connectors, initiatives, export formats or frameworks.",
      discussion: """
        Examples:

        plumb catalog list okta
        plumb catalog list --search mfa --impact high
        plumb catalog list --framework okta-stig
        plumb catalog list connectors
        """)

    @Argument(
      help:
        "What to list: recommendations, connectors, initiatives, exports, frameworks, or the recommendations of an app.",
      completion: .list(Kind.allCases.map(\.rawValue)))
    var what = Kind.recommendations.rawValue

    @Option(help: "Only this app; repeatable.", completion: Completions.apps)
    var app: [String] = []

    @OptionGroup(title: "Filters of recommendations") var recommendations: RecommendationOptions

    @Option(help: ArgumentHelp("List no more than so many.", valueName: "number"))
    var limit: Int?

    @OptionGroup(title: "Desired state") var repository: RepositoryOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    /// A name that is no kind is an app's.
    private var kind: Kind { Kind(rawValue: what) ?? .recommendations }

    func validate() throws {
      if let limit, limit < 1 { throw ValidationError("--limit wants 1 or more, not \(limit).") }
      if kind != .recommendations, kind != .frameworks, output.format != .text {
        throw ValidationError(
          "--format \(output.format.rawValue) is for recommendations and frameworks.")
      }
    }

    func run() async throws {
      let declared = try DeclaredState.orCatalog(repository.location.withWholeCatalog)
      let state = declared.state
      let app = Kind(rawValue: what) == nil ? self.app + [what] : self.app
      for name in app where state.connectors[name] == nil {
        let known =
          name == what
          ? Kind.allCases.map(\.rawValue) + state.connectors.keys : Array(state.connectors.keys)
        throw Failure(
          (name == what ? "neither a kind nor an app is named" : "no app named") + " '\(name)'"
            + Suggestion.hintOrList(for: name, among: known))
      }
      try recommendations.check(against: state.recommendations)
      switch kind {
      case .recommendations:
        var filter = PlanFilter()
        filter.apps = Set(app)
        filter.recommendations = recommendations.filter
        filter.limit = limit
        let listing = CatalogListing(state.recommendations, filter: filter)
        output.print(
          text: TextReport.catalog(
            listing, appTitles: state.connectors.mapValues(\.displayName), options: output.text()),
          markdown: MarkdownReport.catalog(listing), json: JSONReport.catalog(listing))
      case .connectors:
        for (name, connector) in state.connectors.sorted(by: { $0.key < $1.key })
        where app.isEmpty || app.contains(name) {
          let count = state.recommendations(of: name).count
          Console.print("\(name)  \(connector.displayName), \(count) recommendations")
        }
      case .initiatives:
        for initiative in declared.initiatives {
          let tracked = state.initiatives.contains { $0.name == initiative.name }
          Console.print(
            "\(initiative.name)  \(initiative.title), \(initiative.metrics.count) metrics\(tracked ? ", tracked" : "")"
          )
        }
      case .frameworks: FrameworkCommand.list(declared, output)
      case .exports:
        for (name, format) in state.exportFormats.sorted(by: { $0.key < $1.key })
        where app.isEmpty || app.contains(format.app) {
          Console.print("\(name)  \(format.title) (\(format.app))")
        }
      }
    }
  }

  /// `plumb catalog show`
  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Print a built-in document as it is: a recommendation, a connector, an initiative.",
      discussion: """
        Examples:

        plumb catalog show okta-password-minimum-length
        plumb catalog show connector okta
        """)

    @Argument(help: "The kind, when a name alone is not clear: recommendation, connector, …")
    var words: [String]

    func run() async throws {
      guard let name = words.last, words.count <= 2 else {
        throw ValidationError("Name one document: plumb catalog show [KIND] NAME.")
      }
      let folder = words.count == 2 ? words[0] + "s/" : ""
      let matches = Catalog.files.filter {
        $0.path.hasPrefix(folder) && $0.path.hasSuffix("/\(name).yaml")
      }
      guard let first = matches.first else {
        let known = Catalog.files.compactMap { $0.path.split(separator: "/").last?.dropLast(5) }
        throw Failure(
          "the catalog has nothing named '\(name)'"
            + Suggestion.hint(for: name, among: known.map(String.init)))
      }
      if matches.count > 1 {
        let kinds = matches.compactMap { $0.path.split(separator: "/").first?.dropLast() }
        throw Failure(
          "'\(name)' is the name of several: \(kinds.joined(separator: ", ")); write the kind before it"
        )
      }
      Console.print(first.text)
    }
  }
}
