internal import JSON

/// Steps through a list, whether built or of a document.
struct ListElements {
  private var built: [Cell]
  private var index = 0
  private var cursors: JSONCursor.Elements?
  /// How many there are, 16,777,215 when a document's array has more.
  let count: Int

  /// nil when the cell is no list.
  init?(_ cell: Cell) {
    switch cell {
    case .list(let box):
      built = box.elements
      count = box.elements.count
    case .array(let cursor):
      built = []
      cursors = cursor.elements
      count = cursor.saturatedCount
    default: return nil
    }
  }

  @inline(__always) mutating func next() -> Cell? {
    if index < built.count {
      defer { index += 1 }
      return built[index]
    }
    return cursors?.next().map { Cell($0) }
  }
}

/// Steps through a map, whether built or of a document.
struct MapEntries {
  private var built: [(key: Cell, value: Cell)]
  private var index = 0
  private var cursors: JSONCursor.Members?
  /// How many there are, 16,777,215 when a document's object has more.
  let count: Int

  /// nil when the cell is no map.
  init?(_ cell: Cell) {
    switch cell {
    case .map(let box):
      built = box.entries
      count = box.entries.count
    case .object(let cursor):
      built = []
      cursors = cursor.members
      count = cursor.saturatedCount
    default: return nil
    }
  }

  @inline(__always) mutating func next() -> (key: Cell, value: Cell)? {
    if index < built.count {
      defer { index += 1 }
      return built[index]
    }
    return cursors?.next().map { (.text($0.name), Cell($0.value)) }
  }

  /// The key's value in a map; nil when there is none or the cell is no map.
  static func value(for key: Cell, in map: Cell) -> Cell? {
    switch (map, key) {
    case (.map(let box), _): box.value(for: key)
    case (.object(let cursor), .text(let text)): cursor.member(text).map { Cell($0) }
    case (.object(let cursor), .string(let string)):
      cursor.member(JSONKey(string)).map { Cell($0) }
    default: nil
    }
  }
}
