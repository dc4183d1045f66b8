import Connectors
import JSON
import Observation
import Posture
import TestSupport
import Testing
import YAML

/// Another tool's export, read as an observation.
@Suite struct ExportReadingTests {
  static let format = [
    Declare.connector("tool"),
    Declare.document(
      "ExportFormat", "dump",
      """
      app: tool
      title: Tool dump
      observedAt: /meta/time
      collections:
        list: { identity: key.id, commands: [Get-List, Get-More], succeeded: calls }
        map: { shape: map }
        value: { shape: value, pointer: /deep/value }
        absent: {}
      """),
  ].documents

  static func read(_ text: String) throws -> ExportReading {
    let library = Declared(catalog: format).library
    let scratch = try Scratch()
    try scratch.write(text, to: "export.json")
    return try ExportReading(
      WorkingDirectory(root: scratch.path), path: "export.json",
      format: try #require(library.exportFormats["dump"]))
  }

  /// An export with these members beside its time.
  static func export(_ members: String, calls: String = #"["get-list", "GET-MORE"]"#) -> String {
    #"{"meta": {"time": "2026-05-04T10:00:00.123+02:00"}, "calls": \#(calls)\#(members.isEmpty ? "" : ", " + members)}"#
  }

  static func summary(_ name: String, of reading: ExportReading) -> String? {
    reading.summary.collections.first { $0.name == name }.map {
      "\($0.state) \($0.count)" + ($0.fault.map { " \($0.detail)" } ?? "")
    }
  }

  static func resources(_ name: String, of reading: ExportReading) throws -> [String] {
    var found: [String] = []
    try reading.forEachResource(in: name) {
      found.append("\($0.id ?? "-") \(String(decoding: JSONValue($0.view).bytes(), as: UTF8.self))")
    }
    return found
  }

  @Test(
    "without the resource that is always there, the exporter was not shown everything",
    arguments: [
      ("list", "/name", #"[{"name": "root"}, {"name": "b"}]"#, #"[{"name": "b"}]"#),
      ("list", "/name", #"{"name": "root"}"#, "[]"),
      ("list", "/n/id", #"[{"n": {"id": "root"}}]"#, "null"),
      ("map", "/name", #"{"x": {"name": "root"}}"#, #"{"root": {"name": "x"}}"#),
      ("entries", "/key", #"{"root": 1}"#, #"{"x": "root"}"#),
      ("entries", "/value/id", #"{"x": {"id": "root"}}"#, #"{"root": {"id": "x"}}"#),
      ("value", "/name", #"{"name": "root"}"#, #"{"name": "Root"}"#),
    ])
  func mustHave(shape: String, pointer: String, whole: String, part: String) throws {
    let format = [
      Declare.connector("tool"),
      Declare.document(
        "ExportFormat", "dump",
        """
        app: tool
        title: Tool dump
        observedAt: /meta/time
        collections:
          rows: { shape: \(shape), mustHave: { pointer: \(pointer), value: root } }
        """),
    ].documents
    let library = Declared(catalog: format).library
    for (value, state) in [(whole, "complete"), (part, "denied")] {
      let scratch = try Scratch()
      try scratch.write(Self.export("\"rows\": \(value)"), to: "export.json")
      let reading = try ExportReading(
        WorkingDirectory(root: scratch.path), path: "export.json",
        format: try #require(library.exportFormats["dump"]))
      let summary = try #require(Self.summary("rows", of: reading))
      #expect(summary.hasPrefix(state), "\(value): \(summary)")
      #expect(summary.contains("'root' is missing") == (state == "denied"))
    }
  }

  @Test(
    "keys become collections by their shape; nulls are nothing",
    arguments: [
      (
        "list", #""list": [{"key": {"id": "a"}}, null, {"key": {"id": 2}}, {}]"#, "complete 3",
        [#"a {"key":{"id":"a"}}"#, #"2 {"key":{"id":2}}"#, "- {}"]
      ),
      ("list", #""list": {"key": {"id": "a"}}"#, "complete 1", [#"a {"key":{"id":"a"}}"#]),
      ("list", #""list": []"#, "complete 0", []),
      ("list", #""list": null"#, "complete 0", []),
      (
        "map", #""map": {"x": {"n": 1}, "y": null, "z": 2}"#, "complete 2",
        [#"x {"n":1}"#, "z 2"]
      ),
      ("map", #""map": {}"#, "complete 0", []),
      ("map", #""map": [{"n": 1}]"#, "complete 1", [#"- {"n":1}"#]),
      ("map", #""map": null"#, "complete 0", []),
      ("value", #""deep": {"value": [1, 2]}"#, "complete 1", ["- [1,2]"]),
      ("value", #""deep": {"value": false}"#, "complete 1", ["- false"]),
      ("value", #""deep": {"value": null}"#, "complete 1", ["- null"]),
    ])
  func shapes(name: String, members: String, summary: String, expected: [String]) throws {
    let reading = try Self.read(Self.export(members))
    #expect(Self.summary(name, of: reading) == summary)
    #expect(try Self.resources(name, of: reading) == expected)
  }

  @Test("a key that is missing is a failed collection, not an empty one")
  func missingKey() throws {
    let reading = try Self.read(Self.export(#""list": []"#))
    #expect(Self.summary("absent", of: reading) == "failed 0 the export has no /absent")
    #expect(Self.summary("value", of: reading) == "failed 0 the export has no /deep/value")
    let fault = #expect(throws: Fault.self) {
      try Self.resources("absent", of: reading)
    }
    #expect(fault?.detail == "collection absent is not complete")
  }

  @Test(
    "an exporter's call that failed makes its collection failed",
    arguments: [
      (#"["Get-List"]"#, "failed 0 Get-More did not succeed"),
      ("[]", "failed 0 Get-List, Get-More did not succeed"),
      ("null", "failed 0 Get-List, Get-More did not succeed"),
      (#"["get-LIST", "Get-More", "Get-Other"]"#, "complete 0"),
    ])
  func missingCommand(calls: String, summary: String) throws {
    let reading = try Self.read(Self.export(#""list": []"#, calls: calls))
    #expect(Self.summary("list", of: reading) == summary)
  }

  @Test("a byte order mark changes nothing but the digest")
  func byteOrderMark() throws {
    let text = Self.export(#""list": [{"key": {"id": "a"}}]"#)
    let plain = try Self.read(text)
    let marked = try Self.read("\u{FEFF}" + text)
    #expect(marked.summary.collections == plain.summary.collections)
    #expect(try Self.resources("list", of: marked) == Self.resources("list", of: plain))
    #expect(plain.summary.observedAt.description == "2026-05-04T08:00:00Z")
  }

  @Test(
    "what is no such export is refused",
    arguments: [
      ("not JSON", "<xml/>", "export.json: "),
      ("cut off", #"{"meta": {"ti"#, "export.json: "),
      ("empty", "", "export.json: "),
      ("a list", "[]", "export.json: it is not a JSON object, as a dump export is"),
      (
        "another tool's", #"{"results": []}"#,
        "export.json: /meta/time is not a time; is this a Tool dump?"
      ),
      (
        "a time that is none", #"{"meta": {"time": "noon"}}"#,
        "export.json: /meta/time is not a time; is this a Tool dump?"
      ),
    ])
  func refused(name: String, text: String, message: String) throws {
    let fault = #expect(throws: Fault.self) { try Self.read(text) }
    #expect(fault?.detail.hasPrefix(message) == true, "\(fault?.detail ?? "")")
  }

  @Test("nesting without end is an error that names the bound")
  func depth() throws {
    let deep = String(repeating: "[", count: 5_000) + String(repeating: "]", count: 5_000)
    let fault = #expect(throws: Fault.self) {
      try Self.read(Self.export(#""list": \#(deep)"#))
    }
    #expect(fault?.detail.contains("deep") == true, "\(fault?.detail ?? "")")
  }
}
