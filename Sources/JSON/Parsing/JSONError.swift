/// Why bytes are not JSON, or not JSON within the limits.
///
/// The grammar is that of [RFC 8259](https://www.rfc-editor.org/rfc/rfc8259).
public struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of fault it is.
  public enum Kind: String, Hashable, Sendable {
    /// The bytes break the grammar.
    case syntax
    /// The input holds nothing but white space.
    case empty
    /// The bytes are not valid UTF-8.
    case encoding
    /// A number is malformed, or an integer that fits neither `Int64` nor `UInt64`.
    case number
    /// A string has a bad escape or an unescaped control character, or is not closed.
    case string
    /// Arrays and objects are nested deeper than the limit.
    case depth
    /// The input, or a line of it, is longer than the limit.
    case size
    /// Memory ran out.
    case memory
    /// A file can't be read.
    case file
  }

  /// What kind of fault it is.
  public let kind: Kind
  /// The fault in a sentence without a position.
  public let message: String
  /// The byte, counted from 0 at the start of the input or of the line, where the fault shows; nil when unknown.
  public let offset: Int?
  /// The line of an NDJSON input, counted from 1; nil for a single document.
  public let line: Int?

  /// An error with its place.
  public init(kind: Kind, message: String, offset: Int? = nil, line: Int? = nil) {
    self.kind = kind
    self.message = message
    self.offset = offset
    self.line = line
  }

  static func tooLong(_ limit: Int, line: Int) -> JSONError {
    JSONError(
      kind: .size, message: "the line is longer than the limit of \(limit) bytes", line: line)
  }

  /// The same error in a line of an NDJSON input.
  func at(line: Int) -> JSONError {
    JSONError(kind: kind, message: message, offset: offset, line: line)
  }

  /// `line 3, byte 17: the fault`, with as much of the place as is known.
  public var description: String {
    switch (line, offset) {
    case (let line?, let offset?): "line \(line), byte \(offset): \(message)"
    case (let line?, nil): "line \(line): \(message)"
    case (nil, let offset?): "byte \(offset): \(message)"
    case (nil, nil): message
    }
  }
}
