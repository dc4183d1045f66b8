/// The documents of a batch, row by row: what columns are read from.
///
/// Keeps the documents until it is emptied.
package final class JSONRows {
  // Unchecked, as the weight: appending calls nothing that could reach the rows again.
  @exclusivity(unchecked) private var views: ContiguousArray<JSONView?> = []
  /// The values again, as a column.
  package let roots = JSONColumn()
  let tapes: UnsafeMutablePointer<UnsafePointer<UInt64>>
  let strings: UnsafeMutablePointer<UnsafePointer<UInt8>>

  package init() {
    tapes = .allocate(capacity: JSONColumn.capacity)
    strings = .allocate(capacity: JSONColumn.capacity)
    views.reserveCapacity(JSONColumn.capacity)
  }

  deinit {
    tapes.deallocate()
    strings.deallocate()
  }

  /// How many rows there are.
  @exclusivity(unchecked) package private(set) var count = 0
  /// Whether no more rows have room, or what is kept is large.
  package var isFull: Bool { count == JSONColumn.capacity || weight > Self.largeWeight }
  /// How many words the rows take.
  @exclusivity(unchecked) private var weight = 0
  private static let largeWeight = 1 << 17

  /// Adds a row; without a value, it is an error.
  package func append(_ view: JSONView?) {
    precondition(count < JSONColumn.capacity)
    let row = count
    count += 1
    views.append(view)
    guard let view else {
      roots.set(row, .fault)
      return
    }
    tapes[row] = view.document.tape
    strings[row] = view.document.strings
    roots.rows.set(row, word: view.word, strings: view.document.strings)
    // What a document keeps besides its words: a long text is one word.
    weight += max(view.cursor.extent, view.document.capacity >> 4)
  }

  /// A row's value; nil where there is none.
  package func view(_ row: Int) -> JSONView? { row < views.count ? views[row] : nil }

  /// Says that there is no value in any row, now and later: nothing is appended then.
  package func leaveEmpty() {
    for row in 0..<JSONColumn.capacity { roots.set(row, .fault) }
  }

  /// The document of a row; nil where there is none, and of rows that are parts of what others keep.
  func document(_ row: Int) -> JSONDocument? { row < views.count ? views[row]?.document : nil }

  /// Sets a row to a part of a document that others keep.
  @inline(__always) func set(
    _ row: Int, word: UnsafePointer<UInt64>, tape: UnsafePointer<UInt64>,
    strings: UnsafePointer<UInt8>
  ) {
    tapes[row] = tape
    self.strings[row] = strings
    roots.rows.set(row, word: word, strings: strings)
  }

  /// Says how many rows were set so.
  func filled(_ count: Int) { self.count = count }

  /// Lets all documents go.
  package func removeAll() {
    count = 0
    views.removeAll(keepingCapacity: true)
    weight = 0
  }
}
