internal import JSON
internal import Text
internal import YAML

/// Instances: what is looked at, where, and how old it may be.
extension FieldTrait where Self == FieldDifference {
  static var instanceItself: FieldDifference {
    FieldDifference(of: "!", type: { $0.from == nil ? .instanceAdded : .instanceRemoved }) {
      moved in
      let instance = moved.from == nil ? moved.instances.new : moved.instances.old
      let isOn = instance?.recommendations ?? true
      return (!isOn ? .neutral : moved.from == nil ? .strengthens : .weakens, nil)
    }
  }

  static var instanceLabels: FieldDifference {
    FieldDifference(of: "metadata.labels", FieldDifference.reach)
  }

  static var assessed: FieldDifference {
    FieldDifference(
      type: { moved in
        switch moved.instances {
        case (let a?, let b?) where a.recommendations != b.recommendations:
          b.recommendations ? .recommendationsOn : .recommendationsOff
        default: .instanceChanged
        }
      }
    ) { moved in
      guard let a = moved.instances.old, let b = moved.instances.new else { return nil }
      func word(_ isOn: Bool) -> String { isOn ? "on" : "off" }
      let words = (from: word(a.recommendations), to: word(b.recommendations))
      if a.recommendations == b.recommendations { return (.neutral, words) }
      return (b.recommendations ? .strengthens : .weakens, words)
    }
  }

  /// The age that holds for the sources that say none of their own; of several, the one that may be oldest counts.
  static var maxAge: FieldDifference {
    FieldDifference { moved in
      guard let a = moved.instances.old, let b = moved.instances.new else { return (.neutral, nil) }
      return FieldDifference.ages(DeclaredSources.ages(a, b))
    }
  }

  /// A source's own age.
  static var sourceMaxAge: FieldDifference {
    FieldDifference { moved in
      guard let a = moved.instances.old, let b = moved.instances.new else { return (.neutral, nil) }
      let key = moved.path.first { $0.hasPrefix("[") }.map(DeclaredDifference.element)
      return FieldDifference.ages(
        DeclaredSources.ages(a, b).filter { key == nil || $0.source == key })
    }
  }

  /// A source of several: what goes was looked at; what lies in the repository and comes says nothing yet.
  static var sourceItself: FieldDifference {
    FieldDifference(of: "[].!") { moved in
      if moved.to == nil { return .weakens }
      return moved.to?["api"] == nil ? .neutral : .strengthens
    }
  }

  /// The order of sources: what lies in the repository and goes before an API hides what that says.
  static var sourceOrder: FieldDifference {
    FieldDifference(of: "!") { moved in DeclaredSources.effect(from: moved.from, to: moved.to) }
  }

  /// A later day leaves the instance out of sight for longer.
  static var suspendedUntil: FieldDifference {
    FieldDifference { moved in
      guard let a = moved.instances.old?.suspend, let b = moved.instances.new?.suspend else {
        return (.neutral, nil)
      }
      let words = (from: a.until.description, to: b.until.description)
      if a.until == b.until { return (.neutral, words) }
      return (a.until < b.until ? .weakens : .strengthens, words)
    }
  }

  /// Who is left out of policies is looked at less.
  static var breakGlass: FieldDifference {
    FieldDifference(
      of: "[].!", type: { $0.from == nil ? .breakGlassAdded : .breakGlassRemoved }
    ) { moved in (moved.from == nil ? .weakens : .strengthens, nil) }
  }
}

extension FieldDifference {
  /// What longer and shorter ages of sources do, with the words of the first that differs.
  fileprivate static func ages(
    _ ages: [(source: String, from: Int, to: Int)]
  ) -> (Bearing, (from: String, to: String)?) {
    func text(_ seconds: Int) -> String { Timespan(seconds: seconds).description }
    let effect = effect(
      added: ages.contains { $0.to > $0.from }, .weakens,
      removed: ages.contains { $0.to < $0.from }, .strengthens)
    let first = ages.first { $0.from != $0.to } ?? ages.first
    return (effect, first.map { (text($0.from), text($0.to)) })
  }

  /// Labels say which initiatives and exceptions are about an instance.
  @Sendable fileprivate static func reach(_ moved: MovedValue) -> Bearing {
    guard let a = moved.instances.old, let b = moved.instances.new else { return .neutral }
    func initiatives(_ state: DesiredState, _ instance: Instance) -> Set<String> {
      Set(state.initiatives.filter { $0.instances.matches(instance) }.map(\.name))
    }
    func exceptions(_ state: DesiredState, _ instance: Instance) -> Set<String> {
      Set(state.exceptions(for: instance).map(\.name))
    }
    // By what stands on both sides: what else comes or goes is told by itself.
    let tracked = Set(moved.old.initiatives.map(\.name)).intersection(
      moved.new.initiatives.map(\.name))
    let (was, now) = (
      initiatives(moved.old, a).intersection(tracked),
      initiatives(moved.new, b).intersection(tracked)
    )
    let (accepted, accepts) = (exceptions(moved.old, a), exceptions(moved.new, b))
    // Conditions may read labels too: whether a verdict changes is told beside.
    return FieldDifference.effect(
      added: !was.isSubset(of: now) || !accepts.isSubset(of: accepted), .weakens,
      removed: !now.isSubset(of: was) || !accepted.isSubset(of: accepts), .strengthens)
  }
}

extension DifferenceTable {
  /// What other data of the same source does, where it lies in the repository: a later observation
  /// is neutral; an earlier one, one of the same time, one that sees less and none at all weaken; a
  /// first one strengthens.
  ///
  /// - Parameters:
  ///   - old: What the base had; nil for nothing.
  ///   - new: What the head has; nil for nothing.
  package static func data(from old: ObservationSummary?, to new: ObservationSummary?) -> Bearing {
    switch (old, new) {
    case (_?, nil): .weakens
    case (nil, _): .strengthens
    case (let old?, let new?):
      new.observedAt <= old.observedAt || !lost(from: old, to: new).isEmpty ? .weakens : .neutral
    }
  }

  /// The names of the collections that were complete and no longer are, sorted.
  package static func lost(from old: ObservationSummary, to new: ObservationSummary) -> [String] {
    let complete = Set(new.collections.filter { $0.state == .complete }.map(\.name))
    return old.collections.filter { $0.state == .complete && !complete.contains($0.name) }
      .map(\.name)
  }
}
