package import JSON

/// A condition of a batch, computed.
package struct BatchCondition {
  /// How much of a condition is computed for all rows at once.
  package enum Reach: Int, Comparable, Sendable {
    /// All of it.
    case vectors
    /// Some parts are evaluated row by row, each once for all conditions that have it.
    case partly
    /// Nothing is left beside such a part.
    case rowByRow

    package static func < (left: Reach, right: Reach) -> Bool { left.rawValue < right.rawValue }
  }

  /// By row: true, false, an error or unknown.
  package let column: JSONColumn
  /// How it is computed.
  package let reach: Reach
  /// The operations that are evaluated row by row, by name.
  package let rowByRow: [String]
  private let cost: CostColumn?
  private let overhead: Int
  private let limits: Limits
  let kept: KeptVariables

  init(
    column: JSONColumn, cost: CostColumn?, overhead: Int, limits: Limits, kept: KeptVariables,
    reach: Reach, rowByRow: [String]
  ) {
    self.column = column
    self.cost = cost
    self.overhead = overhead
    self.limits = limits
    self.kept = kept
    self.reach = reach
    self.rowByRow = rowByRow
  }

  /// What an evaluation costs on every row; nil when it depends on the row.
  package var fixedCost: (steps: Int, size: Int)? { cost == nil ? (overhead, 0) : nil }

  /// Whether variables count beside it, or it may be much.
  package var isInvolved: Bool { reach != .vectors || cost?.hasVariables ?? false }

  /// What an evaluation costs on a row that is not unknown, without what variables cost.
  package func cost(_ row: Int) -> (steps: Int, size: Int) {
    let own = cost?[row] ?? (steps: 0, size: 0)
    return (overhead + own.steps, own.size)
  }

  /// What evaluations cost on the rows that masks let through, or on all, without what variables cost.
  ///
  /// - Parameter count: How many rows those are.
  func cost(
    rows: Range<Int>, where masks: ContiguousArray<UInt64>?, count: Int
  ) -> (steps: Int, size: Int) {
    let own = cost?.sum(rows: rows, where: masks) ?? (steps: 0, size: 0)
    return (overhead * count + own.steps, own.size)
  }

  /// The number of the set of variables that are read on a row.
  func uses(_ row: Int) -> UInt16 { cost?.uses(row) ?? 0 }

  /// Whether so much is far from what one evaluation may cost.
  func allows(steps: Int, size: Int) -> Bool {
    steps <= limits.steps / 2 && size <= limits.size / 2
  }
}
