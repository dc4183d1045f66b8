/// Reads digits and marks of a text from left to right.
public struct DigitReader: Sendable {
  private let bytes: [UInt8]
  private var index = 0

  /// Stands before the first character.
  public init(_ text: String) { bytes = Array(text.utf8) }

  /// Whether nothing is left.
  public var isAtEnd: Bool { index == bytes.count }

  /// Steps over a mark; false, and no step, where another character stands.
  public mutating func take(_ mark: Unicode.Scalar) -> Bool {
    let wanted = UTF8.encode(mark)?.makeIterator()
    var next = index
    guard var wanted else { return false }
    while let byte = wanted.next() {
      guard next < bytes.count, bytes[next] == byte else { return false }
      next += 1
    }
    index = next
    return true
  }

  /// The next ASCII digit's value.
  public mutating func digit() -> Int? {
    guard index < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index]) else {
      return nil
    }
    defer { index += 1 }
    return Int(bytes[index] - UInt8(ascii: "0"))
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
