import JSON
import Posture
import Testing

@Suite struct StateCodecTests {
  static let instance = RecordedInstance(
    app: "okta", displayName: "Okta", recommendations: true, digest: "d",
    observedAt: Instant(secondsSince1970: 1_000), observationDigest: "o",
    collections: [
      CollectionSummary(name: "policies", state: .complete, count: 2),
      CollectionSummary(name: "users", state: .denied, count: 0, reason: "HTTP 403"),
    ], staleReason: "it could not be observed",
    results: [
      RecordedResult(
        recommendation: "r", title: "Require it", digest: "e", points: 10, status: .planned,
        exception: "x", since: Instant(secondsSince1970: 500),
        evaluation: Evaluation(
          compliance: .notCompliant, reason: "why", counted: 4, compliantCount: 1, affectedCount: 2,
          exemptCount: 1, plannedCount: 2,
          affected: [AffectedResource(id: "1", label: "One\u{1b}[31m", settings: ["a": nil])],
          settings: [
            ResourceSettings(
              id: "1", label: "One",
              values: [("big", .uint(.max)), ("deep", ["x": [1, 1.5, nil, "é"]])])
          ],
          exceptionMatches: ["y": 3])),
      RecordedResult(
        recommendation: "s", title: "S", digest: "f", points: 1, status: nil, exception: nil,
        since: nil, evaluation: Evaluation(compliance: .notApplicable)),
    ])

  @Test("reads what it wrote")
  func roundTrip() throws {
    let bytes = StateCodec.encode(Self.instance, named: "okta-eu").bytes(layout: .pretty)
    let value = JSONValue(try JSONView(parsing: bytes))
    let (name, decoded) = try StateCodec.decodeInstance(value, path: "state.json")
    #expect(name == "okta-eu")
    #expect(decoded == Self.instance)
    #expect(StateCodec.encode(decoded, named: name).bytes(layout: .pretty) == bytes)
  }

  @Test(
    "says what it does not understand",
    arguments: [
      ("{}", "state.json: 'apiVersion' is not a string"),
      (
        #"{"apiVersion":"plumb/v2","kind":"InstanceState"}"#,
        "state.json: it is no InstanceState of plumb/v1"
      ),
      (
        #"{"apiVersion":"plumb/v1","kind":"State"}"#,
        "state.json: it is no InstanceState of plumb/v1"
      ),
      (
        #"{"apiVersion":"plumb/v1","kind":"InstanceState","name":"a","app":"b","displayName":"c","recommendations":"on","digest":"d","observedAt":"noon"}"#,
        "state.json: 'observedAt' is not a time"
      ),
      (
        #"{"apiVersion":"plumb/v1","kind":"InstanceState","name":"a","app":"b","displayName":"c","recommendations":"on","digest":"d","results":[{"compliance":"perhaps"}]}"#,
        "state.json: 'compliance' has the unknown value 'perhaps'; a newer Plumb may have written it"
      ),
      (
        #"{"apiVersion":"plumb/v1","kind":"InstanceState","name":"a","app":"b","displayName":"c","recommendations":"on","digest":"d","collections":7}"#,
        "state.json: 'collections' is not a list"
      ),
    ])
  func faults(text: String, message: String) throws {
    let value = JSONValue(try JSONView(parsing: text))
    let fault = #expect(throws: StateCodec.Fault.self) {
      try StateCodec.decodeInstance(value, path: "state.json")
    }
    #expect(fault?.description == message)
  }
}
