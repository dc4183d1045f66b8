internal import JSON

/// Lazy variables whose values many activations share, as the definitions that all recommendations about an instance read:
/// each is evaluated once, and counts in every activation that reads it as if it had been evaluated there.
///
/// The activations must give the variables that the expressions read the values that they have here. All are of one thread,
/// and must not outlive this.
package final class SharedVariables {
  private let host = Activation()
  private let commonReader = Activation()
  @exclusivity(unchecked) private var variables: [Int: SharedVariable] = [:]

  /// No variable has a value.
  package init() {}

  /// Notes how long what is evaluated from now on holds.
  package func watch(_ validity: Validity) {
    host.watch(validity)
    commonReader.watch(validity)
  }

  /// Gives a variable a value that the expressions read; one that it has stays.
  package func set(_ slot: Slot, _ value: Value) {
    if slot.index < host.frame.slots.count, case .value = host.frame.slots[slot.index] { return }
    host.set(slot, value)
    commonReader.set(slot, value)
  }

  /// Adds a variable with its expression.
  package func define(_ slot: Slot, _ program: Program) {
    let variable = SharedVariable(slot.index, program, in: self)
    variables[slot.index] = variable
    host.share(variable, program)
    commonReader.share(variable, program)
  }

  /// An activation of all that is set and defined here, for one reader after the other: nothing is left in it of what the one
  /// before has computed or used up. What that one has set itself stays, until another value is set.
  package func reader() -> Activation {
    commonReader.forget()
    for variable in variables.values {
      commonReader.frame.slots[variable.slot] = .shared(variable)
    }
    return commonReader
  }

  /// Whether a variable was evaluated for all who read it.
  package func keeps(_ slot: Slot) -> Bool { variables[slot.index]?.kept != nil }

  /// Whether a variable has that expression here.
  package func has(_ slot: Slot, _ program: Program) -> Bool {
    variables[slot.index]?.program.identity == program.identity
  }

  /// Evaluates a variable by itself.
  fileprivate func evaluate(_ variable: SharedVariable, _ limits: Limits) -> SharedVariable.Kept? {
    var frame = host.frame
    frame.begin(limits, locals: 0)
    frame.deepest = 0
    let before = (steps: frame.steps, size: frame.size)
    let result: Result<Cell, Fault>
    do throws(Fault) { result = .success(try frame.nested(variable.program)) } catch {
      // A limit is this evaluation's, not the variable's.
      if error.kind == .limit || error.kind == .cycle { return nil }
      result = .failure(error)
    }
    // What an activation knows already costs it less: somebody else's pattern or time zone.
    guard frame.made == host.frame.made else { return nil }
    var kept = SharedVariable.Kept(
      result: result, steps: before.steps - frame.steps, size: before.size - frame.size,
      depth: frame.deepest, others: [])
    for (slot, other) in variables where slot != variable.slot && frame.hasRead(slot) {
      guard let read = other.kept else { return nil }
      kept.others.append(other)
      kept.steps -= read.steps
      kept.size -= read.size
      kept.depth = max(kept.depth, frame.deepest + read.depth)
    }
    return kept
  }
}

/// One of ``SharedVariables``.
final class SharedVariable {
  let slot: Int
  let program: Program
  private unowned let table: SharedVariables

  /// What came of the evaluation.
  struct Kept {
    let result: Result<Cell, Fault>
    /// What it cost, without what others cost that it read.
    var steps: Int
    var size: Int
    /// The depth of all that was evaluated, one in the other, at most.
    var depth: Int
    /// All others that were read on the way.
    var others: [SharedVariable]
  }

  /// nil before the evaluation, and where nobody shares it.
  @exclusivity(unchecked) fileprivate(set) var kept: Kept?
  @exclusivity(unchecked) private var isTried = false

  init(_ slot: Int, _ program: Program, in table: SharedVariables) {
    self.slot = slot
    self.program = program
    self.table = table
  }

  /// Gives the variable, and the others that it reads, their values in a frame, and counts them there; false, and nothing is
  /// done, where the frame must evaluate it by itself: because it has too little left, for one.
  func give(to frame: inout Frame) -> Bool {
    if !isTried {
      isTried = true
      kept = table.evaluate(self, frame.limits)
    }
    guard let kept, frame.depth + kept.depth <= 2 * frame.limits.depth else { return false }
    var sum = (steps: kept.steps, size: kept.size)
    for other in kept.others where !frame.hasRead(other.slot) {
      guard let read = other.kept else { return false }
      sum.steps += read.steps
      sum.size += read.size
    }
    guard frame.steps >= sum.steps, frame.size >= sum.size else { return false }
    frame.steps -= sum.steps
    frame.size -= sum.size
    for other in kept.others where !frame.hasRead(other.slot) {
      if let read = other.kept { frame.slots[other.slot] = Self.slot(read.result) }
    }
    frame.slots[slot] = Self.slot(kept.result)
    return true
  }

  private static func slot(_ result: Result<Cell, Fault>) -> Frame.Slot {
    switch result {
    case .success(let cell): .value(cell)
    case .failure(let fault): .failed(fault)
    }
  }
}

extension Frame {
  /// Whether a lazy variable was evaluated here, or its value taken over.
  fileprivate func hasRead(_ slot: Int) -> Bool {
    switch slots[slot] {
    case .value, .failed: true
    default: false
    }
  }
}
