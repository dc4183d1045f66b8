internal import ArgumentParser
internal import JSON
internal import Posture
internal import Reports

/// `plumb schema`
struct SchemaCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the JSON Schema of the plan, or of the YAML kinds for editors.",
    discussion: """
      Examples:

      plumb schema plan
      plumb schema Instance --format markdown
      """)

  @Argument(
    help: ArgumentHelp(
      "'plan', a kind such as Instance, or 'all' for every kind in one schema.", valueName: "kind"))
  var kind = "all"

  @Option(help: "'json' for the schema, 'markdown' for a kind's page of documentation.")
  var format = Format.json

  enum Format: String, ExpressibleByArgument, CaseIterable { case json, markdown }

  func run() async throws {
    let schema: JSONValue
    switch kind.lowercased() {
    case "plan": schema = JSONReport.schema
    case "all": schema = KindSchema.combined()
    default:
      guard
        let known = DocumentKind.allCases.first(where: {
          $0.rawValue.lowercased() == kind.lowercased()
        })
      else {
        throw ValidationError(
          "'\(kind)' is no kind; known: plan, all, "
            + DocumentKind.allCases.map(\.rawValue).joined(separator: ", "))
      }
      guard format == .json else { return Console.print(KindPage.markdown(of: known)) }
      schema = KindSchema.schema(for: known)
    }
    guard format == .json else {
      throw ValidationError("Only a kind has a page: plumb schema Instance --format markdown.")
    }
    Console.print(schema.bytes(layout: .pretty))
  }
}
