internal import ArgumentParser
internal import Reconciler
internal import Reports
internal import YAML

/// `plumb validate`
struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Check the desired state; name every fault of every file.",
    discussion: """
      Reads the files of the working tree, committed or not; with --revision, a URL or a bare \
      repository, those of the revision.

      Examples:

      plumb validate
      plumb validate --revision origin/main --format json
      """)

  @OptionGroup var repository: RepositoryOptions
  @OptionGroup var output: OutputOptions

  @Option(
    help: ArgumentHelp(
      "The time that counts as now for the terms of exceptions (default: the clock).",
      valueName: "time"))
  var at: String?

  func run() throws {
    let result = try Validation.run(repository.writtenLocation, now: ObservationOptions.instant(at))
    let errors = result.diagnostics.count { $0.severity == .error }
    if output.format == .text {
      for diagnostic in result.diagnostics { Console.note(diagnostic.description) }
      if errors > 0 { Console.note("\(errors) \(errors == 1 ? "error" : "errors")") }
    }
    if output.format != .text || (errors == 0 && !output.quiet) {
      output.print(
        text: "Valid: \(result.counts.text).",
        markdown: MarkdownReport.validation(result.diagnostics, counts: result.counts),
        json: JSONReport.validation(result.diagnostics, counts: result.counts))
    }
    if errors > 0 { throw Ending([.error]) }
  }
}
