/// Names of things: labels of [RFC 1123](https://www.rfc-editor.org/rfc/rfc1123#section-2.1) in lower
/// case, as Kubernetes names its objects.
public enum DNSLabel {
  /// Whether a text is a label: 1 to 63 of `a`–`z`, `0`–`9` and `-`, no `-` first or last.
  public static func isValid(_ text: String) -> Bool {
    let bytes = text.utf8
    guard (1...63).contains(bytes.count), bytes.first != UInt8(ascii: "-"),
      bytes.last != UInt8(ascii: "-")
    else { return false }
    return bytes.allSatisfy {
      switch $0 {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "-"):
        true
      default: false
      }
    }
  }
}
