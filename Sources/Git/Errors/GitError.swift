/// What went wrong in a repository.
///
/// `message` is a whole clause for a person; `context` says what was being done and may be absent.
/// No credential and no URL's user part ever appears in either.
public struct GitError: Error, Hashable, Sendable {
  /// What kind of failure this is; the one part that programs should compare.
  public let code: Code
  /// What happened, in lower case and without a full stop: `no revision named 'x' in this repository`.
  public let message: String
  /// What was being done, as in `reading 'desired-state/okta.yaml'`.
  public let context: String?

  /// Describes a failure.
  public init(_ code: Code, _ message: String, context: String? = nil) {
    self.code = code
    self.message = message
    self.context = context
  }

  /// The same failure, seen by a caller that knows more about what was being done.
  ///
  /// A context that is already there stays: the innermost is the most exact.
  public func adding(context: String) -> GitError {
    GitError(code, message, context: self.context ?? context)
  }
}

extension GitError: CustomStringConvertible {
  /// `context: message`, or the message alone.
  public var description: String {
    guard let context else { return message }
    return "\(context): \(message)"
  }
}
