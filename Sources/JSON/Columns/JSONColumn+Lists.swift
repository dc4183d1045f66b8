// Kernels that look through the arrays of documents.

extension JSONColumn {
  /// Whether each container has a text, of less than 64 bytes: an array among its elements, an object among its members.
  /// How many elements were looked at is ``Amount/counts``. What is no text, or long, is unknown, another container an
  /// error.
  ///
  /// - Parameters:
  ///   - element: The texts.
  ///   - member: The objects' members of that name; without, objects are unknown.
  ///   - documents: What the arrays are of.
  package func contains(
    _ element: JSONColumn, member: JSONColumn?, of documents: JSONRows, into result: JSONColumn,
    rows: Int
  ) {
    for row in 0..<rows {
      let (left, right) = (element.tags[row], tags[row])
      if let failure = Self.failure(left) {
        // The element comes first, and what is not known may count steps.
        result.tags[row] = right == Tag.unknown.rawValue ? right : failure
      } else if let failure = Self.failure(right) {
        result.tags[row] = failure
      } else {
        switch Tag(rawValue: right) {
        case .array:
          result.tags[row] = Tag.unknown.rawValue
          if left == Tag.text.rawValue, element.text(row).count < Self.longText {
            scan(row, for: element, documents.tapes[row], documents.strings[row], into: result)
          }
        case .object: result.setThere(row, member)
        default: result.tags[row] = Tag.fault.rawValue
        }
      }
    }
  }

  private func setThere(_ row: Int, _ member: JSONColumn?) {
    switch member?.tag(row) {
    case nil, .unknown: set(row, .unknown)
    case .missing: set(row, .no)
    case .absent, .fault: set(row, .fault)
    default: set(row, .yes)
    }
  }

  /// More elements than that are left to others.
  private static let manyElements: UInt64 = 1 << 16

  private func scan(
    _ row: Int, for element: JSONColumn, _ tape: UnsafePointer<UInt64>,
    _ strings: UnsafePointer<UInt8>, into result: JSONColumn
  ) {
    guard let word = UnsafePointer<UInt64>(bitPattern: UInt(bits[row])) else { return }
    let end = tape + (Int(truncatingIfNeeded: word.pointee & 0xFFFF_FFFF) - 1)
    let text = element.entry(row)
    let count = UnsafeRawPointer(text).loadUnaligned(as: UInt32.self)
    var position = word + 1
    var looked: UInt64 = 0
    while position < end {
      looked += 1
      if looked >= Self.manyElements { return }
      let value = position.pointee
      if UInt8(truncatingIfNeeded: value >> 56) == UInt8(ascii: "\"") {
        let entry = strings + Int(truncatingIfNeeded: value & 0x00FF_FFFF_FFFF_FFFF)
        let length = UnsafeRawPointer(entry).loadUnaligned(as: UInt32.self)
        // Comparing with a long text may count steps.
        if length >= UInt32(Self.longText) { return }
        if length == count,
          areSame(entry + 4, text + 4, Int(count))
        {
          return result.set(row, .yes, looked)
        }
      }
      position = JSONCursor.behind(position, tape: tape)
    }
    result.set(row, .no, looked)
  }
}
