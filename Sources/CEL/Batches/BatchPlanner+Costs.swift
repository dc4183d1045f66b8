internal import JSON

/// What is evaluated when, and so counted.
extension BatchPlanner {
  /// The same cost on every row.
  func cost(steps: Int, size: Int, uses: UInt16) -> CostColumn {
    batch.cost("fixed \(steps) \(size) \(uses)") {
      CostColumn(
        steps: steps, size: size, uses: uses, rows: JSONColumn.capacity, sets: batch.kept.sets,
        isFixed: true)
    }
  }

  /// A cost that a step fills.
  func emptyCost() -> CostColumn {
    CostColumn(steps: 0, size: 0, rows: JSONColumn.capacity, sets: batch.kept.sets)
  }

  /// What is known under a key, or a new cost that a step fills.
  private func cost(
    _ key: String, _ fill: @escaping (CostColumn, _ rows: Int) -> Void
  ) -> CostColumn {
    batch.cost(key) {
      let result = emptyCost()
      batch.append(BatchStep { fill(result, $0) })
      return result
    }
  }

  /// What a kernel counted of a column: steps, or the bytes of texts that were made.
  func cost(of column: JSONColumn, as kind: JSONColumn.Amount) -> CostColumn {
    cost("\(kind) \(BatchProgram.name(column))") { $0.set(column, as: kind, rows: $1) }
  }

  /// A cost and something on every row.
  func cost(_ cost: CostColumn?, plus steps: Int, _ size: Int) -> CostColumn {
    let fixed = self.cost(steps: steps, size: size, uses: 0)
    return cost.map { self.cost($0, plus: fixed) } ?? fixed
  }

  /// Both costs.
  func cost(_ one: CostColumn, plus other: CostColumn) -> CostColumn {
    cost("sum \(BatchProgram.name(one)) \(BatchProgram.name(other))") {
      $0.set(one, plus: other, rows: $1)
    }
  }

  /// The first cost, and the second where the first operand does not end the evaluation.
  func cost(
    _ first: BatchOperand, then second: CostColumn?, where goesOn: (JSONColumn.Tag) -> Bool
  ) -> CostColumn? {
    guard let second else { return first.cost }
    let (column, cost) = (first.column, first.cost)
    let table = JSONColumn.masks(where: goesOn)
    let key =
      "\(cost.map(BatchProgram.name) ?? "") then \(BatchProgram.name(second)) where \(BatchProgram.name(column)) \(table.map { $0 == 0 ? 0 : 1 })"
    return self.cost(key) { result, rows in
      result.set(cost, plus: second, where: column, by: table, rows: rows)
    }
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
