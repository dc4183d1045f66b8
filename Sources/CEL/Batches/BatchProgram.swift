package import JSON

/// Many conditions over the objects of one variable, computed a batch of objects at a time: what several share, fields
/// and parts of expressions, is computed once.
///
/// A batch says true or false only where an evaluation would, at the cost that it says; where a value is not of a type
/// that it knows, or there is an error, or the cost depends on the value, the row is unknown: then
/// ``Program/evaluateCondition(_:)`` must say.
package final class BatchProgram {
  /// The rows of the batch.
  package let rows = JSONRows()
  /// What each row belongs to, if anything: as many as there are rows.
  package let parents = JSONRows()
  /// The variables that change from row to row, and where their values are.
  let changing: [Int: JSONRows]
  /// The variables that are computed when they are read first.
  let kept = KeptVariables(rows: JSONColumn.capacity)
  /// The rows of which something is planned now.
  var space: BatchSpace
  private let objects: BatchSpace
  private var evaluators: [ObjectIdentifier: RowEvaluator] = [:]
  private var rowSteps: [RowStep] = []
  /// Where the rows stand: their constants are read while the batch runs.
  private var sources: [(Program, Activation)] = []
  private var held: [Any] = []
  private var names: [String: Int] = [:]
  private var number = 0

  // What is known under a key, in the order in which it came.
  private var members: [String: JSONMembers] = [:]
  private var known: [String: BatchOperand] = [:]
  private var masks: [String: BatchMask] = [:]
  private var parts: [String: RowStep] = [:]
  private var costs: [String: CostColumn] = [:]
  private var spaces: [String: BatchSpace] = [:]
  private var reductions: [String: BatchReduction] = [:]
  private var journal: [Entry] = []

  private enum Entry {
    case step(BatchSpace)
    case member(String)
    case operand(String)
    case mask(String)
    case part(String)
    case cost(String)
    case space(String)
    case reduction(String, BatchSpace)
  }

  /// - Parameters:
  ///   - slot: The variable that is each row in turn.
  ///   - parent: The variable that is what each row belongs to, unset where it belongs to nothing.
  package init(over slot: Slot, parent: Slot) {
    changing = [slot.index: rows, parent.index: parents]
    objects = BatchSpace(rows)
    space = objects
  }

  /// Adds a condition; nil when no part of it can be computed so.
  ///
  /// - Parameters:
  ///   - activation: Has the values of all other variables; they must stay.
  ///   - scope: The condition that must be true for this one to be asked.
  package func add(
    _ program: Program, in activation: Activation, where scope: BatchCondition? = nil
  ) -> BatchCondition? {
    let identity = ObjectIdentifier(activation)
    let evaluator = evaluators[identity] ?? RowEvaluator(activation, over: changing, kept)
    sources.append((program, activation))
    evaluators[identity] = evaluator
    guard evaluator.prepare(program, in: self) else { return nil }
    var planner = BatchPlanner(batch: self, evaluator: evaluator, program: program, scope: scope)
    guard let operand = planner.condition(program.root) else { return nil }
    let reach: BatchCondition.Reach =
      planner.rowSteps.isEmpty ? .vectors : operand.isOfRowStep ? .rowByRow : .partly
    return BatchCondition(
      column: operand.column, cost: operand.cost, overhead: program.overhead,
      limits: program.limits, kept: kept, reach: reach, rowByRow: planner.rowSteps)
  }

  /// The values of a field of the rows, or of their parents, one level after the other.
  package func column(_ path: some Sequence<String>, ofParents: Bool = false) -> JSONColumn {
    let rows = ofParents ? parents : rows
    return path.reduce(rows.roots) { member($0, $1, rows) }
  }

  /// A column of codes: true where the field of that path can be read as one of the types; else unknown.
  package func readable(
    _ path: [String], ofParents: Bool, as tags: Set<JSONColumn.Tag>, allowsEmpty: Bool
  ) -> JSONColumn {
    let way = path.indices.map { column(path[..<$0], ofParents: ofParents) }
    let field = column(path, ofParents: ofParents)
    let key = "is \(ofParents) \(path) \(tags.map(\.rawValue).sorted()) \(allowsEmpty)"
    return operand(key) { result in
      BatchStep { field.isOf(tags, allowsEmpty: allowsEmpty, way: way, into: result, rows: $0) }
    }.column
  }

  /// A column of codes: all of the others'; nil for none.
  package func all(_ columns: [JSONColumn]) -> JSONColumn? {
    guard let first = columns.first else { return nil }
    return columns.dropFirst().reduce(first) { one, other in
      operand("and \(Self.name(one)) \(Self.name(other))") { result in
        BatchStep { one.combined(with: other, by: .and, into: result, rows: $0) }
      }.column
    }
  }

  /// Computes everything for the rows.
  package func run() {
    kept.forgetRows()
    for evaluator in evaluators.values { evaluator.begin() }
    for step in rowSteps { step.begin() }
    objects.run(rows: rows.count)
  }

  // MARK: For the planner

  static func name(_ column: AnyObject) -> String { "\(ObjectIdentifier(column).hashValue)" }

  /// A short name for a long one.
  func interned(_ name: String) -> String {
    let number = names[name] ?? names.count
    names[name] = number
    return "#\(number)"
  }

  /// A number that nothing else has.
  func nextNumber() -> Int {
    number += 1
    return number
  }

  /// Keeps what a key tells by its place in memory.
  func hold(_ value: Any) { held.append(value) }

  /// What is known under a key, or a new column that a step fills.
  func operand(_ key: String, _ step: (JSONColumn) -> BatchStep) -> BatchOperand {
    operand(key) {
      let column = JSONColumn()
      append(step(column))
      return BatchOperand(column: column)
    }
  }

  /// What is known under a key, or what is made.
  func operand(_ key: String, make: () -> BatchOperand) -> BatchOperand {
    // What was computed of other rows is not known of these.
    let key = space.number == 0 ? key : "\(space.number) \(key)"
    if let operand = known[key] { return operand }
    let operand = make()
    known[key] = operand
    journal.append(.operand(key))
    return operand
  }

  /// The column of a constant.
  func constant(_ key: String, _ make: () -> JSONColumn) -> JSONColumn {
    let key = "constant \(key)"
    if let operand = known[key] { return operand.column }
    let column = make()
    known[key] = BatchOperand(column: column)
    journal.append(.operand(key))
    return column
  }

  /// The cost that is known under a key, or what is made.
  func cost(_ key: String, make: () -> CostColumn) -> CostColumn {
    let key = "\(space.number) \(key)"
    if let cost = costs[key] { return cost }
    let cost = make()
    costs[key] = cost
    journal.append(.cost(key))
    return cost
  }

  func append(_ step: BatchStep) {
    space.append(step)
    journal.append(.step(space))
  }

  /// The members of a name in a column of objects: all names are looked for in one walk.
  func member(_ objects: JSONColumn, _ name: String, _ rows: JSONRows) -> JSONColumn {
    let key = Self.name(objects)
    if let reader = members[key] { return reader.column(name) }
    let reader = JSONMembers()
    members[key] = reader
    journal.append(.member(key))
    append(BatchStep { _ in reader.read(objects, rows) })
    return reader.column(name)
  }

  /// The rows that pass all guards; nil for all rows.
  func mask(_ guards: [BatchGuard]) -> (key: String, mask: BatchMask?) {
    if guards.isEmpty { return ("", nil) }
    let key = guards.map { "\(Self.name($0.column)) \($0.tags)" }.joined(separator: " ")
    if let mask = masks[key] { return (key, mask) }
    let mask = BatchMask()
    masks[key] = mask
    journal.append(.mask(key))
    append(BatchStep { _ in mask.set(guards) })
    return (key, mask)
  }

  /// A part that is evaluated row by row, one for each key.
  func part(_ key: String, _ make: () -> RowStep) -> RowStep {
    if let part = parts[key] { return part }
    let part = make()
    parts[key] = part
    journal.append(.part(key))
    rowSteps.append(part)
    return part
  }

  // MARK: Elements of lists

  /// The elements of a column's lists, for what is asked of nothing but them.
  func elements(of lists: JSONColumn, in documents: JSONRows) -> BatchSpace {
    let key = Self.name(lists)
    if let space = spaces[key] { return space }
    let result = BatchSpace(
      JSONElements(of: lists, in: documents), in: space, number: nextNumber(), isShared: true)
    spaces[key] = result
    journal.append(.space(key))
    append(BatchStep { result.runElements(ofRows: $0) })
    return result
  }

  /// The elements of a column's lists, for one macro: what it asks of the rows that the lists are of comes before.
  func ownElements(of lists: JSONColumn, in documents: JSONRows) -> BatchSpace {
    BatchSpace(
      JSONElements(of: lists, in: documents), in: space, number: nextNumber(), isShared: false)
  }

  /// What a macro comes to, one for each key.
  func reduction(
    _ key: String, in elements: BatchSpace, make: () -> BatchReduction
  ) -> BatchReduction {
    if let known = reductions[key] { return known }
    let result = make()
    reductions[key] = result
    elements.append(result)
    journal.append(.reduction(key, elements))
    if !elements.isShared { append(BatchStep { elements.runElements(ofRows: $0) }) }
    return result
  }

  // MARK: Undoing

  /// How far planning has come.
  struct Place {
    fileprivate let journal: Int
  }

  var place: Place { Place(journal: journal.count) }

  /// Undoes what was planned since.
  func back(to place: Place) {
    while journal.count > place.journal, let entry = journal.popLast() {
      switch entry {
      case .step(let space): space.removeLastStep()
      case .member(let key): members[key] = nil
      case .operand(let key): known[key] = nil
      case .mask(let key): masks[key] = nil
      case .cost(let key): costs[key] = nil
      case .space(let key): spaces[key] = nil
      case .reduction(let key, let space):
        reductions[key] = nil
        space.removeLastReduction()
      case .part(let key):
        parts[key] = nil
        rowSteps.removeLast()
      }
    }
  }
}
