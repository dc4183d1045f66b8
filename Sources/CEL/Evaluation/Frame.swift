internal import JSON

/// What one evaluation reads and writes: the activation's slots, the variables of macros and functions, and what is left
/// of the limits.
struct Frame {
  /// A declared variable's state.
  enum Slot {
    case unset
    case value(Cell)
    /// A lazy variable before its first use.
    case pending
    /// A lazy variable while it is evaluated.
    case running
    /// A lazy variable without a value.
    case failed(Fault)
    /// A lazy variable whose value a batch keeps, and which notes who reads it.
    case kept(KeptVariable)
    /// A lazy variable whose value activations share, before its first use here.
    case shared(SharedVariable)
  }

  var slots: ContiguousArray<Slot> = []
  /// Where a slot's value is an object of a document: read without looking at the slot.
  var objects: ContiguousArray<JSONCursor?> = []
  /// The programs of lazy variables; nil for the others.
  var programs: ContiguousArray<Program?> = []
  /// The variables of macros and functions, those of the innermost call from `base`.
  private var locals: ContiguousArray<Cell> = []
  /// Where such a variable's value is an element of a document: it is in no cell then.
  private var places = JSONCursorStore(count: 0)
  var base = 0
  private var top = 0
  var steps = 0
  var size = 0
  /// The depth of the programs and functions that are being evaluated.
  var depth = 0
  /// The largest depth that was reached.
  var deepest = 0
  var limits = Limits()
  /// What all evaluations of the activation may cost together, and what is left of it.
  var budget = Budget.unlimited
  private(set) var left = Budget.unlimited
  /// What this evaluation began with.
  private var granted = Budget.unlimited
  /// The bound that was passed; nothing is judged after it.
  private(set) var exhaustion: String?
  /// Patterns that are no constants, compiled.
  var patterns: [String: RegularExpression] = [:]
  /// How long what is evaluated holds; nil where nobody asks.
  var validity: Validity?
  /// Where a batch notes what is read, and computed only once; nil outside of batches.
  var kept: KeptVariables?
  /// Time zones that were asked for.
  var zones: [String: ZoneOffset] = [:]
  /// How many patterns and time zones were made; what is known already costs no steps.
  var made = 0
  /// How many of either are remembered.
  static let remembered = 64

  /// Starts an evaluation with the whole limits.
  @inline(__always) mutating func begin(_ limits: Limits, locals count: Int) {
    self.limits = limits
    granted = Budget(steps: min(limits.steps, left.steps), size: min(limits.size, left.size))
    steps = granted.steps
    size = granted.size
    depth = 0
    base = 0
    top = count
    if locals.count < count { reserve(count) }
  }

  /// Takes what the evaluation has cost, and `overhead` steps for having been made, from what is left.
  @inline(__always) mutating func end(overhead: Int) {
    left.steps = max(0, left.steps &- (granted.steps &- max(0, steps)) &- overhead)
    left.size = max(0, left.size &- (granted.size &- max(0, size)))
    if steps < 0 || size < 0 || left.steps == 0 { exhaust() }
  }

  /// Takes what evaluations cost from what is left, if more than that is left.
  mutating func charge(steps: Int, size: Int) -> Bool {
    guard left.steps > steps, left.size >= size else { return false }
    left.steps -= steps
    left.size -= size
    return true
  }

  /// Takes what the evaluations of another frame have cost, as if they had been made here.
  ///
  /// - Returns: Whether they surely come to the same here: no bound is passed, nothing would have been made again.
  mutating func absorb(_ other: Frame) -> Bool {
    guard exhaustion == nil, other.exhaustion == nil, made + other.made <= Self.remembered,
      charge(
        steps: other.budget.steps - other.left.steps, size: other.budget.size - other.left.size)
    else { return false }
    made += other.made
    return true
  }

  /// Takes what was computed beside an evaluation from what is left.
  mutating func spend(steps: Int, size: Int) {
    left.steps = max(0, left.steps &- steps)
    left.size = max(0, left.size &- size)
  }

  /// Says which bound was passed: also where the error was absorbed, as `||` may.
  @inline(never) private mutating func exhaust() {
    guard exhaustion == nil else { return }
    let isWhole =
      steps < 0 ? granted.steps < limits.steps : size < 0 ? granted.size < limits.size : true
    let scope = isWhole ? "all its evaluations" : "one evaluation"
    exhaustion =
      size < 0
      ? "it builds more than \(isWhole ? budget.size : limits.size) bytes, the limit of \(scope)"
      : "it takes more than \(isWhole ? budget.steps : limits.steps) steps, the limit of \(scope)"
  }

  /// Bounds all evaluations from now on together.
  mutating func limit(to budget: Budget) {
    self.budget = budget
    left = budget
    exhaustion = nil
  }

  @inline(never) mutating func reserve(_ count: Int) {
    places = JSONCursorStore(count: count, copying: places)
    locals.append(contentsOf: repeatElement(.null, count: count - locals.count))
  }

  /// Counts steps.
  @inline(__always) mutating func step(_ count: Int = 1) throws(Fault) {
    steps &-= count
    if steps < 0 { throw .limit("steps", limits.steps) }
  }

  /// Counts the steps of looking at a text.
  @inline(__always) mutating func step(bytes count: Int) throws(Fault) {
    if count >= 64 { try step(count >> 6) }
  }

  /// Counts what is built, in bytes.
  @inline(__always) mutating func build(_ bytes: Int) throws(Fault) {
    let (rest, overflow) = size.subtractingReportingOverflow(bytes)
    size = rest
    if overflow || rest < 0 { throw .limit("bytes built", limits.size) }
  }

  /// The object of a document that a declared variable's value is; nil for another value.
  @inline(__always) func object(ofSlot index: Int) -> JSONCursor? {
    index < objects.count ? objects[index] : nil
  }

  @inline(__always) func local(_ index: Int) -> Cell {
    if let place = places[base &+ index] { return Cell(place) }
    return locals[base &+ index]
  }

  /// Where a variable's value stands in a document, if it was set by its place.
  @inline(__always) func place(ofLocal index: Int) -> JSONCursor? { places[base &+ index] }

  @inline(__always) mutating func setLocal(_ index: Int, _ value: consuming Cell) {
    places[base &+ index] = nil
    // Last, so that the value is moved.
    locals[base &+ index] = value
  }

  @inline(__always) mutating func setLocal(_ index: Int, at place: JSONCursor) {
    places[base &+ index] = place
  }

  /// A declared variable's value.
  @inline(__always) mutating func slot(_ index: Int, _ name: @autoclosure () -> String)
    throws(Fault) -> Cell
  {
    if index < slots.count, case .value(let cell) = slots[index] { return cell }
    return try slotSlowly(index, name())
  }

  @inline(never)
  private mutating func slotSlowly(_ index: Int, _ name: String) throws(Fault) -> Cell {
    guard index < slots.count else { throw Fault(.unset, "'\(name)' has no value") }
    switch slots[index] {
    case .value(let cell): return cell
    case .unset: throw Fault(.unset, "'\(name)' has no value")
    case .running: throw Fault(.cycle, "'\(name)' needs its own value")
    case .failed(let fault): throw fault
    case .kept(let variable): return try variable.value(&self)
    case .shared(let variable):
      // Where nobody shares it, it is evaluated here.
      if !variable.give(to: &self) { slots[index] = .pending }
      return try slotSlowly(index, name)
    case .pending:
      guard let program = programs[index] else { throw Fault(.unset, "'\(name)' has no value") }
      slots[index] = .running
      do throws(Fault) {
        let cell = try nested(program)
        slots[index] = .value(cell)
        return cell
      } catch {
        // A limit is this evaluation's, not the variable's: the next evaluation may try again.
        slots[index] = error.kind == .limit || error.kind == .cycle ? .pending : .failed(error)
        throw error
      }
    }
  }

  /// Evaluates another program with locals of its own.
  mutating func nested(_ program: Program) throws(Fault) -> Cell {
    let outer = try enter(depth: program.depth, locals: program.localCount)
    defer { leave(outer, depth: program.depth) }
    return try program.root.evaluate(&self)
  }

  /// Opens the locals of a program or a function behind those in use.
  ///
  /// - Returns: What ``leave(_:depth:)`` needs.
  mutating func enter(depth added: Int, locals count: Int) throws(Fault) -> (base: Int, top: Int) {
    if depth + added > 2 * limits.depth {
      throw .limit("levels of expressions", 2 * limits.depth)
    }
    depth += added
    deepest = max(deepest, depth)
    let outer = (base, top)
    base = top
    top += count
    if locals.count < top { reserve(top) }
    return outer
  }

  /// Puts an argument behind the locals in use while the others are evaluated. An error that ends the evaluation may
  /// leave it there.
  @inline(__always) mutating func push(_ argument: consuming Cell) {
    if locals.count <= top { reserve(top + 1) }
    places[top] = nil
    top += 1
    // Last, so that the value is moved.
    locals[top &- 1] = argument
  }

  /// The same of an argument that stands in a document.
  @inline(__always) mutating func push(at place: JSONCursor) {
    if locals.count <= top { reserve(top + 1) }
    places[top] = place
    top += 1
  }

  /// Opens the locals of a function of which the first were pushed. See ``leave(_:depth:)``.
  mutating func enter(pushed: Int, locals count: Int) -> (base: Int, top: Int) {
    let outer = (base, top - pushed)
    base = top - pushed
    top = base + count
    if locals.count < top { reserve(top) }
    return outer
  }

  /// Closes the locals of a program or a function.
  mutating func leave(_ outer: (base: Int, top: Int), depth added: Int) {
    depth -= added
    (base, top) = outer
  }
}
