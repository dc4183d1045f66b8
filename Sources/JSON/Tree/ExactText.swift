#if canImport(Glibc)
private import Glibc
#elseif canImport(Musl)
private import Musl
#endif

/// A text that equals another only when their bytes are the same.
///
/// Swift's strings are equal when they are canonically equivalent (Unicode Standard Annex 15), so that `é` as one scalar
/// and as two are one key of a dictionary. To a vendor they are two names; nothing of one may be taken for the other.
public struct ExactText: Hashable, Comparable, Sendable {
  /// The text.
  public let text: String

  /// A text, compared by its bytes.
  public init(_ text: String) { self.text = text }

  /// Whether the bytes of both, in UTF-8, are the same.
  public static func == (left: ExactText, right: ExactText) -> Bool {
    left.compared(to: right) == 0
  }

  /// In order of the bytes, which is the order of Unicode's scalars.
  public static func < (left: ExactText, right: ExactText) -> Bool {
    left.compared(to: right) < 0
  }

  /// Below, at or above 0, as the bytes come before the other's or behind.
  private func compared(to other: ExactText) -> Int {
    let known = text.utf8.withContiguousStorageIfAvailable { bytes in
      other.text.utf8.withContiguousStorageIfAvailable { others in
        let common = min(bytes.count, others.count)
        // The C library looks at many bytes at once.
        if common > 0, let one = bytes.baseAddress, let two = others.baseAddress {
          let order = Int(memcmp(one, two, common))
          if order != 0 { return order }
        }
        return bytes.count - others.count
      }
    }
    if let known, let known { return known }
    // A text of another runtime, whose bytes are not in one place.
    if text.utf8.elementsEqual(other.text.utf8) { return 0 }
    return text.utf8.lexicographicallyPrecedes(other.text.utf8) ? -1 : 1
  }

  /// Hashes what `==` compares.
  public func hash(into hasher: inout Hasher) {
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    // No byte of UTF-8: texts that are hashed one after the other stay apart.
    hasher.combine(0xFF as UInt8)
  }
}
