import Foundation
import JSON
import Posture
import Reconciler
import TestSupport
import Testing

/// Apply does exactly the saved plan, or refuses.
@Suite struct SavedPlanTests {
  static func save(_ company: Company, at now: String = "2026-06-01T07:00:00Z") async throws
    -> [UInt8]
  {
    SavedPlan.bytes(of: try await Workspace(try company.request(at: now)).plan().plan)
  }

  static func apply(_ bytes: [UInt8], in company: Company) async throws -> String? {
    let saved = try SavedPlan(bytes, path: "plan.json")
    return try await company.apply(try company.request(at: saved.at.description)) {
      try saved.check(against: $0.plan)
    }
  }

  static func refusal(_ bytes: [UInt8], in company: Company) async -> String? {
    await company.failure { _ = try await apply(bytes, in: company) }
  }

  @Test("what was saved is applied, with its own time")
  func applied() async throws {
    let company = try Company()
    let bytes = try await Self.save(company)
    #expect(try await Self.apply(bytes, in: company) != nil)
    #expect(
      try company.scratch.git("log", "-1", "--format=%aI", "plumb/reports")
        == "2026-06-01T07:00:00+00:00")
  }

  @Test("refused when the desired state moved on")
  func desired() async throws {
    let company = try Company()
    let bytes = try await Self.save(company)
    let from = try company.scratch.git("rev-parse", "HEAD").prefix(10)
    try company.scratch.commit(["README.md": "x"])
    let to = try company.scratch.git("rev-parse", "HEAD").prefix(10)
    #expect(
      await Self.refusal(bytes, in: company)
        == "the saved plan is out of date: the desired state moved from \(from) to \(to). Run 'plumb plan --out' again."
    )
    #expect(try company.scratch.git("branch", "--list", "plumb/reports") == "")
  }

  @Test("refused when an observation changed")
  func observation() async throws {
    let company = try Company()
    let bytes = try await Self.save(company)
    try company.observe(mfa: 2)
    #expect(
      await Self.refusal(bytes, in: company)
        == "the saved plan is out of date: the observation of acme-eu changed. Run 'plumb plan --out' again."
    )
  }

  @Test("refused when somebody else recorded first, and once it is applied")
  func recorded() async throws {
    let company = try Company()
    let bytes = try await Self.save(company)
    let tip = try #require(try await company.apply()).prefix(10)
    #expect(
      await Self.refusal(bytes, in: company)
        == "the saved plan is out of date: the recorded state moved from nothing to \(tip). Run 'plumb plan --out' again."
    )
  }

  @Test("refused when it was edited")
  func edited() async throws {
    let company = try Company()
    let text = String(decoding: try await Self.save(company), as: UTF8.self)
    for (old, new) in [("\"score\": 100.0", "\"score\": 99.0"), ("\"compliant\"", "\"unknown\"")] {
      try #require(text.contains(old))
      let edited = text.replacing(old, with: new, maxReplacements: 1)
      let message = await Self.refusal(Array(edited.utf8), in: company)
      #expect(
        message
          == "the saved plan is out of date: it was made with other options, by another Plumb, or was edited. Run 'plumb plan --out' again.",
        "\(old)")
    }
  }

  @Test(
    "a file that is no saved plan is refused",
    arguments: [
      ("", "plan.json: it is no saved plan: "),
      ("{\"kind\": \"Plan\"", "plan.json: it is no saved plan: "),
      ("{}", "plan.json: it is no saved plan; write one with 'plumb plan --out plan.json'"),
      (
        #"{"apiVersion": "plumb/v1", "kind": "Plan", "at": "noon"}"#,
        "plan.json: it is no saved plan; write one with 'plumb plan --out plan.json'"
      ),
    ])
  func notAPlan(text: String, message: String) throws {
    let error = #expect(throws: ReconcileError.self) {
      try SavedPlan(Array(text.utf8), path: "plan.json")
    }
    #expect(error?.description.hasPrefix(message) == true, "\(error?.description ?? "")")
  }
}
