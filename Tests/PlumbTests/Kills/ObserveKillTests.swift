import Foundation
import Synchronization
import TestSupport
import Testing

/// `plumb observe`, ended at every call by which it changes files.
@Suite(
  "Killed while observing", .enabled(if: PreloadedLibrary.kill != nil, "there is no C compiler"))
struct ObserveKillTests {
  @Test("the last whole observation stands, and the next run succeeds", arguments: [false, true])
  func killed(isStored: Bool) async throws {
    // Which tenant the server shows: another than was stored, so that a mixture of two would show.
    let factors = Mutex(isStored ? 3 : 1)
    try await VendorServer.serve { request, _ in
      LiveCompany.answer(request, mfa: factors.withLock { $0 })
    } _: { server in
      let company = try LiveCompany(LiveCompany.instance(at: server.authority))
      let scratch = company.scratch
      let store = scratch.path + "/state/plumb"
      func stored(_ fits: (String) -> Bool = { _ in true }) -> String {
        let names = FileManager.default.enumerator(atPath: store)?.compactMap { $0 as? String }
        return (names ?? []).sorted().filter(fits).map { name in
          let content = try? String(contentsOfFile: "\(store)/\(name)", encoding: .utf8)
          let text = (content ?? "").replacing(/"observedAt": "[^"]*"/, with: "")
          return "\(name)\n\(text)\n"
        }.joined()
      }
      // What readers see: a draft is none of it.
      func observation() -> String { stored { $0.contains("/acme-eu/") } }
      if isStored {
        let run = try company.plumb(["observe"], at: [server])
        try #require(run.status == 0, "\(run.output)\(run.error)")
        factors.withLock { $0 = 1 }
      }
      let old = observation()
      #expect(old.isEmpty == !isStored)
      var new = ""
      let trial = KillTrial(
        name: isStored ? "observe again" : "observe", scratch: scratch, folder: "repository",
        arguments: ["observe", "--allow-host", server.origin], environment: company.environment,
        isConcurrent: true, outcome: { stored() }
      ) { trial in
        let now = observation()
        #expect(now == old || now == new, "\(trial)")
      }
      try trial.run { new = observation() }
      #expect(new != old && new.contains("mfa"))
    }
  }
}
