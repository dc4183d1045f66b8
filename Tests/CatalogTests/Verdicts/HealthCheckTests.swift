import Connectors
import Foundation
import JSON
import Posture
import TestSupport
import Testing
import YAML

/// Salesforce's Health Check: each of its settings at, above and below the limit of its baseline.
///
/// `Resources/salesforce-health-check.yaml` has each value in the words of the baseline, as Salesforce's Tooling API
/// tells it, and Plumb's verdict. Where that is another than the baseline's, the recommendation says so (`differs`).
@Suite("Salesforce Health Check")
struct HealthCheckTests {
  private struct Setting {
    let key: String
    let recommendation: String
    let cases: [Case]

    init(_ node: Node) throws {
      key = try #require(node["key"]?.scalar)
      recommendation = try #require(node["recommendation"]?.scalar)
      cases = try #require(node["cases"]?.items).map(Case.init)
    }
  }

  private struct Case {
    let value: String
    let verdict: String
    var collections: [String: [JSONValue]] = [:]

    init(_ node: Node) throws {
      value = try #require(node["value"]?.scalar)
      verdict = try #require(node["verdict"]?.scalar)
      for entry in try #require(node["collections"]?.entries) {
        let value = try #require(YAMLValue(entry.value, into: Diagnostics()))
        let list: [JSONValue] = try #require(JSONValue(value).array)
        collections[entry.name] = list
      }
    }
  }

  private static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Resources/salesforce-health-check.yaml")

  private static func table() throws -> (now: Instant, settings: [Setting]) {
    let diagnostics = Diagnostics()
    let documents = YAMLParser.parse(
      Array(try Data(contentsOf: file)), file: file.lastPathComponent, into: diagnostics)
    try #require(diagnostics.all.isEmpty)
    let root = try #require(documents.first).root
    let settings = try #require(root["settings"]?.items).map(Setting.init)
    return (try #require(root["now"]?.scalar.flatMap(Instant.init)), settings)
  }

  @Test("each value of each setting is judged as the table says")
  func verdicts() throws {
    let (now, settings) = try Self.table()
    let judge = try TenantJudge(app: "salesforce", now: now)
    var count = 0
    for setting in settings {
      for item in setting.cases {
        let verdict = try judge.judge(item.collections)[setting.recommendation]
        #expect(
          verdict?.compliance.rawValue == item.verdict,
          "\(setting.key) = \(item.value): \(String(describing: verdict?.reason))")
        count += 1
      }
      let verdicts = Set(setting.cases.map(\.verdict))
      #expect(verdicts.isSuperset(of: ["compliant", "notCompliant"]), "\(setting.key)")
    }
    print("Health Check: \(count) values of \(settings.count) settings")
    #expect(settings.count == 45)
  }

  @Test(
    "every setting of the baseline is in the table, and agrees with it but where a recommendation differs",
    .enabled(if: PublishedTenant.folder != nil, "\(PublishedTenant.absence)"))
  func baseline() throws {
    let folder = try #require(PublishedTenant.folder)
    let text = try Data(
      contentsOf: URL(fileURLWithPath: "\(folder)/salesforce/health-check-baseline.json"))
    let baseline = try #require(JSONValue(try JSONView(parsing: Array(text))).array)
    let settings = try Self.table().settings
    let keys = try baseline.map { try #require($0["key"]?.string) }
    #expect(Set(keys) == Set(settings.map(\.key)))
    var agreeing = 0
    for entry in baseline {
      // Numbers and choices have limits of their own shape; what is on or off is compared word for word.
      guard entry["kind"]?.string == "boolean", let key = entry["key"]?.string,
        let wanted = entry["compliant"]?.string,
        let setting = settings.first(where: { $0.key == key })
      else { continue }
      let differs = CatalogTests.library.recommendations[setting.recommendation]?.differs ?? []
      for item in setting.cases where ["true", "false"].contains(item.value) {
        let published = item.value == wanted ? "compliant" : "notCompliant"
        let agrees = published == item.verdict
        #expect(
          agrees || !differs.isEmpty,
          "\(key) = \(item.value) is \(published) by Health Check, and \(item.verdict) here")
        if agrees { agreeing += 1 }
      }
    }
    print("Health Check: \(agreeing) values of on and off agree with the baseline")
    #expect(agreeing > 40)
  }
}
