import Foundation
import Posture
import TestSupport
import Testing

@testable import Observation

/// What went wrong with a collection is a code, in the report and in what is stored.
@Suite("Codes of faults")
struct FaultCodeTests {
  /// What the vendor answers, by the collection that is asked for.
  private static func answer(_ request: VendorServer.Request) -> VendorServer.Answer {
    switch request.path.split(separator: "/").last {
    case "denied": .json("{}", status: 403)
    case "unlicensed": .json("{}", status: 402)
    case "nowhere": .json("{}", status: 404)
    case "broken": .json("{}", status: 500)
    case "busy": .json("{}", status: 429)
    case "page": .answer(status: 200, headers: [("content-type", "text/html")], body: [])
    case "shape": .json(#"{"items":[]}"#)
    case "large": .json(#"[{"id":"\#(String(repeating: "x", count: 5_000))"}]"#)
    case "elsewhere": .json("", status: 302, headers: [("location", "https://other.example/")])
    default: .json(#"[{"id":"a"}]"#)
    }
  }

  @Test("follow from rules, statuses, transport and bounds, and are stored beside the reason")
  func codes() async throws {
    let expected: [String: Fault.Code?] = [
      "fine": nil, "denied": .denied, "unlicensed": .notLicensed, "nowhere": .notFound,
      "broken": .unreachable, "busy": .throttled, "page": .malformed, "shape": .malformed,
      "large": .tooLarge, "elsewhere": .misconfigured, "child": .notLicensed,
      "parts": .notLicensed,
    ]
    try await VendorServer.serve { request, _ in
      Self.answer(request)
    } _: { server in
      var scene = Scene()
      defer { scene.remove() }
      scene.options.limits.resourceSize = 4_000
      let lists = expected.keys.filter { !["child", "parts"].contains($0) }.sorted()
        .map { "\($0): { get: /\($0) }" }
      let report = try await scene.observe(
        (lists + [
          "child: { get: '/unlicensed?of={parent.id}', forEach: fine }",
          "parts: { get: /fine, attach: { part: [{ get: /unlicensed }] } }",
        ]).joined(separator: "\n"), extra: "errors: [{ status: 402, means: notLicensed }]",
        at: server)
      let codes = Dictionary(
        uniqueKeysWithValues: report.collections.map { ($0.name, $0.fault?.code) })
      #expect(codes == expected)
      #expect(report.state(of: "unlicensed") == "denied 0: the tenant does not have this feature")
      #expect(report.state(of: "parts")?.hasPrefix("complete 1: part of 1 resource: ") == true)

      let stored = try RecordedReading(
        WorkingDirectory(root: scene.folder), path: "demo-one", app: "demo", connector: nil)
      let read = Dictionary(
        uniqueKeysWithValues: stored.summary.collections.map { ($0.name, $0.fault?.code) })
      #expect(read == expected)
    }
  }

  @Test("what an earlier version stored without one is read")
  func earlier() throws {
    let scratch = try Scratch()
    try scratch.write(
      #"{"apiVersion":"plumb/v1","kind":"Observation","app":"demo","observedAt":"2026-06-01T06:00:00Z","collections":{"a":{"state":"failed","count":0,"reason":"HTTP 500"},"b":{"state":"failed","count":0,"reason":"HTTP 500","code":"quota"}}}"#,
      to: "o/observation.json")
    let reading = try RecordedReading(
      WorkingDirectory(root: scratch.path), path: "o", app: "demo", connector: nil)
    #expect(
      reading.summary.collections.map(\.fault) == [
        Fault(.failed, "HTTP 500"), Fault(.quotaSpent, "HTTP 500"),
      ])
  }
}
