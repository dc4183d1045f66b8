internal import Connectors
package import Posture
internal import YAML

/// Opens the observations that an instance's sources name.
package enum Readings {
  /// What came of opening one source.
  package typealias Opened = Result<any ObservationReading, Fault>

  /// Opens what one source of an instance has.
  ///
  /// - Parameters:
  ///   - files: The repository's files, for recorded observations and exports.
  ///   - stored: Where observations over an API are; nil where there is no such place.
  ///   - helpers: Threads that may help to judge large collections; nil for none.
  ///   - clock: The machine's time, even where another time counts as now; an observation from
  ///     later is refused.
  /// - Returns: What it has, or the reason why there is nothing to read.
  package static func open(
    _ source: Instance.Source, of instance: Instance, in state: DesiredState,
    files: any RepositoryFiles, stored: ObservationStore?, helpers: Helpers? = nil, clock: Instant
  ) -> Opened {
    do throws(Fault) {
      var reading = try open(source, of: instance, in: state, files: files, stored: stored)
      if var recorded = reading as? RecordedReading {
        recorded.helpers = helpers
        reading = recorded
      }
      try Plausibility.refuseFuture(reading.summary.observedAt, clock: clock)
      try refuseNothing(reading.summary, connector: state.connectors[instance.app.value])
      return .success(reading)
    } catch {
      return .failure(error)
    }
  }

  /// Opens what all sources of an instance have, as one observation.
  ///
  /// - Parameter now: Nil for the clock's time.
  /// - Throws: As ``joined(_:of:in:now:)``.
  package static func open(
    _ instance: Instance, in state: DesiredState, files: any RepositoryFiles,
    stored: ObservationStore?, helpers: Helpers? = nil, clock: Instant, now: Instant? = nil
  ) throws(Fault) -> any ObservationReading {
    let opened = instance.sources.map { source in
      open(
        source, of: instance, in: state, files: files, stored: stored, helpers: helpers,
        clock: clock)
    }
    return try joined(opened, of: instance, in: state, now: now ?? clock)
  }

  /// One observation of what the sources of an instance have: of each collection what the first has that delivers it.
  ///
  /// - Parameters:
  ///   - opened: One for each source, in their order.
  ///   - now: What is older then than the source's `maxAge` is not delivered.
  /// - Throws: ``Fault`` with the reason why there is nothing to read: the only source's own, or that sources name
  ///   different tenants. Where none of several delivers, the observation says so of each.
  package static func joined(
    _ opened: [Opened], of instance: Instance, in state: DesiredState, now: Instant
  ) throws(Fault) -> any ObservationReading {
    if opened.count == 1 { return try opened[0].get() }
    let connector = state.connectors[instance.app.value]
    try SourceTenants(instance, connector).refuseOthers(opened)
    return JoinedReading(
      zip(instance.sources, opened).map { ($0, $1) }, connector: connector, now: now)
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
    _ source: Instance.Source, of instance: Instance, in state: DesiredState,
    files: any RepositoryFiles,
    stored: ObservationStore?
  ) throws(Fault) -> any ObservationReading {
    let app = instance.app.value
    let connector = state.connectors[app]
    switch source.way {
    case .api:
      guard let stored = try stored?.files(of: instance.name), let connector else {
        throw Fault(.absent, "the instance has not been observed yet")
      }
      return try RecordedReading(
        stored, path: instance.name, app: app, connector: connector,
        origin: ObservationOrigin(instance, connector: connector))
    case .recorded(let path):
      return try RecordedReading(files, path: path, app: app, connector: connector)
    case .export(let name, let path):
      guard let format = state.exportFormats[name] else {
        throw Fault(.misconfigured, "no export format named '\(name)'")
      }
      return try ExportReading(files, path: path, format: format)
    }
  }
}
