import Observation
import Posture
import TestSupport
import Testing

@testable import Reconciler

/// The controller's decisions, with no clock but the numbers that a test says.
@Suite("What the controller looks after")
struct ControlTableTests {
  private static func instances(_ names: [String], _ fields: String = "") throws -> [Instance] {
    let declared = Declared(
      names.map {
        Declare.instance(
          $0, of: "okta", fields.isEmpty ? nil : fields,
          source: "api: { parameters: { domain: \($0).okta.com } }")
      }.joined(separator: "---\n"), catalog: World.catalog)
    try #require(declared.state.instances.count == names.count, "\(declared.diagnostics)")
    return declared.state.instances
  }

  private static func table(_ rhythm: ObservationRhythm = ObservationRhythm(jitter: 0))
    -> ControlTable
  {
    ControlTable(rhythm)
  }

  private static func stored(_ instance: Instance) -> ControlTable.Stored { ControlTable.Stored() }

  private static func report(
    _ name: String, _ fault: Fault? = nil, opening: Double? = nil
  ) -> ObservationReport {
    ObservationReport(
      instance: name,
      outcome: fault.map { .failed($0) } ?? .stored(observedAt: Instant(secondsSince1970: 0)),
      collections: [], requests: 1, bytes: 1, waits: 0, duration: 1, opening: opening)
  }

  @Test("a start with many is spread over the floor, alike each time, and one alone begins at once")
  func spread() throws {
    let names = (0..<600).map { "okta-\($0)" }
    let many = try Self.instances(names)
    var table = Self.table()
    _ = table.declare(many, now: 1_000, stored: Self.stored)
    var counts: [Int] = []
    for second in stride(from: 1_000, through: 1_300, by: 30) {
      counts.append(table.begin(now: Double(second), most: .max).count)
    }
    #expect(counts.reduce(0, +) == 600)
    // Thirty seconds' share of 600 over 300 is 60.
    #expect(counts.dropFirst().allSatisfy { (30...100).contains($0) }, "\(counts)")
    var again = Self.table()
    _ = again.declare(many, now: 1_000, stored: Self.stored)
    _ = again.begin(now: 1_030, most: .max)
    #expect(again.instances.values.count(where: \.isRunning) == counts[0] + counts[1])
    var alone = Self.table()
    _ = alone.declare(try Self.instances(["okta-eu"]), now: 1_000, stored: Self.stored)
    #expect(alone.begin(now: 1_001, most: 8) == ["okta-eu"])
  }

  @Test("what was observed lately waits for its turn after a restart, what is due does not")
  func restart() throws {
    let eu = try Self.instances(["okta-eu"])
    for (age, next) in [(3_600, 100_000.0 - 3_600 + 21_600), (50_000, 100_000.0)] {
      var table = Self.table()
      _ = table.declare(eu, now: 100_000) { _ in
        ControlTable.Stored(observedAt: Instant(secondsSince1970: 100_000 - age))
      }
      let planned = try #require(table.nextRun(now: 100_000))
      #expect(planned >= next && planned < next + 2, "\(age)")
      #expect(table.instances["okta-eu"]?.condition.kind == .ready)
    }
  }

  @Test(
    "the interval is half of maxAge at most and the floor at least, and jitter stays within its share"
  )
  func interval() throws {
    let rhythm = ObservationRhythm(interval: 21_600, jitter: 0.1, floor: 300)
    for (maxAge, interval) in [("2d", 21_600.0), ("4h", 7_200), ("2m", 300)] {
      let instance = try Self.instances(["okta-eu"], "maxAge: \(maxAge)")[0]
      #expect(rhythm.interval(of: instance) == interval)
      for chance in [0, 0.25, 0.5, 0.999] {
        let next = rhythm.next(instance, after: 1_000, isFirst: false, chance: chance)
        #expect(abs(next - 1_000 - interval) <= interval * 0.1)
        let first = rhythm.next(instance, after: 1_000, isFirst: true, chance: chance)
        #expect(first - 1_000 >= interval * 0.4 && first - 1_000 <= interval * 1.1)
      }
    }
  }

  @Test("no more begin than there is room for, the longest due first, and none twice")
  func width() throws {
    var table = Self.table()
    _ = table.declare(
      try Self.instances((0..<20).map { "okta-\($0)" }), now: 0, stored: Self.stored)
    let first = table.begin(now: 100, most: 8)
    let second = table.begin(now: 100, most: 8)
    #expect(first.count == 8 && second.count == 8)
    #expect(Set(first).isDisjoint(with: second))
    #expect(table.begin(now: 100, most: 0).isEmpty)
  }

  @Test("conditions become others once for each cause, and none outvotes another")
  func conditions() throws {
    var table = Self.table()
    _ = table.declare(try Self.instances(["okta-eu"]), now: 0, stored: Self.stored)
    func kinds(_ transitions: [ControlTable.Transition]) -> [String] {
      transitions.map { "\($0.before.kind.rawValue)>\($0.now.kind.rawValue) \($0.now.reason)" }
    }
    let outage = Fault(.unreachable, "it does not answer")
    #expect(
      kinds(table.end(Self.report("okta-eu", outage), now: 10, chance: 0.5))
        == ["Reconciling>Reconciling unreachable"])
    // The same again is no news.
    #expect(table.end(Self.report("okta-eu", outage), now: 20, chance: 0.5).isEmpty)
    #expect(table.instances["okta-eu"]?.failuresInARow == 2)
    #expect(
      kinds(table.end(Self.report("okta-eu"), now: 30, chance: 0.5)) == [
        "Reconciling>Ready observed"
      ])
    #expect(table.instances["okta-eu"]?.failuresInARow == 0)
    #expect(
      kinds(table.planned(suspects: ["okta-eu": ("emptied", "3 of 4")], now: 40))
        == ["Ready>Suspect emptied"])
    #expect(
      kinds(
        table.end(
          Self.report("okta-eu", Fault(.refusedCredentials, "no")), now: 50, chance: 0.5))
        == ["Suspect>Stalled refusedCredentials"])
    #expect(table.instances["okta-eu"]?.since == 50)
    #expect(kinds(table.planned(suspects: [:], now: 60)).isEmpty)
  }

  @Test("stalled instances wait for an interval, or for other credentials")
  func stalled() throws {
    var table = Self.table()
    _ = table.declare(try Self.instances(["okta-eu", "okta-us"]), now: 0, stored: Self.stored)
    _ = table.begin(now: 2, most: 8)
    _ = table.end(
      Self.report("okta-eu", Fault(.refusedCredentials, "no")), now: 10, chance: 0)
    _ = table.end(Self.report("okta-us"), now: 10, chance: 0)
    #expect(table.begin(now: 10_000, most: 8).isEmpty)
    table.credentialsChanged(now: 10_000)
    #expect(table.begin(now: 10_000, most: 8) == ["okta-eu"])
  }

  @Test("a process that starts again and again is no way to hammer what refused it")
  func restarts() throws {
    let eu = try Self.instances(["okta-eu"])
    let origin = try #require(
      Declared(Declare.instance("okta-eu", source: "api: {}"), catalog: World.catalog).state
        .connectors["okta"].map { ObservationOrigin(eu[0], connector: $0) })
    for _ in 0..<10 {
      var table = Self.table()
      _ = table.declare(eu, now: 100_060) { _ in
        ControlTable.Stored(
          attempt: FailedAttempt(
            at: Instant(secondsSince1970: 100_000), failure: Fault(.refusedCredentials, "no"),
            of: origin))
      }
      #expect(table.begin(now: 100_100, most: 8).isEmpty)
      #expect(table.instances["okta-eu"]?.condition.kind == .stalled)
    }
  }

  @Test("what is suspended is not observed until its last day is over, and then at once")
  func suspended() throws {
    let eu = try Self.instances(["okta-eu"], "suspend: { reason: It moves., until: 1970-01-02 }")
    var table = Self.table()
    let told = table.declare(eu, now: 1_000, stored: Self.stored)
    #expect(told.map(\.now.kind) == [.suspended])
    #expect(told.first?.now.message == "until 1970-01-02: It moves.")
    #expect(table.begin(now: 172_799, most: 8).isEmpty)
    #expect(table.nextRun(now: 172_799) == nil)
    #expect(table.transitions(now: 172_800).map(\.now.kind) == [.reconciling])
    #expect(table.begin(now: 172_800, most: 8) == ["okta-eu"])
  }

  @Test("other tenants, and those that come back on, begin anew; those that go are forgotten")
  func declared() throws {
    var table = Self.table()
    _ = table.declare(try Self.instances(["okta-eu", "okta-us"]), now: 0, stored: Self.stored)
    _ = table.begin(now: 5, most: 8)
    _ = table.end(Self.report("okta-eu"), now: 6, chance: 0)
    _ = table.declare(try Self.instances(["okta-eu"]), now: 7, stored: Self.stored)
    #expect(table.instances.keys.sorted() == ["okta-eu"])
    #expect(table.instances["okta-eu"]?.lastSuccess == 6)
    // What was under way comes back to nobody.
    #expect(table.end(Self.report("okta-us"), now: 8, chance: 0).isEmpty)
    _ = table.declare(
      try Self.instances(["okta-eu"], "recommendations: off"), now: 9, stored: Self.stored)
    #expect(table.instances.isEmpty)
  }
}
