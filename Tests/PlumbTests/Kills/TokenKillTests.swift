import Foundation
import TestSupport
import Testing

/// `plumb observe` with a refresh token that changes, ended at every call by which it changes files.
@Suite(
  "Killed while a token changes",
  .enabled(if: PreloadedLibrary.kill != nil, "there is no C compiler"))
struct TokenKillTests {
  @Test("the store is whole, and the next run succeeds")
  func killed() async throws {
    // Of an answer that was not kept the vendor forgives the loss; a token that was used before it was kept would show
    // as a refusal.
    try await RotatingVendor(grace: true).serve { vendor, server in
      let company = try TokenCompany(at: server, given: 1)
      let scratch = company.live.scratch
      func shape() -> String { company.kept.replacing(/refresh-\d+/, with: "T") }
      let trial = KillTrial(
        name: "observe with a token", scratch: scratch, folder: "repository",
        arguments: ["observe", "--allow-host", server.origin] + company.storing,
        environment: company.live.environment, isConcurrent: true, outcome: { shape() },
        check: { trial in
          let text = shape()
          #expect(text.isEmpty || text.hasSuffix("\"token\":\"T\"}]}\n"), "\(trial): \(text)")
        }, prepare: { _ in vendor.reset() })
      try trial.run()
      #expect(vendor.refused == [])
    }
  }
}
