internal import Git
internal import Posture
internal import Reconciler
internal import YAML

/// An error that is told as it stands: what, where, what to do.
struct Failure: Error {
  let text: String

  init(_ text: String) { self.text = text }

  /// The text of an error that Plumb's modules throw; nil for the argument parser's own.
  static func text(of error: any Error) -> String? {
    switch error {
    case let error as ReconcileError: error.description
    case let error as GitError where error.code == .emptyRepository:
      "\(error.description): commit the desired state first, or read it with --working-tree"
    case let error as GitError: error.description
    case let error as FleetError: error.description
    case let error as Fault: error.detail
    case let error as YAMLEditError: error.description
    default: nil
    }
  }
}
