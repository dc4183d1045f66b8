internal import JSON

/// What is evaluated when, and so counted.
extension BatchPlanner {
  /// The same cost on every row.
  func cost(steps: Int, size: Int, uses: UInt16) -> CostColumn {
    CostColumn(
      steps: steps, size: size, uses: uses, rows: JSONColumn.capacity, sets: batch.kept.sets)
  }

  /// A cost that depends on the row.
  func cost(_ amount: @escaping (_ row: Int) -> (steps: Int, size: Int)) -> CostColumn {
    let result = cost(steps: 0, size: 0, uses: 0)
    batch.append(BatchStep { result.set(rows: $0, amount) })
    return result
  }

  /// A cost and something on every row.
  func cost(_ cost: CostColumn?, plus steps: Int, _ size: Int) -> CostColumn {
    let fixed = self.cost(steps: steps, size: size, uses: 0)
    return cost.map { self.cost($0, plus: fixed) } ?? fixed
  }

  /// Both costs.
  func cost(_ one: CostColumn, plus other: CostColumn) -> CostColumn {
    let result = cost(steps: 0, size: 0, uses: 0)
    batch.append(BatchStep { result.set(one, plus: other, rows: $0) })
    return result
  }

  /// The first cost, and the second where the first operand does not end the evaluation.
  func cost(
    _ first: BatchOperand, then second: CostColumn?, where goesOn: (JSONColumn.Tag) -> Bool
  ) -> CostColumn? {
    guard let second else { return first.cost }
    let result = self.cost(steps: 0, size: 0, uses: 0)
    let (column, cost) = (first.column, first.cost)
    let table = JSONColumn.masks(where: goesOn)
    batch.append(
      BatchStep { rows in
        result.set(cost, plus: second, where: column.masks(by: table, rows: rows))
      })
    return result
  }

  /// The cost of two operands of which the second is evaluated unless the first has an error.
  func cost(_ first: BatchOperand, _ second: BatchOperand) -> CostColumn? {
    cost(first, then: second.cost) { !$0.isFailure }
  }
}

extension JSONColumn.Tag {
  /// Whether it is neither true nor false.
  var isUncertain: Bool { self != .yes && self != .no }

  /// Whether there is an error in the value's place.
  var isFailure: Bool {
    switch self {
    case .fault, .missing, .absent: true
    default: false
    }
  }
}

extension BatchOperand {
  /// The operand, unknown where another one is.
  func known(where other: JSONColumn, in batch: BatchProgram) -> BatchOperand {
    let column = column
    var result = batch.operand(
      "known \(BatchProgram.name(column)) \(BatchProgram.name(other))"
    ) { result in
      BatchStep { column.copy(into: result, unknownWith: other, rows: $0) }
    }
    result.cost = cost
    result.isOfRowStep = isOfRowStep
    result.isCondition = isCondition
    result.rows = rows
    result.optional = optional
    return result
  }
}
