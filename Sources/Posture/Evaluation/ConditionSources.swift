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
    self.init(
      [recommendation.filter?.value, recommendation.compliant.value].compactMap(\.self)
        + recommendation.variables.map(\.source.value), [], definitions)
  }

  /// Parses `where` alone; the variables that it reaches are among the shared.
  init(filterOf recommendation: Recommendation, definitions: Definitions?) {
    self.init(
      [recommendation.filter?.value].compactMap(\.self), recommendation.variables, definitions)
  }

  private init(
    _ texts: [String], _ variables: [Recommendation.Expression], _ definitions: Definitions?
  ) {
    // What does not compile has been reported where it was compiled.
    own = texts.compactMap { try? Expression.parse($0) }
    var sources: [String: String] = [:]
    for variable in variables {
      sources["variables.\(variable.name.value)"] = variable.source.value
    }
    for value in definitions?.values ?? [] {
      sources["definitions.\(value.name.value)"] = value.source.value
    }
    for function in definitions?.functions ?? [] {
      sources[function.name.value] = function.body.value
    }
    var seen: Set<String> = []
    var pending = own
    var reached: [Expression] = []
    while let expression = pending.popLast() {
      expression.forEach { part in
        for name in part.sharedNames where seen.insert(name).inserted {
          guard let source = sources[name], let parsed = try? Expression.parse(source) else {
            continue
          }
          reached.append(parsed)
          pending.append(parsed)
        }
      }
    }
    shared = reached
  }

  /// Visits every part of every expression.
  package func forEach(_ body: (Expression) -> Void) {
    for expression in own + shared { expression.forEach(body) }
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
