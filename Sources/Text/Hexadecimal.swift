/// Bytes as hexadecimal digits, two each.
public enum Hexadecimal {
  private static let digits = Array("0123456789abcdef".utf8)

  /// In lower case.
  public static func text(_ bytes: [UInt8]) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(2 * bytes.count)
    for byte in bytes {
      result.append(digits[Int(byte >> 4)])
      result.append(digits[Int(byte & 15)])
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The bytes of digits of either case; nil for anything else, and for an odd number of them.
  public static func bytes(_ text: String) -> [UInt8]? {
    var result: [UInt8] = []
    result.reserveCapacity(text.utf8.count / 2)
    var pending: UInt8?
    for unit in text.utf8 {
      guard let digit = value(of: unit) else { return nil }
      if let first = pending { result.append(first << 4 | digit) }
      pending = pending == nil ? digit : nil
    }
    return pending == nil ? result : nil
  }

  /// What one digit of either case stands for.
  public static func value(of digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
