internal import ArgumentParser
internal import Posture
internal import Reconciler
internal import Reports
internal import Text

/// `plumb instances`
struct InstancesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "instances",
    abstract: "List the instances, or switch their recommendations on and off.",
    discussion: """
      Examples:

      plumb instances
      plumb instances off okta-contoso-us
      """,
    subcommands: [List.self, On.self, Off.self], defaultSubcommand: List.self)

  /// `plumb instances list`
  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "List the instances with app, switch, score and age of the observation.",
      discussion: """
        Examples:

        plumb instances
        plumb instances --app okta --label region=eu
        """)

    @OptionGroup(title: "Desired state") var repository: RepositoryOptions
    @OptionGroup(title: "Observations") var observation: ObservationOptions
    @OptionGroup(title: "Filters") var filters: FilterOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
      let request = try observation.request(repository)
      let plan = try await Workspace(request).plan().plan
      try filters.check(against: plan.comparison)
      let ages = plan.instances.compactMap { instance in
        instance.observedAt.map { (instance.name, Age.text(since: $0, now: plan.at)) }
      }
      let filter = filters.filter
      output.print(
        text: TextReport.instances(
          plan.comparison, ages: Dictionary(firstOf: ages),
          options: output.text(filter)),
        markdown: MarkdownReport.instances(plan.comparison, filter: filter),
        json: JSONReport.plan(plan, filter: filter, maxAffected: 0))
    }
  }

  /// `plumb instances on NAME…`
  struct On: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "on",
      abstract: "Switch the recommendations of instances on, in the YAML of the working tree.",
      discussion: """
        Examples:

        plumb instances on okta-contoso-us
        """)

    @Argument(help: "Names of instances.", completion: Completions.instances)
    var names: [String]
    @OptionGroup var edited: EditOptions

    func run() async throws { try Switch(names, edited).run(to: true) }
  }

  /// `plumb instances off NAME…`
  struct Off: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "off",
      abstract: "Switch the recommendations of instances off, in the YAML of the working tree.",
      discussion: """
        Examples:

        plumb instances off okta-contoso-us github-contoso
        """)

    @Argument(help: "Names of instances.", completion: Completions.instances)
    var names: [String]
    @OptionGroup var edited: EditOptions

    func run() async throws { try Switch(names, edited).run(to: false) }
  }

  private struct Switch {
    let names: [String]
    let edited: EditOptions

    init(_ names: [String], _ edited: EditOptions) {
      self.names = names
      self.edited = edited
    }

    func run(to state: Bool) throws {
      let edits = try InstanceSwitch.set(
        names, to: state, repository: edited.repo, path: edited.path)
      let word = state ? "on" : "off"
      for edit in edits {
        Console.print(
          edit.changed
            ? "\(edit.file): recommendations of \(edit.instance) \(word)"
            : "\(edit.file): recommendations of \(edit.instance) were \(word) already")
      }
      if edits.contains(where: \.changed) {
        Console.note("Commit the change, then run 'plumb plan'.")
      }
    }
  }
}
