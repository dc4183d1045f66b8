/// Why an edit was not made.
public struct YAMLEditError: Error, Sendable, Hashable {
  /// The kinds of reasons.
  public enum Reason: Sendable, Hashable {
    /// The text to edit has errors.
    case unreadable([Diagnostic])
    /// The file has no such document.
    case noDocument(index: Int, count: Int)
    /// Nothing stands at the path, or not what the edit needs.
    case notFound(path: String, problem: String)
    /// The edit would have changed something else as well, or not what it should.
    case unsafe(path: String, problem: String)
  }

  /// What kind of reason.
  public let reason: Reason

  init(_ reason: Reason) {
    self.reason = reason
  }
}

extension YAMLEditError: CustomStringConvertible {
  /// One sentence without a full stop; the diagnostics, a line each, of a text that has errors.
  public var description: String {
    switch reason {
    case .unreadable(let diagnostics):
      diagnostics.map(\.description).joined(separator: "\n")
    case .noDocument(let index, let count):
      "no document \(index + 1): the file has \(count)"
    case .notFound(let path, let problem):
      "cannot edit \(path): \(problem)"
    case .unsafe(let path, let problem):
      "cannot edit \(path) without changing more: \(problem); edit the file by hand"
    }
  }
}
