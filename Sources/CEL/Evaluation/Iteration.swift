internal import JSON

/// Steps through the range of a macro and sets its variables: langdef, "Macros".
struct Iteration {
  private enum Source {
    case array(JSONCursor.Elements)
    case list(ListBox)
    case object(JSONCursor.Members)
    case map(MapBox)
  }

  /// Where the variables are: one for the element or the key, or two for index or key and for the value.
  struct Variables: Sendable {
    let first: Int
    let second: Int?
  }

  private var source: Source
  private var position = 0
  private let variables: Variables
  private let cost: Int
  /// How many steps there will be.
  let count: Int

  /// - Parameter cost: The steps that each element counts.
  init(over range: Cell, _ variables: Variables, cost: Int) throws(Fault) {
    switch range {
    case .array(let cursor):
      source = .array(cursor.elements)
      count = cursor.count
    case .list(let box):
      source = .list(box)
      count = box.elements.count
    case .object(let cursor):
      source = .object(cursor.members)
      count = cursor.count
    case .map(let box):
      source = .map(box)
      count = box.entries.count
    default:
      let type = range.typeName
      throw Fault(.noSuchOverload, "a macro goes over a list or a map, not \(type)")
    }
    self.variables = variables
    self.cost = cost
  }

  /// Sets the variables for the next element; false behind the last.
  @inline(__always)
  mutating func next(_ frame: inout Frame) throws(Fault) -> Bool {
    switch source {
    case .array(var elements):
      guard let element = elements.next() else { return false }
      source = .array(elements)
      setElement(Cell(element), &frame)
    case .list(let box):
      guard position < box.elements.count else { return false }
      setElement(box.elements[position], &frame)
    case .object(var members):
      guard let member = members.next() else { return false }
      source = .object(members)
      frame.setLocal(variables.first, .text(member.name))
      if let second = variables.second { frame.setLocal(second, Cell(member.value)) }
    case .map(let box):
      guard position < box.entries.count else { return false }
      frame.setLocal(variables.first, box.entries[position].key)
      if let second = variables.second { frame.setLocal(second, box.entries[position].value) }
    }
    position &+= 1
    try frame.step(cost)
    return true
  }

  @inline(__always) private func setElement(_ element: Cell, _ frame: inout Frame) {
    if let second = variables.second {
      frame.setLocal(variables.first, .int(Int64(position)))
      frame.setLocal(second, element)
    } else {
      frame.setLocal(variables.first, element)
    }
  }
}
