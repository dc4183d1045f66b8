/// What a scalar is by the [core schema](https://yaml.org/spec/1.2.2/#103-core-schema) of YAML 1.2.
public enum CoreScalar: Sendable, Hashable {
  /// `~`, `null`, `Null`, `NULL`, or nothing.
  case null
  /// `true`, `True`, `TRUE` and the same of `false`. `yes`, `no`, `on`, `off` are strings.
  case bool(Bool)
  /// `12`, `-7`, `+3`, `017` (seventeen), `0o17` (fifteen), `0x1F`. `1_000` is a string.
  case integer(Int)
  /// `1.5`, `.5`, `1e3`, `.inf`, `-.Inf`, `.NAN`.
  case double(Double)
  /// Every other scalar; every quoted one, however it looks.
  case string(String)
  /// A number too large for 64 bits: its text.
  case outOfRange(String)

  /// Resolves a scalar's text.
  ///
  /// - Parameters:
  ///   - isPlain: Whether it is written without quotes.
  ///   - tag: Its explicit tag in full. A tag that the text does not satisfy leaves a string: the
  ///     parser has then already reported it.
  public init(_ text: String, isPlain: Bool = true, tag: String? = nil) {
    switch tag {
    case nil:
      self = isPlain ? Self.resolve(text) : .string(text)
    case CoreTag.null, CoreTag.bool, CoreTag.integer:
      self = Self.resolve(text)
    case CoreTag.float:
      if case .integer(let number) = Self.resolve(text) {
        self = .double(Double(number))
      } else {
        self = Self.resolve(text)
      }
    default:
      self = .string(text)
    }
  }

  /// Whether a plain scalar that begins with a character may be something else than a string.
  static func mayBegin(_ first: UInt8) -> Bool {
    switch first {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "~"), UInt8(ascii: "n"),
      UInt8(ascii: "N"), UInt8(ascii: "t"), UInt8(ascii: "T"), UInt8(ascii: "f"),
      UInt8(ascii: "F"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."):
      true
    default: false
    }
  }

  private static func resolve(_ text: String) -> CoreScalar {
    let bytes = text.utf8
    guard let first = bytes.first else { return .null }
    switch first {
    case UInt8(ascii: "~"), UInt8(ascii: "n"), UInt8(ascii: "N"):
      if text == "~" || text == "null" || text == "Null" || text == "NULL" { return .null }
    case UInt8(ascii: "t"), UInt8(ascii: "T"):
      if text == "true" || text == "True" || text == "TRUE" { return .bool(true) }
    case UInt8(ascii: "f"), UInt8(ascii: "F"):
      if text == "false" || text == "False" || text == "FALSE" { return .bool(false) }
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"),
      UInt8(ascii: "."):
      return number(text) ?? .string(text)
    default:
      break
    }
    return .string(text)
  }

  private static func number(_ text: String) -> CoreScalar? {
    let bytes = text.utf8
    if bytes.starts(with: "0o".utf8) { return integer(text, digits: text.dropFirst(2), radix: 8) }
    if bytes.starts(with: "0x".utf8) { return integer(text, digits: text.dropFirst(2), radix: 16) }
    let negative = bytes.first == UInt8(ascii: "-")
    let signed = negative || bytes.first == UInt8(ascii: "+")
    let unsigned = bytes.dropFirst(signed ? 1 : 0)
    if unsigned.count == 4, unsigned.first == UInt8(ascii: ".") {
      switch Substring(unsigned) {
      case ".inf", ".Inf", ".INF": return .double(negative ? -.infinity : .infinity)
      case ".nan", ".NaN", ".NAN": return signed ? nil : .double(.nan)
      default: break
      }
    }
    return decimal(text, unsigned)
  }

  private static func integer(
    _ text: String, digits: Substring, radix: Int
  ) -> CoreScalar? {
    guard !digits.isEmpty, digits.utf8.allSatisfy({ $0.value(inRadix: radix) }) else { return nil }
    return Int(digits, radix: radix).map(CoreScalar.integer) ?? .outOfRange(text)
  }

  /// `[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`
  private static func decimal(_ text: String, _ unsigned: Substring.UTF8View) -> CoreScalar? {
    var rest = unsigned
    let whole = rest.takeDigits()
    var isInteger = true
    var fraction = 0
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      fraction = rest.takeDigits()
      isInteger = false
    }
    guard whole + fraction > 0 else { return nil }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      rest.removeFirst()
      if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
      guard rest.takeDigits() > 0 else { return nil }
      isInteger = false
    }
    guard rest.isEmpty else { return nil }
    if isInteger { return Int(text).map(CoreScalar.integer) ?? .outOfRange(text) }
    guard let number = Double(text), number.isFinite else { return .outOfRange(text) }
    return .double(number)
  }
}

/// The tags of the core schema.
enum CoreTag {
  static let prefix = "tag:yaml.org,2002:"
  static let null = prefix + "null"
  static let bool = prefix + "bool"
  static let integer = prefix + "int"
  static let float = prefix + "float"
  static let string = prefix + "str"
  static let sequence = prefix + "seq"
  static let mapping = prefix + "map"
  /// `!` alone: not to be resolved, so a string.
  static let nonSpecific = "!"
}

extension UInt8 {
  fileprivate func value(inRadix radix: Int) -> Bool {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "7"): true
    case UInt8(ascii: "8")...UInt8(ascii: "9"): radix > 8
    case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"): radix == 16
    default: false
    }
  }
}

extension Substring.UTF8View {
  fileprivate mutating func takeDigits() -> Int {
    let rest = drop { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    defer { self = rest }
    return count - rest.count
  }
}
