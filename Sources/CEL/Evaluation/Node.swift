/// A step of a compiled expression.
///
/// langdef, "Evaluation". Unchecked: every subclass has constant properties of Sendable types only.
class Node: @unchecked Sendable {
  /// The byte of the source where it stands.
  let offset: Int

  init(offset: Int) { self.offset = offset }

  /// The value.
  func evaluate(_ frame: inout Frame) throws(Fault) -> Cell {
    throw Fault(.noSuchOverload, "nothing to evaluate")
  }

  /// The value of a condition, without the detour over a cell where there is a shorter way.
  func test(_ frame: inout Frame) throws(Fault) -> Bool {
    try bool(try evaluate(&frame))
  }

  /// The value of a condition that a cell is.
  final func bool(_ cell: Cell) throws(Fault) -> Bool {
    guard case .bool(let value) = cell else {
      let type = cell.typeName
      throw Fault(.noSuchOverload, "expected a bool, found \(type)", at: offset)
    }
    return value
  }
}
