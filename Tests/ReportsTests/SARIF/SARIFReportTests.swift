import Connectors
import Foundation
import JSON
import Posture
import TestSupport
import Testing
import YAML

@testable import Reports

@Suite("SARIF report")
struct SARIFReportTests {
  private static func run(_ plan: Plan, filter: PlanFilter = PlanFilter()) throws -> JSONValue {
    let bytes = SARIFReport.plan(plan, filter: filter, version: "1.2.3")
    let log = try JSONValue(parsing: String(decoding: bytes, as: UTF8.self))
    return try #require(log["runs"]?.array?.first)
  }

  private static func results(_ plan: Plan, filter: PlanFilter = PlanFilter()) throws -> [JSONValue]
  {
    try run(plan, filter: filter)["results"]?.array ?? []
  }

  @Test("tells what fails, what is not seen and what wants a decision")
  func eventful() throws {
    try Golden.expect(
      String(decoding: SARIFReport.plan(Sample.eventful, version: "1.2.3"), as: UTF8.self),
      matches: "plan.sarif")
  }

  @Test(
    "fits the schema of SARIF 2.1.0",
    .enabled(if: PublishedSchemas.isThere, "no published schemas at ../shared/schemas"))
  func schema() throws {
    let schema = try PublishedSchemas.json("sarif-2.1.0.json")
    var accepted = PlanFilter()
    accepted.statuses = [.riskAccepted, .planned, .toAddress]
    for (plan, filter) in [
      (Sample.eventful, PlanFilter()), (Sample.quiet, PlanFilter()), (Sample.first, PlanFilter()),
      (Self.accepted, accepted), (Sample.hostile("]](0){1}\u{0}\u{202E}"), PlanFilter()),
    ] {
      let bytes = SARIFReport.plan(plan, filter: filter, version: "1.2.3")
      let log = try JSONValue(parsing: String(decoding: bytes, as: UTF8.self))
      #expect(SchemaChecker.faults(of: log, against: schema) == [])
    }
  }

  @Test("the checker finds what the schema forbids", .enabled(if: PublishedSchemas.isThere))
  func faults() throws {
    let schema = try PublishedSchemas.json("sarif-2.1.0.json")
    let text = String(decoding: SARIFReport.plan(Sample.eventful, version: "1"), as: UTF8.self)
    for (old, new) in [
      ("\"level\": \"error\"", "\"level\": \"fatal\""), ("\"ruleIndex\": 0", "\"ruleIndex\": -2"),
      ("\"startLine\": 3", "\"startLine\": 0"), ("\"version\": \"2.1.0\"", "\"version\": \"2\""),
      ("\"name\": \"Plumb\"", "\"nom\": \"Plumb\""),
    ] {
      #expect(text.contains(old))
      let log = try JSONValue(parsing: text.replacing(old, with: new, maxReplacements: 1))
      #expect(SchemaChecker.faults(of: log, against: schema) != [], "\(new)")
    }
  }

  @Test("points at the line that declares the instance, or the exception")
  func places() throws {
    let results = try Self.results(Sample.eventful)
    func region(_ rule: String) -> JSONValue? {
      results.first { $0["ruleId"]?.string == rule }?["locations"]?.array?.first?[
        "physicalLocation"]
    }
    let instance = try #require(region("okta-password-minimum-length"))
    #expect(instance["artifactLocation"]?["uri"] == "desired-state/all.yaml")
    #expect(instance["artifactLocation"]?["uriBaseId"] == "%SRCROOT%")
    let lines = Sample.declarations.split(separator: "\n", omittingEmptySubsequences: false)
    func text(_ region: JSONValue?) throws -> String {
      let region = try #require(region?["region"])
      let line = lines[Int(try #require(region["startLine"]?.int64)) - 1]
      let start = Int(try #require(region["startColumn"]?.int64)) - 1
      let end = Int(try #require(region["endColumn"]?.int64)) - 1
      return String(line.unicodeScalars.dropFirst(start).prefix(end - start).map(Character.init))
    }
    #expect(try text(instance) == "okta-contoso-eu")
    #expect(try text(region("plumb/exception-expired")) == "us-logs")
    #expect(try text(region("plumb/not-assessed")) == "okta-contoso-eu")
  }

  @Test("keeps fingerprints when lines move, and gives no two results the same")
  func fingerprints() throws {
    func fingerprints(_ plan: Plan) throws -> [String] {
      try Self.results(plan).map {
        try #require($0["partialFingerprints"]?["primaryLocationLineHash"]?.string)
      }
    }
    let before = try fingerprints(Sample.quiet)
    #expect(Set(before).count == before.count)
    #expect(before.allSatisfy { $0.wholeMatch(of: /[0-9a-f]{16}:1/) != nil })
    var moved = Sample.quiet
    moved.instances = moved.instances.map { instance in
      var other = instance
      other.state.displayName = "Another"
      other.state.labels = [:]
      other.mark = Mark(file: "desired-state/other.yaml", line: 99)
      return other
    }
    #expect(try fingerprints(moved) == before)
  }

  @Test("says what is new against what was recorded, and nothing where there is nothing")
  func baseline() throws {
    func states(_ plan: Plan) throws -> [String] {
      try Self.results(plan).map { $0["baselineState"]?.string ?? "none" }
    }
    #expect(try states(Sample.eventful).first == "new")
    #expect(Set(try states(Sample.quiet)) == ["unchanged"])
    #expect(Set(try states(Sample.first)) == ["none"])
  }

  /// A risk that somebody accepted.
  private static var accepted: Plan {
    var plan = Sample.quiet
    plan.instances = plan.instances.map { instance in
      Sample.with(
        instance,
        results: instance.results.map { result in
          guard instance.name == "okta-contoso-us",
            result.name == "okta-log-stream-active"
          else { return result }
          var accepted = result.state
          accepted.decision = Sample.decision(result.verdict, .riskAccepted, "us-logs")
          return RecommendationResult(like: result, state: accepted)
        })
    }
    return plan
  }

  @Test("leaves accepted risks out, and tells them as suppressed to who asks for them")
  func suppressed() throws {
    func logs(_ plan: Plan, _ filter: PlanFilter = PlanFilter()) throws -> [JSONValue] {
      try Self.results(plan, filter: filter).filter {
        $0["ruleId"] == "okta-log-stream-active"
      }
    }
    #expect(try logs(Sample.quiet).count == 1)
    #expect(try logs(Self.accepted).isEmpty)
    var filter = PlanFilter()
    filter.statuses = [.riskAccepted]
    let suppression = try #require(
      try logs(Self.accepted, filter).first?["suppressions"]?.array?.first)
    #expect(suppression["status"] == "accepted")
    #expect(
      suppression["justification"]
        == "No SIEM in the US yet. (soc@contoso.example, until 2026-05-31)")
    #expect(
      suppression["location"]?["physicalLocation"]?["artifactLocation"]?["uri"]
        == "desired-state/all.yaml")
  }

  @Test("holds to GitHub's limits, the most urgent first, and says what it left out")
  func limits() throws {
    let plan = Crowd.failing(60)
    let bytes = SARIFReport.plan(plan, version: "1", mostResults: 50)
    let run = try #require(
      try JSONValue(parsing: String(decoding: bytes, as: UTF8.self))["runs"]?.array?.first)
    let results = try #require(run["results"]?.array)
    #expect(results.count == 50)
    #expect(results.prefix(20).allSatisfy { $0["baselineState"] == "new" })
    #expect(results.dropFirst(20).allSatisfy { $0["baselineState"] == "unchanged" })
    #expect(
      run["invocations"]?.array?.first?["toolExecutionNotifications"]?.array?.first?["message"]?[
        "text"]
        == "A run holds 50 results at most: the 11 least urgent are left out. 'plumb show' lists all."
    )
    #expect(SARIFReport.mostResults == 5_000)
    let rules = try #require(run["tool"]?["driver"]?["rules"]?.array)
    for rule in rules {
      #expect((rule["properties"]?["tags"]?.array?.count ?? 99) <= 10)
      for name in ["shortDescription", "fullDescription"] {
        #expect((rule[name]?["text"]?.string?.count ?? 9_999) <= 1_024)
      }
    }
    for (index, result) in results.enumerated() {
      #expect(
        rules[Int(result["ruleIndex"]?.int64 ?? -1)]["id"] == result["ruleId"], "\(index)")
    }
  }

  @Test(
    "has no empty text", arguments: ["plain", String(repeating: "long \u{2028}", count: 30_000)])
  func texts(label: String) throws {
    func check(_ value: JSONValue, _ path: String) {
      if value.string == "" { Issue.record("\(path) is empty") }
      if let text = value.string, text.utf8.count > 40_000 { Issue.record("\(path) is long") }
      for (name, member) in value.object ?? [] { check(member, "\(path).\(name)") }
      for element in value.array ?? [] { check(element, path) }
    }
    check(try Self.run(Sample.hostile(label)), "run")
  }
}
