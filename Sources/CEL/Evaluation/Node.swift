internal import JSON

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

  /// Where the value stands in a document; nil where it is not there, and for all that is neither a field nor a variable.
  func place(_ frame: inout Frame) throws(Fault) -> JSONCursor? { nil }

  /// The value after ``place(_:)`` gave none, which counts no step of the search again.
  func follow(_ frame: inout Frame) throws(Fault) -> Cell { try evaluate(&frame) }

  /// Whether the value may move with the time in a way that ``moving(_:)`` tells.
  var moves: Bool { false }

  /// The value, and how it moves with the time: for a comparison, which tells ``Validity`` until when it holds.
  func moving(_ frame: inout Frame) throws(Fault) -> MovingCell {
    MovingCell(cell: try evaluate(&frame))
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
