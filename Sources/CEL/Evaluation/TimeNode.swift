/// The declared time. Whoever asks for its value like any other's may do anything with it: what comes of that holds for the
/// moment alone.
final class TimeNode: Node, @unchecked Sendable {
  let slot: SlotNode

  init(_ slot: SlotNode) {
    self.slot = slot
    super.init(offset: slot.offset)
  }

  override var moves: Bool { true }

  override func evaluate(_ frame: inout Frame) throws(Fault) -> Cell {
    frame.validity?.end()
    return try slot.evaluate(&frame)
  }

  override func moving(_ frame: inout Frame) throws(Fault) -> MovingCell {
    MovingCell(cell: try slot.evaluate(&frame), slope: 1)
  }
}
