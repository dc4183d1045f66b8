// Kernels that compare two columns. Texts of 64 bytes and more are unknown.

extension JSONColumn {
  /// Whether the left values are the right ones: numbers by their value, whatever their type; arrays and objects are
  /// unknown.
  package func equals(
    _ other: JSONColumn, negated: Bool, into result: JSONColumn, rows: Int
  ) {
    for row in 0..<rows {
      let left = tags[row]
      let right = other.tags[row]
      let code: UInt8
      if left == right, left == Tag.text.rawValue {
        code = Self.isSame(entry(row), other.entry(row)).map { $0 != negated ? 1 : 0 } ?? 3
      } else if let failure = Self.failure(left) {
        // The left comes first, and what is not known may count steps.
        code = Self.failure(right) == Tag.unknown.rawValue ? Tag.unknown.rawValue : failure
      } else if let failure = Self.failure(right) {
        code = failure
      } else if left == right, Self.isSigned(left) {
        code = (bits[row] == other.bits[row]) != negated ? 1 : 0
      } else {
        switch isEqual(other, row) {
        case nil: code = Tag.unknown.rawValue
        case true?: code = negated ? 0 : 1
        case false?: code = negated ? 1 : 0
        }
      }
      result.tags[row] = code
    }
  }

  /// Whether values of a tag are told apart, and ordered, as signed words.
  @inline(__always) private static func isSigned(_ tag: UInt8) -> Bool {
    tag == Tag.int.rawValue || tag == Tag.time.rawValue || tag == Tag.span.rawValue
  }

  /// Whether two entries are the same text; nil where one is long.
  @inline(__always)
  private static func isSame(
    _ one: UnsafePointer<UInt8>, _ other: UnsafePointer<UInt8>
  ) -> Bool? {
    let left = UnsafeRawPointer(one).loadUnaligned(as: UInt32.self)
    let right = UnsafeRawPointer(other).loadUnaligned(as: UInt32.self)
    if left >= UInt32(longText) || right >= UInt32(longText) { return nil }
    return left == right && areSame(one + 4, other + 4, Int(left))
  }

  private func isEqual(_ other: JSONColumn, _ row: Int) -> Bool? {
    switch (tag(row), other.tag(row)) {
    case (.null, .null), (.yes, .yes), (.no, .no): true
    case (.array, .array), (.object, .object): nil
    default:
      Self.number(self, row).flatMap { one in
        Self.number(other, row).map { one.order($0) == .some(0) }
      } ?? false
    }
  }

  /// How two values are ordered.
  package enum Order: Sendable { case less, lessOrEqual, greater, greaterOrEqual }

  /// Whether the left values stand so to the right ones. Values that have no order are an error.
  package func stands(
    _ order: Order, to other: JSONColumn, into result: JSONColumn, rows: Int
  ) {
    for row in 0..<rows {
      let left = tags[row]
      let right = other.tags[row]
      let code: UInt8
      if left == right, Self.isSigned(left) {
        let one = Int64(bitPattern: bits[row])
        let two = Int64(bitPattern: other.bits[row])
        code =
          switch order {
          case .less: one < two ? 1 : 0
          case .lessOrEqual: one <= two ? 1 : 0
          case .greater: one > two ? 1 : 0
          case .greaterOrEqual: one >= two ? 1 : 0
          }
      } else if left == right, left == Tag.double.rawValue {
        let one = Double(bitPattern: bits[row])
        let two = Double(bitPattern: other.bits[row])
        code =
          switch order {
          case .less: one < two ? 1 : 0
          case .lessOrEqual: one <= two ? 1 : 0
          case .greater: one > two ? 1 : 0
          case .greaterOrEqual: one >= two ? 1 : 0
          }
      } else if let failure = Self.failure(left) {
        code = Self.failure(right) == Tag.unknown.rawValue ? Tag.unknown.rawValue : failure
      } else if let failure = Self.failure(right) {
        code = failure
      } else {
        code = standsSlowly(order, to: other, row)
      }
      result.tags[row] = code
    }
  }

  private func standsSlowly(_ order: Order, to other: JSONColumn, _ row: Int) -> UInt8 {
    guard let one = Self.number(self, row), let two = Self.number(other, row) else {
      // Texts and booleans have an order too, and what has none is an error: rare enough for others to say.
      return Tag.unknown.rawValue
    }
    guard let sign = one.order(two) else { return 0 }
    return switch order {
    case .less: sign < 0 ? 1 : 0
    case .lessOrEqual: sign <= 0 ? 1 : 0
    case .greater: sign > 0 ? 1 : 0
    case .greaterOrEqual: sign >= 0 ? 1 : 0
    }
  }

  /// A number of a document.
  private enum Number {
    case int(Int64)
    case uint(UInt64)
    case double(Double)

    /// Less than, equal to or greater than zero; nil when one is NaN. An integer is rounded to compare it with a double.
    func order(_ other: Number) -> Int? {
      switch (self, other) {
      case (.int(let one), .int(let two)): Self.sign(one, two)
      case (.uint(let one), .uint(let two)): Self.sign(one, two)
      case (.int(let one), .uint(let two)): one < 0 ? -1 : Self.sign(UInt64(one), two)
      case (.uint(let one), .int(let two)): two < 0 ? 1 : Self.sign(one, UInt64(two))
      default: Self.order(real, other.real)
      }
    }

    private var real: Double {
      switch self {
      case .int(let value): Double(value)
      case .uint(let value): Double(value)
      case .double(let value): value
      }
    }

    private static func sign<Value: Comparable>(_ one: Value, _ two: Value) -> Int {
      one < two ? -1 : one > two ? 1 : 0
    }

    private static func order(_ one: Double, _ two: Double) -> Int? {
      one.isNaN || two.isNaN ? nil : sign(one, two)
    }
  }

  private static func number(_ column: JSONColumn, _ row: Int) -> Number? {
    switch column.tag(row) {
    case .int: .int(Int64(bitPattern: column.bits[row]))
    case .uint: .uint(column.bits[row])
    case .double: .double(Double(bitPattern: column.bits[row]))
    default: nil
    }
  }
}
