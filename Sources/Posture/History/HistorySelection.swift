/// Which scores of a history are shown; empty: the initiatives and the instances.
package struct HistorySelection: Sendable, Hashable {
  /// With all their metrics.
  package var initiatives: Set<String> = []
  /// `METRIC` in every initiative that has it, or `INITIATIVE/METRIC`.
  package var metrics: Set<String> = []
  package var instances: Set<String> = []

  package init() {}

  package var isEmpty: Bool { initiatives.isEmpty && metrics.isEmpty && instances.isEmpty }

  package func includes(_ subject: ScoreHistory.Subject) -> Bool {
    switch subject {
    case .initiative(let name): initiatives.contains(name)
    case .metric(let name, let initiative):
      initiatives.contains(initiative) || metrics.contains(name)
        || metrics.contains("\(initiative)/\(name)")
    case .instance(let name): instances.contains(name)
    }
  }
}
