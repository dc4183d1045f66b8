import CEL
import JSON
import Testing

/// What many evaluations of one activation may cost together.
@Suite("Budgets")
struct BudgetTests {
  private static let limits = Limits(steps: 100_000, size: 100_000)

  /// Evaluates so many times, and says what stopped it, and after how many.
  private static func exhaust(
    _ source: String, steps: Int = .max, size: Int = .max, times: Int = 100
  ) throws -> (count: Int, exhaustion: String?) {
    let environment = Environment(limits: limits)
    let program = try environment.compile(source, expecting: .bool)
    let activation = Activation()
    activation.limit(to: Budget(steps: steps, size: size))
    for count in 0..<times {
      if let exhaustion = activation.exhaustion { return (count, exhaustion) }
      _ = program.evaluateCondition(activation)
    }
    return (times, activation.exhaustion)
  }

  private static let deep =
    "lists.range(1000).all(a, lists.range(1000).all(b, a + b >= 0))"

  @Test(
    "one evaluation beyond its steps is the last, also where `||` hides the error",
    arguments: [deep, "\(deep) || true", "!(\(deep)) || 1 == 1"])
  func single(source: String) throws {
    let result = try Self.exhaust(source)
    #expect(result.count == 1)
    #expect(
      result.exhaustion == "it takes more than 100000 steps, the limit of one evaluation")
  }

  @Test("steps of all evaluations add up to their bound, the same for any number of evaluations")
  func together() throws {
    let result = try Self.exhaust("lists.range(1000).all(a, a >= 0)", steps: 50_000)
    #expect((5..<60).contains(result.count), "\(result.count)")
    #expect(
      result.exhaustion == "it takes more than 50000 steps, the limit of all its evaluations")
    let again = try Self.exhaust("lists.range(1000).all(a, a >= 0)", steps: 50_000)
    #expect(again.count == result.count)
  }

  @Test("an evaluation without a step counts by the length of its source")
  func overhead() throws {
    let long = "1 == 1" + String(repeating: " && 1 == 1", count: 128)
    let result = try Self.exhaust(long, steps: 200, times: 1_000)
    #expect(result.count < 20 && result.exhaustion != nil)
  }

  @Test("bytes that are built are bounded, for one evaluation and for all")
  func size() throws {
    let one = try Self.exhaust("size(lists.range(1000).map(a, [a, a, a, a, a, a])) == 1")
    #expect(one.count == 1)
    #expect(
      one.exhaustion == "it builds more than 100000 bytes, the limit of one evaluation")
    let all = try Self.exhaust("size(lists.range(100).map(a, a)) == 1", size: 20_000)
    #expect(all.count > 1)
    #expect(
      all.exhaustion == "it builds more than 20000 bytes, the limit of all its evaluations")
  }

  @Test("what stays within the budget is judged")
  func within() throws {
    let result = try Self.exhaust("lists.range(10).all(a, a >= 0)", steps: 100_000)
    #expect(result.count == 100 && result.exhaustion == nil)
  }
}
