/// What a macro makes of what was computed of the elements of lists, list by list, in their order.
package final class JSONQuantifier {
  /// What is asked of a list.
  package enum Question: Sendable {
    /// Whether one element is true.
    case exists
    /// Whether no element is false.
    case all
    /// Whether exactly one element is true.
    case existsOne
    /// How many elements are true.
    case count
  }

  /// How far a list has come.
  private enum State: UInt8 {
    case open
    /// An element is an error, and another may still decide.
    case faulty
    /// Nothing more is looked at: an element decides.
    case decided
    /// Nothing more is looked at: an element is an error.
    case failed
    /// Others must say.
    case unknown
  }

  private let question: Question
  /// By a list's state and an element's code: the state behind it.
  private let moves: [UInt8]
  private let states: UnsafeMutablePointer<UInt8>
  private let counts: UnsafeMutablePointer<UInt64>

  package init(_ question: Question) {
    self.question = question
    moves = (0..<5).flatMap { state in
      (0..<4).map { Self.move(State(rawValue: state) ?? .unknown, $0, question).rawValue }
    }
    states = .allocate(capacity: JSONColumn.capacity)
    counts = .allocate(capacity: JSONColumn.capacity)
    states.initialize(repeating: 0, count: JSONColumn.capacity)
    counts.initialize(repeating: 0, count: JSONColumn.capacity)
  }

  deinit {
    states.deallocate()
    counts.deallocate()
  }

  /// Forgets what was of other rows.
  package func begin(rows: Int) {
    states.update(repeating: State.open.rawValue, count: rows)
    counts.update(repeating: 0, count: rows)
  }

  /// Takes what was computed of the next elements.
  ///
  /// - Parameter looked: By element, all bits where the macro looks at it, else none.
  package func take(
    _ body: JSONColumn, of elements: JSONElements, looked: inout ContiguousArray<UInt64>, rows: Int
  ) {
    looked.withUnsafeMutableBufferPointer { looked in
      moves.withUnsafeBufferPointer { table in
        for row in 0..<min(rows, looked.count) {
          let place = elements.places[row]
          let state = states[place]
          looked[row] = state <= State.faulty.rawValue ? ~0 : 0
          let code = body.tags[row] & 3
          counts[place] &+= state == State.open.rawValue && code == 1 ? 1 : 0
          states[place] = table[Int(state << 2 | code)]
        }
      }
    }
  }

  /// The state of a list behind an element of a code.
  private static func move(_ state: State, _ code: Int, _ question: Question) -> State {
    guard state == .open || state == .faulty else { return state }
    switch (question, code) {
    case (_, 3): return .unknown
    case (.exists, 1), (.all, 0): return .decided
    case (.exists, 2), (.all, 2): return .faulty
    case (_, 2): return .failed
    default: return state
    }
  }

  /// Says what comes of each list; an error of what is none.
  package func finish(_ lists: JSONColumn, into result: JSONColumn, rows: Int) {
    for row in 0..<rows {
      if let list = lists.list(row) {
        if list.count > JSONElements.most {
          result.set(row, .unknown)
        } else {
          answer(row, into: result)
        }
      } else {
        result.set(
          row, lists.tags[row] == JSONColumn.Tag.unknown.rawValue ? .unknown : .fault)
      }
    }
  }

  @inline(__always) private func answer(_ row: Int, into result: JSONColumn) {
    switch State(rawValue: states[row]) {
    case .open:
      switch question {
      case .exists: result.set(row, .no)
      case .all: result.set(row, .yes)
      case .existsOne: result.set(row, counts[row] == 1 ? .yes : .no)
      case .count: result.set(row, .int, counts[row])
      }
    case .decided: result.set(row, question == .exists ? .yes : .no)
    case .faulty, .failed: result.set(row, .fault)
    default: result.set(row, .unknown)
    }
  }

  /// Leaves the rows to others where that much was counted.
  package static func leave(
    _ result: JSONColumn, rows: Int, where isMuch: (_ row: Int) -> Bool
  ) {
    for row in 0..<rows where isMuch(row) { result.set(row, .unknown) }
  }
}
