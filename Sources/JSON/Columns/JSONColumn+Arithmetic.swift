// Kernels that compute numbers, times and spans. What has no result is an error, as it is where each row is evaluated.

extension JSONColumn {
  /// What is computed of two values.
  package enum Operation: Sendable { case add, subtract, multiply, divide, modulo }

  /// The earliest and the last microsecond of the years 1 to 9999.
  private static let years: ClosedRange<Int64> =
    -62_135_596_800_000_000...253_402_300_799_999_999

  /// Computes with two columns. Two texts that are added are a text that was made, which counts as ``Amount/lengths``; long
  /// ones are unknown, and so is what else columns do not know: of other values there is no result.
  package func computed(
    _ operation: Operation, with other: JSONColumn, into result: JSONColumn, rows: Int
  ) {
    for row in 0..<rows {
      let (left, right) = (tags[row], other.tags[row])
      if left == Tag.int.rawValue, right == Tag.int.rawValue {
        let (one, two) = (Int64(bitPattern: bits[row]), Int64(bitPattern: other.bits[row]))
        if let value = Self.integer(operation, one, two) {
          result.set(row, .int, UInt64(bitPattern: value))
        } else {
          result.tags[row] = Tag.fault.rawValue
        }
      } else if let failure = Self.failure(left) ?? Self.failure(right) {
        result.tags[row] = failure
      } else {
        computeSlowly(operation, with: other, into: result, row)
      }
    }
  }

  /// nil beyond the numbers that there are, and by zero.
  @inline(__always) private static func integer<Number: FixedWidthInteger>(
    _ operation: Operation, _ one: Number, _ two: Number
  ) -> Number? {
    let result: (partialValue: Number, overflow: Bool)
    switch operation {
    case .add: result = one.addingReportingOverflow(two)
    case .subtract: result = one.subtractingReportingOverflow(two)
    case .multiply: result = one.multipliedReportingOverflow(by: two)
    case .divide: result = two == 0 ? (0, true) : one.dividedReportingOverflow(by: two)
    case .modulo: result = two == 0 ? (0, true) : one.remainderReportingOverflow(dividingBy: two)
    }
    return result.overflow ? nil : result.partialValue
  }

  private static func real(_ operation: Operation, _ one: Double, _ two: Double) -> Double? {
    switch operation {
    case .add: one + two
    case .subtract: one - two
    case .multiply: one * two
    case .divide: one / two
    case .modulo: nil
    }
  }

  private func computeSlowly(
    _ operation: Operation, with other: JSONColumn, into result: JSONColumn, _ row: Int
  ) {
    let (one, two) = (bits[row], other.bits[row])
    let (left, right) = (Int64(bitPattern: one), Int64(bitPattern: two))
    var value: (tag: Tag, bits: UInt64)?
    switch (operation, tag(row), other.tag(row)) {
    case (_, .uint, .uint): value = Self.integer(operation, one, two).map { (.uint, $0) }
    case (_, .double, .double):
      value = Self.real(operation, Double(bitPattern: one), Double(bitPattern: two)).map {
        (.double, $0.bitPattern)
      }
    case (.subtract, .time, .time):
      let (microseconds, isFar) = left.subtractingReportingOverflow(right)
      let (span, isLong) = microseconds.multipliedReportingOverflow(by: 1_000)
      value = isFar || isLong ? nil : (.span, UInt64(bitPattern: span))
    case (.add, .time, .span): return setTime(left, plus: right, into: result, row)
    case (.add, .span, .time): return setTime(right, plus: left, into: result, row)
    case (.subtract, .time, .span):
      // The least span has no opposite.
      guard right != .min else { return result.set(row, .unknown) }
      return setTime(left, plus: -right, into: result, row)
    case (.add, .span, .span), (.subtract, .span, .span):
      value = Self.integer(operation, left, right).map { (.span, UInt64(bitPattern: $0)) }
    case (.add, .text, .text): return join(with: other, into: result, row)
    case (.add, .text, _) where text(row).count >= Self.longText:
      // Looking at it counts, although nothing comes of it.
      return result.set(row, .unknown)
    case (.add, .array, .array): return result.set(row, .unknown)
    default: break
    }
    if let value { result.set(row, value.tag, value.bits) } else { result.set(row, .fault) }
  }

  private func setTime(
    _ time: Int64, plus span: Int64, into result: JSONColumn, _ row: Int
  ) {
    // A column has whole microseconds alone.
    guard span % 1_000 == 0 else { return result.set(row, .unknown) }
    let (sum, isFar) = time.addingReportingOverflow(span / 1_000)
    if isFar || !Self.years.contains(sum) {
      result.set(row, .fault)
    } else {
      result.set(row, .time, UInt64(bitPattern: sum))
    }
  }

  private func join(with other: JSONColumn, into result: JSONColumn, _ row: Int) {
    let (one, two) = (text(row), other.text(row))
    let count = one.count + two.count
    // From there on looking at one of them counts, too.
    guard count < Self.longText else { return result.set(row, .unknown) }
    let entry = result.room(row)
    UnsafeMutableRawPointer(entry).storeBytes(of: UInt32(count), as: UInt32.self)
    for index in 0..<one.count { entry[4 + index] = one[index] }
    for index in 0..<two.count { entry[4 + one.count + index] = two[index] }
    result.set(row, .text, UInt64(UInt(bitPattern: UnsafePointer(entry))) | Self.made)
  }
}
