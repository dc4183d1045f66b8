internal import YAML

/// Settings: where reports go, what counts as an event, what an exception may be, what stops a run.
extension FieldTrait where Self == FieldDifference {
  /// Another place begins another history: what was recorded is no longer compared with.
  static func place(_ value: @escaping @Sendable (Settings) -> String) -> FieldDifference {
    FieldDifference { moved in
      let words = (from: value(moved.old.settings), to: value(moved.new.settings))
      return (words.from == words.to ? .neutral : .weakens, words)
    }
  }

  static func number(
    _ direction: FieldDifference.Direction, _ value: @escaping @Sendable (Settings) -> Int,
    _ text: @escaping @Sendable (Int) -> String = { "\($0)" }
  ) -> FieldDifference {
    .measure(direction) { state, _ in
      let number = value(state.settings)
      return .init(rank: number, text: text(number))
    }
  }

  static func span(
    _ direction: FieldDifference.Direction, _ value: @escaping @Sendable (Settings) -> Int
  ) -> FieldDifference {
    .number(direction, value) { Timespan(seconds: $0).description }
  }

  /// Who is told what: whoever hears less, or elsewhere, may miss something.
  static var told: FieldDifference {
    FieldDifference { moved in
      let (old, new) = (moved.old.settings.notifications, moved.new.settings.notifications)
      let (before, after) = (old.coverage, new.coverage)
      let effect = FieldDifference.effect(
        added: !after.isSubset(of: before), .strengthens,
        removed: !before.isSubset(of: after), .weakens)
      return (effect, (from: old.text, to: new.text))
    }
  }
}
