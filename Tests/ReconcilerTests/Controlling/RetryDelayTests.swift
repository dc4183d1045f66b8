import Posture
import Testing

@testable import Reconciler

@Suite("When an instance is tried again")
struct RetryDelayTests {
  private static func delay(
    _ code: Fault.Code, failures: Int, opening: Double? = nil, chance: Double = 1
  ) -> Double {
    RetryDelay.seconds(
      after: Fault(code, "x"), failures: failures, opening: opening, interval: 21_600,
      chance: chance)
  }

  @Test(
    "what may pass is tried within a minute, then two, then four, up to an hour",
    arguments: zip(
      [1, 2, 3, 4, 5, 6, 7, 8, 100], [60, 120, 240, 480, 960, 1_920, 3_600, 3_600, 3_600]))
  func doubling(_ failures: Int, _ bound: Double) {
    for code in [Fault.Code.unreachable, .timedOut, .failed] {
      #expect(Self.delay(code, failures: failures) == bound)
      #expect(Self.delay(code, failures: failures, chance: 0.5) == bound / 2)
      #expect(Self.delay(code, failures: failures, chance: 0) == 1)
    }
  }

  @Test(
    "what stays until somebody acts is left alone for an interval",
    arguments: [
      Fault.Code.refusedCredentials, .denied, .noCredentials, .untrusted, .misconfigured,
    ])
  func acting(_ code: Fault.Code) {
    for failures in [1, 50] {
      #expect((21_600...23_761).contains(Self.delay(code, failures: failures)))
      #expect(Self.delay(code, failures: failures, chance: 0) == 21_600)
    }
  }

  @Test("a vendor that says when to come back is obeyed, up to a day")
  func told() {
    #expect(Self.delay(.throttled, failures: 1, opening: 900, chance: 0) == 900)
    #expect(Self.delay(.throttled, failures: 1, opening: 900, chance: 1) == 960)
    #expect(Self.delay(.quotaSpent, failures: 3, opening: 40_000, chance: 0) == 40_000)
    #expect(Self.delay(.quotaSpent, failures: 1, opening: 1e12, chance: 0) == 86_400)
    #expect(Self.delay(.throttled, failures: 1, opening: -5, chance: 0) == 1)
    // One that does not say is given time all the same.
    #expect(Self.delay(.quotaSpent, failures: 1, chance: 0) == 3_600)
    #expect(Self.delay(.throttled, failures: 3, chance: 0) == 240)
  }
}
