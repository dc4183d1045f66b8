/// Where values stand in the text that they were parsed of.
///
/// The text is known to be JSON: nothing is checked twice.
public enum JSONPlaces {
  /// Behind the bracket that begins an array: where ``element(behind:in:)`` finds its first element.
  ///
  /// - Parameter steps: The names that lead to the array, from the text's value on; of a name that is repeated the first
  ///   counts.
  /// - Returns: Nil where no array is found that way, and where a name on the way is written with escapes.
  public static func list(in text: [UInt8], at steps: [String]) -> Int? {
    let span = text.span
    var index = pastBlanks(0, in: span)
    for step in steps {
      guard let found = member(step, of: index, in: span) else { return nil }
      index = found
    }
    guard index < span.count, span[index] == UInt8(ascii: "[") else { return nil }
    return index + 1
  }

  /// Where the next element of an array begins, behind its bracket or behind an element; nil behind the last.
  public static func element(behind index: Int, in text: borrowing Span<UInt8>) -> Int? {
    var index = pastBlanks(index, in: text)
    if index < text.count, text[index] == UInt8(ascii: ",") {
      index = pastBlanks(index + 1, in: text)
    }
    return index < text.count && text[index] != UInt8(ascii: "]") ? index : nil
  }

  /// Where the value of a member begins.
  private static func member(
    _ name: String, of object: Int, in text: borrowing Span<UInt8>
  ) -> Int? {
    guard object < text.count, text[object] == UInt8(ascii: "{") else { return nil }
    let name = Array(name.utf8)
    var index = pastBlanks(object + 1, in: text)
    while index < text.count, text[index] == UInt8(ascii: "\"") {
      let end = endOfString(index, in: text)
      var isSame = end - index - 2 == name.count
      for place in index + 1..<max(index + 1, end - 1) {
        if text[place] == UInt8(ascii: "\\") { return nil }
        if isSame, text[place] != name[place - index - 1] { isSame = false }
      }
      index = pastBlanks(end, in: text)
      guard index < text.count, text[index] == UInt8(ascii: ":") else { return nil }
      index = pastBlanks(index + 1, in: text)
      if isSame { return index }
      index = pastBlanks(self.end(of: index, in: text), in: text)
      guard index < text.count, text[index] == UInt8(ascii: ",") else { return nil }
      index = pastBlanks(index + 1, in: text)
    }
    return nil
  }

  private static func pastBlanks(_ index: Int, in text: borrowing Span<UInt8>) -> Int {
    var index = index
    while index < text.count, text[index] <= 0x20 { index += 1 }
    return index
  }

  /// Where the value ends that begins at an index.
  public static func end(of start: Int, in text: borrowing Span<UInt8>) -> Int {
    var index = start
    var depth = 0
    while index < text.count {
      switch text[index] {
      case UInt8(ascii: "\""):
        index = endOfString(index, in: text)
        if depth == 0 { return index }
        continue
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if depth == 0 { return index }
        depth -= 1
        if depth == 0 { return index + 1 }
      case UInt8(ascii: ","), 0x00...0x20:
        if depth == 0 { return index }
      default: break
      }
      index += 1
    }
    return index
  }

  /// Behind the closing quote of the string that begins at an index.
  private static func endOfString(_ start: Int, in text: borrowing Span<UInt8>) -> Int {
    var index = start + 1
    while index < text.count {
      let byte = text[index]
      if byte == UInt8(ascii: "\"") { return index + 1 }
      index += byte == UInt8(ascii: "\\") ? 2 : 1
    }
    return text.count
  }
}
