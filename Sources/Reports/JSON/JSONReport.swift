internal import JSON
package import Posture

/// The plan as JSON: an interface, with a stable order of keys.
///
/// A key that is optional in ``schema`` is left out when there is nothing to say; every other key is
/// always there, with `null` for no value. Scores are rounded once, to one decimal.
package enum JSONReport {
  package static let apiVersion = "plumb/v1"

  /// - Parameters:
  ///   - filter: What is shown of it.
  ///   - maxAffected: How many affected resources are listed for a result; counts are of all.
  /// - Returns: Indented JSON with a line feed at its end.
  package static func plan(
    _ plan: Plan, filter: PlanFilter = PlanFilter(), maxAffected: Int = 100
  ) -> [UInt8] {
    let plan = filter.applied(to: plan)
    var writer = JSONWriter(layout: .pretty)
    writer.object { writer in
      writer.member("apiVersion", apiVersion)
      writer.member("kind", "Plan")
      writer.reference("desired", plan.desired)
      if let base = plan.base { writer.reference("base", base) }
      writer.object("recorded") { $0.member("revision", plan.recordedRevision) }
      writer.member("at", plan.at.description)
      writer.array("observations") { writer in
        for instance in plan.instances where instance.recommendations {
          writer.elementObject { writer in
            writer.member("instance", instance.name)
            writer.member("digest", instance.observationDigest)
            writer.member("observedAt", instance.observedAt?.description)
            switch plan.dataOrigins[instance.name] {
            case .commit(let commit)?:
              writer.object("data") { writer in
                writer.member("commit", commit.id)
                writer.member("author", commit.author)
                writer.member("date", commit.date.description)
              }
            case .uncommitted?: writer.object("data") { $0.member("commit", nil as String?) }
            case nil: break
            }
          }
        }
      }
      writer.array("initiatives") { writer in
        for initiative in plan.initiatives { writer.initiative(initiative) }
      }
      writer.array("instances") { writer in
        for instance in plan.instances { writer.instance(instance, maxAffected: maxAffected) }
      }
      writer.changes(plan.comparison)
      writer.array("gates") { writer in
        for gate in plan.gates {
          writer.elementObject { writer in
            writer.member("name", gate.name)
            writer.member("outcome", gate.outcome.rawValue)
            writer.member("stops", gate.stops)
            writer.member("code", gate.code.rawValue)
            writer.member("reason", Phrases.reason(of: gate))
            writer.member(ifPresent: "remedy", Phrases.remedy(of: gate))
          }
        }
      }
      if let weakening = plan.weakening {
        writer.object("weakened") { writer in
          writer.member("digest", weakening.digest)
          writer.member("changes", weakening.changes.count)
          writer.member("accepted", weakening.isAccepted)
        }
      }
      writer.array("exceptions") { writer in
        for exception in plan.exceptions { writer.exception(exception) }
      }
      writer.breakGlass(plan.comparison)
      if plan.renewal != Renewal() { writer.renewal(plan.renewal) }
      for source in ImportedSource.all {
        let scores = plan.imports.filter { $0.source == source }
        guard !scores.isEmpty else { continue }
        writer.array(source.key) { writer in for score in scores { writer.imported(score) } }
      }
    }
    writer.newline()
    return VisibleJSON.bytes(writer.bytes)
  }
}

extension JSONWriter {
  fileprivate mutating func reference(_ name: String, _ reference: DesiredReference) {
    object(name) { writer in
      writer.member("revision", reference.revision)
      writer.member("path", reference.path)
      writer.member("digest", reference.digest)
    }
  }

  mutating func initiative(_ initiative: InitiativePlan) {
    let score = initiative.score
    elementObject { writer in
      writer.member("name", score.definition.name)
      writer.member("title", score.definition.title)
      writer.member("targetScore", score.definition.targetScore)
      writer.member("score", score.score?.rounded)
      writer.member("plannedScore", score.plannedScore?.rounded)
      writer.member("achievableScore", score.achievableScore?.rounded)
      writer.member("coverage", score.coverage.percentage?.rounded)
      writer.member("before", initiative.before?.rounded)
      writer.array("metrics") { writer in
        for metric in score.metrics {
          writer.elementObject { writer in
            writer.member("name", metric.definition.name)
            writer.member("title", metric.definition.title)
            writer.member("weight", metric.definition.weight.rawValue)
            writer.member("value", metric.card.score?.rounded)
            writer.member(
              "before", initiative.metricsBefore[metric.definition.name]?.rounded)
            writer.member("possible", metric.card.possible)
            writer.member("earned", metric.card.earned.rounded)
          }
        }
      }
    }
  }

  /// The changes and the events.
  mutating func changes(_ plan: Comparison) {
    array("changes") { writer in for change in plan.changes { writer.change(change) } }
    array("events") { writer in
      for event in plan.events {
        writer.elementObject { writer in
          writer.member("initiative", event.initiative)
          writer.member(ifPresent: "metric", event.metric)
          writer.member("from", event.from.rounded)
          writer.member("to", event.to.rounded)
        }
      }
    }
  }

  fileprivate mutating func renewal(_ renewal: Renewal) {
    object("renewal") { writer in
      writer.member("definitions", renewal.isReworded)
      writer.array("observations") { writer in
        for item in renewal.observations {
          writer.elementObject { writer in
            writer.member("instance", item.instance)
            writer.member("recordedAt", item.recordedAt.description)
            writer.member("observedAt", item.observedAt.description)
            writer.member("from", item.from.description)
            writer.member("due", item.isDue)
          }
        }
      }
    }
  }

  private mutating func change(_ change: Change) {
    elementObject { writer in
      writer.member("type", change.type.rawValue)
      writer.member(ifPresent: "instance", change.instance)
      writer.member(ifPresent: "recommendation", change.recommendation)
      writer.member(ifPresent: "initiative", change.initiative)
      writer.member(ifPresent: "resource", change.resource)
      writer.member(ifPresent: "from", change.from)
      writer.member(ifPresent: "to", change.to)
      writer.member("reason", Phrases.reason(of: change))
      writer.member("cause", change.cause.rawValue)
      writer.member(ifPresent: "metric", change.metric)
      writer.member(ifPresent: "exception", change.exception)
      writer.member(ifPresent: "setting", change.setting)
      writer.member(ifPresent: "resourceId", change.resourceID)
      writer.member(ifPresent: "document", change.document)
      writer.member(ifPresent: "effect", change.effect?.rawValue)
      writer.member(ifPresent: "hides", change.hides.map(Phrases.text))
    }
  }
}
