internal import JSON

/// What every macro over a list or a map has.
class MacroNode: Node, @unchecked Sendable {
  final var range: Node { looked.node }
  private let looked: Operand
  let variables: Iteration.Variables
  /// Decides whether an element is taken; absent for macros without one.
  let filter: Node?
  let body: Node
  /// The operations of filter and body.
  let cost: Int

  required init(
    range: Node, variables: Iteration.Variables, filter: Node?, body: Node, cost: Int, offset: Int
  ) {
    looked = Operand(range)
    self.variables = variables
    self.filter = filter
    self.body = body
    self.cost = cost
    super.init(offset: offset)
  }

  @inline(__always)
  final func iteration(_ frame: inout Frame) throws(Fault) -> Iteration {
    try iteration(over: try range.evaluate(&frame))
  }

  @inline(__always)
  private func iteration(over cell: Cell) throws(Fault) -> Iteration {
    guard Iteration.takes(cell) else {
      let type = cell.typeName
      throw Fault(.noSuchOverload, "a macro goes over a list or a map, not \(type)", at: offset)
    }
    return Iteration(over: cell, variables, cost: cost)
  }

  /// Calls for each element, its variables set and its cost counted, until a call says no.
  @inline(__always)
  final func forEach(
    _ frame: inout Frame, _ body: (inout Frame) throws(Fault) -> Bool
  ) throws(Fault) {
    let cell: Cell
    if let place = try looked.place(&frame) {
      // Most macros go over an array of the document, with one variable.
      if place.isArray, variables.second == nil {
        var elements = place.elements
        while let element = elements.next() {
          frame.setLocal(variables.first, at: element)
          try frame.step(cost)
          guard try body(&frame) else { return }
        }
        return
      }
      cell = Cell(place)
    } else {
      cell = try looked.node.follow(&frame)
    }
    if case .list(let box) = cell, variables.second == nil {
      for element in box.elements {
        frame.setLocal(variables.first, element)
        try frame.step(cost)
        guard try body(&frame) else { return }
      }
      return
    }
    var iteration = try iteration(over: cell)
    while try iteration.next(&frame) {
      guard try body(&frame) else { return }
    }
  }

  @inline(__always)
  final func isTaken(_ frame: inout Frame) throws(Fault) -> Bool {
    guard let filter else { return true }
    return try filter.test(&frame)
  }
}

/// `range.all(…)` and `range.exists(…)`: one element decides, whatever errors the others have.
final class QuantifierNode: MacroNode, @unchecked Sendable {
  /// What decides: true for `exists`, false for `all`.
  let decisive: Bool

  required init(
    range: Node, variables: Iteration.Variables, filter: Node?, body: Node, cost: Int, offset: Int
  ) {
    decisive = true
    super.init(
      range: range, variables: variables, filter: filter, body: body, cost: cost, offset: offset)
  }

  init(
    isExists: Bool, _ range: Node, _ variables: Iteration.Variables, _ body: Node, cost: Int,
    offset: Int
  ) {
    decisive = isExists
    super.init(
      range: range, variables: variables, filter: nil, body: body, cost: cost, offset: offset)
  }

  override func evaluate(_ frame: inout Frame) throws(Fault) -> Cell { .bool(try test(&frame)) }

  override func test(_ frame: inout Frame) throws(Fault) -> Bool {
    var isDecided = false
    var fault: Fault?
    try forEach(&frame) { frame throws(Fault) in
      do throws(Fault) {
        isDecided = try body.test(&frame) == decisive
      } catch {
        if error.kind == .limit { throw error }
        if fault == nil { fault = error }
      }
      return !isDecided
    }
    if isDecided { return decisive }
    if let fault { throw fault }
    return !decisive
  }
}

/// `range.exists_one(…)`: every element is looked at, and an error is an error.
final class ExistsOneNode: MacroNode, @unchecked Sendable {
  override func evaluate(_ frame: inout Frame) throws(Fault) -> Cell { .bool(try test(&frame)) }

  override func test(_ frame: inout Frame) throws(Fault) -> Bool {
    var count = 0
    try forEach(&frame) { frame throws(Fault) in
      if try body.test(&frame) { count += 1 }
      return true
    }
    return count == 1
  }
}

/// `range.filter(…)`: the elements, or the keys of a map, for which the body is true.
final class FilterNode: MacroNode, @unchecked Sendable {
  override func evaluate(_ frame: inout Frame) throws(Fault) -> Cell {
    var elements: [Cell] = []
    try forEach(&frame) { frame throws(Fault) in
      // The body may set no variable of this macro: the element is still there.
      if try body.test(&frame) { elements.append(frame.local(variables.first)) }
      return true
    }
    return try frame.list(elements)
  }

  /// How many elements ``evaluate(_:)`` would give; builds no list.
  func count(_ frame: inout Frame) throws(Fault) -> Int {
    var count = 0
    try forEach(&frame) { frame throws(Fault) in
      if try body.test(&frame) { count += 1 }
      return true
    }
    return count
  }
}

/// `range.map(…)` and `range.transformList(…)`: the body of each element taken.
final class TransformListNode: MacroNode, @unchecked Sendable {
  override func evaluate(_ frame: inout Frame) throws(Fault) -> Cell {
    var iteration = try iteration(&frame)
    var elements: [Cell] = []
    if filter == nil { elements.reserveCapacity(min(iteration.count, 1_024)) }
    while try iteration.next(&frame) {
      guard try isTaken(&frame) else { continue }
      elements.append(try body.evaluate(&frame))
    }
    return try frame.list(elements)
  }
}

/// `range.transformMap(…)`: the keys, or indices, with the body as value.
final class TransformMapNode: MacroNode, @unchecked Sendable {
  override func evaluate(_ frame: inout Frame) throws(Fault) -> Cell {
    var iteration = try iteration(&frame)
    var entries: [(key: Cell, value: Cell)] = []
    while try iteration.next(&frame) {
      guard try isTaken(&frame) else { continue }
      let key = frame.local(variables.first)
      entries.append((key, try body.evaluate(&frame)))
    }
    do throws(Fault) { return try frame.map(entries) } catch { throw error.at(offset) }
  }
}

/// `range.transformMapEntry(…)`: the entries of the maps that the body makes, joined.
final class TransformMapEntryNode: MacroNode, @unchecked Sendable {
  override func evaluate(_ frame: inout Frame) throws(Fault) -> Cell {
    var iteration = try iteration(&frame)
    var entries: [(key: Cell, value: Cell)] = []
    while try iteration.next(&frame) {
      guard try isTaken(&frame) else { continue }
      let cell = try body.evaluate(&frame)
      guard var made = MapEntries(cell) else {
        throw Fault.noOverload("transformMapEntry", cell).at(offset)
      }
      try frame.step(made.count)
      while let entry = made.next() { entries.append(entry) }
    }
    do throws(Fault) { return try frame.map(entries) } catch { throw error.at(offset) }
  }
}

/// `list.sortBy(…)`: the elements in the order of what the body gives for each.
final class SortByNode: MacroNode, @unchecked Sendable {
  override func evaluate(_ frame: inout Frame) throws(Fault) -> Cell {
    var iteration = try iteration(&frame)
    var elements: [Cell] = []
    var keys: [Cell] = []
    while try iteration.next(&frame) {
      elements.append(frame.local(variables.first))
      keys.append(try body.evaluate(&frame))
    }
    do throws(Fault) {
      let order = try Sorting.order(of: keys, function: "sortBy", &frame)
      return try frame.list(order.map { elements[$0] })
    } catch {
      throw error.at(offset)
    }
  }
}

/// `size(list.filter(…))`: counts without building the list.
final class FilterCountNode: Node, @unchecked Sendable {
  let filter: FilterNode

  init(_ filter: FilterNode, offset: Int) {
    self.filter = filter
    super.init(offset: offset)
  }

  override func evaluate(_ frame: inout Frame) throws(Fault) -> Cell {
    .int(Int64(try filter.count(&frame)))
  }
}
