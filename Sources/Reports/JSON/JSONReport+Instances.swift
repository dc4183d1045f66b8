internal import JSON
internal import Posture

extension JSONWriter {
  mutating func instance(_ instance: InstancePlan, maxAffected: Int) {
    elementObject { writer in
      writer.member("name", instance.name)
      writer.member("app", instance.app)
      writer.member("displayName", instance.displayName)
      writer.member("recommendations", instance.recommendations ? "on" : "off")
      writer.member("observedAt", instance.observedAt?.description)
      writer.member("stale", instance.isStale)
      writer.member("staleReason", instance.staleReason.map(Phrases.text))
      writer.member(ifPresent: "staleCode", instance.staleReason?.code.rawValue)
      writer.member("failure", instance.staleReason?.fault?.rawValue)
      writer.member("score", instance.card.score?.rounded)
      writer.member("before", instance.before?.rounded)
      writer.array("collections") { writer in
        for collection in instance.collections {
          writer.elementObject { writer in
            writer.member("name", collection.name)
            writer.member("state", collection.state.rawValue)
            writer.member("count", collection.count)
            writer.member(ifPresent: "code", collection.fault?.code.rawValue)
            writer.member("reason", collection.fault?.detail)
          }
        }
      }
      writer.array("results") { writer in
        for result in instance.results { writer.result(result, maxAffected: maxAffected) }
      }
    }
  }

  private mutating func result(_ result: RecommendationResult, maxAffected: Int) {
    elementObject { writer in
      writer.member("recommendation", result.name)
      writer.member("title", result.title)
      writer.member("impact", result.impact.rawValue)
      writer.member("category", result.recommendation?.category.rawValue)
      writer.standing(result, maxAffected: maxAffected) { writer in
        if let recommendation = result.recommendation { writer.controls(of: recommendation) }
      }
      writer.member("remediation", result.recommendation?.remediation)
      writer.member(ifPresent: "manage", result.manage)
    }
  }

  /// How one instance stands to a recommendation.
  ///
  /// - Parameter facts: Written between what was found and what it counts in.
  mutating func standing(
    _ result: RecommendationResult, maxAffected: Int,
    facts: (inout JSONWriter) -> Void = { _ in }
  ) {
    let decision = result.decision
    let standing = result.standing
    member("compliance", decision.compliance.rawValue)
    member("status", result.status?.rawValue)
    member("stale", result.isStale)
    member("reason", decision.reasonText)
    member("reasonCode", decision.reason?.code.rawValue)
    object("points") { writer in
      writer.member("earned", standing.earned.rounded)
      writer.member("possible", standing.possible)
    }
    member("counted", decision.counted)
    member("compliantCount", decision.compliantCount)
    member("affectedCount", decision.affectedCount)
    member("exemptCount", decision.exemptCount)
    array("affected") { writer in
      for resource in decision.affected.prefix(max(0, maxAffected)) {
        writer.elementObject { writer in
          writer.member("id", resource.id)
          writer.member("label", resource.label)
          writer.member("settings", resource.settings)
        }
      }
    }
    // What the verdict counted, beside what was expected; `expected` is about the settings of affected
    // resources too.
    array("evidence") { writer in
      for fact in result.verdict.facts {
        writer.elementObject { writer in
          writer.member("name", fact.name)
          writer.member("value", fact.value)
          if let expected = fact.expected { writer.member("expected", expected) }
        }
      }
    }
    object("expected") { writer in
      for item in result.verdict.expected { writer.member(item.name, item.value) }
    }
    facts(&self)
    array("initiatives") { writer in
      for placement in result.placements {
        writer.elementObject { writer in
          writer.member("name", placement.initiative)
          writer.member("metric", placement.metric)
          writer.member("impact", placement.impact.rounded)
        }
      }
    }
    member(ifPresent: "exception", result.exception)
    member("since", result.since?.description)
  }

  mutating func controls(of recommendation: Recommendation) {
    array("controls") { writer in
      for control in recommendation.controls {
        writer.elementObject { writer in
          writer.member("framework", control.framework)
          writer.member("id", control.id)
          writer.member(ifPresent: "part", control.part)
        }
      }
    }
  }
}
