// Kernels that make texts of their own.

extension JSONColumn {
  /// Each text with its ASCII letters in lower case, kept by the result, and its length as ``Amount/lengths``. A long text is
  /// unknown, no text an error.
  package func lowered(into result: JSONColumn, rows: Int) {
    for row in 0..<rows {
      let tag = tags[row]
      guard tag == Tag.text.rawValue else {
        result.tags[row] = Self.failure(tag) ?? Tag.fault.rawValue
        continue
      }
      let bytes = text(row)
      guard bytes.count < Self.longText else {
        result.tags[row] = Tag.unknown.rawValue
        continue
      }
      let entry = result.room(row)
      UnsafeMutableRawPointer(entry).storeBytes(of: UInt32(bytes.count), as: UInt32.self)
      for (index, byte) in bytes.enumerated() {
        entry[4 + index] = (65...90).contains(byte) ? byte + 32 : byte
      }
      result.set(row, .text, UInt64(UInt(bitPattern: UnsafePointer(entry))) | Self.made)
    }
  }

  /// Whether each value is of one of the kinds.
  package func isOfKind(
    _ wanted: Set<Tag>, negated: Bool, into result: JSONColumn, rows: Int
  ) {
    for row in 0..<rows {
      let tag = tag(row)
      result.tags[row] =
        Self.failure(tag.rawValue) ?? (wanted.contains(tag) != negated ? 1 : 0)
    }
  }

  /// Whether each text fits; a long one is unknown, a value that is no text an error.
  package func matches(
    into result: JSONColumn, rows: Int, _ fits: (Span<UInt8>) -> Bool
  ) {
    for row in 0..<rows {
      let tag = tags[row]
      guard tag == Tag.text.rawValue else {
        result.tags[row] = Self.failure(tag) ?? Tag.fault.rawValue
        continue
      }
      let bytes = text(row)
      result.tags[row] =
        bytes.count >= Self.longText
        ? Tag.unknown.rawValue : fits(Span(_unsafeElements: bytes)) ? 1 : 0
    }
  }
}
