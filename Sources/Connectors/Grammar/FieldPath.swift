/// Fields of a resource: `config.secret`, `clients.*.secret`, `**.client_secret`.
///
/// `*` stands for any one member or element, `**` for any number of them.
package struct FieldPath: Sendable, Hashable {
  package enum Step: Sendable, Hashable {
    case name(String)
    case any
    case anyDepth
  }

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
