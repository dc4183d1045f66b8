import JSON
import Testing

@testable import CEL

/// Until a comparison with the time turns, evaluating comes to the same.
@Suite("What holds until the time comes")
struct ValidityTests {
  private static let now = "2026-06-01T07:00:00Z"
  private static let seconds: Int64 = 1_780_297_200

  /// What may be done with the time.
  private static let conditions = [
    #"timestamp(resource.time) > now - duration("720h")"#,
    #"timestamp(resource.time) <= now"#,
    #"now < timestamp(resource.time) + duration("24h")"#,
    #"timestamp(resource.time) + duration(string(resource.count) + "h") >= now"#,
    #"now + duration(string(resource.count) + "h") > timestamp(resource.time)"#,
    #"now - timestamp(resource.time) < duration("720h")"#,
    #"timestamp(resource.time) - now > duration("-24h") || resource.flag"#,
    #"(now - timestamp(resource.time)) + duration("1h") < duration("3h")"#,
    #"duration("1h") - (timestamp(resource.time) - now) >= duration("720h")"#,
    #"now - timestamp(resource.time) < duration("2540000h")"#,
    #"isRecent(resource.time, resource.count) || resource.flag"#,
    #"isOlder(resource.time, now) || resource.flag"#,
    #"variables.isRecent ? resource.count > 1 : resource.flag"#,
    #"timestamp(resource.time) > variables.limit"#,
    #"resource.times.exists(t, timestamp(t) > now - duration("240h"))"#,
    #"resource.times.all(t, now - timestamp(t) < duration("720h") || t == resource.time)"#,
    #"resource.times.exists(t, t != "" && timestamp(resource.time) < now)"#,
    #"resource.times.filter(t, timestamp(t) <= now).size() > 1"#,
    #"cel.bind(limit, now - duration("24h"), timestamp(resource.time) > limit)"#,
    #"(resource.flag ? now : timestamp(resource.time)) > timestamp("2026-05-01T00:00:00Z")"#,
    #"[now].exists(t, t > timestamp(resource.time))"#,
    #"now == timestamp(resource.time)"#,
    #"now != timestamp(resource.time) && timestamp(resource.time) < now"#,
    #"int(now) - int(timestamp(resource.time)) > 720 * 3600"#,
    #"string(now) > resource.time"#,
    #"now.getHours() == timestamp(resource.time).getHours()"#,
    #"now - (now - timestamp(resource.time)) < timestamp("2026-05-01T00:00:00Z")"#,
    #"now - (timestamp(resource.time) - now) > timestamp("2026-06-20T00:00:00Z")"#,
    #"now - now == duration("0s") && timestamp(resource.time) < now"#,
    #"now > resource.time || resource.flag"#,
    #"now + duration("2500000h") > timestamp(resource.time)"#,
    #"resource.time in [now, timestamp("2026-06-01T07:00:00Z")] || string(now - duration("1h")) == resource.time"#,
    #"{"a": now}["a"] > timestamp(resource.time)"#,
    #"now.time == 1 || timestamp(resource.time) < now"#,
    #"resource.flag || !(timestamp(resource.time) < now)"#,
  ]

  private struct Scene {
    let program: Program
    let resource: Slot
    let activation: Activation
    private let batch: BatchProgram

    /// One that evaluates at a time, in seconds from now.
    init(_ source: String, at offset: Int64, _ validity: Validity? = nil) throws {
      var environment = Environment()
      resource = environment.declare("resource", .dyn)
      let parent = environment.declare("parent", .dyn)
      let now = environment.declare(time: "now")
      try environment.define(
        function: "isRecent", parameters: [("time", .dyn), ("days", .dyn)],
        body: #"timestamp(time) > now - duration(string(days * 24) + "h")"#)
      try environment.define(
        function: "isOlder", parameters: [("time", .dyn), ("than", .dyn)],
        body: "timestamp(time) < than")
      activation = Activation()
      if let validity { activation.watch(validity) }
      activation.set(
        now, .timestamp(try #require(Timestamp(seconds: ValidityTests.seconds + offset))))
      for (name, source) in [
        ("limit", #"now - duration("240h")"#),
        ("isRecent", #"timestamp(resource.time) > now - duration("240h")"#),
      ] {
        let variable = try environment.compile(source)
        let slot = environment.declare("variables.\(name)", variable.resultType)
        activation.setLazy(slot, variable)
      }
      program = try environment.compileUnchecked(source)
      batch = BatchProgram(over: resource, parent: parent)
    }

    func results(_ views: [JSONView]) -> [Result<Bool, EvaluationError>] {
      views.map { view in
        activation.set(resource, Value(view))
        return program.evaluateCondition(activation)
      }
    }

    func runBatch(_ views: [JSONView]) throws {
      let condition = try #require(batch.add(program, in: activation))
      for view in views { batch.rows.append(view) }
      batch.run()
      // What a batch does not know is evaluated.
      for (row, view) in views.enumerated() where condition.column.tag(row) == .unknown {
        activation.set(resource, Value(view))
        _ = program.evaluateCondition(activation)
      }
    }
  }

  private static func object(_ random: inout SplitMix) throws -> JSONView {
    func time() -> String {
      let days: [Int64] = [0, 1, 10, 30, 31, -1, 365, 700]
      let edge: Int64 = 9_223_372_036
      var seconds = Self.seconds - days[random.below(days.count)] * 86_400
      seconds += [0, 0, 1, -1, 3_600, -7_200][random.below(6)]
      switch random.below(12) {
      case 0: seconds -= edge + Int64(random.below(5)) - 2
      case 1: seconds = -62_135_596_800
      case 2: seconds = 253_402_300_799 - Int64(random.below(40_000)) * 3_600
      case 3...6: seconds += Int64(random.below(2_000_000)) - 1_000_000
      default: break
      }
      let nanoseconds: [Int32] = [0, 0, 0, 500_000_000, 1_000, 1]
      return Timestamp(seconds: seconds, nanoseconds: nanoseconds[random.below(6)])
        .map { "\"\($0.text)\"" } ?? "null"
    }
    func one() -> String {
      random.below(20) == 0 ? ["null", "3", "\"x\""][random.below(3)] : time()
    }
    let times = (0..<random.below(4)).map { _ in one() }.joined(separator: ",")
    let flag = random.below(2) == 0
    return try JSONView(
      parsing:
        #"{"time": \#(one()), "flag": \#(flag), "count": \#(random.below(40)), "times": [\#(times)]}"#
    )
  }

  @Test("whatever is done with the time, by itself and in batches", arguments: conditions)
  func holds(_ source: String) throws {
    var random = SplitMix(seed: UInt64(source.utf8.count))
    var judged = 0
    for round in 0..<36 {
      let views = try (0..<(round < 32 ? 1 : 60)).map { _ in try Self.object(&random) }
      let alone = Validity(at: Self.seconds)
      let scene = try Scene(source, at: 0, alone)
      let results = scene.results(views)
      judged += results.count { (try? $0.get()) != nil }
      let together = Validity(at: Self.seconds)
      try Scene(source, at: 0, together).runBatch(views)
      for (name, validity) in [("alone", alone), ("in a batch", together)] {
        let times = validity.seconds
        let first = times.lowerBound - Self.seconds
        let last = times.upperBound - Self.seconds
        #expect(first <= 0 && last >= 0)
        let within = (0..<3).map { _ in first + Int64(random.below(Int(last - first) + 1)) }
        for offset in [first, last] + within {
          let other = try Scene(source, at: offset).results(views)
          if let row = results.indices.first(where: { results[$0] != other[$0] }) {
            let object = JSONValue(views[row]).compactText
            Issue.record(
              "\(name), \(offset) seconds later: \(object) gives \(other[row]), not \(results[row])"
            )
          }
        }
      }
    }
    #expect(judged > 60)
  }

  /// The first and the last time, from now, in seconds, of one resource.
  private func times(_ source: String, _ time: String, inBatch: Bool) throws -> [Int64] {
    let validity = Validity(at: Self.seconds)
    let scene = try Scene(source, at: 0, validity)
    let views = [
      try JSONView(parsing: #"{"time": "\#(time)", "times": ["\#(time)"], "count": 30}"#)
    ]
    if inBatch { try scene.runBatch(views) } else { _ = scene.results(views) }
    return [
      validity.seconds.lowerBound - Self.seconds, validity.seconds.upperBound - Self.seconds,
    ]
  }

  @Test("to the second", arguments: [false, true])
  func exact(inBatch: Bool) throws {
    let year: Int64 = 366 * 86_400
    func expect(_ source: String, _ time: String, _ first: Int64, _ last: Int64) throws {
      #expect(try times(source, time, inBatch: inBatch) == [first, last], "\(source) of \(time)")
    }
    let recent = #"timestamp(resource.time) > now - duration("720h")"#
    try expect(recent, "2026-05-02T08:00:00Z", -year, 3_599)
    try expect(recent, "2026-05-02T06:00:00Z", -3_599, year)
    try expect(recent, "2026-05-02T07:00:00Z", 0, 0)
    try expect(recent, "2026-05-02T07:00:00.5Z", -year, 0)
    try expect(recent, "2026-05-02T07:00:01.5Z", -year, 1)
    try expect(recent, "2020-01-01T00:00:00Z", -year, year)
    let spans = #"now - timestamp(resource.time) < duration("720h")"#
    try expect(spans, "2026-05-02T08:00:00Z", -year, 3_599)
    try expect(spans, "2026-05-02T06:00:00Z", -3_599, year)
    try expect(spans, "0001-01-01T00:00:00Z", -year, year)
    // As far from now as a span reaches: a second later there is none.
    try expect(spans, "1734-02-20T07:12:44Z", 0, 0)
    // Three of these spans come to what no span is within a year, and that two are taken away again does not help.
    let three = "(now - t) - (t - now) - (t - now)"
    try expect(
      #"cel.bind(t, timestamp(resource.time), (\#(three)) - ((now - t) - (t - now)) < duration("1h"))"#,
      "1929-10-28T11:04:15Z", 0, 0)
    let function = "isRecent(resource.time, resource.count)"
    try expect(function, "2026-05-02T08:00:00Z", inBatch ? 0 : -year, inBatch ? 0 : 3_599)
    let fixed = #"isRecent(resource.time, 30)"#
    try expect(fixed, "2026-05-02T08:00:00Z", -year, 3_599)
    try expect(
      #"resource.times.exists(t, timestamp(t) > now - duration("720h"))"#, "2026-05-02T08:00:00Z",
      -year, 3_599)
    try expect("resource.count == 30", "2026-05-02T08:00:00Z", -year, year)
    try expect(#"string(now) == "x""#, "2026-05-02T08:00:00Z", 0, 0)
  }
}
