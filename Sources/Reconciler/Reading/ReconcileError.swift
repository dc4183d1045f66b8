package import YAML

/// Why a plan or an apply could not be made.
package enum ReconcileError: Error, Sendable, CustomStringConvertible {
  /// The desired state has faults.
  case invalidDesiredState([Diagnostic])
  /// There is no folder of desired state; the text says what to do.
  case noDesiredState(String)
  /// A file of the desired state cannot be read.
  case unreadable(path: String, reason: String)
  /// The recorded state cannot be read.
  case damagedRecord(String)
  /// A saved plan no longer describes what apply would do.
  case stalePlan([String])
  /// The saved plan is none.
  case notAPlan(path: String, reason: String)
  /// Others kept moving the reports branch.
  case overtaken(attempts: Int)
  /// Something that the caller asked for does not fit the repository.
  case refused(String)

  package var description: String {
    switch self {
    case .invalidDesiredState(let diagnostics):
      return diagnostics.map(\.description).joined(separator: "\n")
    case .noDesiredState(let text), .damagedRecord(let text), .refused(let text): return text
    case .unreadable(let path, let reason): return "\(path): \(reason)"
    case .stalePlan(let reasons):
      return
        "the saved plan is out of date: \(reasons.joined(separator: "; ")). Run 'plumb plan --out' again."
    case .notAPlan(let path, let reason): return "\(path): \(reason)"
    case .overtaken(let attempts):
      return "the reports branch was moved by others \(attempts) times in a row; run apply again"
    }
  }
}
