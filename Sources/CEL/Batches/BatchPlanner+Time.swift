internal import JSON

/// What moves with the time, as ``Node/moving(_:)`` tells of one row.
extension BatchPlanner {
  /// A comparison with the time, or with what is made of it.
  mutating func orderOfTime(_ node: OrderNode) -> BatchOperand? {
    guard let left = moving(node.left), let right = moving(node.right), left.operand.isHeld,
      right.operand.isHeld
    else { return nil }
    let slope = left.slope - right.slope
    if abs(slope) > 1 { frame.validity?.end() }
    return order(node, left.operand, right.operand, slope: slope)
  }

  /// A node's value, and how it moves. What is made of the time in another way than here holds for the moment alone.
  private mutating func moving(_ node: Node) -> (operand: BatchOperand, slope: Int)? {
    if let node = node as? TimeNode { return slot(node.slot).map { ($0, 1) } }
    guard let node = node as? ArithmeticNode, node.moves else { return value(node).map { ($0, 0) } }
    guard let left = moving(node.left), let right = moving(node.right), left.operand.isHeld,
      right.operand.isHeld
    else { return nil }
    let slope = node.operation.slope(left.slope, right.slope)
    if left.operand.constant != nil, right.operand.constant != nil {
      return evaluatedNow(node, limits, isMoving: true).map { ($0, slope) }
    }
    let slopes = abs(left.slope) + abs(right.slope)
    return (arithmetic(node, left.operand, right.operand, slopes: slopes), slope)
  }
}

extension Validity {
  /// Two columns were compared. See ``narrow(_:_:)``.
  ///
  /// - Parameter slope: How much later the left becomes with each second, compared with the right.
  func narrow(_ one: JSONColumn, _ other: JSONColumn, slope: Int, rows: Int) {
    for (tag, unit) in [(JSONColumn.Tag.time, Int128(1_000)), (.span, 1)] {
      guard let nearest = one.nearest(to: other, of: tag, rows: rows) else { continue }
      for distance in [nearest.below, nearest.above] {
        distance.map { narrow(distance: Int128($0) * unit * Int128(slope)) }
      }
    }
  }

  /// Two columns were added or subtracted. See ``added(_:_:_:)``. Of other things than the span between two times is not known here
  /// whether they come near an end.
  func added(
    _ one: JSONColumn, _ other: JSONColumn, _ operation: Arithmetic, slopes: Int, rows: Int
  ) {
    let margin = Int128(slopes) * Self.span
    let end = Int128(Int64.max)
    let microseconds = Int64((end - margin) / 1_000)...Int64((end + margin) / 1_000)
    if operation != .subtract || one.hasDifference(from: other, inside: microseconds, rows: rows) {
      self.end()
    }
  }
}
