internal import YAML

/// What every declared difference does: the one table that the plan, the comment and the gate
/// `lessAssessed` read. A field that no row is about weakens.
package struct DifferenceTable: Sendable {
  /// The rows in the order of kinds; of one kind, first those of the document as a whole, then
  /// those of its fields in the order of the kind's table.
  package let rows: [DifferenceRow]

  /// The table that Plumb uses. It is read from the tables of the kinds, where each field's line
  /// says what a difference does.
  package static let standard = DifferenceTable(
    rows: DocumentKind.declarable.flatMap { rows($0, $0.type) })

  private static func rows(_ kind: DocumentKind, _ type: any Kind.Type) -> [DifferenceRow] {
    type.differences.map { DifferenceRow(kind, [], $0, type.changed) }
      + rows(kind, type.shape, at: [], type.changed)
  }

  private static func rows(
    _ kind: DocumentKind, _ shape: Shape, at path: [String], _ changed: Change.Kind
  ) -> [DifferenceRow] {
    switch shape {
    case .object(let fields, _):
      fields.flatMap { field in
        field.traits.compactMap { $0 as? FieldDifference }
          .map { DifferenceRow(kind, path + [field.name], $0, changed) }
          + rows(kind, field.shape, at: path + [field.name], changed)
      }
    case .list(let element), .nonEmptyList(let element):
      rows(kind, element, at: path + ["[]"], changed)
    case .entries(let value): rows(kind, value, at: path + ["*"], changed)
    case .either(let shapes): shapes.flatMap { rows(kind, $0, at: path, changed) }
    default: []
    }
  }

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

  /// The kind that the field is of.
  package let kind: DocumentKind
  /// The field's path; `*` stands for a name that is the writer's, `[]` for an element by its name.
  package let pattern: [String]
  /// What of the field the row is about.
  package let reach: Reach
  let type: @Sendable (MovedValue) -> Change.Kind
  /// What it does, in what words where the document does not say it; nil where nothing differs.
  let judge: @Sendable (MovedValue) -> (Bearing, (from: String, to: String)?)?

  /// - Parameters:
  ///   - path: The field's, `[]` and `*` for the writer's names.
  ///   - type: What the change is called where the difference has no name of its own.
  init(_ kind: DocumentKind, _ path: [String], _ difference: FieldDifference, _ type: Change.Kind) {
    var parts = path + difference.part.split(separator: ".").map(String.init)
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
    self.type = { difference.type?($0) ?? type }
    judge = difference.judge
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
