/// A `tag=value; tag=value` list: [RFC 6376](https://www.rfc-editor.org/rfc/rfc6376) section 3.2,
/// which DMARC (RFC 7489, section 6.4) shares.
struct TagList {
  /// In order of writing; values without white space around them.
  let tags: [(name: String, value: String)]

  /// Why a text is no tag list.
  enum Problem: Error, Equatable {
    case noValue(String)
    case badName(String)
    /// "If a tag name does occur more than once, the entire tag-list is invalid."
    case repeated(String)

    var text: String {
      switch self {
      case .noValue(let part): "'\(part.prefix(40))' is no tag"
      case .badName(let name): "'\(name.prefix(40))' is no tag's name"
      case .repeated(let name): "the tag '\(name)' stands twice"
      }
    }
  }

  /// - Parameter foldsCase: Whether names are compared without regard to letter case, as DMARC's ABNF has it.
  init(_ text: String, foldsCase: Bool) throws(Problem) {
    var tags: [(name: String, value: String)] = []
    var parts = text.split(separator: ";", omittingEmptySubsequences: false).map { $0.trimmed }
    // A semicolon may end the list.
    if parts.last == "" { parts.removeLast() }
    for part in parts {
      guard let equals = part.firstIndex(of: "=") else { throw .noValue(part) }
      var name = part[..<equals].trimmed
      guard let first = name.utf8.first, first.isLetter,
        name.utf8.allSatisfy({ $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "_") })
      else { throw .badName(name) }
      if foldsCase { name = name.lowercased() }
      if tags.contains(where: { $0.name == name }) { throw .repeated(name) }
      tags.append((name, part[part.index(after: equals)...].trimmed))
    }
    self.tags = tags
  }

  subscript(name: String) -> String? { tags.first { $0.name == name }?.value }
}

/// The character strings of a TXT record as one text.
///
/// Resolvers that answer in presentation format write each string in quotation marks, one after the other; they are
/// "concatenated together without adding spaces" (RFC 7208, section 3.3).
enum TextRecord {
  static func text(_ written: String) -> String {
    let trimmed = written.trimmed
    guard trimmed.utf8.count >= 2, trimmed.first == "\"", trimmed.last == "\"" else {
      return written
    }
    var result = ""
    var isQuoted = false
    var isEscaped = false
    for character in trimmed.unicodeScalars {
      if isEscaped {
        result.unicodeScalars.append(character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else if character == "\"" {
        isQuoted.toggle()
      } else if isQuoted {
        result.unicodeScalars.append(character)
      } else if character != " " && character != "\t" {
        return written
      }
    }
    return isQuoted ? written : result
  }
}

extension StringProtocol {
  /// Without blanks, tabs and line breaks at either end.
  var trimmed: String {
    var text = Substring(self)
    while let first = text.utf8.first, first.isBlank { text = text.dropFirst() }
    while let last = text.utf8.last, last.isBlank { text = text.dropLast() }
    return String(text)
  }
}

extension UInt8 {
  var isLetter: Bool {
    self | 0x20 >= UInt8(ascii: "a") && self | 0x20 <= UInt8(ascii: "z")
  }
  var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
  fileprivate var isBlank: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
}
