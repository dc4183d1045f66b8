import Git
import JSON
import Posture
import Reconciler
import TestSupport
import Testing

/// What a run is not about stays as it is recorded, to the byte.
@Suite struct CarriedTests {
  private static let reports = "refs/heads/plumb/reports"

  private static func path(of instance: String) -> String {
    "reports/instances/\(instance)/state.json"
  }

  private static func blob(_ instance: String, in company: Company) throws -> String {
    try company.scratch.git("rev-parse", "plumb/reports:\(path(of: instance))")
  }

  /// Writes an instance's state otherwise, with the same meaning unless `change` gives it another.
  private static func rewrite(
    _ instance: String, in company: Company, _ change: (String) -> String = { $0 }
  ) throws {
    let repository = try Repository.open(path: company.path)
    let tip = try repository.resolve("plumb/reports")
    let bytes = try #require(
      try repository.contents(of: path(of: instance), at: tip, limit: 1 << 20))
    let compact = JSONValue(try JSONView(parsing: bytes)).bytes()
    let text = change(String(decoding: compact, as: UTF8.self))
    let signature = Signature(name: "Ada", email: "ada@contoso.example", time: 1_780_000_000)
    let commit = try repository.writeCommit(
      CommitDraft(
        parents: [tip], changes: [.put(path: path(of: instance), contents: Array(text.utf8))],
        author: signature, committer: signature, message: "Rewritten"))
    let update = try repository.updateReference(
      reports, from: tip, to: commit.id, message: "rewritten")
    #expect(update == .moved)
  }

  @Test("a run about one instance records that one, and carries the other as it is")
  func one() async throws {
    let company = try Company()
    try await company.apply()
    try Self.rewrite("acme-eu", in: company)
    let (eu, us) = (try Self.blob("acme-eu", in: company), try Self.blob("acme-us", in: company))
    for instance in ["acme-eu", "acme-us"] {
      try company.observe(instance, mfa: 1, at: "2026-06-08T06:00:00Z")
    }
    var request = try company.request(at: "2026-06-08T07:00:00Z")
    request.only = ["acme-us"]
    let plan = try await Workspace(request).plan().plan
    #expect(Set(plan.changes.compactMap(\.instance)) == ["acme-us"])
    #expect(plan.instances.map(\.name) == ["acme-eu", "acme-us"])
    try await company.apply(request)
    #expect(try Self.blob("acme-eu", in: company) == eu)
    #expect(try Self.blob("acme-us", in: company) != us)

    // Nothing is lost: the next run about all of them tells what this one left.
    let next = try await Workspace(try company.request(at: "2026-06-08T07:00:00Z")).plan().plan
    #expect(Set(next.changes.compactMap(\.instance)) == ["acme-eu"])
  }

  @Test("the file of an instance that stands as recorded is not written again")
  func unchanged() async throws {
    let company = try Company()
    try await company.apply()
    try Self.rewrite("acme-us", in: company)
    let us = try Self.blob("acme-us", in: company)
    try company.observe("acme-eu", mfa: 1, at: "2026-06-01T06:30:00Z")
    #expect(try await company.apply() != nil)
    #expect(try Self.blob("acme-us", in: company) == us)
  }

  @Test("a file that leaves out when it was judged is written anew")
  func incomplete() async throws {
    let company = try Company()
    try await company.apply()
    try Self.rewrite("acme-eu", in: company) {
      $0.replacing(/"judgedAt":"[^"]*",/, with: "")
    }
    let eu = try Self.blob("acme-eu", in: company)
    try company.observe("acme-us", mfa: 1, at: "2026-06-08T06:00:00Z")
    var request = try company.request(at: "2026-06-08T07:00:00Z")
    request.only = ["acme-us"]
    #expect(try await company.apply(request) != nil)
    #expect(try Self.blob("acme-eu", in: company) != eu)
    #expect(
      try company.scratch.git("show", "plumb/reports:\(Self.path(of: "acme-eu"))")
        .contains("judgedAt"))
  }

  @Test("an instance that is declared otherwise is not carried")
  func declared() async throws {
    let company = try Company()
    try await company.apply()
    let moved = Company.instances.replacing("observed/acme-eu", with: "observed/acme-us")
    try company.scratch.commit(["desired-state/instances.yaml": moved])
    var request = try company.request()
    request.only = ["acme-us"]
    let plan = try await Workspace(request).plan().plan
    let eu = try #require(plan.instances.first { $0.name == "acme-eu" })
    #expect(eu.results.map(\.decision.compliance) == [.unknown, .unknown])
  }

  @Test("what is too old to count is not carried")
  func old() async throws {
    let company = try Company(
      adding: [
        "desired-state/instances.yaml": Company.instances.replacing("100000d", with: "2d")
      ])
    try await company.apply()
    var request = try company.request(at: "2026-06-08T07:00:00Z")
    request.only = []
    let plan = try await Workspace(request).plan().plan
    #expect(plan.instances.flatMap(\.results).allSatisfy { $0.decision.compliance == .unknown })
  }
}
