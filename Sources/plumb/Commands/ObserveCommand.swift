internal import ArgumentParser
internal import Observation
internal import Posture
internal import Reconciler
internal import Reports
internal import YAML

/// `plumb observe`
struct ObserveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "observe",
    abstract: "Read the tenants over their APIs and store what was read.",
    discussion: """
      Reads every instance with 'source: api' whose recommendations are on, however fresh its \
      observation is. Credentials come from PLUMB_<INSTANCE>_<FIELD> in the environment, or from \
      --credentials; 'plumb catalog permissions' says which, and what they must be allowed.

      What cannot be read is said, and what was stored before stands when nothing can. The exit code is 1 \
      when an instance could not be observed at all.
      """)

  @Argument(help: "Instances to observe; all by default.")
  var names: [String] = []

  @Flag(
    help:
      "Try the credentials on every collection, store nothing, and warn of permissions that nothing needs."
  )
  var check = false

  @OptionGroup var storage: StorageOptions
  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var repository: RepositoryOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let declared = try DeclaredState(repository.location)
    if declared.diagnostics.hasErrors {
      throw ReconcileError.invalidDesiredState(declared.diagnostics.all)
    }
    let targets = try targets(in: declared.state)
    if targets.isEmpty {
      Console.note("No instance is read over an API.")
      return
    }
    let options = try connection.observerOptions(
      folder: storage.folder(repository), output: output)
    if check {
      try await check(targets, options)
    } else {
      try await observe(targets, options)
    }
  }

  /// The instances that are named, or all that are on.
  private func targets(in state: DesiredState) throws -> [ObservationTarget] {
    for name in names where !state.instances.contains(where: { $0.name == name }) {
      throw Failure(
        "no instance named '\(name)'"
          + Suggestion.hint(for: name, among: state.instances.map(\.name)))
    }
    let targets = try ObservationTarget.all(in: state, credentials: try connection.source())
    for name in names where !targets.contains(where: { $0.name == name }) {
      throw Failure("instance '\(name)' is not read over an API: its source is a file")
    }
    return targets.filter {
      names.isEmpty ? $0.instance.recommendations : names.contains($0.name)
    }
  }

  private func observe(_ targets: [ObservationTarget], _ options: ObserverOptions) async throws {
    let progress = ObservationProgressLines(isQuiet: output.quiet)
    var options = options
    options.progress = { progress.show($0) }
    let reports = await Observer.observe(targets, options: options)
    progress.clear()
    for report in reports {
      Console.print(RefreshNotes.summary(report).joined(separator: "\n"))
      RefreshNotes.incomplete(report).forEach(Console.note)
    }
    if reports.contains(where: { if case .failed = $0.outcome { true } else { false } }) {
      throw ExitCode(1)
    }
  }

  private func check(_ targets: [ObservationTarget], _ options: ObserverOptions) async throws {
    let reports = await Observer.check(targets, options: options)
    for report in reports { describe(report) }
    if !reports.allSatisfy(\.isFine) { throw ExitCode(1) }
  }

  private func describe(_ report: CheckReport) {
    if let failure = report.failure {
      Console.print(Escaping.terminal("\(report.instance): \(failure)"))
      return
    }
    let readable = report.collections.filter { $0.outcome == .readable }.count
    Console.print(
      "\(report.instance): \(readable) of \(report.collections.count) collections readable")
    for collection in report.collections {
      switch collection.outcome {
      case .readable: if output.verbose { Console.print("  \(collection.name): readable") }
      case .untried:
        if output.verbose { Console.print("  \(collection.name): nothing to try it with") }
      case .denied(let reason), .failed(let reason):
        Console.print(Escaping.terminal("  \(collection.name): \(reason)"))
      }
    }
    for grant in report.surplus {
      Console.print(
        Escaping.terminal("  warning: the credentials are allowed \(grant), which nothing needs"))
    }
  }
}
