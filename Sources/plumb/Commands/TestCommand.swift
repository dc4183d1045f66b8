internal import ArgumentParser
internal import Posture
internal import Reconciler
internal import Reports
internal import YAML

/// `plumb test`
struct TestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Run the tests that recommendations prove themselves with.",
    discussion: """
      Reads the working tree, as 'plumb validate' does. Without names: every recommendation of the \
      repository's desired state, and with \
      --catalog the built-in ones too. Beside the tests, each value that they give is taken away, \
      set to null, emptied and mistyped: absence must never be taken for an answer, unless \
      'fields' of a collection cites what it means.

      Examples:

      plumb test
      plumb test okta-password-minimum-length
      plumb test --catalog --app okta
      """)

  @Argument(help: "Names of recommendations.", completion: Completions.recommendations)
  var names: [String] = []

  @Flag(help: "Run the built-in recommendations' tests too.")
  var catalog = false

  @Option(help: "Only recommendations of this app; repeatable.")
  var app: [String] = []

  @OptionGroup var repository: RepositoryOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let result = try await TestRunner.run(
      names: names, apps: Set(app), includesCatalog: catalog || !names.isEmpty || !app.isEmpty,
      at: try repository.writtenLocation)
    for diagnostic in result.diagnostics { Console.note(diagnostic.description) }
    output.print(
      text: TextReport.tests(result, options: output.text()),
      markdown: MarkdownReport.tests(result), json: JSONReport.tests(result))
    if result.recommendations == 0 && names.isEmpty {
      Console.note(
        "The repository has no recommendations of its own; --catalog runs the built-in ones' tests."
      )
    }
    if result.hasFailed { throw Ending([.error]) }
  }
}
