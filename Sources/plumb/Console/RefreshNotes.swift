internal import Observation
internal import Posture
internal import Reconciler
internal import Reports

/// What is said of observing.
enum RefreshNotes {
  /// So many instances without credentials are told one by one.
  private static let told = 3

  /// - Parameter isQuiet: Whether only failures are told.
  static func lines(_ notice: Refresh.Notice, isQuiet: Bool) -> [String] {
    switch notice {
    case .observed(let report):
      isQuiet && report.failure == nil ? [] : summary(report) + incomplete(report)
    case .withoutCredentials(let instances): lines(withoutCredentials: instances)
    case .unused(let sentences): isQuiet ? [] : sentences.map(unused)
    case .withheld(let instances):
      instances.map {
        "\($0): not observed: the base declares it otherwise or not at all, and a change under review does not choose where credentials go"
      }
    }
  }

  /// What was given of credentials, and nothing reads.
  static func unused(_ sentence: String) -> String { Escaping.terminal("warning: \(sentence)") }

  /// One line, or one for each way in where there are no credentials.
  static func summary(_ report: ObservationReport) -> [String] {
    guard case .stored = report.outcome else {
      let reason = report.failure.map(Phrases.text(of:)) ?? ""
      return Escaping.terminalLines("\(report.instance): not observed: \(reason)")
    }
    let complete = report.collections.count { $0.state == .complete }
    let resources = report.collections.reduce(0) { $0 + $1.count }
    let others = CollectionSummary.State.allCases.filter { $0 != .complete }.compactMap { state in
      let count = report.collections.count { $0.state == state }
      return count == 0 ? nil : "\(count) \(state.rawValue)"
    }
    return Escaping.terminalLines(
      "\(report.instance): \(complete) of \(report.collections.count) collections, \(resources) resources, \(report.requests) requests"
        + (others.isEmpty ? "" : " (\(others.joined(separator: ", ")))"))
  }

  /// What could not be read, collection by collection.
  static func incomplete(_ report: ObservationReport) -> [String] {
    report.collections.filter { $0.state != .complete }.map {
      Escaping.terminal("  \($0.name): \($0.state.rawValue): \($0.fault?.detail ?? "")")
    }
  }

  private static func lines(
    withoutCredentials instances: [Refresh.Notice.WithoutCredentials]
  ) -> [String] {
    var lines = instances.prefix(told).map { instance in
      "\(instance.name): not observed: there are no credentials: set \(instance.text)"
    }
    if instances.count > told {
      lines.append(
        "… and \(instances.count - told) more; 'plumb catalog permissions' names them all")
    }
    return lines
  }
}
