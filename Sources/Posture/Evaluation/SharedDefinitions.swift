internal import CEL

/// The shared definitions of an app, evaluated once for all recommendations that are about an instance as a whole.
struct SharedDefinitions {
  private var variables: SharedVariables?

  /// The definitions for a recommendation that reads these lists; nil where its scope has none, or is another than that of
  /// the first.
  mutating func variables(
    for compiled: CompiledRecommendation, _ context: InstanceContext, _ lists: [String: Value]
  ) -> SharedVariables? {
    let scope = compiled.scope
    guard let first = scope.definitions.first else { return nil }
    let variables = variables ?? Self.make(scope, context)
    self.variables = variables
    guard variables.has(first.slot, first.program) else { return nil }
    for name in compiled.collections {
      if let slot = scope.collections[name], let list = lists[name] { variables.set(slot, list) }
    }
    return variables
  }

  private static func make(_ scope: Scope, _ context: InstanceContext) -> SharedVariables {
    let result = SharedVariables()
    for (slot, value) in context.values(in: scope) { result.set(slot, value) }
    for definition in scope.definitions { result.define(definition.slot, definition.program) }
    return result
  }
}
