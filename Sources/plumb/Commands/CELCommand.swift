internal import ArgumentParser
internal import CEL
private import Foundation
internal import JSON

/// `plumb cel`
struct CELCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cel",
    abstract: "Evaluate a CEL expression and print its value as JSON.",
    discussion: """
      For authors of recommendations. The members of the input's object are the variables.

      Examples:

      plumb cel 'resource.age >= 18' --input bindings.json
      echo '{"resource": {"age": 20}}' | plumb cel 'resource.age >= 18' --input -
      """)

  @Argument(help: "The expression.")
  var expression: String

  @Option(
    help: ArgumentHelp("A JSON object of variables; '-' reads standard input.", valueName: "file"))
  var input: String?

  func run() async throws {
    var environment = Environment()
    let activation = Activation()
    if let view = try bindings() {
      for (name, value) in view.members {
        activation.set(environment.declare(name, .dyn), Value(value))
      }
    }
    let program: Program
    do throws(CompilationError) {
      program = try environment.compile(expression)
    } catch {
      throw Failure(error.description)
    }
    switch program.evaluate(activation) {
    case .success(let value): Console.print(value.json.bytes(layout: .pretty))
    case .failure(let error): throw Failure("\(error.message) (the expression has no value)")
    }
  }

  /// The input's object; nil when none is named.
  private func bindings() throws -> JSONView? {
    guard let input else { return nil }
    let data =
      input == "-"
      ? try? FileHandle.standardInput.readToEnd() ?? Data()
      : FileManager.default.contents(atPath: input)
    guard let data else {
      throw Failure("\(input == "-" ? "standard input" : input) cannot be read")
    }
    let view: JSONView
    do throws(JSONError) {
      view = try JSONView(parsing: Array(data))
    } catch {
      throw Failure("\(input): \(error.description)")
    }
    guard view.kind == .object else {
      throw Failure("\(input): the variables are to be a JSON object, such as {\"resource\": …}")
    }
    return view
  }
}
