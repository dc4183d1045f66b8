internal import JSON
internal import Posture

extension JSONWriter {
  mutating func imported(_ score: ImportedScore) {
    elementObject { writer in
      writer.member("source", score.source.name)
      writer.member("instance", score.instance)
      writer.member("scoredAt", score.scoredAt?.description)
      writer.member("currentScore", score.current?.number)
      writer.member("maxScore", score.possible?.number)
      writer.member("reason", score.obstacle.map(Phrases.text))
      writer.object("counted") { writer in
        writer.member("earned", score.counted.earned.number)
        writer.member("possible", score.counted.possible.number)
        writer.member("count", score.counted.count)
        writer.member("samePractice", score.counted.same)
      }
      writer.array("recommendations") { writer in
        for recommendation in score.recommendations { writer.imported(recommendation) }
      }
      writer.array("writeBack") { writer in for effect in score.effects { writer.effect(effect) } }
      writer.array("written") { writer in for record in score.records { writer.record(record) } }
    }
  }

  private mutating func imported(_ recommendation: ImportedRecommendation) {
    let control = recommendation.control
    elementObject { writer in
      writer.member("recommendation", recommendation.name)
      writer.member("id", control.id)
      writer.member("title", control.title)
      writer.member("service", control.service)
      writer.member("app", recommendation.app)
      writer.member("instance", recommendation.instance)
      writer.member("category", control.category)
      writer.member("tier", control.tier)
      writer.member("compliance", recommendation.compliance.rawValue)
      writer.member("status", recommendation.status?.rawValue)
      writer.member("reason", recommendation.reason.map(Phrases.text))
      writer.object("points") { writer in
        writer.member("earned", control.earned?.number)
        writer.member("possible", control.possible.number)
      }
      writer.member("counted", recommendation.isCounted)
      writer.array("samePractice") { writer in
        for same in recommendation.same {
          writer.elementObject { writer in
            writer.member("instance", same.instance)
            writer.member("recommendation", same.recommendation)
          }
        }
      }
      writer.member("userImpact", control.userImpact)
      writer.member("implementationCost", control.implementationCost)
      writer.array("threats") { writer in for threat in control.threats { writer.element(threat) } }
      writer.member("standing", control.standing)
      writer.member("state", control.decision.state)
      writer.member("deprecated", control.isDeprecated)
      writer.member(ifPresent: "exception", recommendation.exception)
      writer.member("remediation", control.remediation)
      writer.member(ifPresent: "manage", control.manage)
    }
  }

  private mutating func effect(_ effect: Effect) {
    elementObject { writer in
      writer.member("control", effect.subject)
      writer.member("from", effect.from.state)
      writer.member("to", effect.to.state)
      writer.member("exception", effect.because)
      writer.member("comment", effect.to.comment)
      writer.member("obstacle", effect.obstacle)
    }
  }

  private mutating func record(_ record: Effect.Record) {
    elementObject { writer in
      writer.member("control", record.subject)
      writer.member("state", record.state)
      writer.member("exception", record.because)
      writer.member("outcome", record.outcome.kind.rawValue)
      writer.member("reason", record.outcome.reason)
      writer.member("at", record.at.description)
    }
  }
}
