/// A member's name made ready for looking it up in many objects.
public final class JSONKey: JSONTextStorage, @unchecked Sendable {
  // Unchecked, as its superclass: immutable after its initializer.

  /// The length and the first four bytes, compared at once; the mask leaves those out that the name does not have.
  let head: UInt64
  let mask: UInt64
  /// The eight bytes behind those, compared at once in the same way.
  let tail: UInt64
  let tailMask: UInt64

  private static let comparedAtOnce = 12

  /// Copies the name's UTF-8.
  public override init(_ name: String) {
    var (head, mask) = (UInt64(UInt32(clamping: name.utf8.count)), UInt64(UInt32.max))
    var (tail, tailMask) = (UInt64(0), UInt64(0))
    for (index, byte) in name.utf8.prefix(Self.comparedAtOnce).enumerated() {
      let shift = UInt64(8 * (index < 4 ? index + 4 : index - 4))
      if index < 4 {
        head |= UInt64(byte) << shift
        mask |= 0xFF << shift
      } else {
        tail |= UInt64(byte) << shift
        tailMask |= 0xFF << shift
      }
    }
    (self.head, self.mask, self.tail, self.tailMask) = (head, mask, tail, tailMask)
    super.init(name)
  }

  /// The name.
  public var string: String { name.string }

  /// The name in place: valid as long as the key is.
  @inlinable public var name: JSONText { JSONText(self) }

  /// The number of its bytes.
  var count: Int { Int(truncatingIfNeeded: head & 0xFFFF_FFFF) }

  /// Whether it is longer than what is compared at once.
  var isLong: Bool { count > Self.comparedAtOnce }

  /// Whether an entry of a document's strings is as long as this name, and as far the same as is compared at once.
  @inline(__always) func begins(_ entry: UnsafeRawPointer) -> Bool {
    // Behind a short text eight bytes need not be readable.
    entry.loadUnaligned(as: UInt64.self) & mask == head
      && (tailMask == 0
        || entry.loadUnaligned(fromByteOffset: 8, as: UInt64.self) & tailMask == tail)
  }
}
