import JSON
import Posture
import TestSupport
import Testing
import YAML

/// What is decided, over resources and exceptions that are made up.
@Suite struct DecisionTests {
  /// A recommendation's resources on one instance, and exceptions about them.
  struct World {
    var resources: [JSONValue] = []
    var exceptions: [String] = []

    init(_ seed: UInt64) {
      var random = Random(seed: seed)
      for index in 0..<Int.random(in: 0...12, using: &random) {
        let length: JSONValue? = [8, 20, nil][Int.random(in: 0...2, using: &random)]
        resources.append(
          EvaluatorTests.policy(
            "p\(index)", length,
            status: Int.random(in: 0...5, using: &random) == 0 ? "OFF" : "ACTIVE"))
      }
      let selections = [
        nil, "resource.minLength == 8", "resource.minLength == 20", "has(resource.minLength)",
        "!has(resource.minLength)", "resource.id in ['p1', 'p2', 'p3', 'p5', 'p8']",
        "resource.id > 'p4'", "'true'", "'false'",
      ]
      let statuses = [
        "planned", "riskAccepted", "resolvedThroughThirdParty",
        "resolvedThroughAlternateMitigation",
      ]
      for index in 0..<Int.random(in: 1...5, using: &random) {
        exceptions.append(
          Bench.exception(
            "e\(index)", status: statuses[Int.random(in: 0...3, using: &random)],
            resources: selections[Int.random(in: 0..<selections.count, using: &random)].map {
              $0.hasPrefix("'") ? $0 : "\"\($0)\""
            },
            expires: Int.random(in: 0...4, using: &random) == 0 ? "2026-05-31" : "2026-12-31"))
      }
    }

    func judged(_ exceptions: [String]) throws -> (
      verdict: Verdict, decisions: Decisions, decision: Decision
    ) {
      let (state, compiled, diagnostics) = Bench.compile(
        Bench.text(EvaluatorTests.perPolicy, exceptions: exceptions.joined(separator: "---\n")))
      try #require(!diagnostics.hasErrors, "\(diagnostics)")
      let instance = try #require(state.instances.first)
      let now = try #require(Instant("2026-06-01T00:00:00Z"))
      let verdict = try #require(
        compiled.evaluator(for: instance, in: state, now: now)
          .evaluate(MemoryReading(["policies": resources]))["r"])
      let decisions = state.decisions(on: instance, at: now)
      return (verdict, decisions, decisions.decision(on: verdict, of: "r"))
    }
  }

  @Test("an exception changes no verdict", arguments: 0..<60)
  func noVerdict(seed: UInt64) throws {
    let world = World(seed)
    let alone = try world.judged([]).verdict
    let judged = try world.judged(world.exceptions).verdict
    #expect(judged.compliance == alone.compliance)
    #expect(judged.reason == alone.reason)
    #expect(
      [judged.counted, judged.compliantCount, judged.affectedCount]
        == [alone.counted, alone.compliantCount, alone.affectedCount])
    #expect(judged.affected.map(\.key) == alone.affected.map(\.key))
    #expect(judged.settings == alone.settings)
    // All resources are in the tally, each once.
    #expect(judged.tally.cells.isEmpty || judged.tally.counts().total == judged.counted)
  }

  @Test(
    "what stands without an exception is what stands where it is not declared", arguments: 0..<60)
  func without(seed: UInt64) throws {
    let world = World(seed)
    let (verdict, decisions, _) = try world.judged(world.exceptions)
    for index in world.exceptions.indices {
      var others = world.exceptions
      others.remove(at: index)
      let expected = try world.judged(others).decision
      let decision = decisions.decision(on: verdict, of: "r", without: "e\(index)")
      #expect(decision.line == expected.line)
      #expect(decision.status == expected.status && decision.exception == expected.exception)
      #expect(decision.holding == expected.holding)
      #expect(decision.affected.map(\.key) == expected.affected.map(\.key))
    }
  }

  @Test("an exception about the whole decides the status, and nothing of what counts")
  func whole() throws {
    var world = World(1)
    world.resources = [EvaluatorTests.policy("a", 8), EvaluatorTests.policy("b", 20)]
    let alone = try world.judged([]).decision
    for status in ["planned", "riskAccepted", "resolvedThroughThirdParty"] {
      var decision = try world.judged([Bench.exception(status: status, resources: nil)]).decision
      #expect(decision.status?.rawValue == status && decision.exception == "e")
      (decision.status, decision.exception) = (alone.status, alone.exception)
      #expect(decision == alone)
    }
  }

  @Test(
    "an exception about resources gives the status only where it plans for all that are affected")
  func planned() throws {
    var world = World(1)
    world.resources = [
      EvaluatorTests.policy("a", 8), EvaluatorTests.policy("b", 8), EvaluatorTests.policy("c", nil),
    ]
    let one = Bench.exception("one", status: "planned", resources: "resource.id == 'a'")
    let other = Bench.exception("other", status: "planned", resources: "resource.id != 'a'")
    let risk = Bench.exception("risk", resources: "resource.id == 'b'")
    #expect(try world.judged([one]).decision.status == .toAddress)
    for exceptions in [[one, other], [one, risk]] {
      let decision = try world.judged(exceptions).decision
      #expect(decision.status == .planned && decision.exception == "one")
    }
  }

  @Test("what counts of what could not be judged is told of what is not exempt")
  func unjudged() throws {
    var world = World(1)
    world.resources = ["a", "b", "c"].map { EvaluatorTests.policy($0, nil) }
    let exempt = Bench.exception(resources: "resource.id == 'a'")
    let (verdict, _, decision) = try world.judged([exempt])
    #expect(
      verdict.sentence
        == "3 resources could not be judged, the first: Policy a: no such key: 'minLength'")
    #expect(
      decision.line
        == "unknown 2 counted, 0 compliant, 0 affected, 1 exempt, 0 planned: 2 resources could not be judged, the first: Policy b: no such key: 'minLength'"
    )
  }

  @Test("exceptions that divide the resources into too many sets are given up")
  func sets() throws {
    var world = World(1)
    let exceptions = (0..<13).map { bit in
      Bench.exception("e\(bit)", resources: "resource.minLength / \(1 << bit) % 2 == 1")
    }
    let limit = Evaluator.Bounds.exceptionSets
    world.resources = (1...limit).map { EvaluatorTests.policy("\($0)", .int(Int64($0))) }
    #expect(try world.judged(exceptions).verdict.tally.cells.count == limit)
    world.resources.append(EvaluatorTests.policy("one more", .int(Int64(limit + 1))))
    let (verdict, _, decision) = try world.judged(exceptions)
    #expect(
      verdict.isUnknown(
        because: "given up: exceptions match its resources in more than \(limit) different sets"))
    #expect(decision.exemptCount == 0 && decision.status == .toAddress)
  }

  @Test("what no exception matches is listed before what one does, in the order of identities")
  func listed() throws {
    var world = World(1)
    world.resources = (0..<1_200).map { EvaluatorTests.policy("\(10_000 + $0)", 8) }
    let (verdict, _, decision) = try world.judged([
      Bench.exception(resources: "resource.id < '11100'")
    ])
    #expect(verdict.affectedCount == 1_200 && verdict.affected.count == Evaluator.Bounds.affected)
    #expect(decision.affectedCount == 100)
    #expect(decision.affected.map(\.id) == (11_100..<11_200).map(String.init))
    #expect(verdict.affected.map(\.id) == verdict.affected.map(\.id).sorted())
  }
}
