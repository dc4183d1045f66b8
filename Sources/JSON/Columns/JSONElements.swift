/// The elements of the lists in a column, one behind the other as rows of batches of their own: what is asked of each is
/// computed as it is of any row, and brought back to the rows that the lists are of by ``JSONQuantifier``.
package final class JSONElements {
  /// The elements.
  package let rows = JSONRows()
  /// By element: the row that its list is of.
  let places: UnsafeMutablePointer<Int>
  private let lists: JSONColumn
  /// What the lists are of.
  package let documents: JSONRows

  /// Lists of more elements are left to others.
  static let most = 1 << 13

  /// - Parameter documents: What the lists are of.
  package init(of lists: JSONColumn, in documents: JSONRows) {
    self.lists = lists
    self.documents = documents
    places = .allocate(capacity: JSONColumn.capacity)
    places.initialize(repeating: 0, count: JSONColumn.capacity)
  }

  deinit { places.deallocate() }

  /// Steps through the elements of the arrays, and the names of the objects' members, as a macro with one variable does.
  ///
  /// - Parameter body: Called with how many rows there are, as often as they are full, and once for the rest.
  package func forEachBatch(rows count: Int, _ body: (_ rows: Int) -> Void) {
    var filled = 0
    for row in 0..<count {
      guard let list = lists.list(row), list.count <= Self.most else { continue }
      let (tape, strings) = (documents.tapes[row], documents.strings[row])
      var position = list.word + 1
      let end = tape + (Int(truncatingIfNeeded: list.word.pointee & 0xFFFF_FFFF) - 1)
      while position < end {
        if filled == JSONColumn.capacity {
          rows.filled(filled)
          body(filled)
          filled = 0
        }
        rows.set(filled, word: position, tape: tape, strings: strings)
        places[filled] = row
        filled += 1
        // A member is its name and, behind it, its value.
        position = JSONCursor.behind(list.isObject ? position + 1 : position, tape: tape)
      }
    }
    if filled > 0 {
      rows.filled(filled)
      body(filled)
    }
  }

  /// The row that an element's list is of.
  package func place(of element: Int) -> Int { places[element] }

  /// Adds up what elements come to, list by list.
  ///
  /// - Parameters:
  ///   - amounts: By element; nil for nothing.
  ///   - fixed: What each element comes to beside that.
  ///   - looked: By element, which bits of its amount count.
  package func sum(
    _ amounts: ContiguousArray<UInt64>?, plus fixed: UInt64, where looked: ContiguousArray<UInt64>,
    into sums: inout ContiguousArray<UInt64>, rows: Int
  ) {
    sums.withUnsafeMutableBufferPointer { sums in
      guard let amounts else {
        for row in 0..<rows { sums[places[row]] &+= fixed & looked[row] }
        return
      }
      for row in 0..<rows { sums[places[row]] &+= (fixed &+ amounts[row]) & looked[row] }
    }
  }

  /// Says of each element what amounts say of the row that its list is of.
  package func spread(
    _ amounts: ContiguousArray<UInt64>, into result: inout ContiguousArray<UInt64>, rows: Int
  ) {
    result.withUnsafeMutableBufferPointer { result in
      for row in 0..<rows { result[row] = amounts[places[row]] }
    }
  }

  /// Says of each element what a column says of the row that its list is of.
  package func spread(_ column: JSONColumn, into result: JSONColumn, rows: Int) {
    for row in 0..<rows { result.set(row, from: column, places[row]) }
  }
}

extension JSONColumn {
  /// A row's array or object: where its word is, and how many elements or members it has, at most 16,777,215.
  @inline(__always)
  func list(_ row: Int) -> (word: UnsafePointer<UInt64>, count: Int, isObject: Bool)? {
    let tag = tags[row]
    guard tag == Tag.array.rawValue || tag == Tag.object.rawValue,
      let word = UnsafePointer<UInt64>(bitPattern: UInt(bits[row]))
    else { return nil }
    return (
      word, Int(truncatingIfNeeded: (word.pointee >> 32) & 0xFF_FFFF), tag == Tag.object.rawValue
    )
  }
}
