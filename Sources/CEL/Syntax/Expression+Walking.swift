extension Expression {
  /// Parses without checking names and types: for what reads conditions rather than evaluates them.
  package static func parse(_ source: String) throws(CompilationError) -> Expression {
    let bytes = Array(source.utf8)
    do throws(SyntaxFault) {
      return try Parser.parse(bytes, limits: Limits(), libraries: Library.standard).expression
    } catch {
      let issue = Issue(
        message: error.message, offset: error.offset, length: error.length, in: bytes)
      throw CompilationError(issues: [issue], source: source)
    }
  }

  /// The expressions that it is made of, in the order of writing.
  package var children: [Expression] {
    switch kind {
    case .literal, .identifier, .message: []
    case .select(let operand, _, _), .has(let operand, _, _): [operand]
    case .index(let operand, let index, _): [operand, index]
    case .call(_, let target, let arguments): (target.map { [$0] } ?? []) + arguments
    case .logical(_, let operands): operands
    case .conditional(let condition, let first, let second): [condition, first, second]
    case .list(let elements): elements.map(\.value)
    case .map(let entries): entries.flatMap { [$0.key, $0.value] }
    case .comprehension(let macro):
      [macro.range] + (macro.filter.map { [$0] } ?? []) + [macro.body]
    case .bind(_, let value, let body): [value, body]
    case .optionalMap(_, let operand, let body, _): [operand, body]
    case .block(let values, let body): values + [body]
    }
  }

  /// Visits it and everything in it, what encloses before what is enclosed.
  package func forEach(_ body: (Expression) -> Void) {
    body(self)
    for child in children { child.forEach(body) }
  }
}
