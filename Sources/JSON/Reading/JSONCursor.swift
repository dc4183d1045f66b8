/// A value of a document, without a reference to the document.
///
/// A cursor is as cheap to copy as two pointers. It must not outlive its document: it is meant for evaluators that keep
/// the document alive for as long as they run; everywhere else use ``JSONView``.
@frozen public struct JSONCursor: @unchecked Sendable {
  // Unchecked: a document is immutable while a view of it exists.

  @usableFromInline let word: UnsafePointer<UInt64>
  @usableFromInline let holder: Unmanaged<JSONDocument>

  @inlinable init(word: UnsafePointer<UInt64>, holder: Unmanaged<JSONDocument>) {
    self.word = word
    self.holder = holder
  }

  /// The view's value; the view's document must outlive the cursor.
  @inlinable public init(_ view: JSONView) {
    self.init(word: view.word, holder: .passUnretained(view.document))
  }

  /// The document, retained.
  @inlinable public var document: JSONDocument { holder.takeUnretainedValue() }

  /// The same value with a reference to its document.
  @inlinable public var view: JSONView { JSONView(document: document, word: word) }

  @inlinable var tape: UnsafePointer<UInt64> { holder._withUnsafeGuaranteedRef { $0.tape } }
  @inlinable var strings: UnsafePointer<UInt8> { holder._withUnsafeGuaranteedRef { $0.strings } }

  @inlinable var tag: UInt8 { UInt8(truncatingIfNeeded: word.pointee >> 56) }

  /// What kind of value it is.
  @inlinable public var kind: JSONKind { JSONKind(tag: tag) }

  /// Whether it is an object.
  @inlinable public var isObject: Bool { tag == UInt8(ascii: "{") }

  /// From how many members an object is large: what searching it costs is counted.
  @inlinable public static var manyMembers: Int { 64 }

  /// Whether it is an object that is not large.
  @inlinable public var isSmallObject: Bool {
    // The tag and the upper bits of the count, at once.
    word.pointee & 0xFFFF_FFC0_0000_0000 == UInt64(UInt8(ascii: "{")) << 56
  }

  /// Whether it is an array.
  @inlinable public var isArray: Bool { tag == UInt8(ascii: "[") }

  /// What the word is, with the value itself where that costs nothing.
  @inlinable public var content: JSONContent {
    let bits = word.pointee
    switch UInt8(truncatingIfNeeded: bits >> 56) {
    case UInt8(ascii: "\""): return .string(text(bits))
    case UInt8(ascii: "{"): return .object
    case UInt8(ascii: "["): return .array
    case UInt8(ascii: "l"): return .int(Int64(bitPattern: word[1]))
    case UInt8(ascii: "u"): return .uint(word[1])
    case UInt8(ascii: "d"): return .double(Double(bitPattern: word[1]))
    case UInt8(ascii: "t"): return .bool(true)
    case UInt8(ascii: "f"): return .bool(false)
    default: return .null
    }
  }

  @inlinable func text(_ bits: UInt64) -> JSONText {
    JSONText(
      entry: strings + Int(truncatingIfNeeded: bits & 0x00FF_FFFF_FFFF_FFFF),
      holder: Unmanaged<JSONTextOwner>.fromOpaque(holder.toOpaque()))
  }

  /// The string; nil for another kind.
  @inlinable public var text: JSONText? {
    let bits = word.pointee
    return UInt8(truncatingIfNeeded: bits >> 56) == UInt8(ascii: "\"") ? text(bits) : nil
  }

  /// The boolean; nil for another kind.
  @inlinable public var bool: Bool? {
    switch tag {
    case UInt8(ascii: "t"): true
    case UInt8(ascii: "f"): false
    default: nil
    }
  }

  /// The integer up to `Int64.max`; nil for another kind.
  @inlinable public var int: Int64? {
    tag == UInt8(ascii: "l") ? Int64(bitPattern: word[1]) : nil
  }

  /// The word behind this value.
  @inlinable var next: UnsafePointer<UInt64> { Self.behind(word, tape: tape) }

  @inlinable static func behind(
    _ word: UnsafePointer<UInt64>, tape: UnsafePointer<UInt64>
  ) -> UnsafePointer<UInt64> {
    let bits = word.pointee
    // Branches, which a processor foresees: computing the step would have it wait for each word. Most values are strings:
    // their tag alone is below 64.
    if bits & 64 << 56 == 0 { return word + 1 }
    switch UInt8(truncatingIfNeeded: bits >> 56) {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      return tape + Int(truncatingIfNeeded: bits & 0xFFFF_FFFF)
    case UInt8(ascii: "l"), UInt8(ascii: "d"), UInt8(ascii: "u"): return word + 2
    default: return word + 1
    }
  }

  /// How many words of the tape the value takes: a measure of its size.
  @inlinable public var extent: Int { next - word }

  /// The number of elements or members; 0 for a scalar.
  ///
  /// - Complexity: O(1) up to 16,777,214, else O(n).
  @inlinable public var count: Int {
    let count = saturatedCount
    return count < 0xFF_FFFF ? count : countByWalking()
  }

  /// The number of elements or members, 16,777,215 when there are more; 0 for a scalar.
  ///
  /// - Complexity: O(1).
  @inlinable public var saturatedCount: Int {
    let bits = word.pointee
    let tag = UInt8(truncatingIfNeeded: bits >> 56)
    guard tag | 0x20 == UInt8(ascii: "{") else { return 0 }
    return Int(truncatingIfNeeded: (bits >> 32) & 0xFF_FFFF)
  }

  @usableFromInline func countByWalking() -> Int {
    var count = 0
    if isObject {
      var members = self.members
      while members.next() != nil { count += 1 }
    } else {
      var elements = self.elements
      while elements.next() != nil { count += 1 }
    }
    return count
  }

  /// The member of that name, the first when there are several; nil when there is none or this is not an object.
  ///
  /// - Complexity: O(members before it); allocates nothing.
  @inlinable public func member(_ key: JSONKey) -> JSONCursor? {
    isObject ? member(ofObject: key) : nil
  }

  /// The same of what is known to be an object.
  public func member(ofObject key: JSONKey) -> JSONCursor? {
    let value = key.isLong ? longMember(key) : value(of: key, from: word + 1)
    return value.map { JSONCursor(word: $0, holder: holder) }
  }

  /// A function of its own: that of most names needs fewer registers without it.
  @inline(never)
  private func longMember(_ key: JSONKey) -> UnsafePointer<UInt64>? {
    var position = word + 1
    while let value = value(of: key, from: position) {
      if text((value - 1).pointee) == key.name { return value }
      position = Self.behind(value, tape: tape)
    }
    return nil
  }

  /// Where the value of the next member is whose name begins as the key does, of an object's members from a place on.
  @inline(__always)
  private func value(
    of key: JSONKey, from start: UnsafePointer<UInt64>
  ) -> UnsafePointer<UInt64>? {
    let (tape, end) = (tape, end)
    // A name's word is an offset and its tag: less the tag, this is what to add it to.
    let texts = UInt(bitPattern: strings) &- UInt(UInt8(ascii: "\"")) << 56
    var position = start
    while position < end {
      let entry = UnsafeRawPointer(bitPattern: texts &+ UInt(position.pointee)).unsafelyUnwrapped
      position += 1
      if key.begins(entry) { return position }
      position = Self.behind(position, tape: tape)
    }
    return nil
  }

  /// The closing word of an array or an object.
  @inlinable var end: UnsafePointer<UInt64> {
    tape + (Int(truncatingIfNeeded: word.pointee & 0xFFFF_FFFF) - 1)
  }

  /// The member of that name. See ``member(_:)-(JSONKey)``.
  public func member(_ name: JSONText) -> JSONCursor? {
    var members = self.members
    while let member = members.next() {
      if member.name == name { return member.value }
    }
    return nil
  }

  /// The element at an index from 0; nil beyond the end and for another kind.
  ///
  /// - Complexity: O(index).
  @inlinable public func element(_ index: Int) -> JSONCursor? {
    guard index >= 0 else { return nil }
    var elements = self.elements
    for _ in 0..<index where elements.next() == nil { return nil }
    return elements.next()
  }

  /// The elements in order; none for another kind.
  @inlinable public var elements: Elements {
    guard isArray else {
      return Elements(position: word, end: word, holder: holder)
    }
    return Elements(position: word + 1, end: end, holder: holder)
  }

  /// The members in order, repeated names included; none for another kind.
  @inlinable public var members: Members {
    guard isObject else {
      return Members(position: word, end: word, holder: holder)
    }
    return Members(position: word + 1, end: end, holder: holder)
  }

  /// Steps through an array.
  @frozen public struct Elements: IteratorProtocol {
    @usableFromInline var position: UnsafePointer<UInt64>
    @usableFromInline let end: UnsafePointer<UInt64>
    @usableFromInline let holder: Unmanaged<JSONDocument>

    @inlinable init(
      position: UnsafePointer<UInt64>, end: UnsafePointer<UInt64>, holder: Unmanaged<JSONDocument>
    ) {
      self.position = position
      self.end = end
      self.holder = holder
    }

    /// The next element; nil behind the last.
    @inlinable public mutating func next() -> JSONCursor? {
      guard position < end else { return nil }
      let element = JSONCursor(word: position, holder: holder)
      position = element.next
      return element
    }
  }

  /// Steps through an object.
  @frozen public struct Members: IteratorProtocol {
    @usableFromInline var position: UnsafePointer<UInt64>
    @usableFromInline let end: UnsafePointer<UInt64>
    @usableFromInline let holder: Unmanaged<JSONDocument>

    @inlinable init(
      position: UnsafePointer<UInt64>, end: UnsafePointer<UInt64>, holder: Unmanaged<JSONDocument>
    ) {
      self.position = position
      self.end = end
      self.holder = holder
    }

    /// The next member; nil behind the last.
    @inlinable public mutating func next() -> (name: JSONText, value: JSONCursor)? {
      guard position < end else { return nil }
      let key = JSONCursor(word: position, holder: holder)
      let value = JSONCursor(word: position + 1, holder: holder)
      position = value.next
      return (key.text(key.word.pointee), value)
    }
  }
}
