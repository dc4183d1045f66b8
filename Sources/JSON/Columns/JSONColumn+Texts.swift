// Kernels over texts. What a kernel does not decide is unknown; what is no value stays an error.

extension JSONColumn {
  /// From how many bytes on looking at a text is counted: such a row is left to others.
  @usableFromInline static let longText = 64

  /// An error for what is no value, unknown for what is not known; nil for a value.
  @inline(__always) static func failure(_ tag: UInt8) -> UInt8? {
    tag >= Tag.null.rawValue || tag <= Tag.yes.rawValue
      ? nil : tag == Tag.unknown.rawValue ? tag : Tag.fault.rawValue
  }

  /// Whether each value is that text, of less than 64 bytes.
  package func equals(_ text: JSONText, negated: Bool, into result: JSONColumn, rows: Int) {
    let wanted = ComparedText(text)
    for row in 0..<rows {
      let tag = tags[row]
      if tag == Tag.text.rawValue {
        result.tags[row] = wanted.isText(entry(row)) != negated ? 1 : 0
      } else {
        result.tags[row] = Self.failure(tag) ?? (negated ? 1 : 0)
      }
    }
  }

  /// Of which texts each comparison with one of some counts.
  package enum Counting: Sendable {
    /// Of all: a long one is unknown.
    case all
    /// Of those that were made.
    case made
  }

  /// Whether each text is one of some, of less than 64 bytes each, and how many comparisons count as ``Amount/counts``. A
  /// value that is no text is unknown, and so is a long one where looking at it counts.
  package func isIn(
    _ texts: [JSONText], counts: Counting, into result: JSONColumn, rows: Int
  ) {
    let wanted = texts.map { ComparedText($0) }
    wanted.withUnsafeBufferPointer {
      isIn($0, counts: counts, into: result, rows: rows)
    }
  }

  private func isIn(
    _ wanted: UnsafeBufferPointer<ComparedText>, counts: Counting, into result: JSONColumn,
    rows: Int
  ) {
    for row in 0..<rows {
      let tag = tags[row]
      guard tag == Tag.text.rawValue else {
        result.tags[row] = Self.failure(tag) ?? Tag.unknown.rawValue
        continue
      }
      let entry = entry(row)
      if counts == .all, text(row).count >= Self.longText {
        result.tags[row] = Tag.unknown.rawValue
        continue
      }
      var isFound = false
      var looked: UInt64 = 0
      for text in wanted {
        looked += 1
        if text.isText(entry) {
          isFound = true
          break
        }
      }
      let isCounted = counts == .all || bits[row] & Self.made != 0
      result.set(row, isFound ? .yes : .no, isCounted ? looked : 0)
    }
  }

  /// What a map of texts, of less than 64 bytes each, holds for each text: an error where it has no such key. A value
  /// that is no text, or a long one, is unknown.
  package func lookUp(
    _ entries: [(key: JSONText, value: Tag)], into result: JSONColumn, rows: Int
  ) {
    for row in 0..<rows {
      let tag = tags[row]
      guard tag == Tag.text.rawValue, text(row).count < Self.longText else {
        result.tags[row] = Self.failure(tag) ?? Tag.unknown.rawValue
        continue
      }
      let bytes = text(row)
      let found = entries.first { bytes.isSame($0.key.bytes) }
      result.tags[row] = (found?.value ?? .fault).rawValue
    }
  }

  /// How a part must stand in a text.
  package enum TextRelation: Sendable { case prefix, suffix, inside }

  /// Whether each text has the part, of less than 64 bytes. A value that is no text is an error; where the whole text is
  /// looked through, a long one is unknown.
  package func has(
    _ part: JSONText, _ relation: TextRelation, into result: JSONColumn, rows: Int
  ) {
    let length = part.count
    let first = length > 0 ? part.entry[4] : 0
    for row in 0..<rows {
      let tag = tags[row]
      guard tag == Tag.text.rawValue else {
        result.tags[row] = Self.failure(tag) ?? Tag.fault.rawValue
        continue
      }
      let bytes = text(row)
      let start = entry(row) + 4
      let isFound: Bool
      switch relation {
      case .prefix: isFound = bytes.count >= length && areSame(start, part.entry + 4, length)
      case .suffix:
        isFound =
          bytes.count >= length
          && areSame(start + (bytes.count - length), part.entry + 4, length)
      case .inside:
        guard bytes.count < Self.longText else {
          result.tags[row] = Tag.unknown.rawValue
          continue
        }
        isFound = length == 0 || Self.contains(start, bytes.count, part.entry + 4, length, first)
      }
      result.tags[row] = isFound ? 1 : 0
    }
  }

  /// The text is short: comparing at each place where the first byte is costs less than a call.
  @inline(__always)
  private static func contains(
    _ text: UnsafePointer<UInt8>, _ count: Int, _ part: UnsafePointer<UInt8>, _ length: Int,
    _ first: UInt8
  ) -> Bool {
    guard count >= length else { return false }
    for place in 0...(count - length)
    where text[place] == first && areSame(text + place, part, length) {
      return true
    }
    return false
  }

  /// The number of each text's code points, or of an array's or object's parts. A long text is unknown, anything else an
  /// error.
  package func size(into result: JSONColumn, rows: Int) {
    for row in 0..<rows {
      let tag = tags[row]
      switch Tag(rawValue: tag) {
      case .text:
        let bytes = text(row)
        if bytes.count < Self.longText {
          var count = 0
          for byte in bytes where byte & 0xC0 != 0x80 { count += 1 }
          result.set(row, .int, UInt64(count))
        } else {
          result.set(row, .unknown)
        }
      case .array, .object:
        // A constant never is one: the bits are where a document's word stands.
        let word = UnsafePointer<UInt64>(bitPattern: UInt(bits[row])).unsafelyUnwrapped
        let count = (word.pointee >> 32) & 0xFF_FFFF
        if count < 0xFF_FFFF { result.set(row, .int, count) } else { result.set(row, .unknown) }
      default: result.tags[row] = Self.failure(tag) ?? Tag.fault.rawValue
      }
    }
  }
}
