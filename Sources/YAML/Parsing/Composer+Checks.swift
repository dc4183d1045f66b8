extension Composer {
  /// Whether a node can be a key; reports why not.
  mutating func isUsable(_ key: Node) -> Bool {
    guard let text = key.scalar else {
      let found = key.kind == .mapping ? "a mapping" : "a list"
      report(
        "a key must be a plain or quoted text, found \(found); "
          + "put a template like '{{ name }}' in quotes",
        at: key.start)
      return false
    }
    guard key.style == .plain, key.tag == nil else { return true }
    if text == "<<" {
      report("merge keys ('<<') are not part of YAML 1.2; write the fields out", at: key.start)
      return false
    }
    if text.isEmpty {
      report("an entry without a key; write 'name: value'", at: key.start)
      return false
    }
    return true
  }

  /// Reports a tag that is not the core schema's, or that its node does not satisfy.
  mutating func check(_ tag: String, of node: Node) {
    let expected: String
    let isSatisfied: Bool
    switch (tag, node.content) {
    case (CoreTag.nonSpecific, _), (CoreTag.string, .scalar), (CoreTag.sequence, .sequence),
      (CoreTag.mapping, .mapping):
      return
    case (CoreTag.string, _): (expected, isSatisfied) = ("a string", false)
    case (CoreTag.sequence, _): (expected, isSatisfied) = ("a list", false)
    case (CoreTag.mapping, _): (expected, isSatisfied) = ("a mapping", false)
    case (CoreTag.null, _): (expected, isSatisfied) = ("null", node.resolved == .null)
    case (CoreTag.bool, _):
      expected = "true or false"
      if case .bool = node.resolved { isSatisfied = true } else { isSatisfied = false }
    case (CoreTag.integer, _):
      expected = "an integer"
      switch node.resolved {
      case .integer, .outOfRange: isSatisfied = true
      default: isSatisfied = false
      }
    case (CoreTag.float, _):
      expected = "a number"
      switch node.resolved {
      case .double, .outOfRange: isSatisfied = true
      default: isSatisfied = false
      }
    default:
      report(
        "unknown tag '\(Excerpt.of(Self.shorthand(tag)))'; remove it, "
          + "or put the value in quotes if it begins with '!'",
        at: node.start)
      return
    }
    if !isSatisfied {
      report(
        "tag \(Self.shorthand(tag)) wants \(expected), found \(node.found)", at: node.start)
    }
  }

  /// `!!int` for `tag:yaml.org,2002:int`.
  private static func shorthand(_ tag: String) -> String {
    tag.hasPrefix(CoreTag.prefix) ? "!!" + tag.dropFirst(CoreTag.prefix.count) : tag
  }
}
