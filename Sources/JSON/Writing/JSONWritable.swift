/// What a ``JSONWriter`` can write.
public protocol JSONWritable {
  /// Writes exactly one JSON value.
  func write(to writer: inout JSONWriter)
}

extension String: JSONWritable {
  /// A string.
  public func write(to writer: inout JSONWriter) { writer.quoted(utf8.span) }
}

extension Substring: JSONWritable {
  /// A string.
  public func write(to writer: inout JSONWriter) { writer.quoted(utf8.span) }
}

extension Bool: JSONWritable {
  /// `true` or `false`.
  public func write(to writer: inout JSONWriter) { writer.raw(self ? "true" : "false") }
}

extension Int: JSONWritable {
  /// A decimal.
  public func write(to writer: inout JSONWriter) { writer.raw(String(self)) }
}

extension Int64: JSONWritable {
  /// A decimal.
  public func write(to writer: inout JSONWriter) { writer.raw(String(self)) }
}

extension UInt64: JSONWritable {
  /// A decimal.
  public func write(to writer: inout JSONWriter) { writer.raw(String(self)) }
}

extension Double: JSONWritable {
  /// The shortest decimal that reads back to the same double, with a fraction or an exponent; `null` when not finite.
  public func write(to writer: inout JSONWriter) {
    writer.raw(isFinite ? description : "null")
  }
}

extension Optional: JSONWritable where Wrapped: JSONWritable {
  /// The value, or `null`.
  public func write(to writer: inout JSONWriter) {
    if let self { self.write(to: &writer) } else { writer.raw("null") }
  }
}

extension Array: JSONWritable where Element: JSONWritable {
  /// An array.
  public func write(to writer: inout JSONWriter) {
    writer.array { for element in self { $0.element(element) } }
  }
}

extension JSONValue: JSONWritable {
  /// The tree.
  public func write(to writer: inout JSONWriter) {
    switch self {
    case .null: writer.raw("null")
    case .bool(let value): value.write(to: &writer)
    case .int(let value): value.write(to: &writer)
    case .uint(let value): value.write(to: &writer)
    case .double(let value): value.write(to: &writer)
    case .string(let value): value.write(to: &writer)
    case .array(let elements): elements.write(to: &writer)
    case .object(let members):
      writer.object { for (name, value) in members { $0.member(name, value) } }
    }
  }

  /// The value's bytes.
  public func bytes(layout: JSONWriter.Layout = .compact) -> [UInt8] {
    var writer = JSONWriter(layout: layout)
    write(to: &writer)
    return writer.bytes
  }

  /// One line of JSON.
  public var compactText: String { String(decoding: bytes(), as: UTF8.self) }
}

extension JSONView: JSONWritable {
  /// The value with its members in the order of the document.
  public func write(to writer: inout JSONWriter) {
    writer.write(cursor)
  }
}

extension JSONWriter {
  fileprivate mutating func write(_ cursor: JSONCursor) {
    switch cursor.content {
    case .null: raw("null")
    case .bool(let value): value.write(to: &self)
    case .int(let value): value.write(to: &self)
    case .uint(let value): value.write(to: &self)
    case .double(let value): value.write(to: &self)
    case .string(let text): text.withSpan { quoted($0) }
    case .array:
      array {
        var elements = cursor.elements
        while let element = elements.next() {
          $0.separate()
          $0.write(element)
        }
      }
    case .object:
      object { writer in
        var members = cursor.members
        while let member = members.next() {
          writer.separate()
          member.name.withSpan { writer.quoted($0) }
          writer.colon()
          writer.write(member.value)
        }
      }
    }
  }
}
