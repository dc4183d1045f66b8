/// What evaluating something costs on each row, as ``Budget`` counts: kept only where it is not nothing.
final class CostColumn {
  // Unchecked: a step of a batch writes one cost and reads others.
  @exclusivity(unchecked) private(set) var steps = ContiguousArray<Int>()
  @exclusivity(unchecked) private(set) var size = ContiguousArray<Int>()

  /// The same cost on every row of a batch of that many.
  init(steps: Int, size: Int, rows: Int) {
    self.steps = ContiguousArray(repeating: steps, count: rows)
    self.size = ContiguousArray(repeating: size, count: rows)
  }

  @inline(__always) func set(_ row: Int, _ one: Int, _ other: Int) {
    steps[row] = one
    size[row] = other
  }
}
