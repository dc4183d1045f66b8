internal import ArgumentParser
internal import Reconciler
internal import YAML

/// `plumb validate`
struct ValidateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Check the desired state; name every fault of every file.",
    discussion: """
      Reads HEAD unless told otherwise: use --working-tree for files that are not committed yet.
      """)

  @OptionGroup var repository: RepositoryOptions
  @OptionGroup var output: OutputOptions

  @Option(
    help: ArgumentHelp(
      "The time that counts as now for the terms of exceptions (default: the clock).",
      valueName: "time"))
  var at: String?

  func run() async throws {
    let result = try Validation.run(repository.location, now: ObservationOptions.instant(at))
    for diagnostic in result.diagnostics { Console.note(diagnostic.description) }
    if result.diagnostics.contains(where: { $0.severity == .error }) {
      let count = result.diagnostics.count { $0.severity == .error }
      Console.note("\(count) \(count == 1 ? "error" : "errors")")
      throw ExitCode(1)
    }
    guard !output.quiet else { return }
    Console.print(result.summary)
  }
}
