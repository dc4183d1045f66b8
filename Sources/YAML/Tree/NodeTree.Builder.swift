extension NodeTree {
  /// The nodes of the file that is being read, each behind what stands in it.
  struct Builder {
    private(set) var records: [Record] = []
    private var children: [Int32] = []
    private(set) var text: [UInt8] = []
    /// Whether all texts so far are ASCII.
    private var isASCII = true
    private(set) var properties: [NodeProperties] = []
    /// What has been read of the collections that are still open, the innermost last.
    private var pending: [Int32] = []

    /// Nothing yet, with room for what a file of so many bytes and lines has in most cases: a key, a value, and now and then
    /// what holds them, on each line. Long files, whose lines may be empty as well, get it when they need it.
    init(bytes: Int, lines: Int) {
      let nodes = 3 * min(lines, 1_024)
      records.reserveCapacity(nodes)
      children.reserveCapacity(nodes)
      text.reserveCapacity(min(bytes, 65_536))
    }

    subscript(_ node: Int32) -> Record { records[Int(node)] }

    /// How many nodes stand in the open collections: the next one's place.
    var place: Int { pending.count }

    /// The node at a place of the open collections.
    func node(at place: Int) -> Int32 { pending[place] }

    /// The place of the same key among the keys that stand at every second place from one on.
    func place(of key: Int32, from first: Int) -> Int? {
      let key = records[Int(key)]
      return text.withUnsafeBufferPointer { text in
        let name = UnsafeBufferPointer(rebasing: text[Self.range(key)])
        return stride(from: first, to: pending.count, by: 2).first { place in
          let other = UnsafeBufferPointer(rebasing: text[Self.range(records[Int(pending[place])])])
          return SameText.holds(other, name, areASCII: isASCII)
        }
      }
    }

    func string(_ node: Int32) -> String {
      String(decoding: text[Self.range(records[Int(node)])], as: UTF8.self)
    }

    private static func range(_ record: Record) -> Range<Int> {
      Int(record.first)..<Int(record.first) + Int(record.count)
    }

    /// A copy that takes no more room than it needs.
    private static func exact<Element>(_ elements: [Element]) -> [Element] {
      elements.withUnsafeBufferPointer { Array($0) }
    }

    // MARK: Adding

    /// - Parameter isASCII: Whether it is known for ASCII.
    mutating func add(
      _ bytes: UnsafeBufferPointer<UInt8>, isASCII: Bool
    ) -> (first: Int32, count: Int32) {
      let first = Int32(text.count)
      text.append(contentsOf: bytes)
      if !isASCII, self.isASCII { self.isASCII = bytes.allSatisfy { $0 < 0x80 } }
      return (first, Int32(bytes.count))
    }

    mutating func add(_ record: Record) -> Int32 {
      records.append(record)
      return Int32(records.count - 1)
    }

    mutating func add(_ some: NodeProperties) -> Int32 {
      properties.append(some)
      return Int32(properties.count - 1)
    }

    /// Puts a node into the innermost open collection.
    mutating func push(_ node: Int32) { pending.append(node) }

    /// Closes the innermost open collection, which holds what stands from a place on.
    mutating func close(from place: Int) -> Int32 {
      let first = Int32(children.count)
      children.append(contentsOf: pending[place...])
      pending.removeLast(pending.count - place)
      return first
    }

    /// What was read.
    func finish(file: String) -> NodeTree {
      NodeTree(
        file: file, records: Self.exact(records), children: Self.exact(children),
        text: Self.exact(text), isASCII: isASCII, properties: properties)
    }
  }
}
