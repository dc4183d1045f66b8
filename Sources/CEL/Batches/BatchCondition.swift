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

  /// What an evaluation costs on a row that is not unknown, without what variables cost.
  func cost(_ row: Int) -> (steps: Int, size: Int) {
    let own = cost?[row] ?? (steps: 0, size: 0)
    return (overhead + own.steps, own.size)
  }

  /// The number of the set of variables that are read on a row.
  func uses(_ row: Int) -> UInt16 { cost?.uses(row) ?? 0 }

  /// Whether so much is far from what one evaluation may cost.
  func allows(steps: Int, size: Int) -> Bool {
    steps <= limits.steps / 2 && size <= limits.size / 2
  }
}

/// Adds up what evaluations of conditions cost, as an activation would have counted them: a variable once for each row,
/// or once for all.
package struct BatchBill {
  private var steps = 0
  private var size = 0
  /// The sets of variables that were read; their members of all rows are counted at the end.
  private var sets: Set<UInt16> = []
  private var lastSet: UInt16 = 0
  private var ofRow: [KeptVariable] = []
  private var kept: KeptVariables?

  package init() {}

  /// Adds so many evaluations that cost the same.
  package mutating func add(_ cost: (steps: Int, size: Int), times count: Int) {
    steps += cost.steps * count
    size += cost.size * count
  }

  /// Adds the evaluations of conditions on one row.
  ///
  /// - Returns: Whether that is certain; what costs much must be evaluated.
  package mutating func add(_ conditions: [BatchCondition], row: Int) -> Bool {
    var sum = (steps: 0, size: 0)
    var uses: UInt16 = 0
    for condition in conditions {
      let cost = condition.cost(row)
      sum.steps += cost.steps
      sum.size += cost.size
      uses = condition.kept.sets.union(uses, condition.uses(row))
    }
    if uses != 0, let kept = conditions.first?.kept {
      guard uses != UseSets.tooMany else { return false }
      if uses != lastSet {
        lastSet = uses
        self.kept = kept
        sets.insert(uses)
        ofRow = kept.members(of: uses, ofRow: true)
      }
      for variable in ofRow {
        let cost = variable.cost(row)
        sum.steps += cost.steps
        sum.size += cost.size
      }
    }
    guard conditions.allSatisfy({ $0.allows(steps: sum.steps, size: sum.size) }) else {
      return false
    }
    steps += sum.steps
    size += sum.size
    return true
  }

  /// Counts everything in an activation, which has the variables then; false, and nothing is counted, when so much is not
  /// left, or much for one evaluation.
  package func charge(_ activation: Activation, as conditions: [BatchCondition]) -> Bool {
    var missing: [Int: KeptVariable] = [:]
    for set in sets {
      for variable in kept?.members(of: set, ofRow: false) ?? []
      where !activation.has(variable) { missing[variable.number] = variable }
    }
    var sum = (steps: 0, size: 0)
    for variable in missing.values {
      let cost = variable.cost(0)
      sum.steps += cost.steps
      sum.size += cost.size
    }
    guard conditions.allSatisfy({ $0.allows(steps: sum.steps, size: sum.size) }),
      activation.charge(steps: steps + sum.steps, size: size + sum.size)
    else { return false }
    for variable in missing.values { activation.take(variable, of: kept) }
    return true
  }
}

extension Activation {
  /// Whether a variable was computed here.
  fileprivate func has(_ variable: KeptVariable) -> Bool {
    switch variable.source {
    case .pattern(let text): frame.patterns[text] != nil
    case .lazy(let slot, _): if case .pending = frame.slots[slot] { false } else { true }
    }
  }

  /// Takes over what was computed for all.
  fileprivate func take(_ variable: KeptVariable, of kept: KeptVariables?) {
    switch variable.source {
    case .pattern(let text):
      if let pattern = kept?.pattern(text) { frame.keep(pattern) }
    case .lazy(let slot, _):
      switch variable.result {
      case .success(let cell)?: frame.slots[slot] = .value(cell)
      case .failure(let fault)?: frame.slots[slot] = .failed(fault)
      case nil: break
      }
    }
  }
}
