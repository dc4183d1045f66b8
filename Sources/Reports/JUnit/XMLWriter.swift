/// Writes XML 1.0 into a string: elements, attributes and text, all of them escaped.
///
/// Characters that XML has no way to write are spelt out, so that whatever a tenant calls its
/// resources the document is well-formed.
struct XMLWriter {
  private var output = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
  private var depth = 0
  /// Whether the element that is open has text in it: then white space counts.
  private var hasText = false
  /// Whether the element that is open has anything in it.
  private var isFilled = true

  var bytes: [UInt8] { Array(output.utf8) }

  /// An element with what the closure writes.
  mutating func element(
    _ name: String, _ attributes: [(String, String)],
    _ content: (inout XMLWriter) -> Void = { _ in }
  ) {
    fill()
    indent()
    output += "<\(name)"
    for (name, value) in attributes { output += " \(name)=\"\(Self.escaped(value))\"" }
    isFilled = false
    depth += 1
    content(&self)
    depth -= 1
    if !isFilled {
      output += "/>\n"
    } else {
      if !hasText { indent() }
      output += "</\(name)>\n"
    }
    isFilled = true
    hasText = false
  }

  /// Text in the element that is open.
  mutating func text(_ text: String) {
    guard !text.isEmpty else { return }
    if !isFilled { output += ">" }
    isFilled = true
    hasText = true
    output += Self.escaped(text, inAttribute: false)
  }

  private mutating func fill() {
    if !isFilled { output += ">\n" }
    isFilled = true
  }

  private mutating func indent() { output += String(repeating: "  ", count: depth) }

  /// For text and attributes: `]]>` ends nothing, and line breaks stay what they are.
  static func escaped(_ text: String, inAttribute: Bool = true) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"" where inAttribute: result += "&quot;"
      case "\n" where !inAttribute: result += "\n"
      case "\t", "\n", "\r": result += "&#\(scalar.value);"
      case "\u{FFFE}", "\u{FFFF}": result += HiddenScalars.name(of: scalar)
      case _ where scalar.value < 0x20: result += HiddenScalars.name(of: scalar)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
