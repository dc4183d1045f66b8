/// `math.greatest`, `math.abs`, `math.bitAnd`, …: the extension "Math".
extension FunctionDefinition {
  static let math: [FunctionDefinition] =
    [
      FunctionDefinition(
        "math.greatest", .math, ["(dyn) -> dyn"],
        .variadic(count: nil) { (values, frame) throws(Fault) in
          try extreme("math.greatest", values, &frame) { $0 > 0 }
        }),
      FunctionDefinition(
        "math.least", .math, ["(dyn) -> dyn"],
        .variadic(count: nil) { (values, frame) throws(Fault) in
          try extreme("math.least", values, &frame) { $0 < 0 }
        }),
      rounding("math.ceil") { $0.rounded(.up) },
      rounding("math.floor") { $0.rounded(.down) },
      rounding("math.round") { $0.rounded(.toNearestOrAwayFromZero) },
      rounding("math.trunc") { $0.rounded(.towardZero) },
      predicate("math.isNaN") { $0.isNaN },
      predicate("math.isInf") { $0.isInfinite },
      predicate("math.isFinite") { $0.isFinite },
      FunctionDefinition(
        "math.abs", .math, ["(int) -> int", "(uint) -> uint", "(double) -> double"], .unary(abs)),
      FunctionDefinition(
        "math.sign", .math, ["(int) -> int", "(uint) -> uint", "(double) -> double"], .unary(sign)),
      FunctionDefinition(
        "math.sqrt", .math, ["(int) -> double", "(uint) -> double", "(double) -> double"],
        .unary { (value, _) throws(Fault) in
          switch value {
          case .double(let number): return .double(number.squareRoot())
          case .int(let number): return .double(Double(number).squareRoot())
          case .uint(let number): return .double(Double(number).squareRoot())
          default: throw .noOverload("math.sqrt", value)
          }
        }),
      bits("math.bitAnd", { $0 & $1 }, { $0 & $1 }),
      bits("math.bitOr", { $0 | $1 }, { $0 | $1 }),
      bits("math.bitXor", { $0 ^ $1 }, { $0 ^ $1 }),
      FunctionDefinition(
        "math.bitNot", .math, ["(int) -> int", "(uint) -> uint"],
        .unary { (value, _) throws(Fault) in
          switch value {
          case .int(let number): return .int(~number)
          case .uint(let number): return .uint(~number)
          default: throw .noOverload("math.bitNot", value)
          }
        }),
      shift("math.bitShiftLeft") { $0 << $1 },
      // Also of a negative number zeros come from the left.
      shift("math.bitShiftRight") { $0 >> $1 },
    ]

  private static func extreme(
    _ name: String, _ values: [Cell], _ frame: inout Frame, _ isBetter: (Int) -> Bool
  ) throws(Fault) -> Cell {
    var candidates = values
    if values.count == 1, var elements = ListElements(values[0]) {
      candidates = []
      try frame.step(elements.count)
      while let element = elements.next() { candidates.append(element) }
    }
    guard var best = candidates.first, Ordering.numeric(best, best) != nil else {
      throw Fault(.invalidArgument, "\(name) takes numbers, or a list of at least one")
    }
    for candidate in candidates.dropFirst() {
      guard let order = Ordering.numeric(candidate, best) else {
        throw .noOverload(name, best, candidate)
      }
      if let order, isBetter(order) { best = candidate }
    }
    return best
  }

  private static func rounding(
    _ name: String, _ round: @escaping @Sendable (Double) -> Double
  ) -> FunctionDefinition {
    FunctionDefinition(
      name, .math, ["(double) -> double"],
      .unary { (value, _) throws(Fault) in
        guard case .double(let number) = value else { throw .noOverload(name, value) }
        return .double(round(number))
      })
  }

  private static func predicate(
    _ name: String, _ test: @escaping @Sendable (Double) -> Bool
  ) -> FunctionDefinition {
    FunctionDefinition(
      name, .math, ["(double) -> bool"],
      .unary { (value, _) throws(Fault) in
        guard case .double(let number) = value else { throw .noOverload(name, value) }
        return .bool(test(number))
      })
  }

  private static func abs(_ value: Cell, _ frame: inout Frame) throws(Fault) -> Cell {
    switch value {
    case .int(let number):
      guard number != .min else { throw Fault(.overflow, "integer overflow") }
      return .int(number.magnitude <= UInt64(Int64.max) ? Int64(number.magnitude) : number)
    case .uint: return value
    case .double(let number): return .double(number.magnitude)
    default: throw .noOverload("math.abs", value)
    }
  }

  private static func sign(_ value: Cell, _ frame: inout Frame) throws(Fault) -> Cell {
    switch value {
    case .int(let number): return .int(number.signum())
    case .uint(let number): return .uint(number == 0 ? 0 : 1)
    case .double(let number):
      return number.isNaN ? value : .double(number == 0 ? 0 : number < 0 ? -1 : 1)
    default: throw .noOverload("math.sign", value)
    }
  }

  private static func bits(
    _ name: String, _ signed: @escaping @Sendable (Int64, Int64) -> Int64,
    _ unsigned: @escaping @Sendable (UInt64, UInt64) -> UInt64
  ) -> FunctionDefinition {
    FunctionDefinition(
      name, .math, ["(int, int) -> int", "(uint, uint) -> uint"],
      .binary { (left, right, _) throws(Fault) in
        switch (left, right) {
        case (.int(let left), .int(let right)): return .int(signed(left, right))
        case (.uint(let left), .uint(let right)): return .uint(unsigned(left, right))
        default: throw .noOverload(name, left, right)
        }
      })
  }

  private static func shift(
    _ name: String, _ shift: @escaping @Sendable (UInt64, UInt64) -> UInt64
  ) -> FunctionDefinition {
    FunctionDefinition(
      name, .math, ["(int, int) -> int", "(uint, int) -> uint"],
      .binary { (value, count, _) throws(Fault) in
        guard case .int(let count) = count else { throw .noOverload(name, value, count) }
        let bits: UInt64
        switch value {
        case .int(let number): bits = UInt64(bitPattern: number)
        case .uint(let number): bits = number
        default: throw .noOverload(name, value, .int(count))
        }
        guard count >= 0 else {
          throw Fault(.invalidArgument, "a shift's count is negative: \(count)")
        }
        let shifted = count > 63 ? 0 : shift(bits, UInt64(count))
        if case .int = value { return .int(Int64(bitPattern: shifted)) }
        return .uint(shifted)
      })
  }
}
