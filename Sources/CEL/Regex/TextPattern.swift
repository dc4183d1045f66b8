/// A pattern of [RE2](https://github.com/google/re2/wiki/Syntax) that whole texts are held against.
public struct TextPattern: Sendable {
  private let expression: RegularExpression

  /// - Returns: Nil when the pattern is none, or longer than 4,096 bytes.
  public init?(whole pattern: String) {
    guard let expression = try? RegularExpression("^(?:\(pattern))$", limit: 4_096) else {
      return nil
    }
    self.expression = expression
  }

  /// Whether the whole text is of the pattern.
  ///
  /// - Complexity: O(bytes), whatever the pattern.
  public func matches(_ text: String) -> Bool { expression.matches(text.utf8.span) }
}
