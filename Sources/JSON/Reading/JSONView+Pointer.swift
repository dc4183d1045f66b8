extension JSONView {
  /// The value a JSON Pointer names: `""` is this value, `"/a/0"` the first element of its member `a`.
  ///
  /// `~1` stands for a slash and `~0` for a tilde in a name
  /// ([RFC 6901](https://www.rfc-editor.org/rfc/rfc6901)). Nil when there is no such value, also for `-` (the element
  /// behind the last) and for a malformed pointer.
  public func value(at pointer: String) -> JSONView? {
    guard !pointer.isEmpty else { return self }
    guard pointer.utf8.first == UInt8(ascii: "/") else { return nil }
    var current = self
    for token in pointer.utf8.dropFirst().split(
      separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    {
      let next: JSONView?
      switch current.kind {
      case .object: next = JSONPointer.unescaped(token).flatMap { current[$0] }
      case .array: next = JSONPointer.index(token).flatMap { current[$0] }
      default: next = nil
      }
      guard let next else { return nil }
      current = next
    }
    return current
  }
}

/// The parts of a JSON Pointer.
public enum JSONPointer {
  /// A name escaped for use between the slashes of a pointer.
  public static func escaped(_ name: String) -> String {
    var result = ""
    for scalar in name.unicodeScalars {
      switch scalar {
      case "~": result += "~0"
      case "/": result += "~1"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  static func unescaped(_ token: some Sequence<UInt8>) -> String? {
    var bytes: [UInt8] = []
    var iterator = token.makeIterator()
    while let byte = iterator.next() {
      guard byte == UInt8(ascii: "~") else {
        bytes.append(byte)
        continue
      }
      switch iterator.next() {
      case UInt8(ascii: "0"): bytes.append(UInt8(ascii: "~"))
      case UInt8(ascii: "1"): bytes.append(UInt8(ascii: "/"))
      default: return nil
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// An array's index: digits without a leading zero.
  static func index(_ token: some Collection<UInt8>) -> Int? {
    guard token.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }),
      token.count == 1 || token.first != UInt8(ascii: "0")
    else { return nil }
    return Int(String(decoding: token, as: UTF8.self))
  }
}
