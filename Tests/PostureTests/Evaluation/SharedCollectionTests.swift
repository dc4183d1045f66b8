import JSON
import TestSupport
import Testing
import YAML

@testable import Posture

/// A collection that several judges share comes to what one judge says, to the last byte.
@Suite("A collection that judges share")
struct SharedCollectionTests {
  /// Gives every resource to some judge, as chance will have it.
  private struct Sharing: ObservationReading {
    let reading: MemoryReading
    let judges: Int
    let seed: UInt64

    var summary: ObservationSummary { reading.summary }

    func parentCollection(of collection: String) -> String? {
      reading.parentCollection(of: collection)
    }

    func forEachResource(
      in collection: String, _ body: (ObservedResource) -> Void
    ) throws(Fault) {
      try reading.forEachResource(in: collection, body)
    }

    func judgeResources(
      of collection: String, by makeJudge: () -> any ResourceJudge
    ) throws(Fault) {
      var random = Random(seed: seed)
      let judges = (0..<judges).map { _ in makeJudge() }
      var (place, run, judge) = (0, 0, judges[0])
      try reading.forEachResource(in: collection) { resource in
        place += 1
        if run == 0 {
          run = Int.random(in: 1...40, using: &random)
          judge = judges.randomElement(using: &random) ?? judge
        }
        run -= 1
        judge.take(resource, place: place)
      }
    }
  }

  /// Users of whom some have no identity or one that others have, and some cannot be judged.
  private static func users(_ count: Int, seed: UInt64) -> MemoryReading {
    var random = Random(seed: seed)
    func number(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }
    let order = number(3)
    return MemoryReading([
      "users": (0..<count).map { index in
        var members: [(String, JSONValue)] = []
        let id = order == 0 ? index : order == 1 ? count - index : number(count)
        if number(20) > 0 {
          members.append(("id", .string("u\(number(9) == 0 ? 7 : 10_000 + id)")))
        }
        members.append(("name", .string("name \(number(5) == 0 ? 3 : index)")))
        if number(50) > 0 {
          members.append(("n", number(70) == 0 ? .null : .int(Int64(number(9)))))
        }
        members.append(("pattern", .string("na.*\(number(150))")))
        members.append(("list", .array((0..<number(6)).map { .int(Int64($0)) })))
        return .object(members)
      }
    ])
  }

  private static let conditions = [
    "resource.n > 4", "resource.n > 4 || size(resource.list) > 2",
    "resource.name.matches(resource.pattern)", "variables.many > 3 && resource.n < 8",
    "resource.list.all(a, lists.range(40).exists(b, a + b == resource.n))",
    "[resource.name, string(resource.n)].exists(t, t == 'name 3' || t == '4')",
  ]

  private static func compile(
    _ condition: String, exceptions: Bool
  ) throws -> (Instance, CompiledState, DesiredState) {
    let fields = """
      collection: users
      where: "!(has(resource.n) && resource.n == 0)"
      variables: { many: "lists.range(100).filter(a, a % 7 == 0).size()" }
      compliant: "\(condition)"
      label: resource.name
      settings: { n: resource.n, list: "resource.list.map(a, a * 2)" }
      """
    let documents = [
      Bench.exception("e0", resources: "resource.n == 1"),
      Bench.exception("e1", status: "planned", resources: "size(resource.list) == 3"),
    ]
    let (state, compiled, diagnostics) = Bench.compile(
      Bench.text(fields, exceptions: exceptions ? documents.joined(separator: "---\n") : ""))
    try #require(!diagnostics.hasErrors, "\(diagnostics)")
    return (try #require(state.instances.first), compiled, state)
  }

  @Test("is judged the same, wherever it is cut and whatever bound is near", arguments: conditions)
  func cuts(condition: String) throws {
    var random = Random(seed: UInt64(condition.utf8.count))
    var (whole, givenUp, cut) = (0, 0, 0)
    for exceptions in [false, true] {
      let (instance, compiled, state) = try Self.compile(condition, exceptions: exceptions)
      var evaluator = compiled.evaluator(
        for: instance, in: state, now: try #require(Instant("2026-06-01T00:00:00Z")))
      for round in 0..<4 {
        let reading = Self.users(300, seed: random.next())
        evaluator.batchesFrom = round % 2 > 0 ? 0 : nil
        var steps = 50_000_000
        let listed = Int.random(in: 400...9_000, using: &random)
        if round > 1 {
          // A bound that is just passed, or just not: by some orders, if the order counted.
          let cost = try Self.cost(reading, evaluator, listed: listed)
          steps = round == 2 ? cost - 1 : cost + Int.random(in: 0...3, using: &random)
        }
        evaluator.own = Evaluator.Allowance(steps: steps, listed: listed)
        let expected = try #require(evaluator.evaluate(reading)["r"])
        for judges in [1, 2, 3, 7] {
          let shared = Sharing(reading: reading, judges: judges, seed: random.next())
          let verdict = try #require(evaluator.evaluate(shared)["r"])
          #expect(verdict == expected, "\(judges) judges, round \(round)")
          #expect(verdict.affected == expected.affected && verdict.settings == expected.settings)
          #expect(
            StateCodec.encode(["r": verdict]).bytes()
              == StateCodec.encode(["r": expected]).bytes())
        }
        if case .givenUp = expected.reason { givenUp += 1 } else { whole += 1 }
        if expected.settingsAreCut { cut += 1 }
      }
    }
    #expect(whole > 2 && givenUp > 0 && cut > 0)
  }

  /// The smallest allowance that one judge does not use up.
  private static func cost(
    _ reading: MemoryReading, _ evaluator: Evaluator, listed: Int
  ) throws -> Int {
    var evaluator = evaluator
    var (low, high) = (0, 1 << 22)
    while high - low > 1 {
      let middle = (low + high) / 2
      evaluator.own = Evaluator.Allowance(steps: middle, listed: listed)
      let verdict = try #require(evaluator.evaluate(reading)["r"])
      if case .givenUp = verdict.reason { low = middle } else { high = middle }
    }
    return high
  }

  @Test("has more resources to list than are listed")
  func many() throws {
    let (instance, compiled, state) = try Self.compile("resource.n > 6", exceptions: true)
    let evaluator = compiled.evaluator(
      for: instance, in: state, now: try #require(Instant("2026-06-01T00:00:00Z")))
    for seed in 1...3 as ClosedRange<UInt64> {
      let reading = Self.users(2_600, seed: seed)
      let expected = try #require(evaluator.evaluate(reading)["r"])
      #expect(expected.affected.count == Evaluator.Bounds.affected)
      let shared = Sharing(reading: reading, judges: 3, seed: seed)
      #expect(evaluator.evaluate(shared)["r"] == expected)
      #expect(evaluator.evaluate(shared)["r"]?.affected == expected.affected)
    }
  }
}
