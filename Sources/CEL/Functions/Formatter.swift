private import Foundation
internal import Text

/// `text.format(arguments)`: the extension "Strings".
///
/// `%s %d %f %e %b %o %x %X %%`, the fraction's digits behind a point: `%.3f`.
struct Formatter {
  private var arguments: ListElements
  private var taken = 0

  init(arguments: ListElements) {
    self.arguments = arguments
  }

  mutating func format(_ text: String, _ frame: inout Frame) throws(Fault) -> String {
    var result = ""
    var rest = Substring(text).unicodeScalars
    while let scalar = rest.first {
      rest.removeFirst()
      guard scalar == "%" else {
        result.unicodeScalars.append(scalar)
        continue
      }
      if rest.first == "%" {
        rest.removeFirst()
        result += "%"
        continue
      }
      var precision: Int?
      if rest.first == "." {
        rest.removeFirst()
        let digits = rest.prefix { ("0"..."9").contains($0) }
        rest.removeFirst(digits.count)
        guard let value = Int(String(digits)), value <= 1_000 else {
          throw Fault(.invalidArgument, "a format's precision is a number up to 1000")
        }
        precision = value
      }
      guard let clause = rest.first else {
        throw Fault(.invalidArgument, "a format ends within a clause")
      }
      rest.removeFirst()
      let piece = try piece(clause, precision: precision, &frame)
      try frame.build(piece.utf8.count)
      result += piece
    }
    try frame.build(text.utf8.count)
    return result
  }

  private mutating func piece(
    _ clause: Unicode.Scalar, precision: Int?, _ frame: inout Frame
  ) throws(Fault) -> String {
    guard "sdfebxXo".unicodeScalars.contains(clause) else {
      let shown = String(Character(clause))
      throw Fault(.invalidArgument, "a format has the unknown clause '%\(shown)'")
    }
    guard let argument = arguments.next() else {
      let index = taken
      throw Fault(.invalidArgument, "a format has no argument for its clause \(index + 1)")
    }
    taken += 1
    try frame.step(bytes: 64 + (TextBytes.withSpan(argument) { $0.count } ?? 0))
    switch clause {
    case "s": return try Self.plain(argument, &frame)
    case "d": return try Self.decimal(argument)
    case "f": return try Self.real(argument, clause: "f", precision: precision ?? 6)
    case "e": return try Self.real(argument, clause: "e", precision: precision ?? 6)
    case "b": return try Self.binary(argument)
    case "o": return try Self.integer(argument, radix: 8, clause: "o")
    default: return try Self.hexadecimal(argument, uppercase: clause == "X")
    }
  }

  private static func mismatch(_ clause: String, _ argument: Cell) -> Fault {
    let type = argument.typeName
    return Fault(.invalidArgument, "the format's clause '%\(clause)' takes no \(type)")
  }

  /// What `%s` shows: strings without quotes, the entries of maps sorted by their text.
  static func plain(_ value: Cell, _ frame: inout Frame) throws(Fault) -> String {
    switch value {
    case .string, .text: return value.stringValue ?? ""
    case .null: return "null"
    case .bool(let value): return String(value)
    case .int(let value): return String(value)
    case .uint(let value): return String(value)
    case .double(let value): return notFinite(value) ?? Conversion.string(of: value)
    case .timestamp(let time): return time.text
    case .duration(let span): return span.text
    case .type(let box): return box.type.name
    case .network(let box): return box.text
    case .bytes(let bytes): return String(decoding: bytes, as: UTF8.self)
    case .list, .array:
      guard var elements = ListElements(value) else { return "" }
      var pieces: [String] = []
      while let element = elements.next() {
        try frame.step()
        let piece = try plain(element, &frame)
        try frame.build(piece.utf8.count)
        pieces.append(piece)
      }
      return "[\(pieces.joined(separator: ", "))]"
    case .map, .object:
      guard var entries = MapEntries(value) else { return "" }
      var pieces: [String] = []
      while let entry = entries.next() {
        try frame.step()
        let piece = "\(try plain(entry.key, &frame)): \(try plain(entry.value, &frame))"
        try frame.build(piece.utf8.count)
        pieces.append(piece)
      }
      return
        "{\(pieces.sorted { $0.isBefore($1) }.joined(separator: ", "))}"
    case .optional, .fault: throw mismatch("s", value)
    }
  }

  private static func notFinite(_ value: Double) -> String? {
    value.isNaN ? "NaN" : value.isInfinite ? value < 0 ? "-Infinity" : "Infinity" : nil
  }

  private static func decimal(_ argument: Cell) throws(Fault) -> String {
    switch argument {
    case .int(let value): return String(value)
    case .uint(let value): return String(value)
    case .double(let value):
      guard let text = notFinite(value) else { throw mismatch("d", argument) }
      return text
    default: throw mismatch("d", argument)
    }
  }

  private static func real(_ argument: Cell, clause: String, precision: Int) throws(Fault) -> String
  {
    let value: Double
    switch argument {
    case .double(let number): value = number
    case .int(let number): value = Double(number)
    case .uint(let number): value = Double(number)
    case .string, .text:
      // Text that stands for what JSON can't say.
      switch argument.stringValue ?? "" {
      case "NaN": value = .nan
      case "Infinity": value = .infinity
      case "-Infinity": value = -.infinity
      default: throw mismatch(clause, argument)
      }
    default: throw mismatch(clause, argument)
    }
    return notFinite(value) ?? String(format: "%.\(precision)\(clause)", value)
  }

  private static func binary(_ argument: Cell) throws(Fault) -> String {
    if case .bool(let value) = argument { return value ? "1" : "0" }
    return try integer(argument, radix: 2, clause: "b")
  }

  private static func integer(_ argument: Cell, radix: Int, clause: String) throws(Fault) -> String
  {
    switch argument {
    case .int(let value): return String(value, radix: radix)
    case .uint(let value): return String(value, radix: radix)
    default: throw mismatch(clause, argument)
    }
  }

  private static func hexadecimal(_ argument: Cell, uppercase: Bool) throws(Fault) -> String {
    let bytes: [UInt8]
    switch argument {
    case .int(let value): return String(value, radix: 16, uppercase: uppercase)
    case .uint(let value): return String(value, radix: 16, uppercase: uppercase)
    case .string, .text: bytes = Array((argument.stringValue ?? "").utf8)
    case .bytes(let value): bytes = value
    default: throw mismatch(uppercase ? "X" : "x", argument)
    }
    let text = bytes.map(Quoting.hexadecimal).joined()
    return uppercase ? text.uppercased() : text
  }
}
