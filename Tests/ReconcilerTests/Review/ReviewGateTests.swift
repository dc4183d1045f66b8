import JSON
import Posture
import Reconciler
import Reports
import Testing

/// The gates that pull requests are judged by.
@Suite struct ReviewGateTests {
  static func gates(_ gates: String, _ change: (inout World) -> Void) throws -> [String] {
    var world = World()
    world.replace("newNotCompliant: off", with: gates)
    let recorded = try world.recorded()
    change(&world)
    return try world.plan(after: recorded).gates.map { gate in
      "\(gate.name) \(gate.outcome.rawValue): \(Phrases.reason(of: gate))"
        + (Phrases.remedy(of: gate).map { "; to pass: \($0)" } ?? "")
    }
  }

  @Test("a score that fell by so many points fails")
  func scoreDrop() throws {
    func fall(_ world: inout World) { world.change { $0.settings = [["mode": "audit"]] } }
    #expect(
      try Self.gates("scoreDrop: 17", fall) == [
        "scoreDrop failed: fell by 17 points or more: saas 100.0 → 82.1 (-17.9); to pass: undo what lowered the score: its changes are listed above (gates.scoreDrop in x.yaml)"
      ])
    #expect(
      try Self.gates("scoreDrop: 18", fall) == [
        "scoreDrop passed: no initiative fell by 18 points or more against what was recorded"
      ])
    #expect(
      try Self.gates("scoreDrop: 0", fall) == [
        "scoreDrop failed: fell against what was recorded: saas 100.0 → 82.1 (-17.9); to pass: undo what lowered the score: its changes are listed above (gates.scoreDrop in x.yaml)"
      ])
    #expect(
      try Self.gates("scoreDrop: 0") { _ in } == [
        "scoreDrop passed: no initiative fell against what was recorded"
      ])
    #expect(try Self.gates("scoreDrop: off", fall) == [])
  }

  @Test("an exception that ends too far ahead fails, unless Settings say otherwise")
  func exceptionTooLong() throws {
    func declare(_ world: inout World) { world.declare(World.exception(expires: "2027-06-02")) }
    let failure =
      "ends more than exceptions.maxDuration 365d ahead: e (2027-06-02, x.yaml:30); to pass: declare an earlier last day; it can be renewed when it comes near (gates.exceptionTooLong in x.yaml)"
    #expect(
      try Self.gates("newNotCompliant: off", declare) == ["exceptionTooLong failed: \(failure)"])
    #expect(
      try Self.gates("exceptionTooLong: warn", declare) == ["exceptionTooLong warned: \(failure)"])
    #expect(try Self.gates("exceptionTooLong: off", declare) == [])
    #expect(
      try Self.gates("exceptionTooLong: fail") {
        $0.declare(World.exception(expires: "2027-06-01"))
      }
        == ["exceptionTooLong passed: no exception ends more than 365d ahead"])
    #expect(
      try Self.gates("newNotCompliant: off") { $0.declare(World.exception(expires: "2027-06-01")) }
        == [])
  }

  @Test("an initiative that is assessed too little fails")
  func coverageBelow() throws {
    func hide(_ world: inout World) {
      world.change {
        $0.incomplete = [
          .init(name: "users", state: .denied, count: 0, fault: Fault(.denied, "403"))
        ]
      }
    }
    #expect(
      try Self.gates("coverageBelow: 67", hide) == [
        "coverageBelow failed: assessed too little: saas 66.7 % < 67 %; to pass: observe the instances under Gaps again, with the permissions that are named there (gates.coverageBelow in x.yaml)"
      ])
    #expect(
      try Self.gates("coverageBelow: 66", hide) == [
        "coverageBelow passed: every tracked initiative is assessed to 66 % or more"
      ])
  }

  @Test("an instance that is not observed fails or warns")
  func staleObservation() throws {
    func miss(_ world: inout World) { world.missing = ["okta-eu": "the API does not answer"] }
    #expect(
      try Self.gates("staleObservation: warn", miss) == [
        "staleObservation warned: not observed now: okta-eu (the API does not answer); to pass: observe them again, or switch them off: plumb instances off NAME (gates.staleObservation in x.yaml)"
      ])
    #expect(
      try Self.gates("staleObservation: fail") { _ in } == [
        "staleObservation passed: every instance is observed"
      ])
  }

  @Test(
    "--fail-on names a gate and its bound",
    arguments: [
      ("newNotCompliant=high", nil), ("scoreBelowTarget", nil), ("scoreDrop=0", nil),
      ("coverageBelow=100", nil), ("exceptionTooLong", nil), ("expiredException", nil),
      ("staleObservation", nil),
      (
        "scoreDrop",
        "scoreDrop wants points from 0 to 100: scoreDrop=2"
      ),
      ("coverageBelow=0", "coverageBelow wants per cent from 1 to 100: coverageBelow=90"),
      (
        "newNotCompliant",
        "newNotCompliant wants an impact: newNotCompliant=high, =medium or =low"
      ),
      (
        "staleObservation=fail", "staleObservation takes no value; write --fail-on staleObservation"
      ),
      (
        "scoreDrops=2",
        "no gate named 'scoreDrops'; did you mean 'scoreDrop'?; known: newNotCompliant, scoreBelowTarget, scoreDrop, expiredException, exceptionTooLong, coverageBelow, staleObservation, lessAssessed"
      ),
    ] as [(String, String?)])
  func demand(text: String, fault: String?) {
    var found: String?
    do throws(Settings.GateDemand.ParseError) {
      _ = try Settings.GateDemand(text)
    } catch {
      found = "\(error)"
    }
    #expect(found == fault)
  }

  @Test("--fail-on never makes a gate less strict")
  func strictness() throws {
    var gates = Settings.Gates()
    gates.newNotCompliant = .low
    gates.scoreDrop = 1
    gates.coverageBelow = 95
    for text in ["newNotCompliant=high", "scoreDrop=5", "coverageBelow=50", "expiredException"] {
      try Settings.GateDemand(text).apply(to: &gates)
    }
    var expected = Settings.Gates()
    expected.newNotCompliant = .low
    expected.scoreDrop = 1
    expected.coverageBelow = 95
    expected.expiredException = .fail
    #expect(gates == expected)
  }
}
