/// What evaluations build, counted.
extension Frame {
  /// A list of elements, counted.
  mutating func list(_ elements: consuming [Cell]) throws(Fault) -> Cell {
    if elements.isEmpty { return .list(.empty) }
    let box = ListBox(elements)
    try build(box.weight)
    try checkDepth(box.depth)
    return .list(box)
  }

  /// A map of entries, counted.
  mutating func map(_ entries: [(key: Cell, value: Cell)]) throws(Fault) -> Cell {
    if entries.isEmpty { return .map(.empty) }
    for entry in entries { try step(text: entry.key) }
    let box = try MapBox.make(entries)
    try build(box.weight)
    try checkDepth(box.depth)
    return .map(box)
  }

  /// A string that was computed, counted.
  mutating func string(_ value: String) throws(Fault) -> Cell {
    try build(value.utf8.count)
    return .string(value)
  }

  /// An optional, counted.
  mutating func optional(_ value: Cell) throws(Fault) -> Cell {
    let box = OptionalBox(value)
    try checkDepth(box.depth)
    return .optional(box)
  }

  private func checkDepth(_ depth: Int) throws(Fault) {
    if depth > limits.depth { throw .limit("levels of lists, maps and optionals", limits.depth) }
  }
}
