/// A place in a file: what a diagnostic names and what an edit cuts at.
public struct Mark: Sendable, Hashable, Comparable {
  /// The file's name as it was given to the parser; it is never opened by this module.
  public let file: String
  /// The line, from 1. Lines end at LF, CRLF or CR.
  public let line: Int
  /// The column, from 1, in Unicode scalars.
  public let column: Int
  /// The offset from the beginning of the file, from 0, in bytes (a byte order mark counts).
  public let offset: Int

  /// A place; without numbers it is the beginning of the file.
  public init(file: String, line: Int = 1, column: Int = 1, offset: Int = 0) {
    self.file = file
    self.line = line
    self.column = column
    self.offset = offset
  }

  /// By file, line and column.
  public static func < (left: Mark, right: Mark) -> Bool {
    (left.file, left.line, left.column, left.offset)
      < (right.file, right.line, right.column, right.offset)
  }
}

extension Mark: CustomStringConvertible {
  /// `file:line:column`.
  public var description: String { "\(Excerpt.name(ofFile: file)):\(line):\(column)" }
}

/// A place without its file, as nodes store it: a third of a ``Mark``'s size.
struct Position: Sendable, Hashable {
  var line: Int32
  var column: Int32
  var offset: Int32

  func mark(in file: String) -> Mark {
    Mark(file: file, line: Int(line), column: Int(column), offset: Int(offset))
  }
}
