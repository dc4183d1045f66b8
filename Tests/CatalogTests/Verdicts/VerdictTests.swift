import JSON
import Observation
import Posture
import TestSupport
import Testing
import YAML

/// What the catalog says of tenants whose verdicts CISA's own rules publish.
@Suite(
  "Published verdicts",
  .enabled(if: PublishedTenant.folder != nil, "\(PublishedTenant.absence)"))
struct VerdictTests {
  /// The instant that the variants of Google Workspace were judged at.
  private static let now = Instant("2026-07-20T19:43:08Z")

  /// Where we differ, by tenant and policy: what we say (nil: nothing), and why. All of it is in the two samples.
  private static let known: [String: [String: (ours: Compliance?, reason: String)]] = [
    "microsoft-365 sample": [
      "MS.AAD.6.1v1": (.compliant, unbracketed), "MS.EXO.3.1v1": (.compliant, unbracketed),
      "MS.EXO.4.3v1": (.notCompliant, unbracketed), "MS.EXO.4.4v1": (.notCompliant, unbracketed),
      "MS.SHAREPOINT.3.3v1": (nil, "the policy has been replaced by MS.SHAREPOINT.3.3v2"),
    ],
    "google-workspace sample": [
      "GWS.ASSUREDCONTROLS.1.1v1": (.compliant, "the rule reads a setting now, formerly the log"),
      "GWS.CHAT.5.2v1": (.compliant, "the rule reads the log's text differently now"),
      "GWS.CALENDAR.2.1v1": (.compliant, renamed),
      "GWS.COMMONCONTROLS.6.1v1": (.compliant, renamed),
      "GWS.DRIVEDOCS.5.1v1": (.compliant, renamed), "GWS.MEET.2.1v1": (.compliant, renamed),
    ],
  ]
  private static let unbracketed =
    "the sample's list of one has lost its brackets: the published rule reads no record"
  private static let renamed =
    "units that were given the same invented name overwrite each other in the sample"

  @Test("Microsoft 365: every automated policy", arguments: PublishedTenant.microsoft365)
  func microsoft365(tenant: PublishedTenant) throws { try compare(tenant) }

  @Test("Google Workspace: every automated policy", arguments: PublishedTenant.googleWorkspace)
  func googleWorkspace(tenant: PublishedTenant) throws { try compare(tenant) }

  private func compare(_ tenant: PublishedTenant) throws {
    let ours = try Self.judge(tenant)
    let known = Self.known["\(tenant.app) \(tenant.name)"] ?? [:]
    var table = "\(tenant.app) \(tenant.name): policy, published, ours\n"
    var agreeing = 0
    var differences: [String: Compliance?] = [:]
    for (policy, isMet) in tenant.verdicts.sorted(by: { $0.key < $1.key }) {
      let compliance = ours[policy]
      let agrees = isMet ? compliance?.isMet == true : compliance == .notCompliant
      if agrees { agreeing += 1 } else { differences.updateValue(compliance, forKey: policy) }
      table += "  \(policy), \(isMet ? "met" : "not met"), \(compliance?.rawValue ?? "nothing")"
      if !agrees { table += "  <- \(known[policy]?.reason ?? "not explained")" }
      table += "\n"
    }
    print("\(table)  \(agreeing) of \(tenant.verdicts.count) agree")
    #expect(differences == known.mapValues(\.ours))
    #expect(tenant.verdicts.count > 80)
  }

  /// Judges an export as `plan` does, from the instance's YAML on.
  ///
  /// - Returns: By policy; the worst where several recommendations stand for one.
  private static func judge(_ tenant: PublishedTenant) throws -> [String: Compliance] {
    let diagnostics = Diagnostics()
    let yaml = """
      apiVersion: plumb/v1
      kind: Instance
      metadata: { name: tenant }
      spec: { app: \(tenant.app), source: { export: { format: \(tenant.format), path: export.json } } }
      """
    let state = DesiredStateReader.read(
      [(path: "instance.yaml", bytes: Array(yaml.utf8))], library: CatalogTests.library,
      diagnostics: diagnostics)
    let compiled = CompiledState(state, apps: [tenant.app], diagnostics: diagnostics)
    try #require(diagnostics.all.map(\.description) == [])
    let instance = try #require(state.instances.first)
    let files = ExportFile(bytes: tenant.export)
    let evaluator = compiled.evaluator(for: instance, in: state, now: try #require(now))
    func evaluate(_ reading: some ObservationReading) -> [String: Evaluation] {
      evaluator.evaluate(reading)
    }
    var verdicts: [String: Compliance] = [:]
    for (name, evaluation) in evaluate(
      try Readings.open(instance, in: state, files: files, stored: files))
    {
      for control in state.recommendations.first(where: { $0.name == name })?.controls ?? []
      where control.framework == "cisa-scuba" {
        let other = verdicts[control.id] ?? evaluation.compliance
        verdicts[control.id] = other.isMet ? evaluation.compliance : other
      }
    }
    return verdicts
  }

  /// The one file that the instance names.
  private struct ExportFile: RepositoryFiles {
    let bytes: [UInt8]

    func contents(of path: String, limit: Int) throws(ObservationFault) -> [UInt8] { bytes }
    func location(of path: String) throws(ObservationFault) -> String? { nil }
  }
}

extension Compliance {
  /// What a requirement that is met comes to: nothing that it asks for is missing.
  fileprivate var isMet: Bool { self == .compliant || self == .notApplicable }
}
