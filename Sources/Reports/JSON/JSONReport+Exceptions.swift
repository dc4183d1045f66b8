internal import JSON
package import Posture
internal import Text
internal import YAML

extension JSONReport {
  /// `plumb show exceptions`: as the plan's `exceptions`, those first that end first.
  package static func exceptions(_ plan: Comparison, filter: PlanFilter = PlanFilter()) -> [UInt8] {
    let plan = filter.applied(to: plan)
    return document("Exceptions") { writer in
      writer.member("at", plan.at.description)
      writer.array("exceptions") { writer in
        for exception in plan.exceptions.sorted(by: ExceptionPlan.endsFirst) {
          writer.exception(exception, tellsPlace: true)
        }
      }
      writer.breakGlass(plan)
    }
  }
}

extension JSONWriter {
  /// - Parameter tellsPlace: Whether the document's place is told, which a plan does not depend on.
  mutating func exception(_ item: ExceptionPlan, tellsPlace: Bool = false) {
    let exception = item.exception
    elementObject { writer in
      writer.member("name", exception.name)
      writer.member("status", exception.status.rawValue)
      writer.member("state", item.state.rawValue)
      writer.array("recommendations") { writer in
        for name in exception.recommendations { writer.element(name.value) }
      }
      writer.array("instances") { writer in
        for name in item.instances { writer.element(name) }
      }
      writer.member("resources", exception.resources?.value)
      writer.member("justification", exception.justification)
      writer.member("owner", exception.owner)
      writer.member("ticket", exception.ticket)
      writer.member("expires", exception.expires?.description)
      if tellsPlace {
        writer.member("place", "\(exception.mark.file):\(exception.mark.line)")
      }
      writer.object("covers") { writer in
        writer.member("results", item.results)
        writer.member("affectedResources", item.resources)
      }
      writer.array("effects") { writer in
        for effect in item.effects {
          writer.elementObject { writer in
            writer.member("initiative", effect.initiative)
            writer.member("score", effect.score.rounded)
            writer.member("plannedScore", effect.plannedScore.rounded)
            writer.member("achievableScore", effect.achievableScore.rounded)
          }
        }
      }
      if case .commits(let introduced, let changed)? = item.origin {
        if let introduced { writer.commit("introduced", introduced) }
        writer.commit("changed", changed)
      }
    }
  }

  /// The accounts and groups that are kept for emergencies; left out where none are declared.
  mutating func breakGlass(_ plan: Comparison) {
    let entries = BreakGlassEntry.of(plan)
    guard !entries.isEmpty else { return }
    array("breakGlass") { writer in
      for entry in entries {
        writer.elementObject { writer in
          writer.member("id", entry.item.id)
          writer.member("kind", entry.item.kind.rawValue)
          writer.member("instance", entry.instance)
          writer.member("owner", entry.item.owner)
          writer.member("reason", entry.item.reason)
        }
      }
    }
  }

  mutating func commit(_ name: String, _ commit: ExceptionPlan.Origin.Commit) {
    object(name) { writer in
      writer.member("commit", commit.id)
      writer.member("author", commit.author)
      writer.member("date", commit.date.description)
    }
  }
}
