internal import JSON

/// What evaluating something costs on each row, as ``Budget`` counts: kept only where it is not nothing. Beside it, the
/// variables that are computed, and counted, once for all that read them.
final class CostColumn {
  /// Steps in the lower half, bytes in the upper: both are added at once.
  ///
  /// Unchecked: a step of a batch writes one cost and reads others.
  @exclusivity(unchecked) private var sums: ContiguousArray<UInt64>
  /// The numbers of sets of variables; nil while there are none.
  @exclusivity(unchecked) private var variables: ContiguousArray<UInt16>?
  private let sets: UseSets
  /// Whether it is the same on every row, whichever rows they are.
  let isFixed: Bool

  /// No part of an expression may cost more: the sum of all fits in half a word.
  static let largest = 1 << 16

  /// The same cost on every row of a batch of that many; nothing, until it is set, unless it is fixed.
  init(
    steps: Int, size: Int, uses: UInt16 = 0, rows: Int, sets: UseSets, isFixed: Bool = false
  ) {
    self.isFixed = isFixed
    sums = ContiguousArray(repeating: Self.sum(steps, size), count: rows)
    variables = uses == 0 ? nil : ContiguousArray(repeating: uses, count: rows)
    self.sets = sets
  }

  @inline(__always) private static func sum(_ steps: Int, _ size: Int) -> UInt64 {
    UInt64(truncatingIfNeeded: size) << 32 | UInt64(truncatingIfNeeded: steps)
  }

  /// The cost on a row, without that of variables.
  subscript(_ row: Int) -> (steps: Int, size: Int) {
    (Int(truncatingIfNeeded: sums[row] & 0xFFFF_FFFF), Int(truncatingIfNeeded: sums[row] >> 32))
  }

  /// The cost of some rows of a batch together: of those that masks let through, or of all.
  func sum(rows: Range<Int>, where masks: ContiguousArray<UInt64>?) -> (steps: Int, size: Int) {
    var (steps, size): (UInt64, UInt64) = (0, 0)
    for row in rows {
      let sum = sums[row] & (masks.map { $0[row] } ?? ~0)
      steps &+= sum & 0xFFFF_FFFF
      size &+= sum >> 32
    }
    return (Int(steps), Int(size))
  }

  /// Whether variables are read on some row.
  var hasVariables: Bool { variables != nil }

  /// The number of the set of variables that are read on a row.
  @inline(__always) func uses(_ row: Int) -> UInt16 { variables?[row] ?? 0 }

  /// Sets each row to what a kernel counted of a column: steps, or the bytes of texts that were made.
  func set(_ amounts: JSONColumn, as kind: JSONColumn.Amount, rows: Int) {
    amounts.amounts(kind, into: &sums, shift: kind == .lengths ? 32 : 0, rows: rows)
  }

  /// Sets a row.
  func set(_ row: Int, steps: Int, size: Int, uses: UInt16) {
    sums[row] = Self.sum(steps, size)
    if variables == nil {
      if uses == 0 { return }
      variables = ContiguousArray(repeating: 0, count: sums.count)
    }
    variables?[row] = uses
  }

  /// Sets each row to a cost and another's where the tag of a column's row has all bits in a table.
  func set(
    _ first: CostColumn?, plus second: CostColumn, where column: JSONColumn, by table: [UInt64],
    rows: Int
  ) {
    column.add(second.sums, by: table, to: first?.sums, into: &sums, rows: rows)
    if first?.variables == nil, second.variables == nil {
      variables = nil
      return
    }
    let masks = column.masks(by: table, rows: rows)
    unite(first, second, rows: rows) { masks[$0] != 0 }
  }

  /// Sets each row to the sum of two costs.
  func set(_ first: CostColumn, plus second: CostColumn, rows: Int) {
    for row in 0..<rows { sums[row] = first.sums[row] &+ second.sums[row] }
    unite(first, second, rows: rows) { _ in true }
  }

  @inline(__always) private func unite(
    _ first: CostColumn?, _ second: CostColumn, rows: Int, where isMeant: (Int) -> Bool
  ) {
    guard first?.variables != nil || second.variables != nil else {
      variables = nil
      return
    }
    var result = variables ?? ContiguousArray(repeating: 0, count: sums.count)
    variables = nil
    for row in 0..<rows {
      let more = isMeant(row) ? second.uses(row) : 0
      result[row] = sets.union(first?.uses(row) ?? 0, more)
    }
    variables = result
  }

  /// Forgets the costs of rows.
  func clear(rows: Int) {
    for row in 0..<rows { sums[row] = 0 }
    variables = nil
  }

  /// Adds what a macro's elements cost to the rows that their lists are of.
  ///
  /// - Parameters:
  ///   - body: What each costs; nil for nothing.
  ///   - steps: What each counts beside that.
  ///   - looked: By element, all bits where the macro looks at it, else none.
  func add(
    _ body: CostColumn?, plus steps: Int, of elements: JSONElements,
    where looked: ContiguousArray<UInt64>, rows: Int
  ) {
    elements.sum(
      body?.sums, plus: Self.sum(steps, 0), where: looked, into: &sums, rows: rows)
    guard let body, body.hasVariables else { return }
    var result = variables ?? ContiguousArray(repeating: 0, count: sums.count)
    variables = nil
    for row in 0..<rows where looked[row] != 0 {
      let place = elements.place(of: row)
      result[place] = sets.union(result[place], body.uses(row))
    }
    variables = result
  }

  /// Sets each element to what the row that its list is of costs.
  func set(_ outer: CostColumn, of elements: JSONElements, rows: Int) {
    elements.spread(outer.sums, into: &sums, rows: rows)
    guard outer.hasVariables else {
      variables = nil
      return
    }
    var result = variables ?? ContiguousArray(repeating: 0, count: sums.count)
    variables = nil
    for row in 0..<rows { result[row] = outer.uses(elements.place(of: row)) }
    variables = result
  }

  /// Whether some row may cost more than a part of an expression may.
  func mayBeMuch(rows: Int) -> Bool {
    var all: UInt64 = 0
    for row in 0..<rows { all |= sums[row] }
    return all & 0xFFFF_0000_FFFF_0000 != 0 || hasVariables
  }

  /// Whether a row costs more than a part of an expression may.
  func isMuch(_ row: Int) -> Bool {
    let (steps, size) = self[row]
    return steps > Self.largest || size > Self.largest || uses(row) == UseSets.tooMany
  }
}
