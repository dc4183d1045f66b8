internal import JSON

/// What every declared difference does: the one table that the plan, the comment and the gate
/// `lessAssessed` read. A field that no row is about weakens.
package struct DifferenceTable: Sendable {
  package let rows: [DifferenceRow]

  package static let standard = DifferenceTable(
    rows: instances + initiatives + exceptions + settings + recommendations + overrides
      + definitions + connectors)

  /// The row that a whole value is judged by; nil where its parts are, or nobody knows.
  func row(for kind: DocumentKind, path: [String], isOneSided: Bool) -> DifferenceRow? {
    let exact = rows.filter { $0.kind == kind && $0.reach != .below && $0.matches(path) }
    if isOneSided, let row = exact.first(where: { $0.reach == .comingOrGoing }) { return row }
    return exact.first { $0.reach == .value }
  }

  /// The row for a part that nothing is below of: the nearest that covers everything below a field.
  func row(below path: [String], of kind: DocumentKind) -> DifferenceRow? {
    rows.filter { $0.kind == kind && $0.reach == .below && $0.covers(path) }
      .max { $0.pattern.count < $1.pattern.count }
  }

  /// Whether some row says what a field means, `*` and `[]` for names that are the writer's.
  package func knows(_ pattern: [String], of kind: DocumentKind) -> Bool {
    rows.contains { row in
      guard row.kind == kind else { return false }
      return row.reach == .comingOrGoing ? row.pattern == pattern : row.covers(pattern)
    }
  }
}

/// One row: a field of a kind, and what a difference there does.
package struct DifferenceRow: Sendable {
  /// What of a field the row is about.
  package enum Reach: Sendable {
    /// The value as a whole.
    case value
    /// That it comes or goes; what changes inside has rows of its own.
    case comingOrGoing
    /// Every part of it, each told by itself.
    case below
  }

  package let kind: DocumentKind
  /// The field's path; `*` stands for a name that is the writer's, `[]` for an element by its name.
  package let pattern: [String]
  package let reach: Reach
  let type: @Sendable (MovedValue) -> Change.Kind
  /// What it does, in what words where the document does not say it; nil where nothing differs.
  let judge: @Sendable (MovedValue) -> (Effect, (from: String, to: String)?)?

  /// - Parameter path: `breakGlass.[].kind`; ending with `!` for what comes or goes, with `**` for all
  ///   that is below.
  init(
    _ kind: DocumentKind, _ path: String, _ type: Change.Kind = .declarationChanged,
    _ effect: @escaping @Sendable (MovedValue) -> Effect
  ) {
    self.init(kind, path, type: { _ in type }, judge: { (effect($0), nil) })
  }

  init(
    _ kind: DocumentKind, _ path: String, type: @escaping @Sendable (MovedValue) -> Change.Kind,
    judge: @escaping @Sendable (MovedValue) -> (Effect, (from: String, to: String)?)?
  ) {
    var parts = path.split(separator: ".").map(String.init)
    switch parts.last {
    case "!":
      reach = .comingOrGoing
      parts.removeLast()
    case "**":
      reach = .below
      parts.removeLast()
    default: reach = .value
    }
    self.kind = kind
    pattern = parts
    self.type = type
    self.judge = judge
  }

  func entry(for moved: MovedValue) -> DeclaredDifference? {
    guard let (effect, words) = judge(moved) else { return nil }
    return DeclaredDifference(
      subject: moved.subject, path: moved.path, from: moved.from, to: moved.to, effect: effect,
      type: type(moved), words: words.map { .init(from: $0.from, to: $0.to) })
  }

  func matches(_ path: [String]) -> Bool { pattern.count == path.count && covers(path) }

  /// Whether the path is the row's or below it.
  package func covers(_ path: [String]) -> Bool {
    pattern.count <= path.count
      && zip(pattern, path).allSatisfy { part, name in
        part == "*" || part == name || (part == "[]" && name.hasPrefix("["))
      }
  }
}

// MARK: Judgements

extension DifferenceRow {
  @Sendable static func weakens(_ moved: MovedValue) -> Effect { .weakens }
  @Sendable static func strengthens(_ moved: MovedValue) -> Effect { .strengthens }
  @Sendable static func neutral(_ moved: MovedValue) -> Effect { .neutral }

  /// What comes does one thing, what goes or changes another.
  static func coming(
    _ added: Effect, going removed: Effect, changing changed: Effect = .weakens
  ) -> @Sendable (MovedValue) -> Effect {
    { moved in moved.from == nil ? added : moved.to == nil ? removed : changed }
  }

  /// A list whose order means nothing: what more elements do, and what fewer do; both weaken.
  static func list(more: Effect, fewer: Effect) -> @Sendable (MovedValue) -> Effect {
    { moved in
      let (a, b) = (Set(moved.from?.array ?? []), Set(moved.to?.array ?? []))
      return effect(added: !b.isSubset(of: a), more, removed: !a.isSubset(of: b), fewer)
    }
  }

  static func effect(added: Bool, _ more: Effect, removed: Bool, _ fewer: Effect) -> Effect {
    switch (added, removed) {
    case (false, false): .neutral
    case (true, false): more
    case (false, true): fewer
    case (true, true): more == fewer ? more : .weakens
    }
  }

  /// A value on a scale, and its words.
  struct Measure: Sendable {
    let rank: Int
    let text: String
  }

  enum Direction: Sendable { case higherWeakens, lowerWeakens }

  /// A row whose field means what counts of it: a default where nothing is written.
  static func measure(
    _ kind: DocumentKind, _ path: String, _ type: Change.Kind = .declarationChanged,
    _ direction: Direction, _ value: @escaping @Sendable (DesiredState, MovedValue) -> Measure?
  ) -> DifferenceRow {
    DifferenceRow(kind, path, type: { _ in type }) { moved in
      // Where one side has no such thing, its coming or going is what counts.
      guard let a = value(moved.old, moved), let b = value(moved.new, moved) else {
        return (.neutral, nil)
      }
      let words = (from: a.text, to: b.text)
      if a.rank == b.rank { return (.neutral, words) }
      return ((a.rank < b.rank) == (direction == .higherWeakens) ? .weakens : .strengthens, words)
    }
  }
}
