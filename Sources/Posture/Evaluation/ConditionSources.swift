package import CEL
internal import YAML

/// The parsed conditions of a recommendation, with the definitions that they use, directly or through others.
package struct ConditionSources: Sendable {
  /// `where`, the condition, and the variables.
  package let own: [Expression]
  /// The definitions' values and functions that those reach.
  package let shared: [Expression]

  /// Parses the conditions. An expression that does not parse is left out: it was reported where it
  /// was compiled.
  ///
  /// - Parameter definitions: The app's; nil when it has none.
  package init(_ recommendation: Recommendation, definitions: Definitions?) {
    self.init(recommendation, definitions: ParsedDefinitions(definitions))
  }

  init(_ recommendation: Recommendation, definitions: ParsedDefinitions) {
    self.init(
      [recommendation.filter?.value, recommendation.compliant.value].compactMap(\.self)
        + recommendation.variables.map(\.source.value), [], definitions)
  }

  /// Parses `where` alone; the variables that it reaches are among the shared.
  init(filterOf recommendation: Recommendation, definitions: ParsedDefinitions) {
    self.init(
      [recommendation.filter?.value].compactMap(\.self), recommendation.variables, definitions)
  }

  private init(
    _ texts: [String], _ variables: [Recommendation.Expression],
    _ definitions: ParsedDefinitions
  ) {
    // What does not compile has been reported where it was compiled.
    let parts = texts.compactMap(ParsedDefinitions.Part.init)
    own = parts.map(\.expression)
    var seen: Set<String> = []
    var pending = parts
    var reached: [Expression] = []
    while let part = pending.popLast() {
      for name in part.names where seen.insert(name).inserted {
        let variable = variables.last { "variables.\($0.name.value)" == name }
        guard
          let found = variable.map({ ParsedDefinitions.Part($0.source.value) })
            ?? definitions.parts[name]
        else { continue }
        reached.append(found.expression)
        pending.append(found)
      }
    }
    shared = reached
  }

  /// Visits every part of every expression.
  package func forEach(_ body: (Expression) -> Void) {
    for expression in own + shared { expression.forEach(body) }
  }
}

/// The values and functions of an app's definitions, parsed once for all recommendations.
struct ParsedDefinitions: Sendable {
  /// By the name that expressions use. What does not parse is left out.
  fileprivate let parts: [String: Part]

  /// An expression, with the names of definitions that its parts may stand for.
  fileprivate struct Part: Sendable {
    let expression: Expression
    let names: [String]

    /// nil where the text does not parse.
    init?(_ text: String) {
      guard let expression = try? Expression.parse(text) else { return nil }
      self.expression = expression
      var names: [String] = []
      expression.forEach { names += $0.sharedNames }
      self.names = names
    }
  }

  /// - Parameter definitions: The app's; nil when it has none.
  init(_ definitions: Definitions?) {
    var texts: [String: String] = [:]
    for value in definitions?.values ?? [] {
      texts["definitions.\(value.name.value)"] = value.source.value
    }
    for function in definitions?.functions ?? [] {
      texts[function.name.value] = function.body.value
    }
    parts = texts.compactMapValues(Part.init)
  }
}

extension Expression {
  /// The names of definitions that it may stand for: a value's, a function's, perhaps qualified.
  fileprivate var sharedNames: [String] {
    switch kind {
    case .select: qualifiedName.map { [$0.name] } ?? []
    case .call(let name, let target, _):
      [name] + (target?.qualifiedName.map { ["\($0.name).\(name)"] } ?? [])
    default: []
    }
  }
}
