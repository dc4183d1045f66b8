private import CGit2

/// A `Key: value` line of the last paragraph of a commit's message.
///
/// As in [git-interpret-trailers](https://git-scm.com/docs/git-interpret-trailers).
public struct Trailer: Hashable, Sendable {
  /// What stands before the colon.
  public let key: String
  /// What stands after it, without space at either end; continuation lines are kept as they are.
  public let value: String

  /// Describes a trailer.
  public init(key: String, value: String) {
    self.key = key
    self.value = value
  }

  /// The trailers of a message, in their order; empty when it has none.
  public static func parse(_ message: String) -> [Trailer] {
    var array = git_message_trailer_array()
    guard git_message_trailers(&array, message) >= 0 else { return [] }
    defer { git_message_trailer_array_free(&array) }
    return (0..<array.count).map { index in
      let raw = array.trailers[index]
      return Trailer(
        key: raw.key.map { String(cString: $0) } ?? "",
        value: raw.value.map { String(cString: $0) } ?? "")
    }
  }
}
