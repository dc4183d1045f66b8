extension Node {
  /// What a node is, for messages that say what was found: `the integer 14`, `a mapping`.
  var found: String {
    switch content {
    case .sequence(let items): return items.isEmpty ? "an empty list" : "a list"
    case .mapping(let entries): return entries.isEmpty ? "an empty mapping" : "a mapping"
    case .scalar(let text):
      let excerpt = Excerpt.of(text)
      switch resolved {
      case .null: return text.isEmpty ? "nothing" : "null"
      case .bool: return excerpt
      case .integer: return "the integer \(excerpt)"
      case .double: return "the number \(excerpt)"
      case .outOfRange: return "the number \(excerpt), which does not fit in 64 bits"
      case .string, nil: return text.isEmpty ? "an empty string" : "the string '\(excerpt)'"
      }
    }
  }
}
