internal import Connectors
package import Posture
internal import YAML

/// Opens the observation that an instance's source names.
package enum Readings {
  /// - Parameters:
  ///   - files: The repository's files, for recorded observations and exports.
  ///   - stored: Where observations over an API are; nil where there is no such place.
  ///   - helpers: Threads that may help to judge large collections; nil for none.
  ///   - clock: The machine's time, even where another time counts as now; an observation from
  ///     later is refused.
  /// - Throws: ``Fault`` with the reason why there is nothing to read.
  package static func open(
    _ instance: Instance, in state: DesiredState, files: any RepositoryFiles,
    stored: ObservationStore?, helpers: Helpers? = nil, clock: Instant
  ) throws(Fault) -> any ObservationReading {
    var reading = try open(instance, in: state, files: files, stored: stored)
    if var recorded = reading as? RecordedReading {
      recorded.helpers = helpers
      reading = recorded
    }
    try Plausibility.refuseFuture(reading.summary.observedAt, clock: clock)
    try refuseNothing(reading.summary, connector: state.connectors[instance.app.value])
    return reading
  }

  /// Refuses an observation in which no collection was read whole: it does not show the tenant.
  /// What a manifest says without asking was not seen in the tenant.
  private static func refuseNothing(
    _ summary: ObservationSummary, connector: Connector?
  ) throws(Fault) {
    let fixed = Set(
      (connector?.collections ?? []).filter { $0.fixed != nil && $0.requests.isEmpty }.map(\.name))
    let asked = summary.collections.filter { !fixed.contains($0.name) }
    if asked.contains(where: { $0.state == .complete }) { return }
    let most = asked.compactMap(\.fault).mostFrequent
    throw Fault(
      most?.code ?? .malformed,
      "of \(asked.count) collections none could be read" + (most.map { ": \($0.detail)" } ?? ""))
  }

  private static func open(
    _ instance: Instance, in state: DesiredState, files: any RepositoryFiles,
    stored: ObservationStore?
  ) throws(Fault) -> any ObservationReading {
    let app = instance.app.value
    let connector = state.connectors[app]
    switch instance.source {
    case .api:
      guard let stored = try stored?.files(of: instance.name), let connector else {
        throw Fault(.absent, "the instance has not been observed yet")
      }
      return try RecordedReading(
        stored, path: instance.name, app: app, connector: connector,
        origin: ObservationOrigin(instance, connector: connector))
    case .recorded(let path, _):
      return try RecordedReading(files, path: path.value, app: app, connector: connector)
    case .export(let name, let path, _):
      guard let format = state.exportFormats[name.value] else {
        throw Fault(.misconfigured, "no export format named '\(name.value)'")
      }
      return try ExportReading(files, path: path.value, format: format)
    }
  }
}
