internal import JSON
internal import YAML

extension DifferenceTable {
  /// Settings: where reports go, what counts as an event, what an exception may be, what stops a run.
  static let settings: [DifferenceRow] =
    [
      DifferenceRow(.settings, "metadata.labels", .settingsChanged, DifferenceRow.neutral),
      // Another place begins another history: what was recorded is no longer compared with.
      place("reports.branch", \.reportsBranch), place("reports.path", \.reportsPath),
      span("drift.scoreDropThreshold", .higherWeakens, \.scoreDropThreshold) { "\($0)" },
      span("exceptions.maxDuration", .higherWeakens, \.exceptionMaxDuration, days),
      span("exceptions.expiringSoon", .lowerWeakens, \.expiringSoon, days),
    ]
    + Settings.Gates.rules.map { rule in
      DifferenceRow.measure(
        .settings, "gates.\(rule.name.rawValue)", .settingsChanged, .lowerWeakens
      ) { state, _ in
        .init(rank: rule.strictness(state.settings.gates), text: rule.text(state.settings.gates))
      }
    }

  @Sendable private static func days(_ seconds: Int) -> String {
    Timespan(seconds: seconds).description
  }

  private static func span(
    _ path: String, _ direction: DifferenceRow.Direction,
    _ value: @escaping @Sendable (Settings) -> Int, _ text: @escaping @Sendable (Int) -> String
  ) -> DifferenceRow {
    DifferenceRow.measure(.settings, path, .settingsChanged, direction) { state, _ in
      let number = value(state.settings)
      return .init(rank: number, text: text(number))
    }
  }

  private static func place(
    _ path: String, _ value: @escaping @Sendable (Settings) -> String
  ) -> DifferenceRow {
    DifferenceRow(.settings, path, type: { _ in .settingsChanged }) { moved in
      let words = (from: value(moved.old.settings), to: value(moved.new.settings))
      return (words.from == words.to ? .neutral : .weakens, words)
    }
  }
}
