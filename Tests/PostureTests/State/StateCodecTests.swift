import JSON
import Posture
import Testing

@Suite struct StateCodecTests {
  static let instance = Snapshot.Instance(
    name: "okta-eu", app: "okta", displayName: "Okta", recommendations: true, digest: "d",
    observedAt: Instant(secondsSince1970: 1_000), observationDigest: "o",
    collections: [
      CollectionSummary(name: "policies", state: .complete, count: 2),
      CollectionSummary(name: "users", state: .denied, count: 0, reason: "HTTP 403"),
    ], staleReason: "it could not be observed",
    results: [
      Snapshot.Result(
        name: "r", title: "Require it", digest: "e", points: 10, status: .planned,
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
      Snapshot.Result(
        name: "s", title: "S", digest: "f", points: 1, status: nil, exception: nil,
        since: nil, evaluation: Evaluation(compliance: .notApplicable)),
    ])

  @Test("reads what it wrote")
  func roundTrip() throws {
    let bytes = StateCodec.encode(Self.instance).bytes(layout: .pretty)
    let value = JSONValue(try JSONView(parsing: bytes))
    let decoded = try StateCodec.decodeInstance(value, path: "state.json")
    #expect(decoded == Self.instance)
    #expect(StateCodec.encode(decoded).bytes(layout: .pretty) == bytes)
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
        "state.json: 'results[0].compliance' has the unknown value 'perhaps'; a newer Plumb may have written it"
      ),
      (
        #"{"apiVersion":"plumb/v1","kind":"InstanceState","name":"a","app":"b","displayName":"c","recommendations":"on","digest":"d","collections":7}"#,
        "state.json: 'collections' is not a list"
      ),
      (
        #"{"apiVersion":"plumb/v1","kind":"InstanceState","name":"a","app":"b","displayName":"c","recommendations":"on","digest":"d","observedAt":7}"#,
        "state.json: 'observedAt' is not a time"
      ),
      (
        #"{"apiVersion":"plumb/v1","kind":"InstanceState","name":"a","app":"b","displayName":"c","recommendations":"on","digest":"d","staleReason":true}"#,
        "state.json: 'staleReason' is not a string"
      ),
      (
        #"{"apiVersion":"plumb/v1","kind":"InstanceState","name":"a","app":"b","displayName":"c","recommendations":"on","digest":"d","observationDigest":[]}"#,
        "state.json: 'observationDigest' is not a string"
      ),
      (
        #"{"apiVersion":"plumb/v1","kind":"InstanceState","name":"a","app":"b","displayName":"c","recommendations":"on","digest":"d","judgedAt":"2026-13-01"}"#,
        "state.json: 'judgedAt' is not a time"
      ),
      (
        #"{"apiVersion":"plumb/v1","kind":"InstanceState","name":"a","app":"b","displayName":"c","recommendations":"on","digest":"d","breakGlass":[{"id":"x","kind":"robot","reason":"r","owner":"o"}]}"#,
        "state.json: 'breakGlass[0].kind' has the unknown value 'robot'; a newer Plumb may have written it"
      ),
      (
        #"{"apiVersion":"plumb/v1","kind":"InstanceState","name":"a","app":"b","displayName":"c","recommendations":"on","digest":"d","results":[{"recommendation":"r","title":"t","digest":"d","points":10,"compliance":"compliant","counted":0,"compliantCount":0,"affectedCount":0,"exemptCount":0,"plannedCount":0,"since":5}]}"#,
        "state.json: 'results[0].since' is not a time"
      ),
      (
        #"{"apiVersion":"plumb/v1","kind":"InstanceState","name":"a","app":"b","displayName":"c","recommendations":"on","digest":"d","results":[{"recommendation":"r","title":"t","digest":"d","points":10,"compliance":"compliant","counted":0,"compliantCount":0,"affectedCount":0,"exemptCount":0,"plannedCount":0,"exception":{}}]}"#,
        "state.json: 'results[0].exception' is not a string"
      ),
      (
        #"{"apiVersion":"plumb/v1","kind":"InstanceState","name":"a","app":"b","displayName":"c","recommendations":"on","digest":"d","results":[{"recommendation":"r","title":"t","digest":"d","points":10,"compliance":"compliant","counted":0,"compliantCount":0,"affectedCount":0,"exemptCount":0,"plannedCount":0,"exceptionMatches":{"e":"two"}}]}"#,
        "state.json: 'results[0].exceptionMatches.e' is not a number"
      ),
      (
        #"{"apiVersion":"plumb/v1","kind":"InstanceState","name":"a","app":"b","displayName":"c","recommendations":"on","digest":"d","results":[{"recommendation":"r","title":"t","digest":"d","points":10,"compliance":"compliant","counted":0,"compliantCount":0,"affectedCount":0,"exemptCount":0,"plannedCount":0,"exceptionReach":[]}]}"#,
        "state.json: 'results[0].exceptionReach' is not an object"
      ),
      (
        #"{"apiVersion":"plumb/v1","kind":"InstanceState","name":"a","app":"b","displayName":"c","recommendations":"on","digest":"d","results":[{"recommendation":"r","title":"t","digest":"d","points":10,"compliance":"compliant","counted":0,"compliantCount":0,"affectedCount":0,"exemptCount":0,"plannedCount":0,"settings":[{"id":"1","label":"l","values":[]}]}]}"#,
        "state.json: 'results[0].settings[0].values' is not an object"
      ),
      (
        #"{"apiVersion":"plumb/v1","kind":"InstanceState","name":"a","app":"b","displayName":"c","recommendations":"on","digest":"d","results":[{"recommendation":"r","title":"t","digest":"d","points":10,"compliance":"compliant","counted":0,"compliantCount":0,"affectedCount":0,"exemptCount":0,"plannedCount":0,"status":3}]}"#,
        "state.json: 'results[0].status' is not a string"
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
