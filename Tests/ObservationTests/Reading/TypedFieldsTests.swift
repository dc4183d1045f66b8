import Connectors
import JSON
import Posture
import TestSupport
import Testing
import YAML

@testable import Observation

/// Texts that stand for values: raw → typed, wherever resources come from.
@Suite("Typed fields")
struct TypedFieldsTests {
  /// How a family of texts is written, and what becomes of each; nil: it stays.
  struct Kind: Sendable, CustomTestStringConvertible {
    let map: String
    let texts: [(String, JSONValue?)]
    var testDescription: String { map }
  }

  static let kinds = [
    Kind(
      map: "{ map: bool }",
      texts: [
        ("true", true), ("FALSE", false), ("True", true), ("", nil), ("1", nil), ("yes", nil),
        (" true", nil), ("tru\u{0435}", nil),
      ]),
    Kind(
      map: "{ map: int }",
      texts: [
        ("30", 30), ("-5", -5), ("007", 7), ("9223372036854775807", .int(.max)), ("", nil),
        ("-", nil), ("+5", nil), ("4.0", nil), ("1e3", nil), ("9223372036854775808", nil),
        ("30 days", nil), ("\u{0663}", nil), ("0x10", nil),
      ]),
    Kind(
      map: "{ map: double }",
      texts: [
        ("4.5", 4.5), ("-1e3", -1000.0), ("30", 30.0), ("", nil), (".5", nil), ("5.", nil),
        ("nan", nil), ("inf", nil), ("1e999", nil), ("1,5", nil), ("0x1p3", nil),
      ]),
    Kind(
      map: "{ map: time }",
      texts: [
        ("2026-05-20T09:00:00.000+0000", "2026-05-20T09:00:00Z"),
        ("2026-05-20T09:00:00+02:00", "2026-05-20T07:00:00Z"),
        ("2026-05-20 09:00:00", "2026-05-20T09:00:00Z"),
        ("2026-05-20T09:00:00.250-0130", "2026-05-20T10:30:00.25Z"),
        ("/Date(1582261200000-0500)/", "2020-02-21T05:00:00Z"),
        ("2026-05-20T09:00:00Z", "2026-05-20T09:00:00Z"), ("", nil), ("2026-05-20", nil),
        ("soon", nil), ("2026-13-01T00:00:00Z", nil), ("/Date(x)/", nil), ("/Date()/", nil),
        ("2026-05-20T09:00:00+00", nil),
      ]),
    Kind(
      map: "{ map: commas }",
      texts: [("a, b c,,d ", ["a", "b c", "d"]), ("a", ["a"]), ("", nil), (" , ", nil)]),
    Kind(
      map: "{ map: lines }", texts: [("a, b\r\n\n c\n", ["a, b", "c"]), ("", nil), ("\n", nil)]),
    Kind(
      map: "{ map: words }",
      texts: [("a;b\tc\n d,e", ["a", "b", "c", "d", "e"]), ("", nil), (";,\n", nil)]),
    Kind(
      map: "{ map: scalar }",
      texts: [
        ("true", true), ("False", false), ("30", 30), ("log_only", nil), ("4.0", nil), ("", nil),
      ]),
    Kind(
      map: "{ type: int, map: { ThreeAttempts: 3, NoLimit: 1000000 } }",
      texts: [
        ("ThreeAttempts", 3), ("NoLimit", 1_000_000), ("threeattempts", nil), ("Three", nil),
        ("3", nil), ("", nil),
      ]),
    Kind(
      map: "{ type: bool, map: { active: true, inactive: false } }",
      texts: [("active", true), ("inactive", false), ("Active", nil), ("true", nil)]),
  ]

  /// What is no text stays, whatever the map: null, booleans, numbers, lists, objects.
  static let others: [JSONValue] = [.null, true, false, 0, 30, 4.5, ["true", "30"], ["a": "true"]]

  private static func collection(_ field: String) throws -> Connector.Collection {
    let connector = try #require(
      TestConnector.connector(
        TestConnector.yaml("rows: { get: /rows, fields: { v: \(field), deep.list.w: \(field) } }")))
    return try #require(connector.collections.first)
  }

  @Test(
    "each notation, each text; what it does not know and what is no text stays", arguments: kinds)
  func notations(kind: Kind) throws {
    let types = TypedFields(try Self.collection(kind.map).fields)
    let texts = kind.texts.map { (raw: JSONValue.string($0.0), expected: $0.1 ?? .string($0.0)) }
    for (raw, expected) in texts + Self.others.map({ (raw: $0, expected: $0) }) {
      func row(_ value: JSONValue) -> JSONValue {
        ["id": "a", "v": value, "deep": ["list": [["w": value, "v": value], ["x": 1]]]]
      }
      let before = row(raw)
      let after: JSONValue = [
        "id": "a", "v": expected, "deep": ["list": [["w": expected, "v": raw], ["x": 1]]],
      ]
      let typed = try types.typed(before.bytes())
      #expect(String(decoding: typed, as: UTF8.self) == after.compactText, "\(kind.map) \(raw)")
      // What is typed stays typed.
      #expect(try types.typed(typed) == typed)
    }
  }

  @Test("a member's own name may have dots, and comes before a path through others")
  func dots() throws {
    let connector = try #require(
      TestConnector.connector(
        TestConnector.yaml(
          "rows: { get: /rows, fields: { user.active: { map: bool }, user: { type: string } } }")))
    let types = TypedFields(try #require(connector.collections.first).fields)
    for (before, after) in [
      (#"{"user":"u1","user.active":"true"}"#, #"{"user":"u1","user.active":true}"#),
      (#"{"user":{"active":"true"}}"#, #"{"user":{"active":true}}"#),
      (
        #"{"user":{"active":"x"},"user.active":"false"}"#,
        #"{"user":{"active":"x"},"user.active":false}"#
      ),
      (#"["true"]"#, #"["true"]"#), (#""true""#, #""true""#), ("null", "null"),
    ] {
      #expect(String(decoding: try types.typed(Array(before.utf8)), as: UTF8.self) == after)
    }
  }

  @Test("what is observed is stored typed; the mask comes first")
  func observed() async throws {
    try await VendorServer.serve { _, _ in
      .json(#"[{"id":"a","on":"TRUE","secret":"true"},{"id":"b","on":"maybe"}]"#)
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      _ = try await scene.observe(
        "rows: { get: /rows, redact: [secret], fields: { on: { map: bool }, secret: { map: bool } } }",
        at: server)
      #expect(
        scene.lines("rows") == [
          #"{"id":"a","on":true,"secret":"REDACTED"}"#, #"{"id":"b","on":"maybe"}"#,
        ])
    }
  }

  @Test("what an earlier version stored is raw, and is read typed")
  func stored() throws {
    let connector = Declared(
      catalog: Declare.connector("okta", "rows: { identity: id, fields: { on: { map: bool } } }")
    ).library.connectors["okta"]
    let scratch = try Scratch()
    try scratch.write(
      StoredObservation(["rows": [["id": "a", "on": "true"], ["id": "b", "on": true]]]), to: "o")
    let reading = try RecordedReading(
      WorkingDirectory(root: scratch.path), path: "o", app: "okta", connector: connector)
    var found: [Bool?] = []
    try reading.forEachResource(in: "rows") { found.append($0.view["on"]?.bool) }
    #expect(found == [true, true])
  }

  @Test("an export has maps of its own, for every shape")
  func exported() throws {
    let format = [
      Declare.connector("tool"),
      Declare.document(
        "ExportFormat", "dump",
        """
        app: tool
        title: Tool dump
        observedAt: /meta/time
        collections:
          list: { fields: { on: { map: bool } } }
          map: { shape: map, fields: { on: { map: bool } } }
          entries: { shape: entries, fields: { value.on: { map: bool } } }
          value: { shape: value, fields: { on: { map: bool } } }
        """),
    ].documents
    let scratch = try Scratch()
    try scratch.write(
      #"{"meta":{"time":"2026-05-04T10:00:00Z"},"list":[{"on":"True"}],"map":{"x":{"on":"false"}},"entries":{"y":{"on":"true"}},"value":{"on":"no"}}"#,
      to: "export.json")
    let reading = try ExportReading(
      WorkingDirectory(root: scratch.path), path: "export.json",
      format: try #require(Declared(catalog: format).library.exportFormats["dump"]))
    for (name, expected) in [
      ("list", #"{"on":true}"#), ("map", #"{"on":false}"#),
      ("entries", #"{"key":"y","value":{"on":true}}"#), ("value", #"{"on":"no"}"#),
    ] {
      var found: [String] = []
      try reading.forEachResource(in: name) { found.append(JSONValue($0.view).compactText) }
      #expect(found == [expected])
    }
  }
}
