/// Reads digits and marks of a text from left to right.
public struct DigitReader: Sendable {
  private var rest: Substring.UTF8View

  /// Stands before the first character.
  public init(_ text: String) { rest = text[...].utf8 }

  /// Whether nothing is left.
  public var isAtEnd: Bool { rest.isEmpty }

  /// Steps over a mark; false, and no step, where another character stands.
  public mutating func take(_ mark: Unicode.Scalar) -> Bool {
    guard let wanted = UTF8.encode(mark), rest.starts(with: wanted) else { return false }
    rest.removeFirst(wanted.count)
    return true
  }

  /// The next ASCII digit's value.
  public mutating func digit() -> Int? {
    guard let byte = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else {
      return nil
    }
    rest.removeFirst()
    return Int(byte - UInt8(ascii: "0"))
  }

  /// A number of exactly so many digits.
  public mutating func number(digits count: Int) -> Int? {
    var value = 0
    for _ in 0..<count {
      guard let digit = digit() else { return nil }
      value = value * 10 + digit
    }
    return value
  }
}
