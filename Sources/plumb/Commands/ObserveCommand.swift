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
      --credentials; 'plumb catalog permissions' says which, and what they must be allowed. A refresh token \
      that changes with each use needs --token-store, which keeps the next one before the answer is used.

      What cannot be read is said. An instance of which no collection can be read whole is not observed: \
      what was stored before stands, and that it failed is stored beside it. The exit code is 1 then.

      Examples:

      plumb observe
      plumb observe okta-contoso-eu --check --credentials credentials.yaml
      """)

  @Argument(help: "Instances to observe; all by default.", completion: Completions.instances)
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
    let source = try connection.source(in: repository.location.repository)
    let chosen = try ObservationTarget.chosen(names, in: declared.state, credentials: source)
    let now = try ObservationOptions.instant(nil)
    // To try credentials is no observation: whoever ends a suspension wants to know first.
    let targets = check ? chosen : chosen.filter { !$0.instance.isSuspended(at: now) }
    for target in chosen where !check {
      if let suspension = target.instance.suspension(at: now) {
        Console.note(
          Escaping.terminal(
            "\(target.name) is suspended until \(suspension.until), and not observed: \(suspension.reason)"
          ))
      }
    }
    if targets.isEmpty, !chosen.isEmpty { return }
    if !output.quiet {
      let all = try ObservationTarget.all(in: declared.state, credentials: source)
      ObservationTarget.unused(by: all, of: source).map(RefreshNotes.unused).forEach(Console.note)
    }
    if targets.isEmpty {
      Console.note(ObservationTarget.noneIsRead)
      return
    }
    let options = try connection.observerOptions(
      store: storage.placeToStore(repository), display: output.display)
    if check {
      try await check(targets, needs: targets.permissions(in: declared), options)
    } else {
      try await observe(targets, options)
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
    if reports.contains(where: { $0.failure != nil }) { throw Ending([.error]) }
  }

  private func check(
    _ targets: [ObservationTarget], needs: [InstancePermissions], _ options: ObserverOptions
  ) async throws {
    let reports = await Observer.check(targets, needs: needs, options: options)
    for report in reports {
      CheckNotes.lines(report, isVerbose: output.verbose).forEach(Console.print)
    }
    if !reports.allSatisfy(\.isFine) { throw Ending([.error]) }
  }
}
