internal import JSON
internal import Posture
internal import Text
internal import YAML

extension JSONReport {
  /// `plumb explain`: one recommendation, and how the instances stand to it.
  ///
  /// - Returns: An object of kind `Explanation`; `results` are as in a plan, each with its `instance`.
  package static func explain(_ explanation: Explanation, maxAffected: Int = 100) -> [UInt8] {
    let recommendation = explanation.recommendation
    let standing = JSONShape<RecommendationResult>.standing(maxAffected: maxAffected)
    return document("Explanation") { writer in
      writer.recommendation(recommendation)
      writer.array("countsIn") { writer in
        for membership in explanation.memberships {
          writer.elementObject { writer in
            writer.member("initiative", membership.initiative.name)
            writer.member("metric", membership.metric.name)
            writer.member("weight", membership.metric.weight.rawValue)
          }
        }
      }
      writer.array("results") { writer in
        for result in explanation.results {
          writer.elementObject { writer in
            writer.member("instance", result.instance)
            standing.write(result, to: &writer)
          }
        }
      }
      writer.array("exceptions") { writer in
        for exception in explanation.exceptions {
          writer.elementObject { writer in
            writer.member("name", exception.name)
            writer.member("status", exception.status.rawValue)
            writer.member("owner", exception.owner)
            writer.member("justification", exception.justification)
            writer.member("ticket", exception.ticket)
            writer.member("expires", exception.expires?.description)
          }
        }
      }
    }
  }
}

extension JSONWriter {
  /// What the recommendation says: CEL as it was written.
  fileprivate mutating func recommendation(_ recommendation: Recommendation) {
    member("recommendation", recommendation.name)
    member("app", recommendation.app.value)
    member("title", recommendation.title)
    member("impact", recommendation.impact.rawValue)
    member("points", recommendation.points)
    member("category", recommendation.category.rawValue)
    member("userImpact", recommendation.userImpact.rawValue)
    member("implementationCost", recommendation.implementationCost.rawValue)
    member("threats", recommendation.threats.map(\.rawValue))
    member("enabled", recommendation.isEnabled)
    member("declared", recommendation.isDeclared)
    member("collection", recommendation.collection?.value)
    object("parameters") { writer in
      for parameter in recommendation.parameters { writer.member(parameter.name, parameter.value) }
    }
    expressions("variables", recommendation.variables)
    member("where", recommendation.filter?.value)
    member("compliant", recommendation.compliant.value)
    member("label", recommendation.label?.value)
    expressions("settings", recommendation.settings)
    expressions("evidence", recommendation.evidence)
    member("affected", recommendation.affected?.value)
    expressions("expected", recommendation.expected)
    member("rationale", recommendation.rationale)
    member("remediation", recommendation.remediation)
    member("manage", recommendation.manage)
    array("controls") { writer in
      for control in recommendation.controls {
        writer.elementObject { JSONShape.control.write(control, to: &$0) }
      }
    }
    array("differs") { writer in
      for difference in recommendation.differs {
        writer.elementObject { writer in
          writer.member("framework", difference.framework)
          writer.member("id", difference.id)
          writer.member("direction", difference.direction.rawValue)
          writer.member("why", difference.why)
          writer.member("reference", difference.reference)
        }
      }
    }
    array("references") { writer in
      for reference in recommendation.references {
        writer.elementObject { writer in
          writer.member("title", reference.title)
          writer.member("url", reference.url)
        }
      }
    }
  }

  private mutating func expressions(_ name: String, _ list: [Recommendation.Expression]) {
    object(name) { writer in
      for expression in list { writer.member(expression.name.value, expression.source.value) }
    }
  }
}
