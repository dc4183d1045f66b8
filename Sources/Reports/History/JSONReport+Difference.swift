internal import JSON
package import Posture

extension JSONReport {
  /// `plumb diff`: scores before and after, changes and events, in the plan's own form.
  package static func difference(
    from: ReportReference, to: ReportReference, _ comparison: Comparison,
    filter: PlanFilter = PlanFilter()
  ) -> [UInt8] {
    bytes(.difference(from: from, to: to), of: filter.applied(to: comparison))
  }
}

extension JSONShape<Comparison> {
  /// What two reports differ in.
  static func difference(from: ReportReference, to: ReportReference) -> Self {
    let instance = JSONShape<InstancePlan>([
      .value("name", \.name), .value("app", \.app),
      .value("recommendations", oneOf: ["on", "off"]) { $0.recommendations ? "on" : "off" },
      .value("observedAt", \.observedAt), .value("score", \.card.score?.rounded),
      .value("before", \.before?.rounded),
    ])
    return Self(
      document: "ReportDifference",
      [
        .object("from", .report) { _ in from }, .object("to", .report) { _ in to },
        .list("initiatives", of: .initiative, \.initiatives),
        .list("instances", of: instance, \.instances),
      ] + changes.members)
  }
}
