extension Node {
  /// What a node is, for messages that say what was found: `the integer 14`, `a mapping`.
  @usableFromInline
  var found: String {
    Self.found(kind, isEmpty: record.count == 0, text: scalar ?? "", resolved: resolved)
  }

  static func found(_ kind: Kind, isEmpty: Bool, text: String, resolved: CoreScalar?) -> String {
    switch kind {
    case .sequence: return isEmpty ? "an empty list" : "a list"
    case .mapping: return isEmpty ? "an empty mapping" : "a mapping"
    case .scalar:
      let excerpt = Excerpt.of(text)
      switch resolved {
      case .null: return isEmpty ? "nothing" : "null"
      case .bool: return excerpt
      case .integer: return "the integer \(excerpt)"
      case .double: return "the number \(excerpt)"
      case .outOfRange: return "the number \(excerpt), which does not fit in 64 bits"
      case .string, nil: return isEmpty ? "an empty string" : "the string '\(excerpt)'"
      }
    }
  }
}
