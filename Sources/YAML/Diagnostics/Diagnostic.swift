/// One fault, or one remark, at one place of one file.
public struct Diagnostic: Error, Sendable, Hashable {
  /// How much a diagnostic weighs.
  public enum Severity: String, Sendable, Hashable, Comparable, CaseIterable {
    /// The file can't be used as it is.
    case error
    /// The file can be used; something in it is probably not meant.
    case warning
    /// Adds to the diagnostic before it.
    case note

    /// Errors before warnings before notes.
    public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

    private var rank: Int {
      switch self {
      case .error: 0
      case .warning: 1
      case .note: 2
      }
    }
  }

  /// How much it weighs.
  public let severity: Severity
  /// Where.
  public let mark: Mark
  /// What is wrong and what to do about it: one line, no full stop.
  public let message: String

  /// A diagnostic.
  public init(_ severity: Severity, _ message: String, at mark: Mark) {
    self.severity = severity
    self.mark = mark
    self.message = message
  }
}

extension Diagnostic: Comparable {
  /// By file, line and column; at one place errors first, then by message.
  public static func < (left: Diagnostic, right: Diagnostic) -> Bool {
    if left.mark != right.mark { return left.mark < right.mark }
    return (left.severity, left.message) < (right.severity, right.message)
  }
}

extension Diagnostic: CustomStringConvertible {
  /// `file:line:column: error: message`, as compilers print it.
  public var description: String { "\(mark): \(severity.rawValue): \(message)" }
}
