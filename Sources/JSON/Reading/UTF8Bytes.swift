internal import CSimdjson

// Comparing UTF-8 without a call into the C library: keys and most values are shorter than what pays for one. Searching
// calls it: a loop would be quadratic.

extension UnsafeBufferPointer<UInt8> {
  /// Whether both hold the same bytes.
  @inlinable func isSame(_ other: UnsafeBufferPointer<UInt8>) -> Bool {
    guard count == other.count else { return false }
    guard let left = baseAddress, let right = other.baseAddress else { return true }
    return areSame(UnsafeRawPointer(left), UnsafeRawPointer(right), count)
  }

  /// Less than, equal to or greater than zero, as these bytes sort before, with or after the others.
  @inlinable func compared(to other: UnsafeBufferPointer<UInt8>) -> Int {
    let shared = Swift.min(count, other.count)
    var index = 0
    if let one = UnsafeRawPointer(baseAddress), let two = UnsafeRawPointer(other.baseAddress) {
      // Eight at a time, as far as they are the same.
      while index + 8 <= shared,
        one.loadUnaligned(fromByteOffset: index, as: UInt64.self)
          == two.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      {
        index += 8
      }
    }
    while index < shared {
      let left = self[index]
      let right = other[index]
      if left != right { return left < right ? -1 : 1 }
      index += 1
    }
    return count - other.count
  }

  /// Where the other bytes first occur at or behind an offset; nil when they do not.
  ///
  /// - Complexity: O(n), by the C library's `memmem`.
  @usableFromInline func firstOffset(of other: UnsafeBufferPointer<UInt8>, from start: Int = 0)
    -> Int?
  {
    guard start <= count, count - start >= other.count else { return nil }
    guard let left = baseAddress, let right = other.baseAddress, !other.isEmpty else {
      return start
    }
    guard let found = csimdjson_find(left + start, count - start, right, other.count) else {
      return nil
    }
    return found - left
  }
}

/// Whether two stretches of `count` bytes are the same.
@inlinable @inline(__always)
func areSame(_ left: UnsafeRawPointer, _ right: UnsafeRawPointer, _ count: Int) -> Bool {
  if count >= 8 {
    var index = 0
    while index + 8 <= count {
      if !areSame(left, right, at: index, as: UInt64.self) { return false }
      index += 8
    }
    // The last ones overlap those before.
    return index == count || areSame(left, right, at: count - 8, as: UInt64.self)
  }
  if count >= 4 {
    return areSame(left, right, at: 0, as: UInt32.self)
      && areSame(left, right, at: count - 4, as: UInt32.self)
  }
  if count >= 2 {
    return areSame(left, right, at: 0, as: UInt16.self)
      && areSame(left, right, at: count - 2, as: UInt16.self)
  }
  return count == 0 || areSame(left, right, at: 0, as: UInt8.self)
}

@inlinable @inline(__always)
func areSame<Word: FixedWidthInteger & BitwiseCopyable>(
  _ left: UnsafeRawPointer, _ right: UnsafeRawPointer, at offset: Int, as: Word.Type
) -> Bool {
  left.loadUnaligned(fromByteOffset: offset, as: Word.self)
    == right.loadUnaligned(fromByteOffset: offset, as: Word.self)
}

extension Span<UInt8> {
  /// Whether both hold the same bytes.
  @inlinable public func isSame(_ other: borrowing Span<UInt8>) -> Bool {
    withUnsafeBufferPointer { left in other.withUnsafeBufferPointer { left.isSame($0) } }
  }

  /// Less than, equal to or greater than zero, as these bytes sort before, with or after the others.
  @inlinable public func compared(to other: borrowing Span<UInt8>) -> Int {
    withUnsafeBufferPointer { left in other.withUnsafeBufferPointer { left.compared(to: $0) } }
  }

  /// Whether the other bytes are the first of these.
  @inlinable public func starts(with other: borrowing Span<UInt8>) -> Bool {
    guard count >= other.count else { return false }
    return withUnsafeBufferPointer { left in
      other.withUnsafeBufferPointer {
        UnsafeBufferPointer(rebasing: left[..<$0.count]).isSame($0)
      }
    }
  }

  /// Whether the other bytes are the last of these.
  @inlinable public func ends(with other: borrowing Span<UInt8>) -> Bool {
    guard count >= other.count else { return false }
    return withUnsafeBufferPointer { left in
      other.withUnsafeBufferPointer {
        UnsafeBufferPointer(rebasing: left[(left.count - $0.count)...]).isSame($0)
      }
    }
  }

  /// Where the other bytes first occur at or behind an offset; nil when they do not.
  @inlinable public func firstOffset(of other: borrowing Span<UInt8>, from start: Int = 0) -> Int? {
    withUnsafeBufferPointer { left in
      other.withUnsafeBufferPointer { left.firstOffset(of: $0, from: start) }
    }
  }

  /// The number of code points, of valid UTF-8.
  @inlinable public var scalarCount: Int {
    withUnsafeBufferPointer { bytes in
      var count = 0
      for byte in bytes where byte & 0xC0 != 0x80 { count += 1 }
      return count
    }
  }
}

extension JSONText {
  /// Calls a closure with the bytes.
  @inlinable public func withSpan<Result, Failure: Error>(
    _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(Span(_unsafeElements: bytes))
  }

  /// Less than, equal to or greater than zero, as this text sorts before, with or after the other.
  @inlinable public func compared(to other: JSONText) -> Int { bytes.compared(to: other.bytes) }

  /// Whether the other text begins this one.
  @inlinable public func hasPrefix(_ other: JSONText) -> Bool {
    let length = other.count
    return count >= length && areSame(entry + 4, other.entry + 4, length)
  }

  /// Whether the other text ends this one.
  @inlinable public func hasSuffix(_ other: JSONText) -> Bool {
    let length = other.count
    let start = count - length
    return start >= 0 && areSame(entry + 4 + start, other.entry + 4, length)
  }

  /// Whether the other text occurs in this one.
  @inlinable public func contains(_ other: JSONText) -> Bool {
    bytes.firstOffset(of: other.bytes) != nil
  }

  /// The number of code points.
  @inlinable public var scalarCount: Int {
    var count = 0
    for byte in bytes where byte & 0xC0 != 0x80 { count += 1 }
    return count
  }
}
