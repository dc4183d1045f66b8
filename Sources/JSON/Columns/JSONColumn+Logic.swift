// Kernels of CEL's logic: 0 is false, 1 true, 2 an error, 3 unknown. A table for each operator has the result by both
// operands' codes.

extension JSONColumn {
  /// What an operator gives by its operands: `table[4 * left + right]`.
  package struct Logic: Sendable {
    let table: [UInt8]

    /// `&&`: false when one is false, whatever error the other has. The right is not looked at behind false, and looked
    /// at behind an error: what is unknown there stays so.
    package static let and = Logic(table: [0, 0, 0, 0, 0, 1, 2, 3, 0, 2, 2, 3, 3, 3, 3, 3])
    /// `||`: true when one is true.
    package static let or = Logic(table: [0, 1, 2, 3, 1, 1, 1, 1, 2, 1, 2, 3, 3, 3, 3, 3])
  }

  /// Combines two columns of codes.
  package func combined(
    with other: JSONColumn, by logic: Logic, into result: JSONColumn, rows: Int
  ) {
    logic.table.withUnsafeBufferPointer { table in
      for row in 0..<rows {
        result.tags[row] = table[Int((tags[row] & 3) << 2 | other.tags[row] & 3)]
      }
    }
  }

  /// `!`: errors and unknown stay.
  package func negated(into result: JSONColumn, rows: Int) {
    for row in 0..<rows {
      let tag = tags[row]
      result.tags[row] = tag < 2 ? tag ^ 1 : tag
    }
  }

  /// What each value says as a condition: an error for anything but a boolean.
  package func asCondition(into result: JSONColumn, rows: Int) {
    for row in 0..<rows {
      let tag = tags[row]
      result.tags[row] = tag <= 3 ? tag : 2
    }
  }

  /// `has(object.member)` of a column of members.
  package func isThere(into result: JSONColumn, rows: Int) {
    for row in 0..<rows {
      let tag = tags[row]
      result.tags[row] =
        switch Tag(rawValue: tag) {
        case .missing: 0
        case .absent, .fault: 2
        case .unknown: 3
        default: 1
        }
    }
  }

  /// Chooses the value of each row by a condition.
  package func chosen(
    _ yes: JSONColumn, _ no: JSONColumn, into result: JSONColumn, rows: Int
  ) {
    for row in 0..<rows {
      switch tags[row] {
      case 1: result.take(yes, row)
      case 0: result.take(no, row)
      default: result.set(row, tags[row] == 2 ? .fault : .unknown)
      }
    }
  }

  /// The value of a member, or another where it, or what leads to it from an optional step on, is not there.
  ///
  /// - Parameter first: The first step that may be missing.
  package func orValue(
    of other: JSONColumn, since first: JSONColumn, into result: JSONColumn, rows: Int
  ) {
    for row in 0..<rows {
      switch tag(row) {
      case .missing: result.take(other, row)
      case .absent:
        switch first.tag(row) {
        case .absent: result.set(row, .fault)
        default: result.take(other, row)
        }
      default: result.take(self, row)
      }
    }
  }

  @inline(__always) private func take(_ other: JSONColumn, _ row: Int) {
    tags[row] = other.tags[row]
    bits[row] = other.bits[row]
  }
}
