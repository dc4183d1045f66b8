internal import JSON

/// `size`, `contains`, `startsWith`, `endsWith`, `matches`: langdef, "List of Standard Definitions".
extension FunctionDefinition {
  static let standardStrings: [FunctionDefinition] = [
    FunctionDefinition(
      "size",
      [
        "(string) -> int", "(bytes) -> int", "(list(A)) -> int", "(map(A, B)) -> int",
        "string.() -> int", "bytes.() -> int", "list(A).() -> int", "map(A, B).() -> int",
      ], .unary(size)),
    FunctionDefinition("contains", ["string.(string) -> bool"], .binary(contains)),
    FunctionDefinition("startsWith", ["string.(string) -> bool"], .binary(startsWith)),
    FunctionDefinition("endsWith", ["string.(string) -> bool"], .binary(endsWith)),
    FunctionDefinition(
      "matches", ["string.(string) -> bool", "(string, string) -> bool"], .binary(matches)),
  ]

  private static func size(_ value: Cell, _ frame: inout Frame) throws(Fault) -> Cell {
    switch value {
    case .list(let box): return .int(Int64(box.elements.count))
    case .map(let box): return .int(Int64(box.entries.count))
    case .array(let cursor), .object(let cursor): return .int(Int64(try frame.count(cursor)))
    case .bytes(let bytes): return .int(Int64(bytes.count))
    case .text(let text):
      try frame.step(bytes: text.count)
      return .int(Int64(text.scalarCount))
    case .string(let string):
      try frame.step(bytes: string.utf8.count)
      return .int(Int64(string.utf8.span.scalarCount))
    default: throw .noOverload("size", value)
    }
  }

  static func contains(_ text: Cell, _ part: Cell, _ frame: inout Frame) throws(Fault) -> Cell {
    if case .text(let text) = text, case .text(let part) = part {
      try frame.step(bytes: text.count)
      try frame.step(bytes: part.count)
      return .bool(text.contains(part))
    }
    try frame.step(text: text)
    try frame.step(text: part)
    guard let isFound = TextBytes.withSpans(text, part, { $0.firstOffset(of: $1) != nil }) else {
      throw .noOverload("contains", text, part)
    }
    return .bool(isFound)
  }

  static func startsWith(_ text: Cell, _ part: Cell, _ frame: inout Frame) throws(Fault) -> Cell {
    try frame.step(text: part)
    if case .text(let text) = text, case .text(let part) = part {
      return .bool(text.hasPrefix(part))
    }
    guard let result = TextBytes.withSpans(text, part, { $0.starts(with: $1) }) else {
      throw .noOverload("startsWith", text, part)
    }
    return .bool(result)
  }

  static func endsWith(_ text: Cell, _ part: Cell, _ frame: inout Frame) throws(Fault) -> Cell {
    try frame.step(text: part)
    if case .text(let text) = text, case .text(let part) = part {
      return .bool(text.hasSuffix(part))
    }
    guard let result = TextBytes.withSpans(text, part, { $0.ends(with: $1) }) else {
      throw .noOverload("endsWith", text, part)
    }
    return .bool(result)
  }

  private static func matches(_ text: Cell, _ pattern: Cell, _ frame: inout Frame) throws(Fault)
    -> Cell
  {
    guard let source = try frame.text(pattern), text.type == .string else {
      throw .noOverload("matches", text, pattern)
    }
    let expression = try frame.pattern(source)
    let found: (isMatch: Bool, count: Int)? = TextBytes.withSpan(text) {
      (expression.matches($0), $0.count)
    }
    try frame.step(bytes: found?.count ?? 0)
    return .bool(found?.isMatch ?? false)
  }
}
