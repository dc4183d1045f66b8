package import JSON
internal import Text

/// What a declared difference does to how closely the company looks.
package enum Bearing: String, Sendable, CaseIterable {
  /// Less is seen, judged, counted, demanded, or for a shorter time.
  case weakens
  case strengthens
  case neutral
}

/// One difference between what two revisions declare, down to the field.
package struct DeclaredDifference: Sendable, Hashable {
  /// The document that differs, or the recommendation whose override does.
  package let subject: DeclaredSubject
  /// The names on the way to the field, from `spec` on; an element of a list by its name in
  /// brackets: `breakGlass`, `[00u1]`, `kind`. `metadata`, `labels` for the labels; empty for the
  /// document itself.
  package let path: [String]
  /// The value that was declared; nil where none was.
  package let from: JSONValue?
  /// The value that is declared now; nil where none is.
  package let to: JSONValue?
  /// What the difference does. Nothing weakens against a desired state without documents.
  package fileprivate(set) var effect: Bearing
  /// The kind of change that reports list the difference as.
  package let type: Change.Kind
  /// What counted and what counts, where the values do not say it themselves: a default. Else nil.
  package let words: Words?

  /// What counts on both sides, as people read it.
  package struct Words: Sendable, Hashable {
    /// What counted before: `on`, `14d`, `no last day`.
    package let from: String
    /// What counts now.
    package let to: String
  }

  /// The path as one text: `source.recorded.path`, `metrics[users].title`; empty for the document
  /// itself.
  package var field: String {
    path.reduce(into: "") { text, part in
      text += part.hasPrefix("[") || text.isEmpty ? part : ".\(part)"
    }
  }
}

/// A difference on its way to the table: both values, and both desired states to see what they mean.
struct MovedValue {
  let subject: DeclaredSubject
  let path: [String]
  let from: JSONValue?
  let to: JSONValue?
  let old: DesiredState
  let new: DesiredState

  var name: String { subject.name }
  var instances: (old: Instance?, new: Instance?) { (old.instance(name), new.instance(name)) }
  /// Where both track it.
  var initiatives: (old: Initiative, new: Initiative)? {
    guard let before = old.initiative(name), let after = new.initiative(name) else { return nil }
    return (before, after)
  }
  var exceptions: (old: Exception, new: Exception)? {
    guard let before = old.exception(name), let after = new.exception(name) else { return nil }
    return (before, after)
  }
  var recommendations: (old: Recommendation?, new: Recommendation?) {
    (old.recommendation(name), new.recommendation(name))
  }
}

/// Compares what two desired states declare, document by document and field by field.
package struct DeclaredComparison {
  private let old: DesiredState
  private let new: DesiredState
  private let table: DifferenceTable

  /// Compares by the one table that says what each difference does.
  package init(from old: DesiredState, to new: DesiredState) {
    self.old = old
    self.new = new
    table = .standard
  }

  /// Every difference, in the order of kinds, then names, then fields.
  package func differences() -> [DeclaredDifference] {
    let before = old.declarations.bySubject()
    let after = new.declarations.bySubject()
    let order = Dictionary(firstOf: DocumentKind.allCases.enumerated().map { ($1, $0) })
    let subjects = Set(before.keys).union(after.keys).sorted {
      (order[$0.kind] ?? 0, $0.name) < (order[$1.kind] ?? 0, $1.name)
    }
    var found: [DeclaredDifference] = []
    for subject in subjects {
      let (a, b) = (before[subject], after[subject])
      // Labels come and go with their document.
      if let a, let b { compare(a.labels, b.labels, subject, ["metadata", "labels"], &found) }
      compare(a?.spec, b?.spec, subject, [], &found)
    }
    guard old.declarations.isEmpty else { return found }
    // The first desired state takes nothing away.
    for index in found.indices where found[index].effect == .weakens {
      found[index].effect = .neutral
    }
    return found
  }

  private func compare(
    _ from: JSONValue?, _ to: JSONValue?, _ subject: DeclaredSubject, _ path: [String],
    _ found: inout [DeclaredDifference]
  ) {
    guard from != to else { return }
    if subject.kind == .instance, path == ["source"],
      let sources = DeclaredSources(from: from, to: to)
    {
      for (part, a, b) in sources.parts { compare(a, b, subject, path + [part], &found) }
      if let (from, to) = sources.order,
        let row = table.row(for: subject.kind, path: path, isOneSided: true)
      {
        let moved = MovedValue(
          subject: subject, path: path, from: from, to: to, old: old, new: new)
        if let entry = row.entry(for: moved) { found.append(entry) }
      }
      return
    }
    let isOneSided = from == nil || to == nil
    let whole = table.row(for: subject.kind, path: path, isOneSided: isOneSided)
    if whole == nil, let (a, b) = Self.members(from, to) {
      for name in Set(a.keys).union(b.keys).sorted() {
        compare(a[name], b[name], subject, path + [name], &found)
      }
      return
    }
    if let row = whole ?? table.row(below: path, of: subject.kind) {
      let moved = MovedValue(subject: subject, path: path, from: from, to: to, old: old, new: new)
      if let entry = row.entry(for: moved) { found.append(entry) }
      return
    }
    // Nobody has said what this field means.
    found.append(
      DeclaredDifference(
        subject: subject, path: path, from: from, to: to, effect: .weakens,
        type: .declarationChanged, words: nil))
  }

  /// The members to go on with: of two mappings, or of two lists whose elements have names.
  private static func members(
    _ from: JSONValue?, _ to: JSONValue?
  ) -> ([String: JSONValue], [String: JSONValue])? {
    let sides = [from, to].compactMap(\.self)
    if sides.allSatisfy({ $0.object != nil }) {
      return (from?.byName ?? [:], to?.byName ?? [:])
    }
    if sides.allSatisfy({ $0.array != nil }) {
      let lists = [from, to].map { side in side.map { $0.byIdentity } ?? .some([:]) }
      if let a = lists[0], let b = lists[1] { return (a, b) }
    }
    return nil
  }
}

extension DeclaredDifference {
  /// The name in a part of a path that is an element of a list: `users` of `[users]`.
  package static func element(_ part: String) -> String { String(part.dropFirst().dropLast()) }
}

extension JSONValue {
  fileprivate var byName: [String: JSONValue] {
    Dictionary(firstOf: object ?? [])
  }

  /// The elements by their `name` or `id`, in brackets; nil where they have none that tells them apart.
  fileprivate var byIdentity: [String: JSONValue]? {
    guard let elements = array else { return nil }
    for key in ["name", "id"] {
      let names = elements.compactMap { $0[key]?.string }
      guard names.count == elements.count, Set(names).count == names.count else { continue }
      return Dictionary(firstOf: zip(names.map { "[\($0)]" }, elements))
    }
    return elements.isEmpty ? [:] : nil
  }
}
