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
    left.text.utf8.elementsEqual(right.text.utf8)
  }

  /// In order of the bytes, which is the order of Unicode's scalars.
  public static func < (left: ExactText, right: ExactText) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }

  /// Hashes what `==` compares.
  public func hash(into hasher: inout Hasher) {
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    // No byte of UTF-8: texts that are hashed one after the other stay apart.
    hasher.combine(0xFF as UInt8)
  }
}
