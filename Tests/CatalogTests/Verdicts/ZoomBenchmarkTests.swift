import Connectors
import Foundation
import JSON
import Posture
import TestSupport
import Testing
import YAML

/// The CIS Zoom Benchmark 1.0.0: our verdict is the item's, where its setting passes and where it does not.
@Suite(
  "CIS Zoom Benchmark",
  .enabled(if: PublishedTenant.folder != nil, "\(PublishedTenant.absence)"))
struct ZoomBenchmarkTests {
  /// An item with the field of the account settings that decides it.
  private struct Item {
    let id: String
    let field: [Step]
    /// Values with which it passes, and with which it does not.
    let passing: [JSONValue]
    let failing: [JSONValue]

    /// - Returns: Nil for an item that no field decides.
    init?(_ entry: JSONValue) throws {
      guard let field = entry["field"]?.string, let rule = entry["passWhen"]?.string else {
        return nil
      }
      id = try #require(entry["item"]?.string)
      self.field = field.split(separator: ".").map { .member(String($0)) }
      let words = rule.split(separator: " ").map(String.init)
      let last = words.last ?? ""
      func number(_ offset: Int) throws -> JSONValue {
        .int(Int64(try #require(Int(last)) + offset))
      }
      switch words.dropLast().joined(separator: " ") {
      case "" where last == "true" || last == "false":
        passing = [.bool(last == "true")]
        failing = [.bool(last != "true")]
      case ">=":
        passing = [try number(0), try number(3)]
        failing = [try number(-1)]
      case ">":
        passing = [try number(4)]
        failing = [try number(0)]
      case "=" where Int(last) != nil:
        passing = [try number(0)]
        failing = [try number(1)]
      case "=":
        passing = [.string(last)]
        // Another value that Zoom documents for the field.
        failing = [.string(["approve": "deny", "cloud": "local"][last] ?? "all")]
      case "not =", "<>":
        passing = []
        failing = [.string(last)]
      default:
        Issue.record("\(id): no such rule: \(rule)")
        return nil
      }
    }
  }

  @Test("each item with a field agrees both ways")
  func agrees() throws {
    let folder = try #require(PublishedTenant.folder)
    let text = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/zoom/cis-1.0.0.json"))
    let entries = try #require(JSONValue(try JSONView(parsing: Array(text))).array)
    let items = try entries.compactMap(Item.init)
    let judge = try TenantJudge(app: "zoom", now: try #require(Instant("2026-06-01T00:00:00Z")))
    let ours = CatalogTests.library.recommendations.values.filter { $0.app.value == "zoom" }
    var decided: Set<String> = []
    var compared = 0
    for item in items {
      for recommendation in ours
      where recommendation.controls.contains(where: {
        $0.framework == "cis-zoom" && $0.id == item.id
      }) {
        guard let base = Self.compliant(recommendation, with: item.field) else { continue }
        decided.insert(item.id)
        for (values, expected) in [
          (item.passing, Compliance.compliant), (item.failing, .notCompliant),
        ] {
          for value in values {
            var tenant = base
            let place = try #require(
              tenant.keys.first { tenant[$0]?.first?.value(at: item.field[...]) != nil })
            tenant[place]?[0].replace(at: item.field[...], with: value)
            let verdict = try judge.judge(tenant)[recommendation.name]
            compared += 1
            let differs = recommendation.differs.contains { $0.id == item.id }
            #expect(
              verdict?.compliance == expected || differs,
              "\(item.id) \(recommendation.name) with \(value.compactText): \(verdict?.compliance.rawValue ?? "none") \(String(describing: verdict?.reason))"
            )
          }
        }
      }
    }
    let open = items.map(\.id).filter { !decided.contains($0) }
    print(
      "CIS Zoom: \(decided.count) of \(items.count) items with a field, \(compared) values compared; others: \(open)"
    )
    #expect(decided.count >= 85)
  }

  /// The collections of a case in which the recommendation is met and the field is told.
  private static func compliant(
    _ recommendation: Recommendation, with field: [Step]
  ) -> [String: [JSONValue]]? {
    recommendation.tests.lazy.filter { $0.expected == .compliant }.compactMap { test in
      var result: [String: [JSONValue]] = [:]
      for (name, list) in test.input["collections"]?.object ?? [] { result[name] = list.array }
      if let collection = recommendation.collection?.value,
        let resource = test.input["resource"]
      {
        result[collection, default: []].insert(resource, at: 0)
      }
      return result.values.contains { $0.first?.value(at: field[...]) != nil } ? result : nil
    }.first
  }
}
