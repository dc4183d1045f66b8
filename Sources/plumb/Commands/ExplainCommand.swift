internal import ArgumentParser
internal import Connectors
internal import Posture
internal import Reconciler
internal import Reports
internal import Text
internal import YAML

/// `plumb explain`
struct ExplainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Tell everything about one recommendation, and how the instances stand to it.",
    discussion: """
      Why it matters, what is found on each instance and what should be, which resources are affected, \
      how to remedy it and where, and what was decided.

      Examples:

      plumb explain okta-password-minimum-length
      plumb explain okta-password-minimum-length --format markdown
      """)

  @Argument(help: "The recommendation's name.", completion: Completions.recommendations)
  var name: String

  @OptionGroup(title: "Desired state") var repository: RepositoryOptions
  @OptionGroup(title: "Observations") var observation: ObservationOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    let declared = try DeclaredState.orCatalog(repository.location.withWholeCatalog)
    guard let recommendation = declared.state.recommendation(name)
    else {
      throw Failure(
        "no recommendation named '\(name)'"
          + Suggestion.hint(
            for: name, among: declared.state.recommendations.map(\.name),
            otherwise: "'plumb catalog list' lists them"))
    }
    let app = recommendation.app.value
    let request = try observation.request(repository)
    let results: [RecommendationResult] =
      declared.state.instances.contains { $0.app.value == app && $0.recommendations }
      ? try await Workspace(request).plan().plan.instances.flatMap(\.results) : []
    let explanation = Explanation(
      recommendation, appTitle: declared.state.connectors[app]?.displayName ?? app,
      initiatives: declared.initiatives, results: results, exceptions: declared.state.exceptions,
      now: request.now)
    output.print(
      text: TextReport.explain(explanation, options: output.text()),
      markdown: MarkdownReport.explain(explanation), json: JSONReport.explain(explanation))
  }
}
