internal import JSON
internal import Text

/// `==`: langdef, "Equality".
///
/// Numbers of different types are equal when they are the same number; values of other different types are not equal,
/// which is no error. NaN equals nothing.
enum Equality {
  @inline(__always)
  static func isEqual(_ left: Cell, _ right: Cell, _ frame: inout Frame) throws(Fault) -> Bool {
    switch (left, right) {
    case (.text(let left), .text(let right)):
      try frame.step(bytes: right.count)
      return left == right
    case (.bool(let left), .bool(let right)): return left == right
    case (.int(let left), .int(let right)): return left == right
    default: return try isEqualSlowly(left, right, &frame)
    }
  }

  private static func isEqualSlowly(
    _ left: Cell, _ right: Cell, _ frame: inout Frame
  ) throws(Fault) -> Bool {
    switch (left, right) {
    case (.null, .null): return true
    case (.bool(let left), .bool(let right)): return left == right
    case (.string(let left), .string(let right)):
      try frame.step(bytes: left.utf8.count)
      return left.utf8.span.isSame(right.utf8.span)
    case (.text, .text), (.string, .text), (.text, .string):
      try frame.step(text: left)
      return TextBytes.isSame(left, right)
    case (.bytes(let left), .bytes(let right)):
      try frame.step(bytes: left.count)
      return left == right
    case (.timestamp(let left), .timestamp(let right)): return left == right
    case (.duration(let left), .duration(let right)): return left == right
    case (.type(let left), .type(let right)): return left.type.name == right.type.name
    case (.network(let left), .network(let right)):
      return left.prefix == right.prefix && left.address.unmapped == right.address.unmapped
    case (.optional(let left), .optional(let right)):
      switch (left.wrapped, right.wrapped) {
      case (nil, nil): return true
      case (let left?, let right?): return try isEqual(left, right, &frame)
      default: return false
      }
    case (.list, .list), (.list, .array), (.array, .list), (.array, .array):
      return try haveEqualElements(left, right, &frame)
    case (.map, .map), (.map, .object), (.object, .map), (.object, .object):
      return try haveEqualEntries(left, right, &frame)
    default: return Ordering.numeric(left, right) == .some(0)
    }
  }

  private static func haveEqualElements(
    _ left: Cell, _ right: Cell, _ frame: inout Frame
  ) throws(Fault) -> Bool {
    guard var left = ListElements(left), var right = ListElements(right), left.count == right.count
    else { return false }
    while let one = left.next() {
      try frame.step()
      guard let other = right.next(), try isEqual(one, other, &frame) else { return false }
    }
    return right.next() == nil
  }

  private static func haveEqualEntries(
    _ left: Cell, _ right: Cell, _ frame: inout Frame
  ) throws(Fault) -> Bool {
    guard var entries = MapEntries(left), let others = MapEntries(right),
      entries.count == others.count
    else { return false }
    // Finding a member of a JSON object looks at the members before it.
    let cost = if case .object = right { 1 + others.count >> 4 } else { 1 }
    while let entry = entries.next() {
      try frame.step(cost)
      guard let other = MapEntries.value(for: entry.key, in: right),
        try isEqual(entry.value, other, &frame)
      else { return false }
    }
    return true
  }
}

/// `<`, `<=`, `>`, `>=`: langdef, "Ordering".
enum Ordering {
  /// Less than, equal to or greater than zero for two numbers; `.some(nil)` when one is NaN, nil when one is no number.
  ///
  /// An integer is rounded to a double to compare it with one.
  static func numeric(_ left: Cell, _ right: Cell) -> Int?? {
    switch (left, right) {
    case (.int(let left), .int(let right)): .some(sign(left, right))
    case (.uint(let left), .uint(let right)): .some(sign(left, right))
    case (.double(let left), .double(let right)): .some(compare(left, right))
    case (.int(let left), .uint(let right)): .some(left < 0 ? -1 : sign(UInt64(left), right))
    case (.uint(let left), .int(let right)): .some(right < 0 ? 1 : sign(left, UInt64(right)))
    case (.int(let left), .double(let right)): .some(compare(Double(left), right))
    case (.double(let left), .int(let right)): .some(compare(left, Double(right)))
    case (.uint(let left), .double(let right)): .some(compare(Double(left), right))
    case (.double(let left), .uint(let right)): .some(compare(left, Double(right)))
    default: nil
    }
  }

  /// Less than, equal to or greater than zero; `.some(nil)` when one is NaN.
  static func order(
    _ left: Cell, _ right: Cell, operation: String, _ frame: inout Frame
  ) throws(Fault) -> Int? {
    if let order = numeric(left, right) { return order }
    switch (left, right) {
    case (.bool(let left), .bool(let right)): return sign(left ? 1 : 0, right ? 1 : 0)
    case (.bytes(let left), .bytes(let right)):
      try frame.step(bytes: left.count)
      return left.span.compared(to: right.span)
    case (.timestamp(let left), .timestamp(let right)): return sign(left, right)
    case (.duration(let left), .duration(let right)): return sign(left, right)
    default:
      try frame.step(text: left)
      if let order = TextBytes.order(left, right) { return order }
      throw .noOverload(operation, left, right)
    }
  }

  private static func sign<Number: Comparable>(_ left: Number, _ right: Number) -> Int {
    left < right ? -1 : left > right ? 1 : 0
  }

  private static func compare(_ left: Double, _ right: Double) -> Int? {
    left.isNaN || right.isNaN ? nil : sign(left, right)
  }
}
