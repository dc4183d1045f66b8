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

  /// Adds the evaluations of a condition that is not involved, on the rows that masks let through; nil for all.
  ///
  /// - Parameter count: How many rows those are.
  package mutating func add(
    _ condition: BatchCondition, rows: Range<Int>, where masks: ContiguousArray<UInt64>?, count: Int
  ) {
    let sum = condition.cost(rows: rows, where: masks, count: count)
    steps += sum.steps
    size += sum.size
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
    case .lazy(let slot, _):
      switch frame.slots[slot] {
      case .pending, .shared: false
      default: true
      }
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
