private import Synchronization

/// What parsing and decoding found wrong, in every file of a run.
///
/// One collector is passed along instead of an error being thrown, so that one run names every
/// fault. It may be shared between tasks; ``all`` is sorted, so the order of their work never shows.
public final class Diagnostics: Sendable {
  private let collected = Mutex<[Diagnostic]>([])

  /// An empty collector.
  public init() {}

  /// Adds a diagnostic.
  public func append(_ diagnostic: Diagnostic) {
    collected.withLock { $0.append(diagnostic) }
  }

  /// Adds what another collector holds.
  public func append(contentsOf other: Diagnostics) {
    let others = other.collected.withLock { $0 }
    collected.withLock { $0.append(contentsOf: others) }
  }

  /// Adds an error.
  public func error(_ message: String, at mark: Mark) {
    append(Diagnostic(.error, message, at: mark))
  }

  /// Adds a warning.
  public func warning(_ message: String, at mark: Mark) {
    append(Diagnostic(.warning, message, at: mark))
  }

  /// Adds a note.
  public func note(_ message: String, at mark: Mark) {
    append(Diagnostic(.note, message, at: mark))
  }

  /// Everything, sorted by file, line and column, each once.
  ///
  /// - Complexity: O(*n* log *n*) at each call.
  public var all: [Diagnostic] {
    var result: [Diagnostic] = []
    for diagnostic in collected.withLock({ $0 }).sorted() where diagnostic != result.last {
      result.append(diagnostic)
    }
    return result
  }

  /// The errors of ``all``.
  public var errors: [Diagnostic] { all.filter { $0.severity == .error } }

  /// Whether an error is among them.
  public var hasErrors: Bool {
    collected.withLock { $0.contains { $0.severity == .error } }
  }

  /// Whether nothing was found, not even a note.
  public var isEmpty: Bool { collected.withLock { $0.isEmpty } }
}

extension Diagnostics: CustomStringConvertible {
  /// One diagnostic a line.
  public var description: String {
    all.map(\.description).joined(separator: "\n")
  }
}
