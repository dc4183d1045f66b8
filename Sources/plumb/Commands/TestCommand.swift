internal import ArgumentParser
internal import Posture
internal import Reconciler
internal import YAML

/// `plumb test`
struct TestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Run the tests that recommendations prove themselves with.",
    discussion: """
      Without names: every recommendation of the repository's desired state, and with \
      --catalog the built-in ones too.
      """)

  @Argument(help: "Names of recommendations.")
  var names: [String] = []

  @Flag(help: "Run the built-in recommendations' tests too.")
  var catalog = false

  @Option(help: "Only recommendations of this app; repeatable.")
  var app: [String] = []

  @OptionGroup var repository: RepositoryOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let result = try RecommendationTests.run(
      names: names, apps: Set(app), includesCatalog: catalog || !names.isEmpty || !app.isEmpty,
      at: try repository.location)
    for diagnostic in result.diagnostics { Console.note(diagnostic.description) }
    for failure in result.failures {
      Console.print("\(failure.mark): FAILED \(failure.recommendation): \(failure.message)")
    }
    Console.print(
      "\(result.recommendations) recommendations: \(result.passed) passed, \(result.failures.count) failed"
    )
    if !result.failures.isEmpty || result.diagnostics.contains(where: { $0.severity == .error }) {
      throw ExitCode(1)
    }
  }
}
