import JSON
import Posture
import TestSupport
import Testing
import Text

@Suite struct StateCodecTests {
  static let verdict = {
    let first = Unjudged(
      label: "Four", error: "no such key: 'a'", unread: [.member("a", why: "HTTP 403")])
    var verdict = Verdict(
      compliance: .notCompliant, reason: .unjudged(count: 1, first: first), counted: 5,
      compliantCount: 1, affectedCount: 3,
      affected: [
        AffectedResource(
          id: "1", label: "One\u{1b}[31m", settings: ["a": nil], exceptions: ["p"])
      ],
      settings: [
        ResourceSettings(
          id: "1", label: "One",
          values: [("big", .uint(.max)), ("deep", ["x": [1, 1.5, nil, "é"]])])
      ])
    verdict.tally = Tally([
      []: Counts(compliant: 1), ["p"]: Counts(notCompliant: 2), ["y"]: Counts(notCompliant: 1),
      ["p", "y"]: Counts(error: 1, unjudged: first, place: 4),
    ])
    return verdict
  }()

  static let decision = {
    var decision = Decision(verdict, holding: ["p": .planned, "y": .riskAccepted])
    decision.exception = "x"
    return decision
  }()

  static let instance = Snapshot.Instance(
    name: "okta-eu", app: "okta", displayName: "Okta", recommendations: true, digest: "d",
    observedAt: Instant(secondsSince1970: 1_000), observationDigest: "o",
    collections: [
      CollectionSummary(name: "policies", state: .complete, count: 2),
      CollectionSummary(name: "users", state: .denied, count: 0, fault: Fault(.denied, "HTTP 403")),
    ], staleReason: .notObserved(Fault(.throttled, "HTTP 429")),
    results: [
      Snapshot.Result(
        name: "r", title: "Require it", digest: "e", points: 10,
        since: Instant(secondsSince1970: 500), verdict: verdict, decision: decision),
      Snapshot.Result(
        name: "s", title: "S", digest: "f", points: 1, since: nil,
        verdict: Verdict(compliance: .notApplicable),
        decision: Decision(Verdict(compliance: .notApplicable))),
    ])

  @Test("reads what it wrote")
  func roundTrip() throws {
    let bytes = StateCodec.encode(Self.instance).bytes(layout: .pretty)
    let value = JSONValue(try JSONView(parsing: bytes))
    let decoded = try StateCodec.decodeInstance(value, path: "state.json")
    #expect(decoded == Self.instance)
    #expect(StateCodec.encode(decoded).bytes(layout: .pretty) == bytes)
  }

  /// One of every code.
  static let reasons: [Reason] = [
    .incomplete(collection: "users", .denied, why: "HTTP 403"),
    .incomplete(collection: "users", .failed, why: nil), .notObserved(collection: "users"),
    .notDelivered(collection: "users", .export(app: "A", title: "T", format: "f")),
    .notDelivered(collection: "users", .api(app: "A", export: "T")),
    .notAvailable(collection: "users", why: "w", place: "p"),
    .unjudged(
      count: 2,
      first: Unjudged(
        label: "l", error: "e",
        unread: [
          .member("m", why: nil), .parts(of: "c", why: "w"), .collection("c", .partial, why: "w"),
        ])),
    .failed(error: "e", unread: []), .outOfScope, .nothingInScope, .everyResourceExempt,
    .givenUp("w"), .affectedUnknown(error: "e"), .unreadable(Fault(.malformed, "w")), .notAssessed,
    .unseen(.notObserved(Fault(.unreachable, "w"))), .unanswered,
    .sourceUnseen(
      collection: "users", source: "api", .tooOld(Instant(secondsSince1970: 0), maxAge: 7)),
    .notScored(.secureScore), .neverScored(.secureScore), .selfAttested(.secureScore),
    .text("as it was written"),
  ]

  @Test("reads every reason that it wrote", arguments: reasons)
  func reason(reason: Reason) throws {
    #expect(Set(Self.reasons.map(\.code)) == Set(Reason.Code.allCases))
    var instance = Self.instance
    let verdict = Verdict(compliance: .unknown, reason: reason)
    instance.results["s"]?.verdict = verdict
    instance.results["s"]?.decision = Decision(verdict)
    let bytes = StateCodec.encode(instance).bytes()
    let read = try StateCodec.decodeInstance(
      JSONValue(try JSONView(parsing: bytes)), path: "state.json")
    #expect(read == instance)
  }

  @Test("reads what earlier versions wrote of exceptions about resources: what counts is the same")
  func earlier() throws {
    let text = #"""
      {"apiVersion":"plumb/v1","kind":"InstanceState","name":"a","app":"b","displayName":"c",
      "recommendations":"on","digest":"d","results":[{"recommendation":"r","title":"t","digest":"d",
      "points":10,"compliance":"notCompliant","status":"toAddress","reason":"why","counted":4,
      "compliantCount":1,"affectedCount":2,"exemptCount":5,"plannedCount":1,
      "exceptionMatches":{"kiosk":4,"lab":2,"none":0,"plan":2},"exceptionReach":{
      "kiosk":{"affected":3,"aloneCounted":3,"aloneCompliant":1,"aloneAffected":2,"alonePlanned":0},
      "lab":{"affected":1,"aloneCounted":1,"aloneCompliant":1,"aloneAffected":0,"alonePlanned":0},
      "plan":{"affected":1,"aloneCounted":0,"aloneCompliant":0,"aloneAffected":0,"alonePlanned":1}},
      "affected":[{"id":"1","label":"One","settings":{}},{"id":"2","label":"Two","settings":{}}]}]}
      """#
    let instance = try StateCodec.decodeInstance(
      JSONValue(try JSONView(parsing: text)), path: "state.json")
    let result = try #require(instance.results.first)
    #expect(
      result.decision.line
        == "notCompliant 4 counted, 1 compliant, 2 affected, 5 exempt, 1 planned: why")
    #expect(result.decision.affected.map(\.id) == ["1", "2"])
    #expect(
      result.decision.holding == ["kiosk": .riskAccepted, "lab": .riskAccepted, "plan": .planned])
    #expect(
      result.verdict.line
        == "notCompliant 9 counted, 3 compliant, 5 affected, 0 exempt, 0 planned: why")
    #expect(["kiosk", "lab", "plan"].map(result.verdict.tally.matches) == [4, 2, 1])
    // What one of them alone took out comes back without it.
    let without = Decision(result.verdict, holding: ["lab": .riskAccepted, "plan": .planned])
    #expect(
      without.line == "notCompliant 7 counted, 2 compliant, 4 affected, 2 exempt, 1 planned: why")
    // Once read, it is written in the new shape.
    let again = StateCodec.encode(instance).bytes()
    let same = try StateCodec.decodeInstance(
      JSONValue(try JSONView(parsing: again)), path: "state.json")
    #expect(same == instance)
  }

  @Test("reads a tally whose first resource that could not be judged has no place")
  func withoutPlace() throws {
    let text = #"""
      {"apiVersion":"plumb/v1","kind":"InstanceState","name":"a","app":"b","displayName":"c",
      "recommendations":"on","digest":"d","results":[{"recommendation":"r","title":"t","digest":"d",
      "points":10,"compliance":"unknown","counted":2,"compliantCount":1,"affectedCount":0,
      "tally":[{"exceptions":["x"],"compliant":1,"notCompliant":0,"error":1,
      "unjudged":{"label":"Four","error":"no such key"}}]}]}
      """#
    let instance = try StateCodec.decodeInstance(
      JSONValue(try JSONView(parsing: text)), path: "state.json")
    let counts = try #require(instance.results.first?.verdict.tally.cells[["x"]])
    #expect(counts.unjudged?.label == "Four")
    #expect(counts.place == 0)
  }

  @Test(
    "why an instance is stale is read again",
    arguments: [
      .notObserved(Fault(.quotaSpent, "HTTP 429")), .unreadable(Fault(.future, "tomorrow")),
      .tooOld(Instant(secondsSince1970: 7), maxAge: 86_400), .suspect(.worse(4, of: 10)),
      .suspect(.emptied(3, of: 4)), .neverObserved, .suspended("It moves.", until: .epoch),
      .notSought, .text("why", .denied),
      .text("why", nil),
    ] as [StaleReason])
  func stale(reason: StaleReason) throws {
    var instance = Self.instance
    instance.staleReason = reason
    let value = StateCodec.encode(instance)
    #expect(try StateCodec.decodeInstance(value, path: "state.json") == instance)
  }

  @Test(
    "what an earlier version recorded of why keeps its sentence, its code, and collections' reasons"
  )
  func earlierStale() throws {
    let text =
      #"{"apiVersion":"plumb/v1","kind":"InstanceState","name":"a","app":"b","displayName":"c","recommendations":"on","digest":"d","staleReason":"refused: no","failure":"refused","collections":[{"name":"users","state":"failed","count":0,"reason":"HTTP 500"}]}"#
    let value = JSONValue(try JSONView(parsing: Array(text.utf8)))
    let instance = try StateCodec.decodeInstance(value, path: "state.json")
    #expect(instance.staleReason == .text("refused: no", .refusedCredentials))
    #expect(instance.collections.first?.fault == Fault(.failed, "HTTP 500"))
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
        #"{"apiVersion":"plumb/v1","kind":"InstanceState","name":"a","app":"b","displayName":"c","recommendations":"on","digest":"d","results":[{"recommendation":"r","title":"t","digest":"d","points":1,"compliance":"perhaps"}]}"#,
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
        #"{"apiVersion":"plumb/v1","kind":"InstanceState","name":"a","app":"b","displayName":"c","recommendations":"on","digest":"d","results":[{"recommendation":"r","title":"t","digest":"d","points":10,"compliance":"compliant","counted":0,"compliantCount":0,"affectedCount":0,"exemptCount":0,"plannedCount":0,"exceptionMatches":{},"exceptionReach":[]}]}"#,
        "state.json: 'results[0].exceptionReach' is not an object"
      ),
      (
        #"{"apiVersion":"plumb/v1","kind":"InstanceState","name":"a","app":"b","displayName":"c","recommendations":"on","digest":"d","results":[{"recommendation":"r","title":"t","digest":"d","points":10,"compliance":"compliant","counted":0,"compliantCount":0,"affectedCount":0,"exemptCount":0,"plannedCount":0,"settings":[{"id":"1","label":"l","values":[]}]}]}"#,
        "state.json: 'results[0].settings[0].values' is not an object"
      ),
      (
        #"{"apiVersion":"plumb/v1","kind":"InstanceState","name":"a","app":"b","displayName":"c","recommendations":"on","digest":"d","results":[{"recommendation":"r","title":"t","digest":"d","points":10,"compliance":"compliant","counted":0,"compliantCount":0,"affectedCount":0,"tally":[{"exceptions":["e"],"compliant":1,"notCompliant":0,"error":0}]}]}"#,
        "state.json: 'results[0].tally' is not what is counted"
      ),
      (
        #"{"apiVersion":"plumb/v1","kind":"InstanceState","name":"a","app":"b","displayName":"c","recommendations":"on","digest":"d","results":[{"recommendation":"r","title":"t","digest":"d","points":10,"compliance":"compliant","counted":0,"compliantCount":0,"affectedCount":0,"holding":{"e":"ignored"}}]}"#,
        "state.json: 'results[0].holding.e' is not a status"
      ),
      (
        #"{"apiVersion":"plumb/v1","kind":"InstanceState","name":"a","app":"b","displayName":"c","recommendations":"on","digest":"d","results":[{"recommendation":"r","title":"t","digest":"d","points":10,"compliance":"compliant","counted":0,"compliantCount":0,"affectedCount":0,"reason":{"code":"bored"}}]}"#,
        "state.json: 'results[0].reason.code' has the unknown value 'bored'; a newer Plumb may have written it"
      ),
      (
        #"{"apiVersion":"plumb/v1","kind":"InstanceState","name":"a","app":"b","displayName":"c","recommendations":"on","digest":"d","results":[{"recommendation":"r","title":"t","digest":"d","points":10,"compliance":"compliant","counted":0,"compliantCount":0,"affectedCount":0,"exemptCount":0,"plannedCount":0,"status":3}]}"#,
        "state.json: 'results[0].status' is not a string"
      ),
    ])
  func faults(text: String, message: String) throws {
    let value = JSONValue(try JSONView(parsing: text))
    let fault = #expect(throws: StateCodec.ReadError.self) {
      try StateCodec.decodeInstance(value, path: "state.json")
    }
    #expect(fault?.description == message)
  }
}
