import AllocationCounter
import CEL
import JSON

@main
struct CELBenchmarks {
  static func main() throws { try Benchmark.run() }
}

/// Prints what conditions cost, with the cost of parsing the same resource in the same run as the measure.
enum Benchmark {
  static let clock = ContinuousClock()

  /// Nanoseconds and allocations a call, the best of five rounds of about a tenth of a second.
  static func measure(_ body: () throws -> Void) rethrows -> (
    nanoseconds: Double, allocations: Double
  ) {
    var count = 1
    while true {
      let time = try clock.measure { for _ in 0..<count { try body() } }
      if time > .milliseconds(20) { break }
      count *= 2
    }
    count *= 5
    var best = Double.infinity
    let before = allocation_count()
    for _ in 0..<5 {
      let time = try clock.measure { for _ in 0..<count { try body() } }
      best = min(
        best, Double(time.components.attoseconds) / 1e9 + Double(time.components.seconds) * 1e9)
    }
    let allocations = Double(allocation_count() - before) / Double(5 * count)
    return (best / Double(count), allocations)
  }

  static func show(_ name: String, _ result: (nanoseconds: Double, allocations: Double)) {
    func right(_ text: String, _ width: Int) -> String {
      String(repeating: " ", count: max(0, width - text.count)) + text
    }
    let rate = Int(1e9 / result.nanoseconds)
    let allocations = (result.allocations * 100).rounded() / 100
    print(
      name.padded(to: 28), right(String(Int(result.nanoseconds.rounded())), 8) + " ns",
      right(String(rate), 12) + "/s", right(String(allocations), 8) + " allocations")
  }

  static func run() throws {
    var environment = Environment()
    let resource = environment.declare("resource", .dyn)
    let maximum = environment.declare("parameters.maximum", .int)
    let now = environment.declare("now", .timestamp)
    try environment.define(
      function: "isActive", parameters: [("user", .dyn)], body: #"user.status == "ACTIVE""#)
    let activation = Activation()
    activation.set(maximum, .int(5))
    activation.set(now, .timestamp(Timestamp("2024-06-01T00:00:00Z") ?? Timestamp(seconds: 0)!))

    func evaluate(_ conditions: [Condition], over text: String) throws -> Double {
      activation.set(resource, Value(try JSONView(parsing: text)))
      var sum = 0.0
      for condition in conditions {
        let program = try environment.compile(condition.source, expecting: .bool)
        _ = try program.evaluateCondition(activation).get()
        let result = measure { _ = program.evaluateCondition(activation) }
        sum += result.nanoseconds
        show(condition.name, result)
      }
      return sum
    }

    func parsing(_ text: String) throws -> Double {
      var parser = JSONParser()
      let bytes = Array(text.utf8)
      let result = try measure { _ = try parser.parse(bytes) }
      show("parsing \(bytes.count) bytes", result)
      return result.nanoseconds
    }

    let parse = try parsing(Resources.user)
    let sum = try evaluate(Condition.user, over: Resources.user)
    print("ten conditions: \(Int(sum)) ns, \((sum / parse * 100).rounded() / 100) × parsing\n")

    // As a plan does it: ten conditions over each of many different resources, one after the other.
    let programs = try Condition.user.map { try environment.compile($0.source, expecting: .bool) }
    let users = Resources.users
    var parser = JSONParser()
    var sink = 0
    let alone = try measure {
      for bytes in users { sink += try parser.parse(bytes).count }
    }
    let together = try measure {
      for bytes in users {
        activation.set(resource, Value(try parser.parse(bytes)))
        for index in programs.indices {
          if case .success(true) = programs[index].evaluateCondition(activation) { sink += 1 }
        }
        activation.reset(resource)
      }
    }
    let count = Double(users.count)
    let size = users.reduce(0) { $0 + $1.count } / users.count
    show("parsing, \(size) bytes each", (alone.nanoseconds / count, alone.allocations / count))
    show("and ten conditions", (together.nanoseconds / count, together.allocations / count))
    let ratio = (together.nanoseconds - alone.nanoseconds) / alone.nanoseconds
    print("ten conditions: \((ratio * 100).rounded() / 100) × parsing (\(sink & 1))\n")

    _ = try evaluate([Condition.goal], over: Resources.user)
    _ = try evaluate(Condition.others, over: Resources.user)
    _ = try parsing(Resources.policy)
    _ = try evaluate(Condition.policy, over: Resources.policy)
  }
}

extension String {
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: Swift.max(0, width - count))
  }
}
