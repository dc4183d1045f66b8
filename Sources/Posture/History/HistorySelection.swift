/// Which scores of a history are asked for; an empty one asks for all.
package struct HistorySelection: Sendable, Hashable {
  /// Names of initiatives, each with all of its metrics.
  package var initiatives: Set<String> = []
  /// `METRIC` in every initiative that has it, or `INITIATIVE/METRIC`.
  package var metrics: Set<String> = []
  /// Names of instances.
  package var instances: Set<String> = []

  /// Asks for nothing by name, and so for everything.
  package init() {}

  /// Whether nothing is asked for by name.
  package var isEmpty: Bool { initiatives.isEmpty && metrics.isEmpty && instances.isEmpty }

  /// Whether the subject is asked for by name; never in an empty selection.
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
