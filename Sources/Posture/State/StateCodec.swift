internal import JSON

/// The recorded state as the files of the reports branch: `state.json` at the top, and one
/// `instances/<name>/state.json` for each instance, so that a run over one instance leaves the
/// others' files alone.
///
/// The order is stable, with one member a line. The reader accepts what the writer writes, and says
/// what it does not accept.
package enum StateCodec {
  /// The format's version, the first member of every file.
  package static let apiVersion = "plumb/v1"
  /// The `kind` of `state.json` at the top.
  package static let kind = "State"
  /// The `kind` of an instance's `state.json`.
  package static let instanceKind = "InstanceState"

  /// The largest count that a file may hold.
  package static let largestCount = 1_000_000_000_000

  /// Why a recorded file cannot be read.
  package struct ReadError: Error, Sendable, CustomStringConvertible {
    /// The file that cannot be read.
    package let path: String
    /// What is wrong in it, with the name of the member where one is at fault.
    package let message: String

    package init(path: String, message: String) {
      self.path = path
      self.message = message
    }

    package var description: String { "\(path): \(message)" }
  }
}
