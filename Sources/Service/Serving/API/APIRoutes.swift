#if Service
internal import JSON
internal import Posture
internal import Reconciler
internal import Reports

/// The interface, address by address.
enum APIRoutes {
  private static let days = APIParameter(
    name: "days", form: .number(1...366, standard: 14),
    description: "So many days up to the report that is served.")
  private static let series: [APIParameter] = [
    days, .names("initiative", "This initiative with its metrics only."),
    .names("metric", "This metric only: METRIC, or INITIATIVE/METRIC."),
    .names("instance", "This instance only."),
  ]

  static let all: [APIRoute] = reports + standing + frameworks + history

  private static let reports: [APIRoute] = [
    APIRoute(
      "/report", "The report that is served, and whether it is the newest.",
      document: { _ in .report }
    ) {
      $0.served.summary
    },
    APIRoute(
      "/reports", "The reports of the branch, the newest first.", parameters: APIParameter.page,
      document: { _ in .reports }
    ) { call in
      try call.page(of: try call.served.reader().reports)
    },
    APIRoute(
      "/changes",
      "What two reports differ in; by default the one that is served and the one before.",
      parameters: [
        APIParameter(
          name: "from", form: .report,
          description: "The older report: the first digits of its commit, a day or a time."),
        APIParameter(name: "to", form: .report, description: "The newer report, likewise."),
      ] + APIParameter.filters + APIParameter.page,
      answer: {
        let none = ReportReference(
          revision: "", at: Instant(secondsSince1970: 0), desiredRevision: nil)
        let document = APIDocument.changes(from: none, to: none)
        return (document.kind, document.schema)
      }, respond: changes),
  ]

  private static let standing: [APIRoute] = [
    APIRoute(
      "/instances", "Instances, without their results.", parameters: APIParameter.page,
      document: { _ in .instances }
    ) {
      try $0.page(of: $0.served.story.comparison.instances)
    },
    APIRoute(
      "/instances/{name}", "An instance with its results.", variable: "The instance.",
      document: { .instance(maxAffected: $0) }
    ) { call in
      guard let found = call.served.instance(call.name) else {
        throw Problem.notFound("There is no instance of this name.")
      }
      return found
    },
    APIRoute(
      "/initiatives", "Initiatives with their scores and metrics.", document: { _ in .initiatives }
    ) {
      $0.served.story.comparison.initiatives
    },
    APIRoute(
      "/recommendations", "Recommendations on instances, the most urgent first.",
      parameters: APIParameter.filters + APIParameter.page,
      document: { .recommendations(maxAffected: $0) }
    ) { try $0.page(of: $0.served.results($0.filter)) },
    APIRoute(
      "/recommendations/{name}", "A recommendation, and how the instances stand to it.",
      variable: "The recommendation.", document: { .recommendation(maxAffected: $0) }
    ) { call in
      guard let found = call.served.explanation(of: call.name) else {
        throw Problem.notFound("There is no recommendation of this name.")
      }
      return found
    },
    APIRoute(
      "/exceptions", "Exceptions: who decided what, until when, and what it covers.",
      parameters: APIParameter.filters + APIParameter.page, document: { _ in .exceptions }
    ) { call in
      var comparison = call.filter.applied(to: call.served.story.comparison)
      let page = try call.page(of: comparison.exceptions.sorted(by: ExceptionPlan.endsFirst))
      comparison.exceptions = page.value
      return APIPage(comparison, total: page.total, next: page.next)
    },
  ]

  private static let frameworks: [APIRoute] = [
    APIRoute(
      "/frameworks", "Frameworks of which anything is decided here.", document: { _ in .frameworks }
    ) {
      $0.served.story.frameworks
    },
    APIRoute(
      "/frameworks/{name}", "A framework, control by control.", variable: "The framework.",
      document: { _ in .framework }
    ) { call in
      guard
        let found = call.served.story.frameworks.first(where: { $0.framework.name == call.name })
      else { throw Problem.notFound("There is no framework of this name.") }
      return found
    },
  ]

  private static let history: [APIRoute] = [
    APIRoute("/history", "Scores over time.", parameters: series, document: { _ in .history }) {
      try await scores($0)
    },
    APIRoute(
      "/events", "Falls of scores by the threshold of the settings.", parameters: series,
      document: { _ in .events }
    ) {
      call in
      let report = try await scores(call)
      let reader = try call.served.reader()
      return RecordedEvents(
        events: try reader.events(of: report.selected), report: report,
        threshold: reader.declared.state.settings.scoreDropThreshold)
    },
    APIRoute(
      "/recommendations/{name}/history", "What became of a recommendation on the instances.",
      variable: "The recommendation.", parameters: [.names("instance", "This instance only.")],
      document: { _ in .course }
    ) { call in
      let reader = try call.served.reader()
      do {
        return RecordedCourse(
          history: try await reader.recommendation(call.name, instances: Set(call["instance"])),
          source: reader.source)
      } catch ReconcileError.refused {
        throw Problem.notFound("There is no recommendation, or no instance, of this name.")
      }
    },
  ]

  private static func scores(_ call: APICall) async throws -> HistoryReport {
    let reader = try call.served.reader()
    var selection = HistorySelection()
    selection.initiatives = Set(call["initiative"])
    selection.metrics = Set(call["metric"])
    selection.instances = Set(call["instance"])
    let period = HistoryPeriod(days: call.number("days") ?? 14, until: call.served.report.at)
    return HistoryReport(
      try await reader.scores(period), selection: selection, source: reader.source)
  }

  private static let changes: @Sendable (APICall) async throws -> [UInt8] = { call in
    let reader = try call.served.reader()
    func report(_ name: String, or other: ReportReference) throws -> ReportReference {
      guard let text = call[name].first else { return other }
      guard let found = reader.report(named: text) else {
        throw Problem.notFound("'\(name)': the branch has no such report.")
      }
      return found
    }
    let to = try report("to", or: call.served.report)
    let from = try report("from", or: call.served.story.previous ?? call.served.report)
    var comparison = call.filter.applied(to: try reader.difference(from: from, to: to).comparison)
    let page = try call.page(of: comparison.changes)
    comparison.changes = page.value
    return APIDocument.changes(from: from, to: to).bytes(
      of: APIPage(comparison, total: page.total, next: page.next))
  }
}
#endif
