/// A text that many others are compared with: its length and first bytes are compared at once.
struct ComparedText {
  private let head: UInt64
  private let mask: UInt64
  private let count: Int
  private let entry: UnsafePointer<UInt8>

  /// - Parameter text: Must outlive it.
  @inline(__always) init(_ text: JSONText) {
    count = text.count
    mask = count >= 4 ? ~0 : (UInt64(1) << UInt64(32 + 8 * count)) - 1
    head = text.head & mask
    entry = text.entry
  }

  /// Whether the text of an entry is this one.
  @inline(__always) func isText(_ other: UnsafePointer<UInt8>) -> Bool {
    UnsafeRawPointer(other).loadUnaligned(as: UInt64.self) & mask == head
      && (count <= 4 || areSame(other + 8, entry + 8, count - 4))
  }
}
