internal import ArgumentParser
internal import Observation
internal import Posture
internal import Reconciler
internal import Reports
internal import SecureScore

/// Whether decisions are written into Microsoft Secure Score, wherever a report is recorded.
struct SecureScoreOptions: ParsableArguments {
  @Flag(help: "Write accepted risks and what is resolved elsewhere into Microsoft Secure Score.")
  var syncSecureScore = false

  /// What writes; nothing where it is not asked for.
  func actuators(
    _ connection: ConnectionOptions, in repository: RepositoryOptions, _ display: DisplayOptions
  ) throws -> [any Actuators] {
    guard syncSecureScore else { return [] }
    // Nothing is stored.
    return [
      SecureScoreActuators(
        credentials: try connection.source(in: repository.location.repository),
        options: try connection.observerOptions(store: nil, display: display, tells: false))
    ]
  }

  /// Tells what could not be written.
  func tellFailedWrites(of plan: Plan, _ ending: inout Ending) {
    guard syncSecureScore else { return }
    for (score, record) in plan.failures {
      ending.fail(
        Escaping.terminal(
          "\(score.instance): \(record.state) was not written to \(record.subject) in \(score.source.title): \(Phrases.reason(of: record, in: score.source) ?? "")"
        ))
    }
  }
}
