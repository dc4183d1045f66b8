import Posture
import TestSupport
import Testing
import YAML

/// What the catalog says of tenants whose verdicts CISA's own rules publish.
@Suite(
  "Published verdicts",
  .enabled(if: PublishedTenant.folder != nil, "\(PublishedTenant.absence)"))
struct VerdictTests {
  @Test("Microsoft 365: every automated policy of every tenant")
  func microsoft365() throws { try compare(PublishedTenant.microsoft365) }

  @Test("Google Workspace: every automated policy of every tenant")
  func googleWorkspace() throws { try compare(PublishedTenant.googleWorkspace) }

  /// Where we differ, a recommendation's `differs` says why, and nothing else does.
  private func compare(_ tenants: [PublishedTenant]) throws {
    let app = try #require(tenants.first?.app)
    let carriers = CatalogTests.library.recommendations.values.filter { $0.app.value == app }
    let policies = Set(
      carriers.flatMap(\.controls).filter { $0.framework == Self.framework }.map(\.id))
    let differences = carriers.flatMap { item in
      item.differs.filter { $0.framework == Self.framework }.map { (item, $0) }
    }
    var excused = [Int](repeating: 0, count: differences.count)
    let judge = try ExportJudge(app: app, format: try #require(tenants.first?.format))
    for tenant in tenants {
      let ours = try Self.judge(tenant, by: judge)
      var agreeing = 0
      var unexplained: [String] = []
      for (policy, isMet) in tenant.verdicts.sorted(by: { $0.key < $1.key })
      where !Self.isReplaced(policy, among: policies) {
        let published: Compliance = isMet ? .compliant : .notCompliant
        let compliance = ours[policy]
        if let compliance, published.agrees(with: compliance) {
          agreeing += 1
        } else if let compliance,
          let index = differences.firstIndex(where: {
            $0.1.id == policy && $0.1.covers(published: published, ours: compliance)
          })
        {
          excused[index] += 1
        } else {
          unexplained.append(
            "\(policy) is published as \(isMet ? "met" : "not met"), and is \(compliance?.rawValue ?? "not judged")"
          )
        }
      }
      print(
        "\(app) \(tenant.name): \(agreeing) of \(tenant.verdicts.count) published verdicts agree")
      #expect(unexplained == [], "\(tenant.name)")
      #expect(tenant.verdicts.count > 80)
    }
    for ((recommendation, difference), count) in zip(differences, excused)
      .sorted(by: { $0.0.1.id < $1.0.1.id })
    {
      print(
        "  \(difference.id) (\(recommendation.name), \(difference.direction.rawValue)) excuses \(count) verdicts"
      )
      let isShown = recommendation.tests.contains { test in
        test.published[difference.id].map { difference.covers(published: $0, ours: test.expected) }
          ?? false
      }
      #expect(count > 0 || isShown, "\(difference.mark): \(difference.id) excuses nothing")
    }
  }

  private static let framework = "cisa-scuba"

  /// Whether the catalog carries a later version of the policy: `MS.SHAREPOINT.3.3v2` for `MS.SHAREPOINT.3.3v1`.
  private static func isReplaced(_ policy: String, among policies: Set<String>) -> Bool {
    guard !policies.contains(policy), let mark = policy.lastIndex(of: "v"),
      let version = Int(policy[policy.index(after: mark)...])
    else { return false }
    return (version + 1...version + 5).contains { policies.contains("\(policy[..<mark])v\($0)") }
  }

  /// - Returns: By policy; the worst where several recommendations stand for one.
  private static func judge(_ tenant: PublishedTenant, by judge: ExportJudge) throws
    -> [String: Compliance]
  {
    var verdicts: [String: Compliance] = [:]
    for (name, verdict) in try judge.judge(tenant.export) {
      for control in judge.state.recommendations.first(where: { $0.name == name })?.controls ?? []
      where control.framework == framework {
        verdicts[control.id] = verdict.compliance.worse(verdicts[control.id])
      }
    }
    return verdicts
  }
}
