/// Why a step of a fleet cannot be taken.
package struct FleetError: Error, Sendable, CustomStringConvertible {
  /// What is to be done about it.
  package enum Code: Sendable {
    /// Something must be changed first: the fleet file, the clone, the program.
    case configuration
    /// It may pass by itself.
    case tryAgain
    /// What was asked for is refused.
    case refused
  }

  /// What is to be done about it.
  package let code: Code
  /// What, where, and what to do.
  package let description: String

  package init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }
}
