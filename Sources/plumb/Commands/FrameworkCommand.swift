internal import ArgumentParser
internal import Posture
internal import Reconciler
internal import Reports
internal import Text
internal import YAML

/// `plumb catalog framework`
struct FrameworkCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "framework",
    abstract: "List a published framework by control: covered, partly covered, not covered.",
    discussion: """
      Without a name, lists the frameworks. 'plumb show --framework NAME' tells how the instances \
      stand to the controls.

      Examples:

      plumb catalog framework
      plumb catalog framework okta-stig --format markdown
      """)

  @Argument(help: "The framework, such as okta-stig.", completion: Completions.frameworks)
  var name: String?

  @OptionGroup(title: "Desired state") var repository: RepositoryOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    let declared = try DeclaredState.orCatalog(repository.location.withWholeCatalog)
    guard let name else {
      Self.list(declared, output)
      return
    }
    let framework = try declared.framework(named: name)
    let standing = FrameworkStanding(
      framework, recommendations: declared.state.recommendations, results: nil)
    output.print(
      text: TextReport.framework(standing, options: output.text()),
      markdown: MarkdownReport.framework(standing), json: JSONReport.framework(standing))
  }

  /// Every framework, with how much of it the catalog decides.
  static func list(_ declared: DeclaredState, _ output: OutputOptions) {
    let standings = declared.library.frameworks.values.sorted { $0.name < $1.name }.map {
      FrameworkStanding($0, recommendations: declared.state.recommendations, results: nil)
    }
    output.print(
      text: TextReport.frameworks(standings, options: output.text()),
      markdown: MarkdownReport.frameworks(standings), json: JSONReport.frameworks(standings))
  }
}

/// `plumb show --framework`: how the instances of a plan stand to a framework's controls.
struct FrameworkOutput {
  let name: String

  func print(_ plan: Plan, of declared: DeclaredState, options: ReportOptions) throws {
    let standing = FrameworkStanding(
      try declared.framework(named: name), recommendations: declared.state.recommendations,
      results: plan.instances.flatMap(\.results))
    for target in try options.targets() {
      let bytes: [UInt8]
      switch target.format {
      case .text:
        bytes = Array(TextReport.framework(standing, options: options.display.text()).utf8)
      case .markdown: bytes = Array(MarkdownReport.framework(standing).utf8)
      case .json: bytes = JSONReport.framework(standing)
      default:
        throw Failure(
          "--framework is written as text, markdown or json, not as \(target.format.rawValue)")
      }
      switch target.destination {
      case .standardOutput: Console.print(bytes)
      case .file(let path): try bytes.write(toFile: path)
      case .jobSummary: throw Failure("--framework is not for the job summary; name a file")
      }
    }
  }
}

extension DeclaredState {
  /// A framework that the catalog lists.
  func framework(named name: String) throws -> Framework {
    if let framework = library.frameworks[name] { return framework }
    if Framework.unlisted.contains(name) {
      throw Failure("no list of the controls of '\(name)' is published")
    }
    throw Failure(
      "no framework named '\(name)'"
        + Suggestion.hintOrList(for: name, among: library.frameworks.keys)
    )
  }
}
