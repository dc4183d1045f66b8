import Testing

@testable import Posture

@Suite("Faults")
struct FaultTests {
  static let remedies: [Fault.Code: Fault.Remedy] = [
    .absent: .retry, .otherSource: .retry, .gone: .retry, .unreachable: .retry, .timedOut: .retry,
    .busy: .retry, .cancelled: .retry, .failed: .retry,
    .throttled: .wait, .quotaSpent: .wait,
    .noCredentials: .act, .refusedCredentials: .act, .denied: .act, .notLicensed: .act,
    .notFound: .act, .untrusted: .act, .tooLarge: .act, .malformed: .act, .future: .act,
    .misconfigured: .act, .otherTenant: .act,
  ]

  @Test(
    "a code says whether to try again, to wait, or that somebody must act",
    arguments: Fault.Code.allCases)
  func remedy(code: Fault.Code) {
    #expect(code.remedy == Self.remedies[code])
  }

  @Test(
    "a code that an earlier or a later version wrote is read",
    arguments: [
      ("denied", .denied), ("refused", .refusedCredentials), ("quota", .quotaSpent),
      (nil, .failed), ("struckByLightning", .failed), ("notLicensed", .notLicensed),
    ] as [(String?, Fault.Code)])
  func recorded(text: String?, code: Fault.Code) {
    #expect(Fault.Code(recorded: text) == code)
  }

  @Test("a detail is bounded, whoever wrote it")
  func bounded() {
    let fault = Fault(.malformed, String(repeating: "x", count: 5_000))
    #expect(fault.detail.utf8.count <= Evaluator.Bounds.reason)
  }
}
