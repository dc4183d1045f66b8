import Foundation
import TestSupport
import Testing

/// `plumb apply`, ended at every call by which it changes files.
@Suite(
  "Killed while applying", .enabled(if: PreloadedLibrary.kill != nil, "there is no C compiler"))
struct ApplyKillTests {
  private static let branch = "refs/heads/plumb/reports"

  /// Tries a run of `apply` in `repository`.
  private func trial(_ name: String, _ company: Company, at time: String) throws {
    let traces = RepositoryTraces(scratch: company.scratch, folder: "repository/.git")
    func tip() throws -> String {
      try traces.git("for-each-ref", "--format=%(objectname)", Self.branch)
    }
    let old = try tip()
    var new = ""
    let trial = KillTrial(
      name: name, scratch: company.scratch, folder: "repository",
      arguments: ["apply", "--quiet", "--at", time], outcome: traces.text
    ) { trial in
      try traces.checkWhole()
      let now = try tip()
      #expect(now == old || now == new, "\(trial)")
    }
    try trial.run { new = try tip() }
    #expect(new != old)
  }

  @Test("after an earlier report")
  func second() throws {
    let company = try Company()
    try company.apply(on: "2026-06-01")
    try company.observe(mfa: 1, at: "2026-06-02T06:00:00Z")
    try trial("apply", company, at: "2026-06-02T07:00:00Z")
  }

  @Test("of a first report of so many files that they become a pack")
  func first() throws {
    let instances = (0..<30).map {
      Declare.instance(
        "acme-\($0)", "recommendations: on", source: "recorded: { path: observed/acme-eu }")
    }
    let company = try Company(adding: ["desired-state/more.yaml": instances.documents])
    try trial("apply, first and large", company, at: "2026-06-02T07:00:00Z")
  }
}
