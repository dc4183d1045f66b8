import Posture
import Testing
import Text

@testable import Reports

/// Every sentence of what keeps from seeing, pinned.
@Suite("Phrases of gaps")
struct GapPhrasesTests {
  @Test(
    "say why an instance is not seen as it is now, by a code of its own",
    arguments: [
      (
        .notObserved(Fault(.refusedCredentials, "they are not accepted")), .notObserved,
        "refused: they are not accepted"
      ),
      (.notObserved(Fault(.failed, "HTTP 418")), .notObserved, "HTTP 418"),
      (
        .unreadable(Fault(.denied, "o/x.json cannot be read")), .unreadable,
        "o/x.json cannot be read"
      ),
      (
        .tooOld(Instant(secondsSince1970: 0), maxAge: 90_000), .tooOld,
        "the last observation, of 1970-01-01T00:00:00Z, is older than maxAge 1d 1h"
      ),
      (
        .suspect(.worse(4, of: 10)), .worse,
        "the observation is suspect: 4 of 10 recommendations would get worse at once"
      ),
      (
        .suspect(.emptied(3, of: 4)), .emptied,
        "the observation is suspect: 3 of 4 collections came back empty"
      ),
      (.neverObserved, .neverObserved, "the instance has not been observed yet"),
      (
        .suspended("The tenant moves.", until: .epoch), .suspended,
        "suspended until 1970-01-01: The tenant moves."
      ),
      (.notSought, .notSought, "the instance has not been observed"),
      (.text("as it was told then", .throttled), .text, "as it was told then"),
    ] as [(StaleReason, StaleReason.Code, String)])
  func stale(reason: StaleReason, code: StaleReason.Code, sentence: String) {
    #expect(Phrases.text(of: reason) == sentence)
    #expect(reason.code == code)
  }

  static let words: [Fault.Code: String] = [
    .absent: "not observed yet: x", .noCredentials: "no credentials: x",
    .refusedCredentials: "refused: x", .denied: "denied: x", .notLicensed: "denied: x",
    .unreachable: "unreachable: x", .untrusted: "unreachable: x", .throttled: "throttled: x",
    .quotaSpent: "quota: x", .tooLarge: "quota: x", .timedOut: "quota: x", .busy: "busy: x",
  ]

  @Test("say what kind of trouble it is, where a word says more", arguments: Fault.Code.allCases)
  func fault(code: Fault.Code) {
    #expect(Phrases.text(of: Fault(code, "x")) == Self.words[code] ?? "x")
  }

  @Test("say that a collection is not complete, and why")
  func collection() {
    #expect(
      Phrases.text(
        of: CollectionSummary(
          name: "users", state: .denied, count: 0, fault: Fault(.denied, "HTTP 403")))
        == "collection users is denied: HTTP 403")
    #expect(
      Phrases.text(of: CollectionSummary(name: "users", state: .partial, count: 2))
        == "collection users is partial")
  }
}
