internal import JSON

/// `optional.of` and the methods of optionals: the extension "Optional Types".
extension FunctionDefinition {
  static let optionals: [FunctionDefinition] = [
    FunctionDefinition(
      "optional.of", .optionals, ["(A) -> optional_type(A)"],
      .unary { (value, frame) throws(Fault) in try frame.optional(value) }),
    FunctionDefinition(
      "optional.ofNonZeroValue", .optionals, ["(A) -> optional_type(A)"],
      .unary { (value, frame) throws(Fault) in
        value.isZero ? .optional(.none) : try frame.optional(value)
      }),
    FunctionDefinition(
      "optional.none", .optionals, ["() -> optional_type(A)"],
      .variadic(count: 0) { (_, _) throws(Fault) in .optional(.none) }),
    FunctionDefinition(
      "optional.unwrap", .optionals, ["(list(optional_type(A))) -> list(A)"], .unary(unwrap)),
    FunctionDefinition(
      "unwrapOpt", .optionals, ["list(optional_type(A)).() -> list(A)"], .unary(unwrap)),
    FunctionDefinition(
      "hasValue", .optionals, ["optional_type(A).() -> bool"],
      .unary { (value, _) throws(Fault) in
        guard case .optional(let box) = value else { throw .noOverload("hasValue", value) }
        return .bool(box.wrapped != nil)
      }),
    FunctionDefinition(
      "value", .optionals, ["optional_type(A).() -> A"],
      .unary { (value, _) throws(Fault) in
        guard case .optional(let box) = value else { throw .noOverload("value", value) }
        guard let wrapped = box.wrapped else { throw Fault(.noValue, "the optional has no value") }
        return wrapped
      }),
    FunctionDefinition(
      "or", .optionals, ["optional_type(A).(optional_type(A)) -> optional_type(A)"],
      .binary { (value, other, _) throws(Fault) in
        guard case .optional(let box) = value, case .optional = other else {
          throw .noOverload("or", value, other)
        }
        return box.wrapped == nil ? other : value
      }),
    FunctionDefinition(
      "orValue", .optionals, ["optional_type(A).(A) -> A"],
      .binary { (value, other, _) throws(Fault) in
        guard case .optional(let box) = value else { throw .noOverload("orValue", value, other) }
        return box.wrapped ?? other
      }),
  ]

  private static func unwrap(_ value: Cell, _ frame: inout Frame) throws(Fault) -> Cell {
    guard var elements = ListElements(value) else { throw .noOverload("unwrapOpt", value) }
    var wrapped: [Cell] = []
    while let element = elements.next() {
      try frame.step()
      guard case .optional(let box) = element else { throw .noOverload("unwrapOpt", value) }
      if let value = box.wrapped { wrapped.append(value) }
    }
    return try frame.list(wrapped)
  }
}

extension Cell {
  /// Whether it is its type's zero: false, 0, empty, null.
  var isZero: Bool {
    switch self {
    case .null: true
    case .bool(let value): !value
    case .int(let value): value == 0
    case .uint(let value): value == 0
    case .double(let value): value == 0
    case .string(let value): value.isEmpty
    case .text(let text): text.count == 0
    case .bytes(let bytes): bytes.isEmpty
    case .list(let box): box.elements.isEmpty
    case .map(let box): box.entries.isEmpty
    case .array(let cursor), .object(let cursor): cursor.saturatedCount == 0
    case .timestamp(let time): time.seconds == 0 && time.nanoseconds == 0
    case .duration(let span): span.totalNanoseconds == 0
    case .optional(let box): box.wrapped == nil
    case .type, .network, .fault: false
    }
  }
}
