extension Composer {
  /// Whether a node can be a key; reports why not.
  mutating func isUsable(_ key: Int32) -> Bool {
    let record = tree[key]
    guard record.kind == .scalar else {
      let found = record.kind == .mapping ? "a mapping" : "a list"
      report(
        "a key must be a plain or quoted text, found \(found); "
          + "put a template like '{{ name }}' in quotes",
        at: record.start)
      return false
    }
    guard record.style == .plain, tag(of: record) == nil else { return true }
    if record.count == 2, tree.string(key) == "<<" {
      report("merge keys ('<<') are not part of YAML 1.2; write the fields out", at: record.start)
      return false
    }
    if record.count == 0 {
      report("an entry without a key; write 'name: value'", at: record.start)
      return false
    }
    return true
  }

  private func tag(of record: NodeTree.Record) -> String? {
    record.properties < 0 ? nil : tree.properties[Int(record.properties)].tag
  }

  /// Reports a tag that is not the core schema's, or that its node does not satisfy.
  mutating func check(_ tag: String, of node: Int32) {
    let record = tree[node]
    let text = record.kind == .scalar ? tree.string(node) : ""
    let resolved =
      record.kind == .scalar ? CoreScalar(text, isPlain: record.style == .plain, tag: tag) : nil
    let expected: String
    let isSatisfied: Bool
    switch (tag, record.kind) {
    case (CoreTag.nonSpecific, _), (CoreTag.string, .scalar), (CoreTag.sequence, .sequence),
      (CoreTag.mapping, .mapping):
      return
    case (CoreTag.string, _): (expected, isSatisfied) = ("a string", false)
    case (CoreTag.sequence, _): (expected, isSatisfied) = ("a list", false)
    case (CoreTag.mapping, _): (expected, isSatisfied) = ("a mapping", false)
    case (CoreTag.null, _): (expected, isSatisfied) = ("null", resolved == .null)
    case (CoreTag.bool, _):
      expected = "true or false"
      if case .bool = resolved { isSatisfied = true } else { isSatisfied = false }
    case (CoreTag.integer, _):
      expected = "an integer"
      switch resolved {
      case .integer, .outOfRange: isSatisfied = true
      default: isSatisfied = false
      }
    case (CoreTag.float, _):
      expected = "a number"
      switch resolved {
      case .double, .outOfRange: isSatisfied = true
      default: isSatisfied = false
      }
    default:
      report(
        "unknown tag '\(Excerpt.of(Self.shorthand(tag)))'; remove it, "
          + "or put the value in quotes if it begins with '!'",
        at: record.start)
      return
    }
    if !isSatisfied {
      let found = Node.found(
        record.kind, isEmpty: record.count == 0, text: text, resolved: resolved)
      report(
        "tag \(Self.shorthand(tag)) wants \(expected), found \(found)", at: record.start)
    }
  }

  /// `!!int` for `tag:yaml.org,2002:int`.
  private static func shorthand(_ tag: String) -> String {
    tag.hasPrefix(CoreTag.prefix) ? "!!" + tag.dropFirst(CoreTag.prefix.count) : tag
  }
}
