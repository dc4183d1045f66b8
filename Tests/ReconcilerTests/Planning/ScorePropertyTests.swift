import JSON
import Posture
import TestSupport
import Testing

/// What must hold of scores whatever a tenant looks like.
@Suite struct ScorePropertyTests {
  /// A random tenant, random decisions, two instances.
  static func world(_ random: inout Random) -> World {
    var world = World()
    world.replace("recommendations: off", with: "recommendations: on")
    for instance in ["okta-eu", "okta-us"] {
      world.change(instance) { tenant in
        tenant.policies = (0..<Int.random(in: 0...9, using: &random)).map {
          World.Tenant.policy("p\($0)", [8, 14, 20].randomElement(using: &random) ?? 8)
        }
        tenant.users = (0..<Int.random(in: 0...9, using: &random)).map {
          World.Tenant.user("u\($0)", Bool.random(using: &random))
        }
        tenant.settings = [["mode": Bool.random(using: &random) ? "block" : "audit"]]
      }
    }
    let statuses = ["planned", "riskAccepted"]
    if Bool.random(using: &random) {
      world.declare(
        World.exception(status: statuses.randomElement(using: &random) ?? "", resources: nil))
    }
    if Bool.random(using: &random) {
      world.declare(
        World.exception("f", status: "riskAccepted", resources: "resource.id == \"p1\""))
    }
    if Bool.random(using: &random) {
      // A claim that Plumb cannot check; the recommendation applies to every tenant.
      world.declare(
        World.exception("g", recommendation: "okta-threat", status: "resolvedThroughThirdParty"))
    }
    return world
  }

  static func scores(_ plan: Plan) -> [String: Fraction] {
    var scores: [String: Fraction] = [:]
    for initiative in plan.initiatives {
      scores[initiative.name] = initiative.score.score
      for metric in initiative.score.metrics {
        scores["\(initiative.name)/\(metric.definition.name)"] = metric.card.score
      }
    }
    for instance in plan.instances { scores[instance.name] = instance.card.score }
    return scores
  }

  @Test("losing sight of a tenant never raises a score", arguments: 0..<60)
  func losingSight(seed: Int) throws {
    var random = Random(seed: UInt64(seed))
    let world = Self.world(&random)
    let before = Self.scores(try world.plan())
    let recorded = try world.recorded()

    var blind = world
    switch Int.random(in: 0..<3, using: &random) {
    case 0: blind.missing["okta-eu"] = "HTTP 503"
    case 1: blind.now = "2026-06-02T12:00:00Z"
    default:
      let names = ["policies", "users", "settings"]
      let count = Int.random(in: 1...3, using: &random)
      blind.change { tenant in
        tenant.incomplete = names.shuffled(using: &random).prefix(count).map {
          .incomplete(
            $0, [.denied, .failed, .partial].randomElement(using: &random) ?? .failed, "lost")
        }
      }
    }
    // At once, and after it was recorded, and when what was recorded has grown too old.
    let first = try blind.plan(after: recorded)
    var later = blind
    later.now = "2026-06-09T12:00:00Z"
    for plan in [try blind.plan(), first, try later.plan(after: try first.recorded())] {
      for (name, score) in Self.scores(plan) {
        // A set that nothing counted in had no score; now it has one of zero.
        #expect(score <= before[name] ?? .zero, "\(name)")
      }
    }
  }

  @Test(
    "completing the first recommendation raises the score by what was printed", arguments: 0..<60)
  func firstImpact(seed: Int) throws {
    var random = Random(seed: 1_000 + UInt64(seed))
    var world = Self.world(&random)
    let plan = try world.plan()
    let initiative = try #require(plan.initiatives.first)
    guard let before = initiative.score.score else { return }
    func place(_ result: RecommendationResult) -> RecommendationResult.Precedence {
      .init(result, by: result.impact(on: initiative.name))
    }
    let ranked = plan.instances.flatMap(\.results).sorted { place($0) < place($1) }
    // Danger before gain: of the equally dangerous ones, what adds most comes first.
    for (one, next) in zip(ranked, ranked.dropFirst()) {
      #expect(one.impact >= next.impact)
      if one.impact == next.impact {
        #expect(one.impact(on: initiative.name) >= next.impact(on: initiative.name))
      }
    }
    let best = try #require(
      ranked.first { $0.impact(on: initiative.name) > .zero } ?? ranked.first)
    let impact = best.impact(on: initiative.name)

    // Complete it in the tenant itself.
    world.change(best.instance) { tenant in
      switch best.name {
      case "okta-length":
        tenant.policies = tenant.policies.map { policy in
          World.Tenant.policy(policy["id"]?.string ?? "", 20)
        }
      case "okta-mfa":
        tenant.users = tenant.users.map { World.Tenant.user($0["id"]?.string ?? "", true) }
      default: tenant.settings = [["mode": "block"]]
      }
    }
    let after = try #require(try world.plan().initiatives.first?.score.score)
    #expect(after - before == impact)
  }

  @Test("scores stay within 0 and 100, and earned within possible", arguments: 0..<20)
  func bounds(seed: Int) throws {
    var random = Random(seed: 2_000 + UInt64(seed))
    let plan = try Self.world(&random).plan()
    for (_, score) in Self.scores(plan) {
      #expect(score >= .zero && score <= Fraction(100))
    }
    for initiative in plan.initiatives {
      guard let score = initiative.score.score, let planned = initiative.score.plannedScore,
        let achievable = initiative.score.achievableScore
      else { continue }
      #expect(score <= planned && score <= achievable)
    }
  }
}
