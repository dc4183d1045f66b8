import JSON
import Posture
import Reconciler
import Reports
import TestSupport
import Testing

/// What an exception is said to do is what happens when its document is deleted.
@Suite struct ExceptionEffectTests {
  typealias Declaration = (name: String, text: String)

  static func tenant(_ world: inout World) {
    world.change { tenant in
      tenant.policies = [
        World.Tenant.policy("a", 8), World.Tenant.policy("b", 20), World.Tenant.policy("c", 10),
      ]
      tenant.users = [World.Tenant.user("ada", true), World.Tenant.user("bob", false)]
      tenant.settings = [["mode": "audit"]]
    }
  }

  /// The scores with every document less those without one of them, as effects are written.
  static func difference(_ world: World, _ declarations: [Declaration], without name: String) throws
    -> [String]
  {
    func plan(_ declarations: [Declaration]) throws -> Plan {
      var world = world
      for declaration in declarations { world.declare(declaration.text) }
      return try world.plan()
    }
    let with = try plan(declarations)
    let without = try plan(declarations.filter { $0.name != name })
    return zip(with.initiatives, without.initiatives).compactMap { with, without in
      func gain(_ score: KeyPath<InitiativeScore, Fraction?>) -> Fraction {
        guard let one = with.score[keyPath: score], let other = without.score[keyPath: score] else {
          return .zero
        }
        return one - other
      }
      let effect = Snapshot.Exception.Effect(
        initiative: with.name, title: with.score.definition.title, score: gain(\.score),
        plannedScore: gain(\.plannedScore), achievableScore: gain(\.achievableScore))
      return effect.isFelt ? "\(effect)" : nil
    }
  }

  static let rows: [(name: String, declarations: [String], extent: String?)] = [
    (
      "a risk that is accepted puts points out of reach",
      [World.exception(recommendation: "okta-threat")],
      "1 result; SaaS Security achievable -17.9"
    ),
    (
      "what a third party does is earned",
      [World.exception(recommendation: "okta-threat", status: "resolvedThroughThirdParty")],
      "1 result; SaaS Security +17.9"
    ),
    (
      "exempt resources leave the count",
      [World.exception(resources: "resource.minLength < 14")],
      "2 affected resources; SaaS Security +50.0"
    ),
    (
      "an exempt resource that is compliant lowers the score",
      [World.exception(resources: "resource.minLength >= 10")],
      "1 affected resource; SaaS Security -25.0"
    ),
    (
      "all resources exempt: the metric leaves the score",
      [World.exception(resources: "'true'")],
      "2 affected resources; SaaS Security -14.3"
    ),
    (
      "planned resources count in the planned score",
      [World.exception(status: "planned", resources: "resource.minLength < 14")],
      "2 affected resources; SaaS Security planned +50.0"
    ),
    (
      "some planned resources plan nothing yet",
      [World.exception(status: "planned", resources: "resource.minLength == 8")],
      "1 affected resource"
    ),
    (
      "what another one exempts as well is not its doing",
      [
        World.exception(resources: "resource.minLength < 14"),
        World.exception("f", resources: "resource.minLength < 10"),
      ], "2 affected resources; SaaS Security +37.5"
    ),
    (
      "one that covers nothing",
      [World.exception(resources: "resource.minLength > 100")], nil
    ),
    (
      "one that has run out",
      [World.exception(recommendation: "okta-threat", expires: "2026-05-31")], nil
    ),
  ]

  @Test("an exception's effect in words", arguments: rows)
  func extent(row: (name: String, declarations: [String], extent: String?)) throws {
    var world = World()
    Self.tenant(&world)
    for declaration in row.declarations { world.declare(declaration) }
    let exception = try #require(try world.plan().exceptions.first { $0.exception.name == "e" })
    #expect(exception.extent.map(Phrases.text) == row.extent)
  }

  @Test("is exactly the difference that deleting the document makes", arguments: 0..<80)
  func exact(seed: Int) throws {
    var random = Random(seed: UInt64(seed))
    var world = World()
    world.replace("recommendations: off", with: "recommendations: on")
    for instance in ["okta-eu", "okta-us"] {
      world.change(instance) { tenant in
        tenant.policies = (0..<Int.random(in: 0...6, using: &random)).map {
          World.Tenant.policy("p\($0)", [8, 14, 20, "many"].randomElement(using: &random) ?? 8)
        }
        tenant.users = (0..<Int.random(in: 0...4, using: &random)).map {
          World.Tenant.user("u\($0)", Bool.random(using: &random))
        }
        tenant.settings = [["mode": Bool.random(using: &random) ? "block" : "audit"]]
      }
    }
    let conditions: [String?] = [
      nil, #"resource.id == "p1""#, #"resource.id in ["p0", "p1", "p2"]"#, "true",
      "resource.minLength == 8",
    ]
    let declarations = (0..<Int.random(in: 1...4, using: &random)).map { number -> Declaration in
      let name = "e\(number)"
      let resources = conditions.randomElement(using: &random) ?? nil
      let recommendations =
        resources == nil
        ? ["okta-length", "okta-mfa", "okta-threat"] : ["okta-length", "okta-mfa"]
      let text = World.exception(
        name, recommendation: recommendations.randomElement(using: &random) ?? "",
        status: Status.declarable.randomElement(using: &random)?.rawValue ?? "",
        resources: resources.map { "'\($0)'" })
      return (name, text.replacing("[okta-eu]", with: "[okta-eu, okta-us]"))
    }
    var all = world
    for declaration in declarations { all.declare(declaration.text) }
    for exception in try all.plan().exceptions {
      let expected = try Self.difference(world, declarations, without: exception.exception.name)
      #expect(exception.effects.map { "\($0)" } == expected, "\(exception.exception.name)")
    }
  }

  @Test("is recorded with the verdict, so that it is known while the tenant is not observed")
  func recorded() throws {
    var world = World()
    Self.tenant(&world)
    world.declare(World.exception(resources: "resource.minLength < 14"))
    let recorded = try world.recorded()
    world.missing = ["okta-eu": "the API does not answer"]
    let exception = try #require(try world.plan(after: recorded).exceptions.first)
    #expect(exception.extent.map(Phrases.text) == "2 affected resources; SaaS Security +50.0")
    #expect(exception.state == .active)
  }
}
