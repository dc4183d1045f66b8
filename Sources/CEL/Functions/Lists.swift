/// `slice`, `flatten`, `sort`, `distinct`, `first`, `lists.range`, …: the extension "Lists".
extension FunctionDefinition {
  static let lists: [FunctionDefinition] = [
    FunctionDefinition(
      "lists.range", .lists, ["(int) -> list(int)"],
      .unary { (value, frame) throws(Fault) in
        guard case .int(let count) = value else { throw .noOverload("lists.range", value) }
        guard count > 0 else { return .list(.empty) }
        guard count <= Int64(Int32.max) else { throw .limit("bytes built", frame.limits.size) }
        try frame.step(Int(count))
        try frame.build(16 * Int(count))
        return try frame.list((0..<count).map { .int($0) })
      }),
    FunctionDefinition(
      "slice", .lists, ["list(A).(int, int) -> list(A)"],
      .ternary { (list, start, end, frame) throws(Fault) in
        let elements = try cells("slice", list, &frame)
        guard case .int(let start) = start, case .int(let end) = end else {
          throw .noOverload("slice", list, start, end)
        }
        guard start >= 0, start <= end, end <= Int64(elements.count) else {
          throw Fault(
            .indexOutOfRange, "can't slice \(start)..<\(end) of a list")
        }
        return try frame.list(Array(elements[Int(start)..<Int(end)]))
      }),
    FunctionDefinition(
      "flatten", .lists, ["list(list(A)).() -> list(A)", "list(dyn).(int) -> list(dyn)"],
      .unary { (list, frame) throws(Fault) in
        var result: [Cell] = []
        try flatten(list, 1, into: &result, &frame)
        return try frame.list(result)
      },
      .binary { (list, depth, frame) throws(Fault) in
        guard case .int(let depth) = depth else { throw .noOverload("flatten", list, depth) }
        guard depth >= 0 else { throw Fault(.invalidArgument, "flatten's depth is negative") }
        var result: [Cell] = []
        try flatten(list, Int(depth), into: &result, &frame)
        return try frame.list(result)
      }),
    FunctionDefinition(
      "distinct", .lists, ["list(A).() -> list(A)"],
      .unary { (list, frame) throws(Fault) in
        var distinct = DistinctCells()
        for element in try cells("distinct", list, &frame) {
          try distinct.insert(element, &frame)
        }
        return try frame.list(distinct.cells)
      }),
    FunctionDefinition(
      "sort", .lists, ["list(A).() -> list(A)"],
      .unary { (list, frame) throws(Fault) in
        let elements = try cells("sort", list, &frame)
        let order = try Sorting.order(of: elements, function: "sort", &frame)
        return try frame.list(order.map { elements[$0] })
      }),
    FunctionDefinition(
      "first", .lists, ["list(A).() -> optional_type(A)"],
      .unary { (list, frame) throws(Fault) in
        guard var elements = ListElements(list) else { throw .noOverload("first", list) }
        guard let first = elements.next() else { return .optional(.none) }
        return try frame.optional(first)
      }),
    FunctionDefinition(
      "last", .lists, ["list(A).() -> optional_type(A)"],
      .unary { (list, frame) throws(Fault) in
        guard let last = try cells("last", list, &frame).last else { return .optional(.none) }
        return try frame.optional(last)
      }),
  ]

  /// A list's elements; counts the steps of visiting them.
  static func cells(_ function: String, _ list: Cell, _ frame: inout Frame) throws(Fault) -> [Cell]
  {
    if case .list(let box) = list {
      try frame.step(box.elements.count)
      return box.elements
    }
    guard var elements = ListElements(list) else { throw .noOverload(function, list) }
    try frame.step(elements.count)
    try frame.build(16 * elements.count)
    var result: [Cell] = []
    result.reserveCapacity(elements.count)
    while let element = elements.next() { result.append(element) }
    return result
  }

  private static func flatten(
    _ list: Cell, _ depth: Int, into result: inout [Cell], _ frame: inout Frame
  ) throws(Fault) {
    guard var elements = ListElements(list) else { throw .noOverload("flatten", list) }
    while let element = elements.next() {
      try frame.step()
      if depth > 0, element.isList {
        try flatten(element, depth - 1, into: &result, &frame)
      } else {
        try frame.build(16)
        result.append(element)
      }
    }
  }
}

/// Sorting by CEL's `<`.
enum Sorting {
  /// The indices of values in ascending order; equal ones keep their order.
  static func order(of keys: [Cell], function: String, _ frame: inout Frame) throws(Fault) -> [Int]
  {
    for key in keys.dropFirst() where !isComparable(keys[0], key) {
      throw .noOverload(function, keys[0], key)
    }
    if let first = keys.first, !isComparable(first, first) { throw .noOverload(function, first) }
    // Merge sort: a comparison may fail or pass a limit, which the standard library's sort can't stop at.
    var order = Array(keys.indices)
    var width = 1
    while width < order.count {
      var merged: [Int] = []
      merged.reserveCapacity(order.count)
      var start = 0
      while start < order.count {
        let middle = min(start + width, order.count)
        let end = min(start + 2 * width, order.count)
        var left = start
        var right = middle
        while left < middle, right < end {
          try frame.step()
          let comparison = try Ordering.order(
            keys[order[right]], keys[order[left]], operation: function, &frame)
          if (comparison ?? 0) < 0 {
            merged.append(order[right])
            right += 1
          } else {
            merged.append(order[left])
            left += 1
          }
        }
        merged += order[left..<middle]
        merged += order[right..<end]
        start = end
      }
      order = merged
      width *= 2
    }
    return order
  }

  private static func isComparable(_ left: Cell, _ right: Cell) -> Bool {
    switch (left, right) {
    case (.bool, .bool), (.bytes, .bytes), (.timestamp, .timestamp), (.duration, .duration): true
    case (.string, .string), (.string, .text), (.text, .string), (.text, .text): true
    default: Ordering.numeric(left, right) != nil
    }
  }
}

/// Cells without those equal to an earlier one: hashed where they can be map keys.
struct DistinctCells {
  private(set) var cells: [Cell] = []
  private var keys: Set<MapKey> = []
  private var others: [Cell] = []

  /// Adds a cell unless there is an equal one.
  mutating func insert(_ cell: Cell, _ frame: inout Frame) throws(Fault) {
    try frame.step(text: cell)
    if try contains(cell, &frame) { return }
    if let key = MapKey(cell) { keys.insert(key) } else { others.append(cell) }
    cells.append(cell)
  }

  func contains(_ cell: Cell, _ frame: inout Frame) throws(Fault) -> Bool {
    try frame.step()
    try frame.step(text: cell)
    if let key = MapKey(cell) { return keys.contains(key) }
    for other in others {
      try frame.step()
      if try Equality.isEqual(cell, other, &frame) { return true }
    }
    return false
  }
}
