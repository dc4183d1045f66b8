import Foundation
import JSON
import TestSupport
import Testing

/// The gate `lessAssessed` over one pull request for each row of the table of declared differences.
@Suite struct WeakeningTests {
  /// One in four of them, the same in every run; all with `PLUMB_LONG_TESTS=1`.
  private static let tried =
    TestEnvironment["PLUMB_LONG_TESTS"] == "1"
    ? PullRequest.all
    : stride(from: 0, to: PullRequest.all.count, by: 4).map { PullRequest.all[$0] }

  @Test(
    "what weakens is stopped, and let through by its own digest alone; what does not is not",
    arguments: tried)
  func pullRequest(request: PullRequest) throws {
    let company = try WeakeningCompany()
    try company.open(request)
    let told = try check(company, head: "change", base: "main", request.effect)
    if !request.type.isEmpty {
      #expect(
        told.contains { change in
          change["type"]?.string == request.type
            && (request.field == nil || change["setting"]?.string == request.field)
            && change["effect"]?.string == request.effect.rawValue
        },
        "\(told.map { "\($0["type"]?.string ?? "") \($0["setting"]?.string ?? "") \($0["effect"]?.string ?? "")" })"
      )
    }
    // Undone, from where the change stands now.
    _ = try check(company, head: "back", base: "change", request.undone, byDigest: false)
  }

  /// - Returns: The declared differences.
  private func check(
    _ company: WeakeningCompany, head: String, base: String, _ effect: PullRequest.Effect,
    byDigest: Bool = true
  ) throws -> [JSONValue] {
    let run = try company.plan(head, base: base)
    let plan = try #require(
      (try? JSONView(parsing: run.output)).map { JSONValue($0) }, "\(run.error)")
    let declared = (plan["changes"]?.array ?? []).filter { $0["effect"] != nil }
    let digest = plan["weakened"]?["digest"]?.string
    let gates = (plan["gates"]?.array ?? []).map {
      "\($0["name"]?.string ?? "") \($0["outcome"]?.string ?? ""): \($0["reason"]?.string ?? "")"
    }
    guard effect == .weakens else {
      #expect(digest == nil, "\(head) on \(base): \(gates)")
      #expect(!gates.contains { $0.hasPrefix("lessAssessed failed: ") }, "\(gates)")
      // What is stricter again may find somebody, and another gate say so.
      #expect(run.status == 0 || !byDigest, "\(head) on \(base): \(gates) \(run.error)")
      return declared
    }
    #expect(run.status == 3, "\(head) on \(base): \(gates) \(run.error)")
    #expect(gates.contains { $0.hasPrefix("lessAssessed failed: ") }, "\(gates)")
    let weakened = try #require(digest, "\(gates)")
    for change in declared where change["effect"]?.string == "weakens" {
      #expect(change["hides"]?.string?.isEmpty == false)
    }
    guard byDigest else { return declared }
    let accepted = try company.plan(head, base: base, ["--accept-less", weakened])
    #expect(accepted.status == 0, "\(head) on \(base): \(accepted.output.suffix(3000))")
    let other = try company.plan(
      head, base: base, ["--accept-less", String(weakened.reversed())])
    #expect(other.status == 3)
    return declared
  }
}
