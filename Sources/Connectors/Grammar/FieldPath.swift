/// Fields of a resource: `config.secret`, `clients.*.secret`, `**.client_secret`.
///
/// `*` stands for any one member or element, `**` for any number of them.
package struct FieldPath: Sendable, Hashable {
  /// One step of the path.
  package enum Step: Sendable, Hashable {
    /// The member of this name.
    case name(String)
    /// `*`: any one member or element.
    case any
    /// `**`: any number of members and elements, or none.
    case anyDepth
  }

  /// From the resource inwards; at least one, and the last is not `anyDepth`.
  package let steps: [Step]

  /// - Returns: Nil when a step is empty, or `**` ends the path.
  package init?(_ text: String) {
    let steps = text.split(separator: ".", omittingEmptySubsequences: false).map { step -> Step in
      switch step {
      case "*": .any
      case "**": .anyDepth
      default: .name(String(step))
      }
    }
    guard !steps.contains(.name("")), let last = steps.last, last != .anyDepth else { return nil }
    self.steps = steps
  }
}
