/// `%20` in URLs ([RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-2.1)).
public enum PercentEncoding {
  /// The marks that mean nothing in any part of a URL.
  public static let unreserved = "-._~"

  /// A text of which only ASCII letters, digits and some marks stay as they are.
  public static func encoded(_ text: some StringProtocol, keeping marks: String = unreserved)
    -> String
  {
    var result: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        result.append(byte)
      case _ where marks.utf8.contains(byte): result.append(byte)
      default: result += "%\(Hexadecimal.text([byte]).uppercased())".utf8
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The text that was encoded; a stray `%` stays as it is.
  public static func decoded(_ text: some StringProtocol) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      let digits = rest.prefix(2).compactMap { Hexadecimal.value(of: $0) }
      if byte == UInt8(ascii: "%"), digits.count == 2 {
        bytes.append(digits[0] << 4 | digits[1])
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
