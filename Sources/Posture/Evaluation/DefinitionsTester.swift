internal import CEL
internal import JSON
internal import YAML

/// Runs the cases that an app's shared definitions prove themselves with.
package struct DefinitionsTester {
  /// Runs every case: evaluates an expression over collections, and compares its value, or that it
  /// fails, with what the case says.
  ///
  /// - Returns: The cases that failed, named `definitions of APP`; none when all hold.
  package static func run(_ definitions: Definitions, in state: DesiredState)
    -> [RecommendationTester.Failure]
  {
    // Faults in the definitions themselves are reported where recommendations are compiled.
    let app = definitions.app.value
    let scope = Scope(
      collections: state.collections(of: app), definitions: definitions,
      citations: state.citations(of: app), diagnostics: Diagnostics())
    return definitions.tests.compactMap { test in
      message(of: test, in: scope, app: app).map {
        RecommendationTester.Failure(
          recommendation: "definitions of \(app)", mark: test.mark, message: $0,
          test: test.name)
      }
    }
  }

  /// What is wrong with a case; nil when it holds.
  private static func message(of test: Definitions.Test, in scope: Scope, app: String) -> String? {
    let program: Program
    do {
      program = try scope.environment.compile(test.expression.value)
    } catch {
      return error.issues.first?.text ?? "'\(test.expression.value)' does not compile"
    }
    let activation: Activation
    do throws(Fault) {
      activation = try Self.activation(for: test, in: scope, app: app)
    } catch {
      return error.detail
    }
    switch (program.evaluate(activation), test.value) {
    case (.success(let value), let expected?):
      let found = value.json
      guard found.normalised != expected.normalised else { return nil }
      return "expected \(expected.compactText), found \(found.compactText)"
    case (.success(let value), nil):
      return "expected an error, found \(value.json.compactText)"
    case (.failure(let error), let expected?):
      return "expected \(expected.compactText), found an error: \(error.message)"
    case (.failure, nil): return nil
    }
  }

  private static func activation(
    for test: Definitions.Test, in scope: Scope, app: String
  ) throws(Fault) -> Activation {
    let context = try RecommendationTester.context(of: test.input, app: app)
    let activation = Activation()
    activation.set(context, in: scope)
    for (name, slot) in scope.collections {
      let list = test.input["collections"]?[name] ?? []
      guard list.array != nil else {
        throw Fault(.malformed, "collection '\(name)' of the test is not a list")
      }
      activation.set(slot, Value(list))
    }
    for definition in scope.definitions { activation.setLazy(definition.slot, definition.program) }
    return activation
  }
}
