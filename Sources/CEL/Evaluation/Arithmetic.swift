internal import JSON

/// `+ - * / %` and the sign: langdef, "Arithmetic" and "Overflow".
enum Arithmetic: String, Sendable {
  case add = "_+_"
  case subtract = "_-_"
  case multiply = "_*_"
  case divide = "_/_"
  case modulo = "_%_"

  /// How many seconds later, or longer, a sum or difference becomes with each second, of what its operands become.
  func slope(_ left: Int, _ right: Int) -> Int { self == .add ? left + right : left - right }

  func apply(_ left: Cell, _ right: Cell, _ frame: inout Frame) throws(Fault) -> Cell {
    switch (left, right) {
    case (.int(let left), .int(let right)): try .int(integer(left, right))
    case (.uint(let left), .uint(let right)): try .uint(integer(left, right))
    case (.double(let first), .double(let second)):
      switch self {
      case .add: .double(first + second)
      case .subtract: .double(first - second)
      case .multiply: .double(first * second)
      case .divide: .double(first / second)
      case .modulo: throw .noOverload(rawValue, left, right)
      }
    default: try other(left, right, &frame)
    }
  }

  private func integer<Number: FixedWidthInteger>(_ left: Number, _ right: Number) throws(Fault)
    -> Number
  {
    let result: (partialValue: Number, overflow: Bool)
    switch self {
    case .add: result = left.addingReportingOverflow(right)
    case .subtract: result = left.subtractingReportingOverflow(right)
    case .multiply: result = left.multipliedReportingOverflow(by: right)
    case .divide:
      if right == 0 { throw Fault(.divisionByZero, "division by zero") }
      result = left.dividedReportingOverflow(by: right)
    case .modulo:
      if right == 0 { throw Fault(.divisionByZero, "modulus by zero") }
      result = left.remainderReportingOverflow(dividingBy: right)
    }
    if result.overflow { throw Fault(.overflow, "integer overflow") }
    return result.partialValue
  }

  private func other(_ left: Cell, _ right: Cell, _ frame: inout Frame) throws(Fault) -> Cell {
    switch (self, left, right) {
    case (.add, .string, _), (.add, .text, _):
      guard let first = try frame.text(left), let second = try frame.text(right) else { break }
      return try frame.string(first + second)
    case (.add, .bytes(let left), .bytes(let right)):
      try frame.build(left.count + right.count)
      return .bytes(left + right)
    case (.add, .list, _), (.add, .array, _):
      guard var first = ListElements(left), var second = ListElements(right) else { break }
      try frame.step(first.count + second.count)
      try frame.build(16 * (first.count + second.count))
      var elements: [Cell] = []
      elements.reserveCapacity(first.count + second.count)
      while let element = first.next() { elements.append(element) }
      while let element = second.next() { elements.append(element) }
      return try frame.list(elements)
    case (.add, .timestamp(let time), .duration(let span)),
      (.add, .duration(let span), .timestamp(let time)):
      return try Self.checked(time.adding(span).map(Cell.timestamp))
    case (.subtract, .timestamp(let time), .duration(let span)):
      return try Self.checked(time.subtracting(span).map(Cell.timestamp))
    case (.subtract, .timestamp(let left), .timestamp(let right)):
      return try Self.checked((left - right).map(Cell.duration))
    case (.add, .duration(let left), .duration(let right)),
      (.subtract, .duration(let left), .duration(let right)):
      return .duration(
        TimeSpan(totalNanoseconds: try integer(left.totalNanoseconds, right.totalNanoseconds)))
    default: break
    }
    throw .noOverload(rawValue, left, right)
  }

  private static func checked(_ cell: Cell?) throws(Fault) -> Cell {
    guard let cell else { throw Fault(.overflow, "the result is out of range") }
    return cell
  }

  static func negate(_ operand: Cell) throws(Fault) -> Cell {
    switch operand {
    case .int(let value):
      guard value != .min else { throw Fault(.overflow, "integer overflow") }
      return .int(-value)
    case .double(let value): return .double(-value)
    default: throw .noOverload("-_", operand)
    }
  }
}
