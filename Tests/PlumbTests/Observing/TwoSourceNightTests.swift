import Foundation
import JSON
import Synchronization
import TestSupport
import Testing

/// Nights of an instance with two sources: what is only seen from elsewhere is no change of the tenant.
@Suite("Two sources, night after night")
struct TwoSourceNightTests {
  /// A tenant that answers, or refuses.
  private final class Tenant: Sendable {
    let mfa = Mutex(3)
    let isRevoked = Mutex(false)

    func answer(_ request: VendorServer.Request) -> VendorServer.Answer {
      isRevoked.withLock { $0 }
        ? .json(#"{"message":"Token revoked"}"#, status: 401)
        : LiveCompany.answer(request, mfa: mfa.withLock { $0 })
    }

    func revoke(_ isIt: Bool) { isRevoked.withLock { $0 = isIt } }
    func protect(_ users: Int) { mfa.withLock { $0 = users } }
  }

  private func nights(
    source: String? = nil, _ body: (TwoSourceCompany, Tenant) throws -> Void
  ) async throws {
    let tenant = Tenant()
    try await VendorServer.serve { request, _ in
      tenant.answer(request)
    } _: { server in
      let company = try TwoSourceCompany(server, source: source)
      try company.bring(mfa: 2, at: "2026-06-01T01:00:00Z")
      #expect(try company.observe(at: "2026-06-01T02:00:00Z") == 0)
      try company.apply(at: "2026-06-01T02:05:00Z")
      try body(company, tenant)
    }
  }

  @Test("of each collection the first source counts; the record and the plan say which")
  func first() async throws {
    try await nights { company, _ in
      let plan = try company.plan(at: "2026-06-01T03:00:00Z")
      #expect(plan.changeLines == [])
      #expect(plan.sources("acme-mfa") == ["users=api"])
      #expect(plan.result("acme-mfa")?["compliance"] == "compliant")
      let sources = plan.instance?["sources"]?.array ?? []
      #expect(sources.map { $0["name"]?.string } == ["api", "recorded"])
      #expect(
        sources.map { $0["observedAt"]?.string } == [
          "2026-06-01T02:00:00Z", "2026-06-01T01:00:00Z",
        ]
      )
      let record = try company.recorded()
      let taken = (record["collections"]?.array ?? []).map {
        "\($0["name"]?.string ?? "")=\($0["source"]?.string ?? "")"
      }
      #expect(taken == ["audits=api", "policies=api", "users=api"])
      let explained = try company.company.plumb([
        "explain", "acme-mfa", "--at", "2026-06-01T03:00:00Z",
      ])
      #expect(explained.output.contains("from api"), "\(explained.output)")
      let page = try company.scratch.git(
        "show", "plumb/reports:reports/instances/acme-eu/README.md")
      #expect(
        page.contains("Source api, observed at 2026-06-01T02:00:00Z: 3 collections"), "\(page)")
    }
  }

  @Test("a night without the API changes no verdict, and neither does the next with it")
  func failedNight() async throws {
    try await nights { company, tenant in
      tenant.revoke(true)
      #expect(try company.observe(at: "2026-06-02T02:00:00Z") == 1)
      let night = try company.plan(at: "2026-06-02T02:05:00Z")
      #expect(night.changeLines == ["observationStale [observation]"])
      #expect(night.sources("acme-mfa") == ["users=api"])
      try company.apply(at: "2026-06-02T02:05:00Z")
      #expect(try company.plan(at: "2026-06-02T03:00:00Z").changeLines == [])

      tenant.revoke(false)
      #expect(try company.observe(at: "2026-06-03T02:00:00Z") == 0)
      #expect(
        try company.plan(at: "2026-06-03T02:05:00Z").changeLines
          == ["observationRestored [observation]"])
    }
  }

  @Test(
    "when the API's data is too old the other source delivers, and nothing is the tenant's doing")
  func takenFromElsewhere() async throws {
    try await nights { company, tenant in
      tenant.revoke(true)
      #expect(try company.observe(at: "2026-06-04T02:00:00Z") == 1)
      let without = try company.plan(at: "2026-06-04T02:05:00Z")
      // What the other source has is a user without a second factor, of whom the API knew nothing.
      #expect(without.result("acme-mfa")?["compliance"] == "notCompliant")
      #expect(without.sources("acme-mfa") == ["users=recorded"])
      #expect(without.changeLines.contains("regressed [observation] acme-mfa"))
      #expect(without.changeLines.contains("sourceChanged [observation]"))
      #expect(without.changeLines.allSatisfy { $0.contains("[observation]") })
      #expect(
        !without.changeLines.contains {
          $0.hasPrefix("drift") || $0.hasPrefix("resourceAdded") || $0.hasPrefix("resourceRemoved")
        })
      try company.apply(at: "2026-06-04T02:05:00Z")

      tenant.revoke(false)
      #expect(try company.observe(at: "2026-06-05T02:00:00Z") == 0)
      let with = try company.plan(at: "2026-06-05T02:05:00Z")
      #expect(with.result("acme-mfa")?["compliance"] == "compliant")
      #expect(with.changeLines.contains("resolved [observation] acme-mfa"))
      #expect(with.changeLines.allSatisfy { $0.contains("[observation]") }, "\(with.changeLines)")
      try company.apply(at: "2026-06-05T02:05:00Z")

      // What the same source sees otherwise is the tenant's.
      tenant.protect(1)
      #expect(try company.observe(at: "2026-06-06T02:00:00Z") == 0)
      let drift = try company.plan(at: "2026-06-06T02:05:00Z")
      #expect(drift.changeLines.contains("regressed [drift] acme-mfa"))
      #expect(drift.changeLines.contains("drift [drift] acme-mfa"))
    }
  }

  @Test(
    "a machine that has only the repository sees what is recorded of the API, while that counts")
  func alone() async throws {
    try await nights { company, _ in
      let plan = try company.plan(at: "2026-06-02T10:00:00Z", alone: true)
      #expect(plan.changeLines == [])
      #expect(plan.sources("acme-mfa") == ["users=api"])
      #expect(plan.result("acme-mfa")?["compliance"] == "compliant")
      // Then only what lies in the repository counts.
      let late = try company.plan(at: "2026-06-03T10:00:00Z", alone: true)
      #expect(late.sources("acme-mfa") == ["users=recorded"])
      #expect(late.changeLines.contains("regressed [observation] acme-mfa"))
    }
  }

  @Test("a source that is too old delivers nothing, and says so")
  func tooOld() async throws {
    try await nights { company, _ in
      #expect(try company.observe(at: "2026-06-10T02:00:00Z") == 0)
      let plan = try company.plan(at: "2026-06-10T02:05:00Z")
      #expect(plan.sources("acme-mfa") == ["users=api"])
      #expect(plan.changeLines == ["observationStale [observation]"])
      let recorded = plan.instance?["sources"]?[1]
      #expect(recorded?["stale"] == true)
      #expect(
        recorded?["staleReason"]?.string
          == "the last observation, of 2026-06-01T01:00:00Z, is older than maxAge 7d")
      #expect(plan.result("acme-mfa")?["stale"] == false)
    }
  }

  @Test("the record is renewed by the source whose record is due")
  func renewal() async throws {
    try await nights { company, _ in
      #expect(try company.observe(at: "2026-06-02T02:00:00Z") == 0)
      #expect(try company.plan(at: "2026-06-02T02:05:00Z").changeLines == [])
      try company.apply(at: "2026-06-02T02:05:00Z")
      func times() throws -> [String?] {
        (try company.recorded()["sources"]?.array ?? []).map { $0["observedAt"]?.string }
      }
      #expect(try times() == ["2026-06-02T02:00:00Z", "2026-06-01T01:00:00Z"])
      // What is brought later waits for half of its own age.
      try company.bring(mfa: 2, at: "2026-06-02T12:00:00Z")
      try company.apply(at: "2026-06-02T13:00:00Z")
      #expect(try times() == ["2026-06-02T02:00:00Z", "2026-06-01T01:00:00Z"])
    }
  }

  @Test("each source has an age of its own")
  func ages() async throws {
    let tenant = Tenant()
    try await VendorServer.serve { request, _ in
      tenant.answer(request)
    } _: { server in
      let company = try TwoSourceCompany(
        server,
        source: TwoSourceCompany.source(
          at: server.authority, api: ", maxAge: 1h", recorded: ", maxAge: 30d"))
      try company.bring(mfa: 2, at: "2026-06-01T01:00:00Z")
      #expect(try company.observe(at: "2026-06-20T02:00:00Z") == 0)
      #expect(try company.plan(at: "2026-06-20T02:30:00Z").sources("acme-mfa") == ["users=api"])
      #expect(
        try company.plan(at: "2026-06-20T03:30:00Z").sources("acme-mfa") == ["users=recorded"])
    }
  }

  @Test("an API that cannot be observed in this run is an error, whatever else delivers")
  func unobserved() async throws {
    try await nights { company, tenant in
      tenant.revoke(true)
      let run = try company.company.plumb(["plan", "--format", "json"], at: [company.server])
      #expect(run.status == 1, "\(run.error)")
      tenant.revoke(false)
    }
  }

  @Test("the same sources give the same bytes, kept assessments or none")
  func bytes() async throws {
    try await nights { company, _ in
      func plan(_ options: String...) throws -> String {
        try company.company.plumb(
          ["plan", "--no-refresh", "--format", "json", "--at", "2026-06-01T09:00:00Z"] + options
        ).output
      }
      let first = try plan()
      #expect(try plan() == first)
      #expect(try plan("--no-cache") == first)
    }
  }
}
