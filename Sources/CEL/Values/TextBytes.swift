internal import JSON

/// Strings as sequences of code points, whether computed or of a document: langdef, "Values", string.
///
/// UTF-8 sorts as its code points do, so that everything but counting works on bytes.
enum TextBytes {
  /// Calls a closure with a string's bytes; nil when the cell is no string.
  @inline(__always)
  static func withSpan<Result>(_ cell: Cell, _ body: (Span<UInt8>) -> Result) -> Result? {
    switch cell {
    case .text(let text): text.withSpan(body)
    case .string(let string): body(string.utf8.span)
    default: nil
    }
  }

  /// Calls a closure with the bytes of two strings; nil when one is no string.
  @inline(__always)
  static func withSpans<Result>(
    _ left: Cell, _ right: Cell, _ body: (Span<UInt8>, Span<UInt8>) -> Result
  ) -> Result? {
    let inner: Result?? = withSpan(left) { left in withSpan(right) { body(left, $0) } }
    return inner ?? nil
  }

  static func isSame(_ left: Cell, _ right: Cell) -> Bool {
    if case .text(let left) = left, case .text(let right) = right { return left == right }
    return withSpans(left, right) { $0.isSame($1) } ?? false
  }

  static func order(_ left: Cell, _ right: Cell) -> Int? {
    withSpans(left, right) { $0.compared(to: $1) }
  }

  static func scalarCount(_ cell: Cell) -> Int? { withSpan(cell) { $0.scalarCount } }
}
