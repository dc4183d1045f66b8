import JSON
import Posture
import Testing

@testable import Reports

@Suite("OCSF report")
struct OCSFReportTests {
  private static func events(_ plan: Plan) throws -> [JSONValue] {
    try String(decoding: OCSFReport.plan(plan.comparison, version: "1.2.3"), as: UTF8.self)
      .split(separator: "\n").map { try JSONValue(parsing: String($0)) }
  }

  @Test("tells every result that applies, a finding a line")
  func eventful() throws {
    try Golden.expect(
      String(
        decoding: OCSFReport.plan(Sample.eventful.comparison, version: "1.2.3"), as: UTF8.self),
      matches: "plan.ocsf.jsonl")
  }

  /// The attributes of a class or object with those of what it extends, and what they require.
  private static func attributes(_ names: [String]) throws -> [(String, String)] {
    try names.flatMap { name in
      (try PublishedSchemas.json("ocsf/\(name).json")["attributes"]?.object ?? [])
        .filter { $0.0 != "$include" }
        .map { ($0.0, $0.1["requirement"]?.string ?? "") }
    }
  }

  @Test(
    "has every attribute that the class requires, and none that it does not know",
    .enabled(if: PublishedSchemas.isThere, "no published schemas at ../shared/schemas"))
  func required() throws {
    let objects: [(path: String?, attributes: [(String, String)])] = [
      (nil, try Self.attributes(["base_event", "finding", "compliance_finding"])),
      ("finding_info", try Self.attributes(["finding_info"])),
      ("compliance", try Self.attributes(["compliance"])),
      ("metadata", try Self.attributes(["metadata"])),
    ]
    let events = try Self.events(Sample.eventful) + Self.events(Sample.hostile("a\nb\u{0}"))
    #expect(events.count == 16)
    for event in events {
      for (path, attributes) in objects {
        let object = try #require(path.map { event[$0] } ?? event)
        for (name, requirement) in attributes where requirement == "required" {
          #expect(object[name] != nil && object[name] != .null, "\(path ?? "event").\(name)")
        }
        let known = Set(attributes.map(\.0))
        for (name, _) in object.object ?? [] {
          #expect(known.contains(name), "\(path ?? "event").\(name)")
        }
      }
    }
  }

  @Test("has identifiers that agree with the captions of the schema")
  func identifiers() throws {
    for event in try Self.events(Sample.eventful) {
      #expect(event["class_uid"] == 2003)
      #expect(event["category_uid"] == 2)
      let activity = try #require(event["activity_id"]?.int64)
      #expect((1...3).contains(activity))
      #expect(event["type_uid"]?.int64 == 200_300 + activity)
      #expect((1...4).contains(event["severity_id"]?.int64 ?? 0))
      #expect((1...4).contains(event["status_id"]?.int64 ?? 0))
      let verdict = try #require(event["compliance"]?["status_id"]?.int64)
      #expect(
        event["compliance"]?["status"]?.string == [1: "Pass", 2: "Warning", 3: "Fail"][verdict])
      #expect(event["time"]?.int64.map { $0 > 1_700_000_000_000 } == true)
    }
  }

  @Test("creates, updates and closes findings")
  func activities() throws {
    let events = try Self.events(Sample.eventful)
    func activity(_ uid: String) -> String? {
      events.first { $0["finding_info"]?["uid"]?.string == uid }?["activity_name"]?.string
    }
    #expect(activity("okta-contoso-eu/okta-password-minimum-length") == "Create")
    #expect(activity("okta-contoso-us/okta-password-minimum-length") == "Update")
    #expect(activity("okta-contoso-eu/okta-mfa-required") == "Close")
    #expect(activity("okta-contoso-us/okta-mfa-required") == "Close")
  }
}
