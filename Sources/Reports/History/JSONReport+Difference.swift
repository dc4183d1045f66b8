internal import JSON
package import Posture

extension JSONReport {
  /// `plumb diff`: scores before and after, changes and events, in the plan's own form.
  package static func difference(
    from: ReportReference, to: ReportReference, _ comparison: Comparison,
    filter: PlanFilter = PlanFilter()
  ) -> [UInt8] {
    let shown = filter.applied(to: comparison)
    return document("ReportDifference") { writer in
      writer.object("from") { $0.report(from) }
      writer.object("to") { $0.report(to) }
      writer.array("initiatives") { writer in
        for initiative in shown.initiatives { writer.initiative(initiative) }
      }
      writer.array("instances") { writer in
        for instance in shown.instances {
          writer.elementObject { writer in
            writer.member("name", instance.name)
            writer.member("app", instance.app)
            writer.member("recommendations", instance.recommendations ? "on" : "off")
            writer.member("observedAt", instance.observedAt?.description)
            writer.member("score", instance.card.score?.rounded)
            writer.member("before", instance.before?.rounded)
          }
        }
      }
      writer.changes(shown)
    }
  }
}
