import Posture
import TestSupport
import Testing
import YAML

/// How long an exception may last.
@Suite struct TermsTests {
  static func faults(status: String, expires: String?, maxDuration: String) throws -> [String] {
    let (state, _, diagnostics) = Bench.compile(
      Bench.text(
        "compliant: 'true'",
        exceptions: Bench.exception(status: status, resources: nil, expires: expires)) + "---\n"
        + Declare.settings("exceptions: { maxDuration: \(maxDuration) }"))
    try #require(!diagnostics.hasErrors, "\(diagnostics)")
    state.checkTerms(
      at: try #require(Instant("2026-06-01T12:00:00Z")), diagnostics: diagnostics)
    return diagnostics.all.map(\.description)
  }

  @Test(
    "risks are accepted and things planned for the longest term of the Settings at the most",
    arguments: [
      ("riskAccepted", "2026-07-01", []),
      (
        "riskAccepted", "2026-07-02",
        [
          "x.yaml:26:12: error: 2026-07-02 is too far ahead: an exception lasts 30d at the most (Settings, exceptions.maxDuration), until 2026-07-01"
        ]
      ),
      (
        "planned", "9999-12-31",
        [
          "x.yaml:26:12: error: 9999-12-31 is too far ahead: an exception lasts 30d at the most (Settings, exceptions.maxDuration), until 2026-07-01"
        ]
      ),
      ("resolvedThroughThirdParty", "2030-01-01", []),
      ("riskAccepted", "2020-01-01", []),
    ])
  func terms(status: String, expires: String, expected: [String]) throws {
    #expect(try Self.faults(status: status, expires: expires, maxDuration: "30d") == expected)
  }
}
