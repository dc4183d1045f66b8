internal import CEL

/// What the conditions of an instance as a whole are evaluated in, one recommendation after the other: what all of them read is
/// set once, and the shared definitions of the app are evaluated once.
struct SharedDefinitions {
  private let context: InstanceContext
  private var variables: SharedVariables?

  init(_ context: InstanceContext) { self.context = context }

  /// The activation for a recommendation that reads these lists, with what keeps it: until the next one is asked for. Nil where
  /// its scope has no definitions, or is another than that of the first.
  mutating func activation(
    for compiled: CompiledRecommendation, lists: [(slot: Slot, value: Value)]
  ) -> (activation: Activation, variables: SharedVariables)? {
    guard let first = compiled.scope.definitions.first else { return nil }
    let variables = variables ?? make(compiled.scope)
    self.variables = variables
    guard variables.has(first.slot, first.program) else { return nil }
    for (slot, list) in lists { variables.set(slot, list) }
    let activation = variables.reader()
    for parameter in compiled.parameters { activation.set(parameter.slot, parameter.value) }
    for variable in compiled.variables { activation.setFinal(variable.slot, variable.program) }
    return (activation, variables)
  }

  private func make(_ scope: Scope) -> SharedVariables {
    let result = SharedVariables()
    result.watch(context.validity)
    for (slot, value) in context.values(in: scope) { result.set(slot, value) }
    for definition in scope.definitions { result.define(definition.slot, definition.program) }
    return result
  }
}
