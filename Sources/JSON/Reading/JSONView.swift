/// A value in a parsed document, read in place.
///
/// A view keeps its document alive. Only strings that are asked for as `String` are copied.
///
/// When an object repeats a name, looking it up gives the first; ``members`` gives all, in order.
@frozen public struct JSONView: @unchecked Sendable {
  // Unchecked: a document is immutable while a view of it exists.

  /// What the view is a part of.
  public let document: JSONDocument
  @usableFromInline let word: UnsafePointer<UInt64>

  @inlinable init(document: JSONDocument, word: UnsafePointer<UInt64>) {
    self.document = document
    self.word = word
  }

  /// Parses one text. For many, keep a ``JSONParser``.
  public init(parsing text: String, limits: JSONLimits = JSONLimits()) throws(JSONError) {
    var parser = JSONParser(limits: limits)
    self = try parser.parse(text)
  }

  /// Parses one document. For many, keep a ``JSONParser``.
  public init(parsing bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONError) {
    var parser = JSONParser(limits: limits)
    self = try parser.parse(bytes)
  }

  @inlinable var cursor: JSONCursor { JSONCursor(self) }

  /// What kind of value it is.
  public var kind: JSONKind { cursor.kind }

  /// Whether it is `null`.
  public var isNull: Bool { kind == .null }

  /// The boolean; nil for another kind.
  public var bool: Bool? {
    if case .bool(let value) = cursor.content { value } else { nil }
  }

  /// The integer; nil for another kind and when it does not fit.
  public var int64: Int64? {
    switch cursor.content {
    case .int(let value): value
    case .uint(let value): Int64(exactly: value)
    default: nil
    }
  }

  /// The integer as `Int`; nil for another kind and when it does not fit.
  public var int: Int? { int64.flatMap(Int.init(exactly:)) }

  /// The integer; nil for another kind and when it does not fit.
  public var uint64: UInt64? {
    switch cursor.content {
    case .int(let value): UInt64(exactly: value)
    case .uint(let value): value
    default: nil
    }
  }

  /// The number, rounded to a double when it is a large integer; nil for another kind.
  public var double: Double? {
    switch cursor.content {
    case .int(let value): Double(value)
    case .uint(let value): Double(value)
    case .double(let value): value
    default: nil
    }
  }

  /// The string, copied; nil for another kind.
  public var string: String? { cursor.text?.string }

  /// Whether it is a string of exactly these code points; allocates nothing.
  public func equals(_ string: String) -> Bool {
    guard let text = cursor.text else { return false }
    return text.withSpan { $0.isSame(string.utf8.span) }
  }

  /// Whether it is a string of exactly these bytes; allocates nothing.
  public func equals(utf8 bytes: some Sequence<UInt8>) -> Bool {
    guard let text = cursor.text else { return false }
    return text.bytes.elementsEqual(bytes)
  }

  /// Whether it is a string of exactly these code points; allocates nothing.
  public func equals(_ string: StaticString) -> Bool {
    guard let text = cursor.text else { return false }
    return string.withUTF8Buffer { text.bytes.isSame($0) }
  }

  /// The number of elements or members; 0 for a scalar.
  public var count: Int { cursor.count }

  /// The member of that name, the first when the name is repeated; nil when there is none or this is not an object.
  ///
  /// - Complexity: O(members before it); allocates nothing.
  public subscript(_ name: String) -> JSONView? {
    var members = cursor.members
    while let member = members.next() {
      if member.name.withSpan({ $0.isSame(name.utf8.span) }) {
        return JSONView(document: document, word: member.value.word)
      }
    }
    return nil
  }

  /// The member of that name. See ``subscript(_:)-(String)``; the fastest form for a name used often.
  public subscript(_ key: JSONKey) -> JSONView? {
    cursor.member(key).map { JSONView(document: document, word: $0.word) }
  }

  /// The element at an index from 0; nil beyond the end and for another kind.
  ///
  /// - Complexity: O(index). To visit all, use ``elements``.
  public subscript(_ index: Int) -> JSONView? {
    cursor.element(index).map { JSONView(document: document, word: $0.word) }
  }

  /// The elements in order; none when this is not an array.
  public var elements: Elements { Elements(document: document, iterator: cursor.elements) }

  /// The members in the order of the document, repeated names included; none when this is not an object.
  public var members: Members { Members(document: document, iterator: cursor.members) }

  /// The elements of an array.
  public struct Elements: Sequence, IteratorProtocol {
    let document: JSONDocument
    var iterator: JSONCursor.Elements

    /// The next element; nil behind the last.
    public mutating func next() -> JSONView? {
      iterator.next().map { JSONView(document: document, word: $0.word) }
    }
  }

  /// The members of an object.
  public struct Members: Sequence, IteratorProtocol {
    let document: JSONDocument
    var iterator: JSONCursor.Members

    /// The next member; nil behind the last.
    public mutating func next() -> (name: String, value: JSONView)? {
      iterator.next().map {
        ($0.name.string, JSONView(document: document, word: $0.value.word))
      }
    }
  }
}
