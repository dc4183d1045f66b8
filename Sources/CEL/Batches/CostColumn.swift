/// What evaluating something costs on each row, as ``Budget`` counts: kept only where it is not nothing.
final class CostColumn {
  /// Steps in the lower half, bytes in the upper: both are added at once.
  ///
  /// Unchecked: a step of a batch writes one cost and reads others.
  @exclusivity(unchecked) private var sums: ContiguousArray<UInt64>

  /// No part of an expression may cost more: the sum of all fits in half a word.
  static let largest = 1 << 16

  /// The same cost on every row of a batch of that many.
  init(steps: Int, size: Int, rows: Int) {
    sums = ContiguousArray(repeating: Self.sum(steps, size), count: rows)
  }

  @inline(__always) private static func sum(_ steps: Int, _ size: Int) -> UInt64 {
    UInt64(truncatingIfNeeded: size) << 32 | UInt64(truncatingIfNeeded: steps)
  }

  /// The cost on a row.
  subscript(_ row: Int) -> (steps: Int, size: Int) {
    (Int(truncatingIfNeeded: sums[row] & 0xFFFF_FFFF), Int(truncatingIfNeeded: sums[row] >> 32))
  }

  /// Sets each row.
  func set(rows: Int, _ amount: (_ row: Int) -> (steps: Int, size: Int)) {
    for row in 0..<rows {
      let (steps, size) = amount(row)
      sums[row] = Self.sum(steps, size)
    }
  }

  /// Sets each row to a cost and the part of another that a mask lets through.
  func set(_ first: CostColumn?, plus second: CostColumn, where masks: ContiguousArray<UInt64>) {
    var result = ContiguousArray<UInt64>()
    swap(&result, &sums)
    let count = min(result.count, masks.count, second.sums.count)
    if let first {
      for row in 0..<min(count, first.sums.count) {
        result[row] = first.sums[row] &+ second.sums[row] & masks[row]
      }
    } else {
      for row in 0..<count { result[row] = second.sums[row] & masks[row] }
    }
    swap(&result, &sums)
  }

  /// Sets each row to the sum of two costs.
  func set(_ first: CostColumn, plus second: CostColumn, rows: Int) {
    for row in 0..<rows { sums[row] = first.sums[row] &+ second.sums[row] }
  }
}
