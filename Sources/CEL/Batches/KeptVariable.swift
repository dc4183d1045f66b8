/// A variable that is computed when it is read first, in a batch: what it is, what computing it cost, and which others
/// it reads, for all conditions that read it.
///
/// An evaluation counts it where it reads it first. Here it counts nothing; who reads it is noted, and counts it once.
final class KeptVariable {
  enum Source {
    case lazy(slot: Int, Program)
    /// A pattern that is no constant: compiling it counts.
    case pattern(String)
  }

  let number: Int
  let source: Source
  /// Whether each row has its own value.
  let isOfRow: Bool
  private unowned let table: KeptVariables

  struct Kept {
    var result: Result<Cell, Fault>?
    var steps = 0
    var size = 0
    /// Of itself and of all that it reads.
    var uses = UseSet()
  }

  // Unchecked, as the others: evaluations are of one thread.
  @exclusivity(unchecked) private var kept: ContiguousArray<Kept>
  @exclusivity(unchecked) private var isRunning = false

  init(_ number: Int, _ source: Source, isOfRow: Bool, rows: Int, in table: KeptVariables) {
    self.number = number
    self.source = source
    self.isOfRow = isOfRow
    self.table = table
    kept = ContiguousArray(repeating: Kept(), count: isOfRow ? rows : 1)
  }

  /// What it cost on a row, without what other variables cost.
  func cost(_ row: Int) -> (steps: Int, size: Int) {
    let place = isOfRow ? row : 0
    return (kept[place].steps, kept[place].size)
  }

  /// The value that is the same on every row, when it was computed.
  var result: Result<Cell, Fault>? { isOfRow ? nil : kept[0].result }

  /// Sets what it costs on a row, computed in another way.
  func set(_ row: Int, steps: Int, size: Int) {
    kept[row].steps = steps
    kept[row].size = size
  }

  /// Forgets what was of the rows.
  func forget() {
    guard isOfRow else { return }
    for place in kept.indices where kept[place].result != nil { kept[place].result = nil }
  }

  /// The value, computed when it is read first.
  func value(_ frame: inout Frame) throws(Fault) -> Cell {
    guard case .lazy(_, let program) = source else { throw .limit("steps", frame.limits.steps) }
    let place = isOfRow ? table.row : 0
    if let result = kept[place].result {
      table.uses.formUnion(kept[place].uses)
      return try result.get()
    }
    guard !isRunning else { throw Fault(.cycle, "a variable needs its own value") }
    isRunning = true
    let outer = table.uses
    let before = (steps: frame.steps, size: frame.size)
    table.uses = UseSet()
    table.uses.insert(number)
    defer {
      isRunning = false
      table.uses.formUnion(outer)
    }
    let result: Result<Cell, Fault>
    do throws(Fault) { result = .success(try frame.nested(program)) } catch {
      // A limit is this evaluation's, not the variable's.
      if error.kind == .limit || error.kind == .cycle { throw error }
      result = .failure(error)
    }
    let steps = before.steps - frame.steps
    let size = before.size - frame.size
    (frame.steps, frame.size) = before
    frame.spend(steps: steps, size: size)
    kept[place] = Kept(result: result, steps: steps, size: size, uses: table.uses)
    return try result.get()
  }

  /// The pattern of ``Source/pattern(_:)`` was compiled.
  func compiled(steps: Int) {
    kept[0].steps = steps
    kept[0].uses.insert(number)
  }
}

/// The variables of a batch.
final class KeptVariables {
  let sets = UseSets()
  private(set) var all: [KeptVariable] = []
  private var numbers: [String: Int] = [:]
  private var patterns: [String: (number: Int, pattern: RegularExpression)] = [:]
  private var memberships: [UInt32: [KeptVariable]] = [:]
  private let rows: Int
  /// The row that is evaluated.
  @exclusivity(unchecked) var row = 0
  /// What was read since it was emptied.
  @exclusivity(unchecked) var uses = UseSet()

  /// An activation forgets patterns when it has many; as many as this it keeps.
  private static let manyPatterns = 32

  /// - Parameter rows: How many a batch has at most.
  init(rows: Int) { self.rows = rows }

  /// The variable of a key; nil when there are too many.
  func variable(_ key: String, _ slot: Int, _ program: Program, isOfRow: Bool) -> KeptVariable? {
    if let known = numbers[key] { return all[known] }
    guard all.count < UseSet.capacity else { return nil }
    let variable = KeptVariable(
      all.count, .lazy(slot: slot, program), isOfRow: isOfRow, rows: rows, in: self)
    numbers[key] = variable.number
    all.append(variable)
    return variable
  }

  /// A pattern, compiled at its first use by anybody; nil when compiling it fails, and must be counted each time.
  func pattern(_ text: String, _ frame: inout Frame) throws(Fault) -> RegularExpression? {
    if let known = patterns[text] {
      uses.insert(known.number)
      return known.pattern
    }
    guard all.count < UseSet.capacity, patterns.count < Self.manyPatterns else {
      throw .limit("steps", frame.limits.steps)
    }
    guard let pattern = try? RegularExpression(text, limit: frame.limits.pattern) else {
      return nil
    }
    let variable = KeptVariable(all.count, .pattern(text), isOfRow: false, rows: 1, in: self)
    variable.compiled(steps: Frame.cost(ofPattern: text))
    frame.spend(steps: Frame.cost(ofPattern: text), size: 0)
    all.append(variable)
    patterns[text] = (variable.number, pattern)
    uses.insert(variable.number)
    return pattern
  }

  func pattern(_ text: String) -> RegularExpression? { patterns[text]?.pattern }

  /// Forgets what was of the rows of a batch.
  func forgetRows() {
    for variable in all { variable.forget() }
  }

  /// The variables of a set that have a value of each row, or those that have one for all.
  func members(of set: UInt16, ofRow: Bool) -> [KeptVariable] {
    let key = UInt32(set) << 1 | (ofRow ? 1 : 0)
    if let known = memberships[key] { return known }
    let result = all.filter { $0.isOfRow == ofRow && sets[set].contains($0.number) }
    memberships[key] = result
    return result
  }
}
