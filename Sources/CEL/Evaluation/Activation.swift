/// The values of an environment's declared variables, for evaluating programs.
///
/// One thread uses one activation for many evaluations: setting a variable is cheap. A lazy variable is evaluated at its
/// first use, and again after a variable that it reads, directly or through other lazy variables, was set or reset.
public final class Activation {
  // Unchecked, as are the others: an evaluation calls nothing that could reach this activation again.
  @exclusivity(unchecked) var frame = Frame()
  @exclusivity(unchecked) private var owners: ContiguousArray<JSONOwner?> = []
  /// For each slot, the lazy slots whose programs read it.
  @exclusivity(unchecked) private var dependents: ContiguousArray<[Int]> = []

  typealias JSONOwner = any AnyObject & Sendable

  /// An activation in which no variable has a value.
  public init() {}

  /// Bounds what all evaluations from now on may cost together, beside what each may.
  public func limit(to budget: Budget) { frame.limit(to: budget) }

  /// What evaluations may still cost together.
  package var left: Budget { frame.left }

  /// Counts what evaluations cost that were made in another way; false, and nothing is counted, when so much is not left.
  package func charge(steps: Int, size: Int) -> Bool { frame.charge(steps: steps, size: size) }

  /// Counts what another activation's evaluations cost, of the same variables and budget, as if they had been made here.
  ///
  /// - Returns: Whether each would surely have come to the same here, and cost no more; what was counted means nothing if not.
  package func absorb(_ other: Activation) -> Bool { frame.absorb(other.frame) }

  /// Which bound of steps or bytes was passed, by one evaluation or by all together, whatever became of the error:
  /// `||` and `&&` absorb it. Nil when none was. What is evaluated afterwards may fail, and says nothing.
  public var exhaustion: String? { frame.exhaustion }

  /// Notes how long what is evaluated from now on holds.
  package func watch(_ validity: Validity) { frame.validity = validity }

  /// Gives a variable a value.
  public func set(_ slot: Slot, _ value: Value) {
    let index = slot.index
    makeRoom(index)
    if frame.programs[index] != nil { forgetProgram(index) }
    frame.slots[index] = .value(value.cell)
    frame.objects[index] = value.cell.cursor
    owners[index] = value.owner
    invalidateDependents(of: index)
  }

  /// Gives a variable the value of an expression, evaluated against this activation at the first use and kept.
  ///
  /// An error of the expression is the error of every use.
  public func setLazy(_ slot: Slot, _ program: Program) {
    let index = slot.index
    makeRoom(max(index, program.slots.last ?? 0))
    if frame.programs[index] != nil { forgetProgram(index) }
    invalidateDependents(of: index)
    owners[index] = nil
    frame.objects[index] = nil
    frame.programs[index] = program
    frame.slots[index] = .pending
    for read in program.slots where !dependents[read].contains(index) {
      dependents[read].append(index)
    }
  }

  /// The same as ``setLazy(_:_:)`` where no variable that the expression reads is set or reset any more.
  package func setFinal(_ slot: Slot, _ program: Program) {
    makeRoom(max(slot.index, program.slots.last ?? 0))
    owners[slot.index] = nil
    frame.objects[slot.index] = nil
    frame.programs[slot.index] = program
    frame.slots[slot.index] = .pending
  }

  /// Forgets what evaluations have used up, and made for later ones.
  func forget() { frame.forget() }

  /// Gives a variable the value of an expression that is kept elsewhere: what is set afterwards takes nothing away.
  func share(_ variable: SharedVariable, _ program: Program) {
    makeRoom(max(variable.slot, program.slots.last ?? 0))
    frame.programs[variable.slot] = program
    frame.slots[variable.slot] = .shared(variable)
  }

  /// Takes the values of variables away; lazy ones keep their expression and are evaluated again at the next use.
  public func reset(_ slots: some Sequence<Slot>) {
    for slot in slots { reset(slot) }
  }

  /// Takes a variable's value away. See ``reset(_:)-(Sequence<Slot>)``.
  public func reset(_ slot: Slot) {
    let index = slot.index
    guard index < frame.slots.count else { return }
    frame.slots[index] = frame.programs[index] == nil ? .unset : .pending
    frame.objects[index] = nil
    owners[index] = nil
    invalidateDependents(of: index)
  }

  private func makeRoom(_ index: Int) {
    guard index >= frame.slots.count else { return }
    // By halves more, so that variables that are set one by one do not move all the others each time.
    let missing = max(index + 1, frame.slots.count * 3 / 2, 32) - frame.slots.count
    frame.slots.append(contentsOf: repeatElement(.unset, count: missing))
    frame.objects.append(contentsOf: repeatElement(nil, count: missing))
    frame.programs.append(contentsOf: repeatElement(nil, count: missing))
    owners.append(contentsOf: repeatElement(nil, count: missing))
    dependents.append(contentsOf: repeatElement([], count: missing))
  }

  private func forgetProgram(_ index: Int) {
    for read in frame.programs[index]?.slots ?? [] { dependents[read].removeAll { $0 == index } }
    frame.programs[index] = nil
  }

  /// A kept value may point into what its variables showed: it must go when they change.
  private func invalidateDependents(of index: Int) {
    if dependents[index].isEmpty { return }
    for dependent in dependents[index] {
      if case .pending = frame.slots[dependent] { continue }
      frame.slots[dependent] = .pending
      invalidateDependents(of: dependent)
    }
  }
}

/// A declared variable's place in an ``Activation``.
public struct Slot: Hashable, Sendable {
  let index: Int
}
