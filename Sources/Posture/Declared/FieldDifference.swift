internal import JSON
internal import YAML

/// What a difference in a field does. The field's line says it; a difference that no line knows
/// weakens.
package struct FieldDifference: FieldTrait {
  /// What of the field it is about: everything when empty; `!` that it comes or goes; `*` each value of
  /// a mapping, `[]` each element by its name; `**` every part of it, each told by itself.
  let part: String
  /// What the change is called; nil for what the kind's changes are called.
  let type: (@Sendable (MovedValue) -> Change.Kind)?
  /// What it does, in what words where the document does not say it; nil where nothing differs.
  let judge: @Sendable (MovedValue) -> (Bearing, (from: String, to: String)?)?

  init(
    of part: String = "", type: (@Sendable (MovedValue) -> Change.Kind)? = nil,
    judge: @escaping @Sendable (MovedValue) -> (Bearing, (from: String, to: String)?)?
  ) {
    self.part = part
    self.type = type
    self.judge = judge
  }

  init(
    of part: String = "", as type: Change.Kind? = nil,
    _ effect: @escaping @Sendable (MovedValue) -> Bearing
  ) {
    self.init(of: part, type: type.map(FieldDifference.always), judge: { (effect($0), nil) })
  }

  fileprivate static func always(_ type: Change.Kind) -> @Sendable (MovedValue) -> Change.Kind {
    { _ in type }
  }

  /// What more and fewer elements do; both at once weaken, unless both do the same.
  static func effect(added: Bool, _ more: Bearing, removed: Bool, _ fewer: Bearing) -> Bearing {
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
}

extension FieldTrait where Self == FieldDifference {
  static var neutral: FieldDifference { FieldDifference { _ in .neutral } }
  /// Nobody can tell from here that another value is as good.
  static var weakens: FieldDifference { FieldDifference { _ in .weakens } }
  static func neutral(of part: String = "", as type: Change.Kind? = nil) -> FieldDifference {
    FieldDifference(of: part, as: type) { _ in .neutral }
  }
  static func weakens(of part: String = "", as type: Change.Kind? = nil) -> FieldDifference {
    FieldDifference(of: part, as: type) { _ in .weakens }
  }

  /// What comes does one thing, what goes another; another value weakens.
  static func coming(
    _ added: Bearing, going removed: Bearing, of part: String = ""
  ) -> FieldDifference {
    FieldDifference(of: part) { $0.from == nil ? added : $0.to == nil ? removed : .weakens }
  }

  /// A list whose order means nothing: what more elements do, and what fewer do; both at once
  /// weaken, unless both do the same.
  static func list(more: Bearing, fewer: Bearing, of part: String = "") -> FieldDifference {
    FieldDifference(of: part) { moved in
      let (a, b) = (Set(moved.from?.array ?? []), Set(moved.to?.array ?? []))
      return FieldDifference.effect(
        added: !b.isSubset(of: a), more, removed: !a.isSubset(of: b), fewer)
    }
  }

  /// A field that is judged by what counts of it: a default where nothing is written.
  static func measure(
    _ direction: FieldDifference.Direction, of part: String = "", as type: Change.Kind? = nil,
    _ value: @escaping @Sendable (DesiredState, MovedValue) -> FieldDifference.Measure?
  ) -> FieldDifference {
    FieldDifference(of: part, type: type.map(FieldDifference.always)) { moved in
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
