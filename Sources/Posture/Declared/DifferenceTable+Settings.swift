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
    + Settings.GateName.allCases.map { name in
      DifferenceRow.measure(.settings, "gates.\(name.rawValue)", .settingsChanged, .lowerWeakens) {
        state, _ in
        let gates = state.settings.gates
        let text = gates.values.first { $0.name == name }?.value ?? ""
        return .init(rank: gates.strictness(of: name), text: text)
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

extension Settings.Gates {
  /// How strict a gate is: more is stricter, 0 is off.
  func strictness(of name: Settings.GateName) -> Int {
    func rank(_ action: Settings.GateAction) -> Int {
      Settings.GateAction.allCases.firstIndex(of: action) ?? 0
    }
    switch name {
    case .newNotCompliant:
      // From the lowest impact that stops a run: the lower, the stricter.
      return newNotCompliant.map { $0 == .low ? 3 : $0 == .medium ? 2 : 1 } ?? 0
    case .scoreBelowTarget: return rank(scoreBelowTarget)
    case .scoreDrop: return scoreDrop.map { Self.scoreDrops.upperBound + 1 - $0 } ?? 0
    case .expiredException: return rank(expiredException)
    case .exceptionTooLong: return rank(exceptionTooLong ?? .fail)
    case .coverageBelow: return coverageBelow ?? 0
    case .staleObservation: return rank(staleObservation)
    case .lessAssessed: return rank(lessAssessed)
    }
  }
}
