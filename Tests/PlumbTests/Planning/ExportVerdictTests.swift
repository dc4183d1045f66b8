import JSON
import TestSupport
import Testing

/// `plumb plan --format json` over another tool's export, by the real program.
@Suite(.enabled(if: PublishedTenant.folder != nil, "\(PublishedTenant.absence)"))
struct ExportVerdictTests {
  /// Policies whose published verdict reads no record: the sample's list of one has lost its brackets.
  static let unread: Set = ["MS.AAD.6.1v1", "MS.EXO.3.1v1", "MS.EXO.4.3v1", "MS.EXO.4.4v1"]

  @Test("assesses the sample tenant as CISA's own rules do, and names their policies")
  func sample() throws {
    let tenant = try #require(PublishedTenant.microsoft365.first)
    let scratch = try Scratch()
    try scratch.makeRepository([
      "desired-state/instances.yaml": """
      apiVersion: plumb/v1
      kind: Instance
      metadata: { name: m365-contoso }
      spec:
        app: microsoft-365
        recommendations: on
        source: { export: { format: scubagear, path: exports/contoso.json } }

      """
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
    var assessed = 0
    var differing: Set<String> = []
    for result in results.elements {
      let compliance = result["compliance"]?.string ?? ""
      let policies = (result["controls"].map { Array($0.elements) } ?? [])
        .filter { $0["framework"]?.string == "cisa-scuba" }.compactMap { $0["id"]?.string }
      for policy in policies {
        guard let isMet = tenant.verdicts[policy] else { continue }
        if compliance != "unknown" { assessed += 1 }
        let expected = isMet ? ["compliant", "notApplicable"] : ["notCompliant"]
        if !expected.contains(compliance) { differing.insert(policy) }
      }
    }
    #expect(differing == Self.unread)
    #expect(assessed == 83)
  }
}
