extension JSONWriter {
  /// Writes a value in a form that does not depend on how it was written.
  ///
  /// No white space; members sorted by the code points of their names, of a repeated name only the first; a double that
  /// is a whole number below 2⁵³ is written as an integer, so that `5` and `5.0` are the same. The order is that of
  /// UTF-8 bytes, which differs from RFC 8785's UTF-16 order only beyond the basic multilingual plane.
  public mutating func canonical(_ view: JSONView) {
    canonical(JSONCursor(view))
  }

  private mutating func canonical(_ cursor: JSONCursor) {
    switch cursor.content {
    case .null: raw("null")
    case .bool(let value): value.write(to: &self)
    case .int(let value): value.write(to: &self)
    case .uint(let value): value.write(to: &self)
    case .double(let value): number(value)
    case .string(let text): text.withSpan { quoted($0) }
    case .array:
      raw("[")
      var isFirst = true
      var elements = cursor.elements
      while let element = elements.next() {
        if !isFirst { raw(",") }
        isFirst = false
        canonical(element)
      }
      raw("]")
    case .object:
      var sorted: [(name: JSONText, value: JSONCursor, index: Int)] = []
      sorted.reserveCapacity(cursor.count)
      var members = cursor.members
      while let member = members.next() { sorted.append((member.name, member.value, sorted.count)) }
      sorted.sort {
        let order = $0.name.compared(to: $1.name)
        return order == 0 ? $0.index < $1.index : order < 0
      }
      raw("{")
      var last: JSONText?
      for member in sorted {
        if let last {
          if last == member.name { continue }
          raw(",")
        }
        last = member.name
        member.name.withSpan { quoted($0) }
        raw(":")
        canonical(member.value)
      }
      raw("}")
    }
  }

  private mutating func number(_ value: Double) {
    if value.magnitude < 9_007_199_254_740_992, value.rounded() == value {
      Int64(value).write(to: &self)
    } else {
      value.write(to: &self)
    }
  }
}

extension JSONView {
  /// The canonical form's bytes. See ``JSONWriter/canonical(_:)``.
  public var canonicalBytes: [UInt8] {
    var writer = JSONWriter()
    writer.canonical(self)
    return writer.bytes
  }
}
