internal import ArgumentParser
internal import Observation
internal import Posture
internal import Reports
internal import YAML

/// Observes some instances of a desired state side by side, and says what came of it.
struct ObservationRun {
  private let state: DesiredState
  private let targets: [(instance: Instance, connector: Connector)]
  private let source: CredentialSource
  private let options: ObserverOptions
  private let output: OutputOptions

  /// As many tenants are read at the same time.
  private static let width = 8

  /// - Parameters:
  ///   - names: Instances; empty for all that are read over an API and are on.
  ///   - folder: The folder of stored observations, absolute.
  init(
    _ state: DesiredState, names: [String], folder: String, connection: ConnectionOptions,
    output: OutputOptions
  ) throws {
    self.state = state
    self.output = output
    for name in names where !state.instances.contains(where: { $0.name == name }) {
      throw Failure(
        "no instance named '\(name)'"
          + Suggestion.hint(for: name, among: state.instances.map(\.name)))
    }
    let overAPI = state.instances.compactMap {
      instance -> (instance: Instance, connector: Connector)? in
      guard case .api = instance.source, let connector = state.connectors[instance.app.value] else {
        return nil
      }
      return (instance, connector)
    }
    targets = overAPI.filter { target in
      names.isEmpty ? target.instance.recommendations : names.contains(target.instance.name)
    }
    for name in names where !targets.contains(where: { $0.instance.name == name }) {
      throw Failure("instance '\(name)' is not read over an API: its source is a file")
    }
    try connection.refuseAmbiguity(among: overAPI.map { ($0.instance.name, $0.connector) })
    source = try connection.source()
    options = try connection.observerOptions(folder: folder)
  }

  // MARK: Observing

  /// Observes, and prints a line for each instance.
  func observe() async throws {
    guard try !isEmpty() else { return }
    let line = ObservationProgressLine(isQuiet: output.quiet)
    var options = options
    options.progress = { line.show($0) }
    let prepared = options
    let reports = await sideBySide { instance, connector, credentials in
      await Observer.observe(
        instance, connector: connector, credentials: credentials, options: prepared)
    }
    line.clear()
    for report in reports {
      Console.print(report.summary)
      for result in report.collections where result.state != .complete {
        Console.note(
          Escaping.terminal("  \(result.name): \(result.state.rawValue): \(result.reason ?? "")"))
      }
    }
    if reports.contains(where: { if case .failed = $0.outcome { true } else { false } }) {
      throw ExitCode(1)
    }
  }

  /// Tries, and prints what each collection needs and lacks.
  func check() async throws {
    guard try !isEmpty() else { return }
    let options = options
    let reports = await sideBySide { instance, connector, credentials in
      await Observer.check(
        instance, connector: connector, credentials: credentials, options: options)
    }
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

  // MARK: Permissions

  /// Prints what the recommendations need of each instance's credentials.
  func printPermissions() throws {
    guard try !isEmpty() else { return }
    let diagnostics = Diagnostics()
    let compiled = CompiledState(
      state, apps: Set(targets.map(\.instance.app.value)), diagnostics: diagnostics)
    for (instance, connector) in targets {
      Console.print("\(instance.name) (\(connector.displayName))")
      for permission in Permissions.needed(by: instance, in: state, compiled: compiled) {
        let count = permission.recommendations.count
        Console.print(
          "  \(permission.name): \(count) \(count == 1 ? "recommendation" : "recommendations")")
        if output.verbose {
          for name in permission.recommendations { Console.print("    \(name)") }
        }
      }
      Console.print("  credentials:")
      for field in connector.credentials {
        Console.print(
          "    \(CredentialSource.variable(instance.name, field.name)): \(field.description)")
      }
    }
  }

  // MARK: Instances

  private func isEmpty() throws -> Bool {
    if targets.isEmpty { Console.note("No instance is read over an API.") }
    return targets.isEmpty
  }

  /// Runs the work for a few instances at a time; results are in the order of instances.
  private func sideBySide<Result: Sendable>(
    _ work: @escaping @Sendable (Instance, Connector, Credentials) async -> Result
  ) async -> [Result] {
    await withTaskGroup(of: (Int, Result).self) { group in
      var results: [Int: Result] = [:]
      var waiting = Array(targets.enumerated())[...]
      func start() {
        guard let (index, target) = waiting.popFirst() else { return }
        let credentials = source.credentials(
          for: target.instance.name, connector: target.connector)
        group.addTask { (index, await work(target.instance, target.connector, credentials)) }
      }
      for _ in 0..<Self.width { start() }
      for await (index, result) in group {
        results[index] = result
        start()
      }
      return results.sorted { $0.key < $1.key }.map(\.value)
    }
  }
}
