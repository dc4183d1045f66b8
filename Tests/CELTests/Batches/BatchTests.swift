import Foundation
import JSON
import Testing

@testable import CEL

/// What batches say is what evaluating each object says, at the same cost.
///
/// `CEL_FUZZ` sets how many objects are tried, `CEL_FUZZ_SEED` where the random numbers start.
@Suite("Batches")
struct BatchTests {
  private static func setting(_ name: String) -> Int? {
    ProcessInfo.processInfo.environment[name].flatMap(Int.init)
  }

  private static let count = setting("CEL_FUZZ") ?? 1_000
  private static let seed = UInt64(setting("CEL_FUZZ_SEED") ?? 1)

  private static let conditions = [
    #"resource.status == "ACTIVE""#,
    #"resource.status != "ACTIVE""#,
    #"!(resource.status == "ACTIVE") || resource.flag"#,
    #"resource.status in ["ACTIVE", "STAGED", ""]"#,
    #"resource.status in parameters.accepted"#,
    #"{"ACTIVE": true, "STAGED": false}[resource.status]"#,
    #"resource.flag"#,
    #"!resource.flag && resource.count > 3"#,
    #"resource.count > 3 || resource.flag"#,
    #"resource.count >= parameters.minimum && resource.count < 1e3"#,
    #"resource.count == 5"#,
    #"resource.count != 5.0"#,
    #"resource.count <= 18446744073709551615u"#,
    #"resource.count == resource.other"#,
    #"resource.status == resource.other"#,
    #"resource.other == null"#,
    #"resource.status > "B""#,
    #"has(resource.flag)"#,
    #"has(resource.nested.deep.value) && resource.nested.deep.value == 1"#,
    #"resource.nested.deep.value == "x" || resource.nested.flag"#,
    #"resource.?nested.?deep.?value.orValue("none") == "none""#,
    #"resource.nested.?deep.orValue(1) == 1"#,
    #"resource.?nested.deep.orValue(null) == null"#,
    #"resource.?flag.orValue(false)"#,
    #"resource.?status.orValue("ACTIVE") in ["ACTIVE"]"#,
    #"resource.status.startsWith("AC")"#,
    #"resource.status.endsWith("ED") || resource.status.contains("TIV")"#,
    #"resource.status.contains("")"#,
    #"size(resource.status) > 5"#,
    #"resource.tags.size() == 2"#,
    #"timestamp(resource.time) > now - duration("720h")"#,
    #"timestamp(resource.time) <= now"#,
    #"resource.time != null && timestamp(resource.time) > now - duration(string(parameters.days * 24) + "h")"#,
    #"timestamp(resource.time) == timestamp(resource.other)"#,
    #"variables.isActive && resource.count > 1"#,
    #"variables.isActive || resource.flag"#,
    #"isOn(resource) && resource.flag"#,
    #"isOn(resource) || isOn(resource.nested)"#,
    #"text(resource.status) == "ACTIVE""#,
    #"text(resource.status) in parameters.accepted || text(resource.other) != "x""#,
    #"resource.flag ? resource.count > 3 : resource.status == "ACTIVE""#,
    #"(resource.flag ? resource.count : resource.other) == 5"#,
    #"resource.status"#,
    #"parent.flag && resource.flag"#,
    #"resource.flag || parent.nested.flag"#,
    #"isOn(parent) || (resource.flag ? parent : resource).status == "ACTIVE""#,
    #"has(parent.nested.flag) || parent.?nested.?deep.?value.orValue("x") == "x""#,
    #""deep" in resource.nested || resource.flag"#,
    #"resource[parameters.name] == "ACTIVE""#,
    #"field(resource, "status") == "ACTIVE" || isRecent(text(resource.time), 30)"#,
    #"int(resource.count) > 3 || resource.flag"#,
    #"{"active": true, "staged": false}[string(resource.status).lowerAscii()]"#,
    #"oneOf(resource.status, ["ACTIVE", "STAGED"]) == "ACTIVE" || resource.flag"#,
    #"resource.status.lowerAscii() == "active""#,
    #"text(resource.status).lowerAscii() in variables.names"#,
    #"[].exists(x, x == resource.flag) || type(resource.count) == int"#,
    #"type(resource.other) != string"#,
    #"true || resource.flag"#,
    #"resource.status.matches("^A")"#,
  ]

  @Test("say what evaluating each object says, and what it costs")
  func differential() throws {
    var random = SplitMix(seed: Self.seed)
    let scene = try BatchScene(Self.conditions + BatchScene.lists + BatchScene.elements)
    var decided = 0
    var left = 0
    var tried = 0
    while tried < Self.count {
      let views = try (0..<(1 + random.below(JSONColumn.capacity))).map { _ in
        try JSONView(parsing: Self.object(&random))
      }
      let counts = try scene.compare(views)
      decided += counts.decided
      left += counts.left
      tried += views.count
    }
    print(
      "Batches: \(tried) objects, \(scene.planned) conditions in batches, \(scene.inVectors) of them wholly in columns, \(decided) answers, \(left) left to evaluation"
    )
    #expect(
      scene.planned == Self.conditions.count + BatchScene.lists.count + BatchScene.elements.count)
    #expect(scene.inVectors >= Self.conditions.count + BatchScene.elements.count - 10)
    #expect(decided > left)
  }

  @Test("a repeated member counts first, whatever stood where before")
  func members() throws {
    let scene = try BatchScene([
      "resource.a == 1", "resource.abcdef == 1", "resource.abcdeg == 1", "resource.ab == 1",
    ])
    let objects = [
      #"{"a":1,"abcdef":1,"abcdeg":2,"ab":1}"#, #"{"ab":1,"a":2,"a":1}"#,
      #"{"a":1,"abcdeg":1,"abcdef":1,"ab":1}"#, #"{"a":1,"abcdex":1,"abcdef":2}"#, #"{}"#, #"[]"#,
      #"{"abcdef":2,"abcdef":1,"a":null}"#, #"{"a":1,"abcdef":1,"abcdeg":2,"ab":1}"#,
    ]
    let counts = try scene.compare(try objects.map { try JSONView(parsing: $0) })
    #expect(counts.left == 0)
  }

  private static func object(_ random: inout SplitMix) -> String {
    var members: [String] = []
    for name in ["id", "status", "flag", "count", "other", "time", "tags"] {
      if random.below(8) > 0 { members.append("\"\(name)\": \(value(of: name, &random))") }
    }
    switch random.below(6) {
    case 0: break
    case 1: members.append("\"nested\": \(anything(&random))")
    default:
      members.append(
        "\"nested\": {\"flag\": \(value(of: "flag", &random)), \"deep\": {\"value\": \(anything(&random))}}"
      )
    }
    if random.below(40) == 0 {
      for index in 0..<80 { members.append("\"more\(index)\": \(index)") }
    }
    if random.below(10) == 0 { members.shuffle(using: &random) }
    if random.below(20) == 0 { members.append("\"status\": \"LATER\"") }
    return "{" + members.joined(separator: ", ") + "}"
  }

  private static func value(of name: String, _ random: inout SplitMix) -> String {
    guard random.below(6) > 0 else { return anything(&random) }
    return switch name {
    case "status": pick(["\"ACTIVE\"", "\"STAGED\"", "\"\"", "\"SUSPENDED\""], &random)
    case "flag": pick(["true", "false"], &random)
    case "count", "other": pick(["0", "3", "5", "5.0", "-1", "\"ACTIVE\"", "\"x\""], &random)
    case "time":
      pick(
        [
          "\"2026-05-20T10:00:00.000Z\"", "\"2026-01-31T23:59:59Z\"", "\"2024-02-29T00:00:00.5Z\"",
          "\"2023-02-29T00:00:00Z\"", "\"2026-05-20T10:00:00+02:00\"", "\"0000-01-01T00:00:00Z\"",
          "\"2026-06-01T07:00:00.123456789Z\"", "\"2026-13-01T00:00:00Z\"",
          "\"9999-12-31T23:59:59Z\"",
          "\"2026-06-01T07:00:60Z\"", "\"0001-01-01T00:00:00Z\"", "\"2026-06-01T07:00:00.Z\"",
        ], &random)
    case "tags":
      random.below(2) == 0
        ? pick(["[]", "[\"a\"]", "[\"a\", \"b\"]", "{\"a\": 1, \"b\": 2}"], &random)
        : "[\((0..<length(&random)).map { _ in element(&random) }.joined(separator: ", "))]"
    default: "\"\(random.below(1_000))\""
    }
  }

  /// Of a list: mostly a few, some longer than a batch, few longer than what batches take.
  private static func length(_ random: inout SplitMix) -> Int {
    switch random.below(4_000) {
    case 0: 9_000
    case 1..<20: 250 + random.below(300)
    default: random.below(5)
    }
  }

  private static func element(_ random: inout SplitMix) -> String {
    random.below(3) == 0
      ? anything(&random)
      : pick(
        [
          #""a""#, #""ACTIVE""#, #"{"name": "a", "on": true}"#, #"{"name": "ACTIVE", "on": false}"#,
          #"{"name": 1}"#, #"{"name": "b", "on": null, "tags": ["a", 1, []]}"#, #"["a"]"#, "3",
        ], &random)
  }

  private static func anything(_ random: inout SplitMix) -> String {
    pick(
      [
        "null", "true", "1", "1.5", "-0.0", "18446744073709551615", "9223372036854775807", "1e308",
        "\"\"", "\"x\"", "\"é\\u0000\"", "\"\(String(repeating: "A", count: 70))\"", "[]", "[1]",
        "{}", "{\"deep\": 1}", "{\"deep\": null}", "{\"deep\": {\"value\": \"x\"}}",
      ], &random)
  }

  private static func pick(_ values: [String], _ random: inout SplitMix) -> String {
    values[random.below(values.count)]
  }
}
