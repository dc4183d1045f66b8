internal import JSON

/// Evaluates parts of conditions for one row of a batch after the other, with the values that an activation has.
///
/// The activation itself is left alone: what is evaluated here counts where a condition is counted.
final class RowEvaluator {
  /// The values; the variables that are computed when they are read first are the batch's.
  @exclusivity(unchecked) private(set) var frame: Frame
  private let activation: Activation
  private let changing: [(index: Int, rows: JSONRows)]
  private let kept: KeptVariables
  /// Which row the variables have the values of; nil for none of this batch.
  @exclusivity(unchecked) private var row: Int?

  /// What came of an evaluation.
  struct Outcome {
    /// nil when a bound was passed, or a part is unknown.
    let result: Result<Cell, Fault>?
    let steps: Int
    let size: Int
    let uses: UInt16

    static let unknown = Outcome(result: nil, steps: 0, size: 0, uses: 0)
  }

  init(_ activation: Activation, over changing: [Int: JSONRows], _ kept: KeptVariables) {
    self.activation = activation
    self.changing = changing.map { ($0.key, $0.value) }
    self.kept = kept
    frame = activation.frame
    frame.kept = kept
    frame.patterns = [:]
    let missing = (changing.keys.max() ?? 0) + 1 - frame.slots.count
    if missing > 0 {
      frame.slots.append(contentsOf: repeatElement(.unset, count: missing))
      frame.objects.append(contentsOf: repeatElement(nil, count: missing))
      frame.programs.append(contentsOf: repeatElement(nil, count: missing))
    }
    grant()
  }

  /// Evaluates for another batch; together the evaluations may cost what the activation has left.
  func begin() {
    row = nil
    grant()
  }

  private func grant() { frame.limit(to: activation.frame.left) }

  // MARK: Variables

  /// Gives the variables that a program reads to the batch; false when there are too many, or they nest too deep.
  func prepare(_ program: Program, in batch: BatchProgram) -> Bool {
    program.slots.allSatisfy { prepare($0, above: program.depth, program.limits, batch) }
  }

  private func prepare(
    _ index: Int, above depth: Int, _ limits: Limits, _ batch: BatchProgram
  ) -> Bool {
    guard index < frame.programs.count, let program = frame.programs[index],
      batch.changing[index] == nil
    else { return true }
    // Where evaluating them one in the other passes a limit, the interpreter must say so.
    guard depth + program.depth <= limits.depth,
      program.slots.allSatisfy({ prepare($0, above: depth + program.depth, limits, batch) })
    else { return false }
    if case .kept = frame.slots[index] { return true }
    var keys = NodeKeys(batch: batch, frame: frame, locals: [:])
    let read = program.slots.map { keys.key(slot: $0) }
    let key = "\(index) \(program.identity.hashValue) \(read)"
    batch.hold(program)
    guard let variable = kept.variable(key, index, program, isOfRow: keys.readsRow) else {
      return false
    }
    frame.slots[index] = .kept(variable)
    frame.objects[index] = nil
    return true
  }

  // MARK: Evaluating

  /// Evaluates a node that reads no row.
  ///
  /// - Parameter isMoving: Whether who asks knows that it may move with the time.
  func evaluate(
    _ node: Node, isMoving: Bool = false, locals: [(index: Int, cell: Cell)], count: Int,
    _ limits: Limits
  ) -> Outcome {
    evaluate(locals: locals, count: count, limits) { (frame) throws(Fault) in
      isMoving ? try node.moving(&frame).cell : try node.evaluate(&frame)
    }
  }

  /// Evaluates on a row.
  func evaluate(_ step: RowStep, on row: Int) -> Outcome {
    if !step.isOfBatch { move(to: row) }
    var locals: [(index: Int, cell: Cell)] = []
    for (index, operand) in step.locals {
      guard let cell = cell(operand, row) else { return .unknown }
      locals.append((index, cell))
    }
    let node = step.node
    return evaluate(locals: locals, count: step.localCount, step.limits) { (frame) throws(Fault) in
      step.isCondition ? .bool(try node.test(&frame)) : try node.evaluate(&frame)
    }
  }

  @inline(__always) private func evaluate(
    locals: [(index: Int, cell: Cell)], count: Int, _ limits: Limits,
    _ body: (inout Frame) throws(Fault) -> Cell
  ) -> Outcome {
    kept.uses = UseSet()
    frame.begin(limits, locals: count)
    for (index, cell) in locals { frame.setLocal(index, cell) }
    let before = (steps: frame.steps, size: frame.size)
    let result: Result<Cell, Fault>
    do throws(Fault) { result = .success(try body(&frame)) } catch { result = .failure(error) }
    let steps = before.steps - frame.steps
    let size = before.size - frame.size
    frame.end(overhead: 0)
    if case .failure(let fault) = result, fault.kind == .limit || fault.kind == .cycle {
      return .unknown
    }
    return Outcome(
      result: result, steps: steps, size: size, uses: kept.sets.number(of: kept.uses))
  }

  private func move(to row: Int) {
    kept.row = row
    if self.row == row { return }
    self.row = row
    for (index, rows) in changing {
      let cell = rows.view(row).map { Cell(JSONCursor($0)) }
      frame.slots[index] = cell.map { .value($0) } ?? .unset
      frame.objects[index] = cell?.cursor
    }
  }

  /// What an operand is on a row; nil when that is not known.
  private func cell(_ operand: BatchOperand, _ row: Int) -> Cell? {
    if let constant = operand.constant { return constant }
    return switch operand.column.value(row, of: operand.rows) {
    case .unknown: nil
    case .failure: .fault(Fault(.unset, "an error"))
    case .null: .null
    case .bool(let value): .bool(value)
    case .int(let value): .int(value)
    case .uint(let value): .uint(value)
    case .double(let value): .double(value)
    case .text(let text): .text(text)
    case .made(let text): .string(text)
    case .array(let cursor): .array(cursor)
    case .object(let cursor): .object(cursor)
    case .span(let nanoseconds): .duration(TimeSpan(totalNanoseconds: nanoseconds))
    case .time(let microseconds): Timestamp(microseconds: microseconds).map(Cell.timestamp)
    }
  }
}

extension Timestamp {
  fileprivate init?(microseconds: Int64) {
    let (seconds, rest) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
    let isBefore = rest < 0
    self.init(
      seconds: isBefore ? seconds - 1 : seconds,
      nanoseconds: Int32((isBefore ? rest + 1_000_000 : rest) * 1_000))
  }
}
