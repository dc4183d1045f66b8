internal import JSON

/// `bool(x)`, `int(x)`, …, `type(x)`, `dyn(x)`: langdef, "Type Conversions".
extension FunctionDefinition {
  static let conversions: [FunctionDefinition] = [
    FunctionDefinition("dyn", ["(A) -> dyn"], .unary(dyn)),
    FunctionDefinition("type", ["(A) -> type(A)"], .unary(type)),
    FunctionDefinition("bool", ["(bool) -> bool", "(string) -> bool"], .unary(bool)),
    FunctionDefinition(
      "int",
      [
        "(int) -> int", "(uint) -> int", "(double) -> int", "(string) -> int",
        "(google.protobuf.Timestamp) -> int", "(google.protobuf.Duration) -> int",
      ], .unary(int)),
    FunctionDefinition(
      "uint", ["(uint) -> uint", "(int) -> uint", "(double) -> uint", "(string) -> uint"],
      .unary(uint)),
    FunctionDefinition(
      "double",
      ["(double) -> double", "(int) -> double", "(uint) -> double", "(string) -> double"],
      .unary(double)),
    FunctionDefinition(
      "string",
      [
        "(string) -> string", "(bool) -> string", "(int) -> string", "(uint) -> string",
        "(double) -> string", "(bytes) -> string", "(google.protobuf.Timestamp) -> string",
        "(google.protobuf.Duration) -> string", "(net.IP) -> string", "(net.CIDR) -> string",
      ], .unary(string)),
    FunctionDefinition("bytes", ["(bytes) -> bytes", "(string) -> bytes"], .unary(bytes)),
    FunctionDefinition(
      "timestamp",
      [
        "(google.protobuf.Timestamp) -> google.protobuf.Timestamp",
        "(string) -> google.protobuf.Timestamp", "(int) -> google.protobuf.Timestamp",
      ], .unary(timestamp)),
    FunctionDefinition(
      "duration",
      [
        "(google.protobuf.Duration) -> google.protobuf.Duration",
        "(string) -> google.protobuf.Duration", "(int) -> google.protobuf.Duration",
      ], .unary(duration)),
  ]

  private static func dyn(_ value: Cell, _ frame: inout Frame) throws(Fault) -> Cell { value }

  private static func type(_ value: Cell, _ frame: inout Frame) throws(Fault) -> Cell {
    .type(TypeBox(value.type))
  }

  private static func bad(_ value: Cell, _ type: String) -> Fault {
    let shown = value.summary
    return Fault(.conversion, "can't convert \(shown) to \(type)")
  }

  private static func bool(_ value: Cell, _ frame: inout Frame) throws(Fault) -> Cell {
    switch value {
    case .bool: return value
    case .string, .text:
      switch try frame.text(value) ?? "" {
      case "1", "t", "T", "true", "TRUE", "True": return .bool(true)
      case "0", "f", "F", "false", "FALSE", "False": return .bool(false)
      default: throw bad(value, "bool")
      }
    default: throw .noOverload("bool", value)
    }
  }

  private static func int(_ value: Cell, _ frame: inout Frame) throws(Fault) -> Cell {
    switch value {
    case .int: return value
    case .uint(let number):
      guard let exact = Int64(exactly: number) else {
        throw Fault(.overflow, "the number is out of range of int")
      }
      return .int(exact)
    case .double(let number):
      // The ends are excluded: as doubles they stand for numbers beyond the range too.
      guard number > -0x1p63, number < 0x1p63 else {
        throw Fault(.overflow, "the number is out of range of int")
      }
      return .int(Int64(number))
    case .string, .text:
      guard let exact = Conversion.int(try frame.text(value) ?? "") else { throw bad(value, "int") }
      return .int(exact)
    case .timestamp(let time): return .int(time.seconds)
    case .duration(let span): return .int(span.totalNanoseconds)
    default: throw .noOverload("int", value)
    }
  }

  private static func uint(_ value: Cell, _ frame: inout Frame) throws(Fault) -> Cell {
    switch value {
    case .uint: return value
    case .int(let number):
      guard let exact = UInt64(exactly: number) else {
        throw Fault(.overflow, "the number is out of range of uint")
      }
      return .uint(exact)
    case .double(let number):
      guard number > -1, number < 0x1p64 else {
        throw Fault(.overflow, "the number is out of range of uint")
      }
      return .uint(UInt64(number))
    case .string, .text:
      let text = try frame.text(value) ?? ""
      guard text.utf8.allSatisfy({ Lexer.isDigit($0) }), let exact = UInt64(text) else {
        throw bad(value, "uint")
      }
      return .uint(exact)
    default: throw .noOverload("uint", value)
    }
  }

  private static func double(_ value: Cell, _ frame: inout Frame) throws(Fault) -> Cell {
    switch value {
    case .double: return value
    case .int(let number): return .double(Double(number))
    case .uint(let number): return .double(Double(number))
    case .string, .text:
      guard let number = Conversion.double(try frame.text(value) ?? "") else {
        throw bad(value, "double")
      }
      return .double(number)
    default: throw .noOverload("double", value)
    }
  }

  private static func string(_ value: Cell, _ frame: inout Frame) throws(Fault) -> Cell {
    switch value {
    case .string, .text: return value
    case .bool(let value): return .string(String(value))
    case .int(let value): return .string(String(value))
    case .uint(let value): return .string(String(value))
    case .double(let value): return .string(Conversion.string(of: value))
    case .timestamp(let time): return .string(time.text)
    case .duration(let span): return .string(span.text)
    case .network(let box): return .string(box.text)
    case .bytes(let bytes):
      try frame.step(bytes: bytes.count)
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw Fault(.conversion, "the bytes are not valid UTF-8")
      }
      return try frame.string(text)
    default: throw .noOverload("string", value)
    }
  }

  private static func bytes(_ value: Cell, _ frame: inout Frame) throws(Fault) -> Cell {
    switch value {
    case .bytes: return value
    case .string, .text:
      let bytes = Array((try frame.text(value) ?? "").utf8)
      try frame.step(bytes: bytes.count)
      try frame.build(bytes.count)
      return .bytes(bytes)
    default: throw .noOverload("bytes", value)
    }
  }

  private static func timestamp(_ value: Cell, _ frame: inout Frame) throws(Fault) -> Cell {
    switch value {
    case .timestamp: return value
    case .int(let seconds):
      guard let time = Timestamp(seconds: seconds) else {
        throw Fault(.overflow, "the timestamp is outside the years 1 to 9999")
      }
      return .timestamp(time)
    case .string, .text:
      guard let time = Timestamp(try frame.text(value) ?? "") else { throw bad(value, "timestamp") }
      return .timestamp(time)
    default: throw .noOverload("timestamp", value)
    }
  }

  private static func duration(_ value: Cell, _ frame: inout Frame) throws(Fault) -> Cell {
    switch value {
    case .duration: return value
    case .int(let nanoseconds): return .duration(TimeSpan(totalNanoseconds: nanoseconds))
    case .string, .text:
      guard let span = TimeSpan(try frame.text(value) ?? "") else { throw bad(value, "duration") }
      return .duration(span)
    default: throw .noOverload("duration", value)
    }
  }
}
