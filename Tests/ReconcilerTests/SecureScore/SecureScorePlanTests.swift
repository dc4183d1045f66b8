import Posture
import SecureScore
import TestSupport
import Testing
import YAML

@Suite struct SecureScorePlanTests {
  @Test("one practice never counts twice, and no native score depends on the import")
  func countedOnce() throws {
    var random = Random(seed: 11)
    for _ in 0..<60 {
      var world = ScoreWorld()
      world.isMet = Bool.random(using: &random)
      world.controls = (0..<8).map { index in
        let service = ["AzureAD", "MDA_Okta", "MDA_SF"].randomElement(using: &random) ?? "EXO"
        let number = service == "AzureAD" ? "" : "\(10 + index % 2)."
        let points = Double(Int.random(in: 0...10, using: &random))
        return (
          "\(number)C\(index % 5)-\(service)", service, "Title", 10,
          Bool.random(using: &random) ? points : nil
        )
      }
      let practices = (0..<5).flatMap { ["C\($0)-AzureAD", "C\($0)-MDA_Okta"] }
      for name in ["m365-mfa", "m365-other", "okta-mfa"] {
        world.practices[name] = practices.randomElement(using: &random)
      }
      if Bool.random(using: &random) { world.instances.append(ScoreWorld.okta("okta-us")) }
      let plan = try world.plan()
      world.readsScore = false
      let without = try world.plan()
      #expect(without.imports.isEmpty)
      #expect(plan.initiatives.map(\.score.score) == without.initiatives.map(\.score.score))
      #expect(plan.instances.map(\.card.score) == without.instances.map(\.card.score))

      let score = try #require(plan.imports.first)
      let native = plan.instances.flatMap(\.results).filter { $0.standing.possible > 0 }
      for recommendation in score.recommendations where recommendation.isCounted {
        let twin = native.first { result in
          result.recommendation?.app.value == recommendation.app
            && (recommendation.instance == nil || recommendation.instance == result.instance)
            && result.recommendation?.controls.contains {
              [recommendation.control.id, recommendation.control.practice].contains($0.id)
            } == true
        }
        #expect(twin == nil, "\(recommendation.control.id) counts twice")
      }
      let counted = score.recommendations.filter(\.isCounted)
      #expect(score.counted.possible.hundredths == counted.count * 1_000)
    }
  }

  @Test("tells which instance a recommendation for a connected app speaks of")
  func subjects() throws {
    var world = ScoreWorld()
    #expect(try world.plan().imported("10980.MDA_Okta_Mfa")?.instance == "okta-eu")
    #expect(
      try world.plan().imported("10980.MDA_Okta_Mfa")?.same
        == [.init(instance: "okta-eu", recommendation: "okta-mfa")])

    // Two tenants, and nothing that tells which: the app, and every tenant's own counts before it.
    world.instances.append(ScoreWorld.okta("okta-us"))
    let open = try #require(try world.plan().imported("10980.MDA_Okta_Mfa"))
    #expect(open.app == "okta" && open.instance == nil && open.same.count == 2)

    world.controls[2].title = "Require MFA (Contoso okta-us)"
    #expect(try world.plan().imported("10980.MDA_Okta_Mfa")?.instance == "okta-us")

    world.controls[2].title = "Require MFA"
    world.instances = [
      ScoreWorld.m365, ScoreWorld.okta("okta-eu", label: "75516"),
      ScoreWorld.okta("okta-us", label: "10980"),
    ]
    world.controls.append(("75516.MDA_Okta_Mfa", "MDA_Okta", "Require MFA", 7, 7))
    #expect(try world.plan().imported("10980.MDA_Okta_Mfa")?.instance == "okta-us")
    #expect(try world.plan().imported("75516.MDA_Okta_Mfa")?.instance == "okta-eu")

    world.controls[2].service = "MDA_Unheard"
    #expect(try world.plan().imported("10980.MDA_Okta_Mfa")?.app == nil)
  }

  @Test("takes an exception on either name, for either instance, and writes it")
  func exceptions() throws {
    var world = ScoreWorld()
    world.exceptions = [
      ScoreWorld.exception("a", "m365-mfa", "m365"),
      ScoreWorld.exception("b", "okta-mfa", "okta-eu"),
    ]
    var plan = try world.plan()
    #expect(
      plan.writeBack == ["10980.MDA_Okta_Mfa: Default → Ignored", "Mfa: Default → Ignored"])
    #expect(plan.imported("Mfa")?.status == .riskAccepted)

    world.exceptions = [
      ScoreWorld.exception("c", "secure-score/MDA_Okta_Mfa", "m365", status: "planned"),
      ScoreWorld.exception("d", "secure-score/Extra", "m365"),
    ]
    plan = try world.plan()
    #expect(plan.writeBack == [])
    #expect(plan.imported("10980.MDA_Okta_Mfa")?.status == .planned)
    // Complete: there is nothing to accept, and the exception says so.
    #expect(plan.imported("Extra")?.status == .completed)
    #expect(plan.exceptions.map(\.state) == [.active, .unused])

    world.exceptions = [
      ScoreWorld.exception("old", "m365-mfa", "m365", expires: "2026-05-31")
    ]
    world.decisions = ["Mfa": ("Ignored", "[plumb] exception old: Because.")]
    plan = try world.plan()
    #expect(plan.writeBack == ["Mfa: Ignored → Default"])
    #expect(plan.imported("Mfa")?.status == .toAddress)
  }

  @Test("what a human decided in Secure Score shows, and is left alone")
  func humans() throws {
    var world = ScoreWorld()
    world.decisions = ["Mfa": ("Ignored", "The board accepts it.")]
    #expect(try world.plan().imported("Mfa")?.status == .riskAccepted)
    #expect(try world.plan().writeBack == [])
    world.exceptions = [
      ScoreWorld.exception("a", "m365-mfa", "m365", status: "resolvedThroughThirdParty")
    ]
    #expect(
      try world.plan().writeBack == [
        "Mfa: Ignored → left alone"
      ])
  }

  @Test("losing sight of it keeps what was recorded, until maxAge, and changes nothing")
  func outage() throws {
    var world = ScoreWorld()
    let recorded = try world.plan().snapshot
    world.missing = true
    let plan = try world.plan(after: recorded)
    #expect(
      plan.imports.first?.obstacle
        == .unseen(.unreadable(Fault(.unreachable, "the network is down"))))
    #expect(plan.imported("Extra")?.compliance == .compliant)
    #expect(plan.changes.filter { $0.type == .importedChanged } == [])
    #expect(plan.imports.first?.effects == [])
    world.now = "2026-06-03T07:00:00Z"
    let late = try world.plan(after: recorded)
    #expect(late.imported("Extra")?.compliance == .unknown)
    #expect(
      late.changes.filter { $0.type == .importedChanged }.allSatisfy { $0.cause == .observation })
  }

  @Test("what a run is not about keeps its Secure Score as it was recorded")
  func carried() throws {
    var world = ScoreWorld()
    world.decisions = ["Mfa": ("Ignored", "mine")]
    let recorded = try world.plan().snapshot
    world.carried = true
    world.controls[0].earned = 10
    let plan = try world.plan(after: recorded)
    #expect(plan.changes == [] && plan.imports.first?.obstacle == nil)
    #expect(plan.snapshot.imports == recorded.imports)
    #expect(plan.snapshot.instances == recorded.instances)
    #expect(plan.effects.isEmpty)
  }

  @Test("says what changed, and why")
  func changes() throws {
    var world = ScoreWorld()
    let recorded = try world.plan().snapshot
    #expect(try world.plan(after: recorded).changes == [])
    world.controls[0].earned = 10
    world.controls[1].possible = 8
    world.controls.append(("New", "EXO", "New", 1, 0))
    world.controls.removeAll { $0.service == "MDA_Okta" }
    world.exceptions = [ScoreWorld.exception("n", "secure-score/Extra", "m365")]
    let plan = try world.plan(after: recorded)
    #expect(
      plan.changes.filter { $0.recommendation?.hasPrefix("secure-score/") == true }.map(\.line) == [
        "importedChanged [desiredState] m365/secure-score/Extra: 5 of 5 → 5 of 8 points, exception n",
        "importedChanged [drift] m365/secure-score/Mfa: 0 of 10 → 10 of 10 points",
        "importedAdded [catalog] m365/secure-score/New: Microsoft added it: 0 of 1 points",
        "importedRemoved [catalog] m365/secure-score/10980.MDA_Okta_Mfa: Microsoft no longer lists it",
      ])
  }

  @Test("what was written counts until the tenant is seen again")
  func overlay() throws {
    var world = ScoreWorld()
    world.exceptions = [ScoreWorld.exception("a", "m365-mfa", "m365")]
    let first = try world.plan()
    var recorded = first.snapshot
    let effect = try #require(first.imports.first?.effects.first)
    recorded.imports["m365"]?.records = [
      Effect.Record(
        effect, .init(.written, state: effect.to), at: first.at,
        observation: first.instances.first { $0.name == "m365" }?.observationDigest)
    ]
    let second = try world.plan(after: recorded)
    #expect(second.writeBack == [])
    #expect(second.changes == [])
    #expect(second.imports.first?.records.count == 1)
    // Another observation, and it is not there: somebody has taken it back.
    world.controls[1].earned = 1
    #expect(try world.plan(after: recorded).writeBack == ["Mfa: Default → Ignored"])
  }
}
