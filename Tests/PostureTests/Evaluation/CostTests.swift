import JSON
import TestSupport
import Testing
import YAML

@testable import Posture

/// What a pull request's condition, or a tenant's names, may cost.
@Suite("Bounds of a recommendation on an instance")
struct CostTests {
  private static func users(_ count: Int, name: String = "u") -> MemoryReading {
    MemoryReading([
      "users": (0..<count).map { ["id": .string("\($0)"), "name": .string(name)] }
    ])
  }

  @Test("a condition that costs little is judged on many resources")
  func cheap() throws {
    let verdict = try Bench.judge(
      "collection: users\ncompliant: \"[1, 2, 3].exists(a, string(a) == resource.id)\"\nlabel: resource.name",
      Self.users(20_000))
    #expect(verdict.counted == 20_000 && verdict.compliantCount == 3)
  }

  @Test("long ids, labels and settings are cut, say so, and stay different")
  func texts() throws {
    let long = String(repeating: "ü", count: 500_000)
    let reading = MemoryReading([
      "users": ["a", "b"].map { ["id": .string(long + $0), "name": .string($0 + long)] }
    ])
    let verdict = try Bench.judge(
      """
      collection: users
      compliant: "false"
      label: resource.name
      settings: { name: resource.name, list: '[resource.name, resource.id]', short: "'x'" }
      """, reading)
    #expect(Set(verdict.affected.map(\.id)).count == 2)
    #expect(Set(verdict.settings.map(\.id)) == Set(verdict.affected.map(\.id)))
    for resource in verdict.affected {
      #expect(resource.id.utf8.count <= Evaluator.Bounds.identity)
      #expect(resource.id.hasPrefix("üü") && resource.id.contains("… (1000001 bytes, sha256 "))
      #expect(resource.label.utf8.count <= Evaluator.Bounds.label)
      #expect(resource.settings["short"] == "x")
      #expect((resource.settings["name"]?.string?.utf8.count ?? .max) <= Evaluator.Bounds.value)
      #expect((resource.settings["list"]?.string?.utf8.count ?? .max) <= Evaluator.Bounds.value)
      #expect(resource.settings["list"]?.string?.hasPrefix("[\"") == true)
    }
    #expect(verdict.affected.map(\.settings.compactText.utf8.count).reduce(0, +) < 20_000)
  }

  @Test("evidence, expected values, what is blamed, and reasons are cut as well")
  func facts() throws {
    let long = String(repeating: "x", count: 300_000)
    let verdict = try Bench.judge(
      """
      compliant: "false"
      affected: "collections.users.map(u, {'id': u.id + u.name, 'label': u.name, 'note': u.name})"
      evidence: { names: "collections.users.map(u, u.name)", first: "collections.users[0].name" }
      expected: { first: "collections.users[1].name" }
      settings: { one: "collections.users[0].name" }
      """, Self.users(3, name: long))
    #expect(verdict.affectedCount == 3 && Set(verdict.affected.map(\.id)).count == 3)
    for resource in verdict.affected {
      #expect(resource.id.utf8.count <= Evaluator.Bounds.identity)
      #expect(resource.label.utf8.count <= Evaluator.Bounds.label)
      #expect(resource.settings.compactText.utf8.count <= Evaluator.Bounds.value + 32)
    }
    for fact in verdict.facts {
      #expect(fact.value.compactText.utf8.count <= Evaluator.Bounds.fact + 2, "\(fact.name)")
      #expect(fact.value.compactText.contains("sha256"), "\(fact.name)")
    }
    #expect(
      (verdict.expectation(of: "first")?.string?.utf8.count ?? .max) <= Evaluator.Bounds.fact)

    let failed = try Bench.judge(
      "collection: users\ncompliant: int(resource.name) > 3\nlabel: resource.name",
      Self.users(1, name: long))
    #expect(failed.compliance == .unknown)
    #expect((failed.sentence?.utf8.count ?? .max) < Evaluator.Bounds.reason + 100)
  }

  @Test("a desired state has so many recommendations of its own, and no more")
  func ownRecommendations() {
    let limit = Evaluator.Bounds.ownRecommendations
    let text = { (count: Int) in
      (1...count).map { Declare.recommendation("r\($0)", of: "okta", "compliant: 'true'") }
        .documents
    }
    #expect(Bench.faults(of: text(limit)) == [])
    #expect(
      Bench.faults(of: text(limit + 1)).contains {
        $0.contains("a desired state has \(limit) recommendations of its own at the most")
      })
  }

  /// Judges 100 users with an allowance that a test can wait for.
  private static func judge(
    _ compliant: String, steps: Int = .max, listed: Int = .max
  ) throws -> Verdict {
    let fields = """
      collection: users
      compliant: "\(compliant)"
      label: resource.name
      settings: { name: resource.name }
      """
    let (state, compiled, diagnostics) = Bench.compile(Bench.text(fields))
    try #require(!diagnostics.hasErrors, "\(diagnostics)")
    var evaluator = compiled.evaluator(
      for: try #require(state.instances.first), in: state,
      now: try #require(Instant("2026-06-01T00:00:00Z")))
    evaluator.own = Evaluator.Allowance(steps: steps, listed: listed)
    return try #require(evaluator.evaluate(users(100))["r"])
  }

  @Test(
    "what takes too many steps over all resources is unknown with the reason, whatever was found before",
    arguments: [
      "lists.range(1000).all(a, a >= 0)",
      "resource.id == '0' || lists.range(1000).all(a, a >= 0)",
      "resource.id != '0' && lists.range(1000).all(a, a >= 0)",
      "lists.range(1000).all(a, a >= 0) || true",
    ])
  func givenUp(condition: String) throws {
    let verdict = try Self.judge(condition, steps: 20_000)
    #expect(
      verdict.isUnknown(
        because: "given up: it takes more than 20000 steps, the limit of all its evaluations"))
    let judged = try Self.judge(condition, steps: 10_000_000)
    #expect(judged.counted == 100 && judged.compliance != .unknown)
  }

  @Test("what is listed is bounded in bytes too: the first by identity, the count beside them")
  func listed() throws {
    let whole = try Self.judge("resource.id == ''")
    #expect(whole.affected.count == 100 && !whole.settingsAreCut)
    let weight = whole.affected.reduce(0) { $0 + $1.weight }
    let cut = try Self.judge("resource.id == ''", listed: weight / 3)
    #expect(cut.affectedCount == 100)
    #expect((20..<50).contains(cut.affected.count))
    #expect(cut.affected == Array(whole.affected.prefix(cut.affected.count)))
    #expect(cut.settingsAreCut)
    #expect(cut.settings == Array(whole.settings.prefix(cut.settings.count)))
  }

  @Test("own recommendations share evenly; another one's cost decides nothing")
  func shares() {
    let limit = Evaluator.Bounds.ownRecommendations
    let (alone, one) = (Evaluator.Allowance.own(of: 1), Evaluator.Allowance.own(of: limit))
    #expect(alone.steps == Evaluator.Bounds.steps && alone.listed == Evaluator.Bounds.listed)
    #expect(one.steps * limit <= Evaluator.Bounds.stepsOfOwn && one.steps > 0)
    #expect(one.listed * limit <= Evaluator.Bounds.listedOfOwn && one.listed > 0)
  }
}
