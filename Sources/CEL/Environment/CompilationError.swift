/// A fault of an expression that shows before it is evaluated.
public struct Issue: Hashable, Sendable {
  /// The fault in a sentence, without a position and without the suggestion.
  public let message: String
  /// Counted from 1.
  public let line: Int
  /// Counted from 1, in Unicode scalars.
  public let column: Int
  /// The byte of the expression's UTF-8, counted from 0.
  public let offset: Int
  /// How many bytes the fault takes; 0 at the expression's end.
  public let length: Int
  /// The declared name that was perhaps meant.
  public let suggestion: String?

  /// An issue at a byte of a source.
  init(message: String, offset: Int, length: Int, suggestion: String? = nil, in source: [UInt8]) {
    let offset = min(offset, source.count)
    let before = source[..<offset]
    let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    self.message = message
    self.line = 1 + before.count { $0 == UInt8(ascii: "\n") }
    self.column = 1 + source[lineStart..<offset].count { $0 & 0xC0 != 0x80 }
    self.offset = offset
    self.length = length
    self.suggestion = suggestion
  }

  /// The message with the suggestion: `undeclared reference to 'nam'; did you mean 'name'?`
  public var text: String {
    suggestion.map { "\(message); did you mean '\($0)'?" } ?? message
  }
}

/// Why an expression does not compile: every issue that was found.
public struct CompilationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// At least one, in the order of the source.
  public let issues: [Issue]
  /// The expression.
  public let source: String

  /// Each issue with its place, the line of the source and a caret under the place.
  ///
  /// ```
  /// 1:1: undeclared reference to 'resorce'; did you mean 'resource'?
  ///  | resorce.name == 1
  ///  | ^
  /// ```
  public var description: String {
    let lines = source.split(separator: "\n", omittingEmptySubsequences: false)
    return issues.map { issue in
      let line = issue.line <= lines.count ? lines[issue.line - 1] : ""
      // Tabs stay tabs, so that the caret stands under its column however wide they are.
      let indent = line.unicodeScalars.prefix(issue.column - 1).map { $0 == "\t" ? "\t" : " " }
      return """
        \(issue.line):\(issue.column): \(issue.text)
         | \(line)
         | \(indent.joined())^
        """
    }.joined(separator: "\n")
  }
}
