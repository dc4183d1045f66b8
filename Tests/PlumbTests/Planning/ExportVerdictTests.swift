import JSON
import Posture
import TestSupport
import Testing
import YAML

/// `plumb plan --format json` over another tool's export, by the real program.
@Suite(.enabled(if: PublishedTenant.folder != nil, "\(PublishedTenant.absence)"))
struct ExportVerdictTests {
  @Test("assesses the sample tenant as CISA's own rules do, and names their policies")
  func sample() throws {
    let tenant = try #require(PublishedTenant.microsoft365.first)
    let scratch = try Scratch()
    try scratch.makeRepository([
      "desired-state/instances.yaml": Declare.instance(
        "m365-contoso", of: "microsoft-365", "recommendations: on",
        source: "export: { format: scubagear, path: exports/contoso.json }")
    ])
    try scratch.copy(
      "\(try #require(PublishedTenant.folder))/m365/ProviderSettingsExport.json",
      to: "repository/exports/contoso.json")
    let run = try scratch.plumb(
      "plan", "--working-tree", "--format", "json", "--at", "2026-05-04T20:00:00Z")
    #expect(run.error == "")
    try #require(run.status == 0)

    let plan = try JSONView(parsing: run.output)
    let results = try #require(plan.value(at: "/instances/0/results"))
    let library = DecodedCatalog.builtIn(diagnostics: Diagnostics())
    // By policy, the worst where several recommendations stand for one.
    var ours: [String: Compliance] = [:]
    var differences: [Recommendation.Difference] = []
    for result in results.elements {
      let compliance = try #require(Compliance(rawValue: result["compliance"]?.string ?? ""))
      let policies = (result["controls"].map { Array($0.elements) } ?? [])
        .filter { $0["framework"]?.string == "cisa-scuba" }.compactMap { $0["id"]?.string }
      for policy in policies { ours[policy] = compliance.worse(ours[policy]) }
      differences += library.recommendations[result["recommendation"]?.string ?? ""]?.differs ?? []
    }
    var assessed = 0
    var unexplained: Set<String> = []
    for (policy, isMet) in tenant.verdicts {
      guard let compliance = ours[policy] else { continue }
      if compliance != .unknown { assessed += 1 }
      let published: Compliance = isMet ? .compliant : .notCompliant
      if !published.agrees(with: compliance),
        !differences.contains(where: {
          $0.id == policy && $0.covers(published: published, ours: compliance)
        })
      {
        unexplained.insert(policy)
      }
    }
    #expect(unexplained == [])
    #expect(assessed > 70)
  }
}
