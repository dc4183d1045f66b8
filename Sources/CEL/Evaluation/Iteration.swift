internal import JSON

/// Steps through the range of a macro and sets its variables: langdef, "Macros".
struct Iteration {
  private enum Source {
    case array
    case list
    case object
    case map
  }

  /// Where the variables are: one for the element or the key, or two for index or key and for the value.
  struct Variables: Sendable {
    let first: Int
    let second: Int?
  }

  // One of these is stepped through. They are no payloads of the enum: stepping would move them out and in again.
  private let source: Source
  private var elements: JSONCursor.Elements?
  private var members: JSONCursor.Members?
  private var list: ListBox?
  private var map: MapBox?

  private var position = 0
  private let variables: Variables
  private let cost: Int
  /// How many steps there will be, at most 16,777,215 for a document's array.
  let count: Int

  /// - Parameters:
  ///   - range: A list or a map; anything else has no elements, see ``takes(_:)``.
  ///   - cost: The steps that each element counts.
  init(over range: Cell, _ variables: Variables, cost: Int) {
    switch range {
    case .array(let cursor):
      source = .array
      elements = cursor.elements
      count = cursor.saturatedCount
    case .object(let cursor):
      source = .object
      members = cursor.members
      count = cursor.saturatedCount
    case .map(let box):
      source = .map
      map = box
      count = box.entries.count
    case .list(let box):
      source = .list
      list = box
      count = box.elements.count
    default:
      source = .list
      count = 0
    }
    self.variables = variables
    self.cost = cost
  }

  /// Whether a macro can go over it.
  @inline(__always) static func takes(_ range: Cell) -> Bool {
    switch range {
    case .array, .object, .map, .list: true
    default: false
    }
  }

  /// Sets the variables for the next element; false behind the last.
  @inline(__always)
  mutating func next(_ frame: inout Frame) throws(Fault) -> Bool {
    switch source {
    case .array:
      guard let element = elements?.next() else { return false }
      let variable = elementVariable(&frame)
      frame.setLocal(variable, at: element)
    case .list:
      guard let list, position < list.elements.count else { return false }
      let variable = elementVariable(&frame)
      frame.setLocal(variable, list.elements[position])
    case .object:
      guard let member = members?.next() else { return false }
      frame.setLocal(variables.first, .text(member.name))
      if let second = variables.second { frame.setLocal(second, at: member.value) }
    case .map:
      guard let map, position < map.entries.count else { return false }
      frame.setLocal(variables.first, map.entries[position].key)
      if let second = variables.second { frame.setLocal(second, map.entries[position].value) }
    }
    position &+= 1
    try frame.step(cost)
    return true
  }

  /// The variable of a list's element; where there are two, the first is set to its place.
  @inline(__always) private func elementVariable(_ frame: inout Frame) -> Int {
    guard let second = variables.second else { return variables.first }
    frame.setLocal(variables.first, .int(Int64(position)))
    return second
  }
}
