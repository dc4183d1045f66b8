internal import JSON

/// Equality that tells types apart, for Swift's `==` on ``Value``.
enum Identity {
  static func isSame(_ left: Cell, _ right: Cell) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let left), .bool(let right)): left == right
    case (.int(let left), .int(let right)): left == right
    case (.uint(let left), .uint(let right)): left == right
    case (.double(let left), .double(let right)): left == right || left.isNaN && right.isNaN
    case (.string, .string), (.text, .text), (.string, .text), (.text, .string):
      TextBytes.isSame(left, right)
    case (.bytes(let left), .bytes(let right)): left == right
    case (.timestamp(let left), .timestamp(let right)): left == right
    case (.duration(let left), .duration(let right)): left == right
    case (.type(let left), .type(let right)): left.type.name == right.type.name
    case (.network(let left), .network(let right)):
      left.address == right.address && left.prefix == right.prefix
    case (.optional(let left), .optional(let right)):
      switch (left.wrapped, right.wrapped) {
      case (nil, nil): true
      case (let left?, let right?): isSame(left, right)
      default: false
      }
    default: haveSameElements(left, right) ?? haveSameEntries(left, right) ?? false
    }
  }

  private static func haveSameElements(_ left: Cell, _ right: Cell) -> Bool? {
    guard var left = ListElements(left), var right = ListElements(right) else { return nil }
    while true {
      switch (left.next(), right.next()) {
      case (nil, nil): return true
      case (let left?, let right?): if !isSame(left, right) { return false }
      default: return false
      }
    }
  }

  private static func haveSameEntries(_ left: Cell, _ right: Cell) -> Bool? {
    guard var entries = MapEntries(left), MapEntries(right) != nil else { return nil }
    guard entries.count == MapEntries(right)?.count else { return false }
    while let entry = entries.next() {
      guard let other = MapEntries.value(for: entry.key, in: right), isSame(entry.value, other)
      else {
        return false
      }
    }
    return true
  }
}
