/// Drift that is known: `okta-contoso-eu/okta-session-*`, `*/*/idleTimeoutMinutes`.
///
/// It names instance, recommendation and setting, each by a pattern in which `*` stands for any
/// text and `?` for one character. A part that is left out is `*`.
package struct DriftSelector: Sendable, Hashable, CustomStringConvertible {
  private let instance: String
  private let recommendation: String
  private let setting: String
  /// The text that it was read from.
  package let description: String

  /// Nil when the text has an empty part, or more than three.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard (1...3).contains(parts.count), parts.allSatisfy({ !$0.isEmpty }) else { return nil }
    instance = parts[0]
    recommendation = parts.count > 1 ? parts[1] : "*"
    setting = parts.count > 2 ? parts[2] : "*"
    description = text
  }

  /// Whether the selector means the change: the drift itself, or the verdict that came of it.
  ///
  /// The selector means a verdict only when it takes in every setting: one known setting does not
  /// excuse what another may have done.
  package func matches(_ change: Change) -> Bool {
    guard let name = change.instance, Self.matches(name, instance),
      Self.matches(change.recommendation ?? "", recommendation)
    else { return false }
    if change.type == .drift { return Self.matches(change.setting ?? "", setting) }
    return setting == "*" && change.cause == .drift && change.recommendation != nil
  }

  /// Whether a text fits a pattern. The time is linear in the text for each `*`: no match goes back
  /// beyond the last one.
  static func matches(_ text: String, _ pattern: String) -> Bool {
    let (text, pattern) = (Array(text.unicodeScalars), Array(pattern.unicodeScalars))
    var (position, place) = (0, 0)
    var star: (position: Int, place: Int)?
    while position < text.count {
      if place < pattern.count, pattern[place] == "*" {
        star = (position, place)
        place += 1
      } else if place < pattern.count, pattern[place] == "?" || pattern[place] == text[position] {
        position += 1
        place += 1
      } else if let last = star {
        star = (last.position + 1, last.place)
        position = last.position + 1
        place = last.place + 1
      } else {
        return false
      }
    }
    return pattern[place...].allSatisfy { $0 == "*" }
  }
}
