import JSON
import Posture
import Testing

/// What history reads of recorded files, in place.
@Suite struct StateScoresTests {
  @Test("reads scores, and does without what older reports have not")
  func scores() throws {
    let text = """
      {"apiVersion":"plumb/v1","kind":"State","initiatives":[{"name":"ours","title":"Ours",
      "targetScore":80,"score":71.2,"plannedScore":72,"metrics":[{"name":"users","title":"Users",
      "weight":"high","value":null,"recommendations":["a"]}]}],
      "instances":[{"name":"acme-eu","app":"acme","recommendations":"on","score":100.0},
      {"name":"acme-us","app":"acme","recommendations":"on","score":50,"verdicts":"0123"}]}
      """
    let scores = try StateCodec.decodeScores(try JSONView(parsing: text), path: "state.json")
    #expect(scores.initiatives.map(\.score?.description) == ["71.2"])
    #expect(scores.initiatives.first?.targetScore == 80)
    #expect(scores.initiatives.first?.metrics.first?.value == nil)
    #expect(scores.instances.map(\.score?.tenths) == [1_000, 500])
    #expect(scores.instances.map(\.verdicts) == [nil, "0123"])
  }

  @Test(
    "says what it does not understand",
    arguments: [
      (#"{"apiVersion":"plumb/v2","kind":"State"}"#, "state.json: it is no State of plumb/v1"),
      (#"[]"#, "state.json: it is no State of plumb/v1"),
      (
        #"{"apiVersion":"plumb/v1","kind":"State","instances":[{"name":7}]}"#,
        "state.json: 'name' is not a string"
      ),
    ])
  func faults(text: String, message: String) throws {
    let view = try JSONView(parsing: text)
    let fault = #expect(throws: StateCodec.ReadError.self) {
      try StateCodec.decodeScores(view, path: "state.json")
    }
    #expect(fault?.description == message)
  }

  @Test("reads one result of an instance, without its resources")
  func result() throws {
    let bytes = StateCodec.encode(StateCodecTests.instance).bytes()
    let view = try JSONView(parsing: bytes)
    var expected = StateCodecTests.instance.results[0]
    expected.verdict.affected = []
    expected.decision.affected = []
    expected.verdict.settings = []
    #expect(try StateCodec.decodeResult(of: "r", in: view, path: "p") == expected)
    #expect(try StateCodec.decodeResult(of: "q", in: view, path: "p") == nil)
    var off = StateCodecTests.instance
    off.recommendations = false
    let other = try JSONView(parsing: StateCodec.encode(off).bytes())
    #expect(try StateCodec.decodeResult(of: "r", in: other, path: "p") == nil)
  }
}
