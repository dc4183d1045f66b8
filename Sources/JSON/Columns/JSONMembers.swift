/// Reads the members of some names out of a column of objects, in one walk over each.
///
/// Objects of a collection mostly have the same members in the same order: where a member was last time, it is looked
/// for first.
package final class JSONMembers {
  /// What was at a place last time.
  private struct Guess {
    let head: UInt64
    let mask: UInt64
    /// The key's number, -1 for a name that nobody wants, -2 when its first bytes do not tell.
    let key: Int
  }

  /// A name that is looked for, and where its values go.
  private struct Wanted {
    let head: UInt64
    let mask: UInt64
    let count: Int
    /// What follows the first four bytes of the name.
    let rest: UnsafePointer<UInt8>
    let column: JSONColumn.Rows

    @inline(__always) func isName(_ entry: UnsafePointer<UInt8>, _ head: UInt64) -> Bool {
      head & mask == self.head && (count <= 4 || areSame(entry + 8, rest, count - 4))
    }
  }

  private var keys: [JSONKey] = []
  private var columns: [JSONColumn] = []
  // Unchecked: reading calls nothing that could reach the reader again.
  @exclusivity(unchecked) private var wanted: ContiguousArray<Wanted> = []
  @exclusivity(unchecked) private var guesses: ContiguousArray<Guess> = []

  package init() {}

  /// The column of a name's values, one for each name.
  package func column(_ name: String) -> JSONColumn {
    let key = JSONKey(name)
    if let known = keys.firstIndex(where: { $0.name == key.name }) { return columns[known] }
    let column = JSONColumn()
    keys.append(key)
    columns.append(column)
    wanted.append(
      Wanted(
        head: key.head, mask: key.mask, count: key.count, rest: key.name.entry + 8,
        column: column.rows))
    guesses = []
    return column
  }

  /// Fills the columns. Of a name that is repeated, the first counts.
  package func read(_ objects: JSONColumn, _ rows: JSONRows) {
    typealias Tag = JSONColumn.Tag
    // The keys and columns own what the names and places point to.
    withExtendedLifetime((keys, columns)) {
      wanted.withUnsafeBufferPointer { wanted in
        for place in wanted {
          place.column.tags.update(repeating: Tag.missing.rawValue, count: rows.count)
        }
        for row in 0..<rows.count {
          let tag = objects.tags[row]
          if tag == Tag.object.rawValue,
            let word = UnsafePointer<UInt64>(bitPattern: UInt(objects.bits[row]))
          {
            Self.readObject(
              word, row, tape: rows.tapes[row], strings: rows.strings[row], wanted, &guesses)
            continue
          }
          let result: Tag =
            switch Tag(rawValue: tag) {
            case .missing, .absent: .absent
            case .unknown: .unknown
            default: .fault
            }
          for place in wanted { place.column.tags[row] = result.rawValue }
        }
      }
    }
  }

  @inline(__always)
  private static func readObject(
    _ word: UnsafePointer<UInt64>, _ row: Int, tape: UnsafePointer<UInt64>,
    strings: UnsafePointer<UInt8>, _ wanted: UnsafeBufferPointer<Wanted>,
    _ guesses: inout ContiguousArray<Guess>
  ) {
    let bits = word.pointee
    // A large object, the search of which is counted, is left to others.
    guard Int(truncatingIfNeeded: (bits >> 32) & 0xFF_FFFF) < JSONCursor.manyMembers else {
      for place in wanted { place.column.tags[row] = JSONColumn.Tag.unknown.rawValue }
      return
    }
    let end = tape + (Int(truncatingIfNeeded: bits & 0xFFFF_FFFF) - 1)
    var position = word + 1
    var left = wanted.count
    var place = 0
    while position < end {
      let entry = strings + Int(truncatingIfNeeded: position.pointee & 0x00FF_FFFF_FFFF_FFFF)
      position += 1
      let head = UnsafeRawPointer(entry).loadUnaligned(as: UInt64.self)
      var key = -2
      if place < guesses.count {
        let guess = guesses[place]
        if head & guess.mask == guess.head {
          key = guess.key
          if key >= 0, !wanted[key].isName(entry, head) { key = -2 }
        } else {
          key = search(entry, head, at: place, wanted, &guesses)
        }
        if key == -2 { key = wanted.firstIndex { $0.isName(entry, head) } ?? -1 }
      } else {
        key = search(entry, head, at: place, wanted, &guesses)
      }
      if key >= 0 {
        let column = wanted[key].column
        if column.tags[row] == JSONColumn.Tag.missing.rawValue {
          column.set(row, word: position, strings: strings)
          left -= 1
          if left == 0 { return }
        }
      }
      position = JSONCursor.behind(position, tape: tape)
      place += 1
    }
  }

  /// The number of the key that a name is, -1 for none; remembers it for the next object.
  @inline(never)
  private static func search(
    _ entry: UnsafePointer<UInt8>, _ head: UInt64, at place: Int,
    _ wanted: UnsafeBufferPointer<Wanted>, _ guesses: inout ContiguousArray<Guess>
  ) -> Int {
    let found = wanted.firstIndex { $0.isName(entry, head) }
    let count = Int(truncatingIfNeeded: head & 0xFFFF_FFFF)
    let mask = count >= 4 ? ~0 : (UInt64(1) << UInt64(32 + 8 * count)) - 1
    let isTold = !wanted.contains { $0.head == head & mask }
    let guess = Guess(head: head & mask, mask: mask, key: found ?? (isTold ? -1 : -2))
    if place < guesses.count { guesses[place] = guess } else { guesses.append(guess) }
    return found ?? -1
  }
}
