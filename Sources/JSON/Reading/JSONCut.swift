/// A text in the pretty layout, less lists that are cut out of it unread.
///
/// What is long, and perhaps never asked for, costs no parsing then. A list is found by how its line begins, and ends with the
/// line that closes it.
public struct JSONCut: Sendable {
  /// The text with a number in the place of each list: which of ``lists`` it is.
  public let rest: [UInt8]
  /// How many numbers were put.
  public let count: Int
  /// The texts of the lists.
  public let lists: [ArraySlice<UInt8>]

  /// Cuts out every list that has elements and is a member of one of these names.
  ///
  /// - Parameters:
  ///   - text: As a ``JSONWriter`` wrote it in the pretty layout.
  ///   - depth: In how many objects and arrays the members stand.
  public init(_ text: [UInt8], of names: [String], depth: Int) {
    var lists: [ArraySlice<UInt8>] = []
    let closing = Array("\(Self.line(depth))]".utf8)
    (rest, count) = Self.cut(text, names, depth) { bytes, start in
      guard start + 1 < bytes.count, bytes[start] == UInt8(ascii: "["),
        bytes[start + 1] == UInt8(ascii: "\n"),
        let end = closing.withUnsafeBufferPointer({ bytes.firstOffset(of: $0, from: start) })
      else { return nil }
      lists.append(text[start..<end + closing.count])
      return (lists.count - 1, end + closing.count)
    }
    self.lists = lists
  }

  /// Cuts out those lists of which the same bytes are known already.
  ///
  /// Nothing is believed of the text: where it is JSON with these numbers, it is JSON with the lists, and the same but for them. What
  /// is cut out stands behind the end of a line, which no string has in it, a name and a colon, and a whole list is a value as a
  /// number is. Whether the members stand where they are meant to, who reads the numbers can tell by their ``count``.
  ///
  /// - Parameter known: Texts of whole lists.
  public init(_ text: [UInt8], of names: [String], depth: Int, known: [ArraySlice<UInt8>]) {
    lists = known
    var next = 0
    (rest, count) = Self.cut(text, names, depth) { bytes, start in
      // Texts have them in the same order mostly.
      for step in known.indices {
        let place = (next + step) % known.count
        let isHere = known[place].withUnsafeBufferPointer { list in
          list.count <= bytes.count - start
            && UnsafeBufferPointer(rebasing: bytes[start..<start + list.count]).isSame(list)
        }
        if isHere {
          next = place + 1
          return (place, start + known[place].count)
        }
      }
      return nil
    }
  }

  /// How a line of members begins.
  private static func line(_ depth: Int) -> String {
    "\n" + String(repeating: " ", count: 2 * depth)
  }

  /// - Parameter list: The number of the list that begins at a place, and where it ends; nil for none that is to be cut out.
  private static func cut(
    _ text: [UInt8], _ names: [String], _ depth: Int,
    _ list: (UnsafeBufferPointer<UInt8>, Int) -> (number: Int, end: Int)?
  ) -> (rest: [UInt8], count: Int) {
    let beginning = Array("\(line(depth))\"".utf8)
    let names = names.map { Array("\($0)\": ".utf8) }
    return text.withUnsafeBufferPointer { bytes in
      var rest: [UInt8] = []
      var (kept, place, count) = (0, 0, 0)
      while let line = beginning.withUnsafeBufferPointer({ bytes.firstOffset(of: $0, from: place) })
      {
        place = line + beginning.count
        guard let name = names.first(where: { bytes[place...].starts(with: $0) }),
          let (number, end) = list(bytes, place + name.count)
        else { continue }
        rest += bytes[kept..<place + name.count]
        // No digit that follows makes it another number.
        rest += "\(number) ".utf8
        (kept, place, count) = (end, end, count + 1)
      }
      rest += bytes[kept...]
      return (rest, count)
    }
  }
}
