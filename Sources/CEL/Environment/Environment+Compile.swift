extension Environment {
  func compile(
    _ source: String, expecting type: ValueType?, isChecked: Bool
  ) throws(CompilationError) -> Program {
    throw CompilationError(issues: [], source: source)
  }

  func compileFunction(
    _ name: String, parameters: [(name: String, type: ValueType)], body: String
  ) throws(CompilationError) -> DefinedFunction {
    throw CompilationError(issues: [], source: body)
  }
}

final class DefinedFunction: Sendable {
}
