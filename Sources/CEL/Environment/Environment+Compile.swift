extension Environment {
  func compile(
    _ source: String, expecting type: ValueType?, isChecked: Bool
  ) throws(CompilationError) -> Program {
    let (parsed, resultType) = try analyse(
      source, expecting: type, isChecked: isChecked, parameters: [])
    let plan = try plan(parsed, source: source, isChecked: isChecked, parameters: [])
    return Program(source: source, resultType: resultType, plan: plan, limits: limits)
  }

  func compileFunction(
    _ name: String, parameters: [(name: String, type: ValueType)], body: String
  ) throws(CompilationError) -> DefinedFunction {
    if let message = refusal(of: name, parameters.map(\.name)) {
      let issue = Issue(message: message, offset: 0, length: 0, in: Array(body.utf8))
      throw CompilationError(issues: [issue], source: body)
    }
    let (parsed, resultType) = try analyse(
      body, expecting: nil, isChecked: true, parameters: parameters)
    let plan = try plan(parsed, source: body, isChecked: true, parameters: parameters.map(\.name))
    return DefinedFunction(
      overload: Overload(
        isMember: false, parameters: parameters.map(\.type), result: resultType, typeParameters: []),
      body: plan.root, localCount: plan.localCount, depth: plan.depth, stepCost: parsed.count,
      slots: plan.slots.sorted(), variables: plan.variables.sorted())
  }

  /// Why a function can't be defined; nil when it can.
  private func refusal(of name: String, _ parameters: [String]) -> String? {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.allSatisfy(Self.isIdentifier) else { return "'\(name)' is not a function's name" }
    if function(name, isMember: false) != nil { return "there is a function '\(name)' already" }
    for (index, parameter) in parameters.enumerated() {
      guard Self.isIdentifier(parameter) else { return "'\(parameter)' is not a parameter's name" }
      if parameters[..<index].contains(parameter) {
        return "two parameters are named '\(parameter)'"
      }
    }
    return nil
  }

  private static func isIdentifier(_ name: String) -> Bool {
    guard let tokens = try? Lexer.tokens(of: Array(name.utf8)), tokens.count == 2,
      case .identifier(name) = tokens[0].kind, !Parser.reserved.contains(name)
    else { return false }
    return true
  }

  private func analyse(
    _ source: String, expecting type: ValueType?, isChecked: Bool,
    parameters: [(name: String, type: ValueType)]
  ) throws(CompilationError) -> (Expression, ValueType) {
    let bytes = Array(source.utf8)
    let parsed: Expression
    do throws(SyntaxFault) {
      parsed = try Parser.parse(bytes, limits: limits, libraries: libraries).expression
    } catch {
      let issue = Issue(
        message: error.message, offset: error.offset, length: error.length, in: bytes)
      throw CompilationError(issues: [issue], source: source)
    }
    guard isChecked else { return (parsed, .dyn) }
    var checker = Checker(environment: self, source: bytes, parameters: parameters)
    let result = checker.resultType(of: parsed)
    if let type, checker.issues.isEmpty, !checker.substitution.isAssignable(result, type) {
      checker.report("expected an expression of type \(type), found \(result)", at: parsed)
    }
    guard checker.issues.isEmpty else {
      throw CompilationError(
        issues: checker.issues.sorted { $0.offset < $1.offset }, source: source)
    }
    return (parsed, result)
  }

  private func plan(
    _ expression: Expression, source: String, isChecked: Bool, parameters: [String]
  ) throws(CompilationError) -> ProgramPlanner {
    var planner = ProgramPlanner(environment: self, isChecked: isChecked, parameters: parameters)
    planner.plan(whole: expression)
    if planner.depth > limits.depth {
      planner.report(
        "the expression nests deeper than the limit of \(limits.depth), with the functions it calls",
        at: expression)
    }
    guard planner.faults.isEmpty else {
      let bytes = Array(source.utf8)
      throw CompilationError(
        issues: planner.faults.map {
          Issue(message: $0.message, offset: $0.offset, length: $0.length, in: bytes)
        }, source: source)
    }
    return planner
  }
}
