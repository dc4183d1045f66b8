/// The UTF-8 bytes of a string, without a reference to what holds them.
///
/// A text is as cheap to copy as a pointer, and compares without allocating. It must not outlive its owner: the
/// ``JSONDocument`` whose string it is, or the ``JSONTextStorage`` it was made from. It is meant for evaluators that
/// keep the owner alive for as long as they run; everywhere else use ``JSONView`` and `String`.
///
/// Strings are compared as sequences of code points, which is the order of their UTF-8 bytes; there is no Unicode
/// normalisation.
@frozen public struct JSONText: @unchecked Sendable {
  // Unchecked: the bytes are immutable while the owner lives.

  /// A 32-bit length, then the bytes. Readable for 8 bytes, whatever the length.
  @usableFromInline let entry: UnsafePointer<UInt8>
  @usableFromInline let holder: Unmanaged<JSONTextOwner>

  @inlinable init(entry: UnsafePointer<UInt8>, holder: Unmanaged<JSONTextOwner>) {
    self.entry = entry
    self.holder = holder
  }

  /// The storage's text; the storage must outlive it.
  @inlinable public init(_ storage: JSONTextStorage) {
    self.init(entry: UnsafePointer(storage.entry), holder: .passUnretained(storage))
  }

  /// The number of bytes.
  @inlinable public var count: Int {
    Int(UnsafeRawPointer(entry).loadUnaligned(as: UInt32.self))
  }

  /// What keeps the bytes alive.
  @inlinable public var owner: JSONTextOwner { holder.takeUnretainedValue() }

  /// The length and the first four bytes (or fewer, above which the bits say nothing).
  @inlinable var head: UInt64 { UnsafeRawPointer(entry).loadUnaligned(as: UInt64.self) }

  /// The bytes.
  @inlinable var bytes: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: entry + 4, count: count)
  }

  /// The bytes as a Swift string.
  /// - Complexity: O(n), allocates when longer than 15 bytes.
  @inlinable public var string: String { String(decoding: bytes, as: UTF8.self) }

  /// Whether both are the same code points.
  @inlinable public static func == (left: JSONText, right: JSONText) -> Bool {
    left.entry == right.entry || left.bytes.isSame(right.bytes)
  }
}

/// Bytes in memory laid out as in a document, so that constants and a document's strings compare alike.
///
/// Unchecked: immutable after its initializer.
public class JSONTextStorage: JSONTextOwner, @unchecked Sendable {
  @usableFromInline final let entry: UnsafeMutablePointer<UInt8>

  /// Copies a string's UTF-8.
  public init(_ string: String) {
    let utf8 = string.utf8
    let count = utf8.count
    entry = .allocate(capacity: count + 12)
    UnsafeMutableRawPointer(entry).storeBytes(of: UInt32(clamping: count), as: UInt32.self)
    for (index, byte) in utf8.enumerated() { entry[4 + index] = byte }
    for index in 0..<8 { entry[4 + count + index] = 0 }
  }

  deinit { entry.deallocate() }
}
