/// A member's name made ready for looking it up in many objects.
public struct JSONKey: Sendable {
  @usableFromInline let text: JSONText
  /// The length and the first bytes, compared at once.
  @usableFromInline let head: UInt64
  @usableFromInline let mask: UInt64
  @usableFromInline let count: Int
  @usableFromInline let storage: JSONTextStorage

  /// Copies the name's UTF-8.
  public init(_ name: String) {
    storage = JSONTextStorage(name)
    text = JSONText(storage)
    count = text.count
    mask = count >= 4 ? ~0 : (UInt64(1) << UInt64(32 + 8 * count)) - 1
    head = text.head & mask
  }

  /// The name.
  public var string: String { text.string }

  /// The name in place: valid as long as the key is.
  @inlinable public var name: JSONText { text }

  /// Whether a text is this name.
  @inlinable func matches(_ other: JSONText) -> Bool {
    other.head & mask == head
      && (count <= 4 || areSame(other.entry + 8, text.entry + 8, count - 4))
  }
}
