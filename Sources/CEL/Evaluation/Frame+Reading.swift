internal import JSON

/// What is read of documents and texts, counted.
extension Frame {
  /// Counts the steps of searching an object of a document: each search looks at the members before the one it finds.
  @inline(__always) mutating func step(searching object: JSONCursor) throws(Fault) {
    let count = object.saturatedCount
    if count >= JSONCursor.manyMembers { try step(count >> 4) }
  }

  /// A member of an object of a document, the search for it counted; nil when there is none or it is no object.
  @inline(__always)
  mutating func member(_ key: JSONKey, of object: JSONCursor) throws(Fault) -> JSONCursor? {
    object.isSmallObject
      ? object.member(ofObject: key) : try memberSlowly(key, of: object)
  }

  @inline(never)
  private mutating func memberSlowly(
    _ key: JSONKey, of object: JSONCursor
  ) throws(Fault) -> JSONCursor? {
    try step(searching: object)
    return object.member(key)
  }

  /// The number of a document's elements or members. Beyond 16 million they must be counted.
  mutating func count(_ cursor: JSONCursor) throws(Fault) -> Int {
    let count = cursor.saturatedCount
    if count < 0xFF_FFFF { return count }
    try step(cursor.extent >> 3)
    return cursor.count
  }

  /// Counts the steps of looking at a cell's text; none when it is no text.
  mutating func step(text cell: Cell) throws(Fault) {
    try step(bytes: TextBytes.withSpan(cell) { $0.count } ?? 0)
  }

  /// A string, copied; nil when the cell is none. Counts the steps first.
  mutating func text(_ cell: Cell) throws(Fault) -> String? {
    switch cell {
    case .text(let text):
      try step(bytes: text.count)
      return text.string
    case .string(let string):
      try step(bytes: string.utf8.count)
      return string
    default: return nil
    }
  }
}
