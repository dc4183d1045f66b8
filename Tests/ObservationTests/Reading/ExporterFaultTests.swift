import Connectors
import Foundation
import JSON
import Observation
import Posture
import TestSupport
import Testing
import YAML

/// What an exporting tool says of its own failures, and the forms in which it writes.
@Suite struct ExporterFaultTests {
  static let format = [
    Declare.connector("tool"),
    Declare.document(
      "ExportFormat", "dump",
      """
      app: tool
      title: Tool dump
      observedAt: /time
      merged: { pointer: /Raw, observedAt: /MetaData/Time }
      files: [Export.json, "Results*.json"]
      collections:
        logs: { commands: [list-logs], succeeded: good, failed: bad }
        users: { identity: id, nonEmpty: true, faults: [/users_error] }
        policies: { shape: entries, requires: { /top: [Error] }, withheld: /missing }
        units: { pointer: /directory/units, absent: empty }
      """),
  ].documents

  static func reading(_ bytes: [UInt8], at path: String = "export.json", of asked: String? = nil)
    throws
    -> ExportReading
  {
    let library = Declared(catalog: format).library
    let scratch = try Scratch()
    try scratch.write("", to: "dump/readme.txt")
    try Data(bytes).write(to: URL(fileURLWithPath: "\(scratch.path)/\(path)"))
    return try ExportReading(
      WorkingDirectory(root: scratch.path), path: asked ?? path,
      format: try #require(library.exportFormats["dump"]))
  }

  static func export(_ change: (inout [String: String]) -> Void = { _ in }) -> String {
    var members = [
      "time": #""2026-05-04T10:00:00Z""#, "good": #"["list-logs"]"#, "bad": "[]",
      "logs": #"[{"id":"1"}]"#, "users": #"[{"id":"ü"}]"#, "users_error": "null", "top": #""Top""#,
      "policies": #"{"Top":{"mail":{"pop":true,"imap":false}}}"#, "missing": "[]",
      "directory": #"{"units":[{"id":"u"}]}"#,
    ]
    change(&members)
    return "{" + members.map { "\"\($0.key)\": \($0.value)" }.joined(separator: ", ") + "}"
  }

  static func state(_ name: String, _ change: (inout [String: String]) -> Void) throws -> String? {
    ExportReadingTests.summary(name, of: try reading(Array(export(change).utf8)))
  }

  @Test("a call that failed once beats the same call's success")
  func failedCall() throws {
    #expect(try Self.state("logs") { _ in } == "complete 1")
    #expect(try Self.state("logs") { $0["bad"] = #"["List-Logs"]"# } == "failed 0 list-logs failed")
    #expect(try Self.state("logs") { $0["bad"] = #""list-logs""# } == "failed 0 list-logs failed")
  }

  @Test("a fault that is named, a name that could not be read, and what comes empty")
  func faults() throws {
    #expect(
      try Self.state("users") { $0["users_error"] = #""denied""# }
        == "failed 0 the exporter reports /users_error: denied")
    for empty in ["[]", "null", "{}", "[null]", "[{}]"] {
      #expect(
        try Self.state("users") { $0["users"] = empty }
          == "failed 0 it came empty, though every tenant has at least one", "\(empty)")
    }
    for top in [#""""#, #""Error""#, "null", "7"] {
      #expect(
        try Self.state("policies") { $0["top"] = top }
          == "failed 0 the exporter could not read /top", "\(top)")
    }
  }

  @Test("settings that the exporter misses are left out, the others stay")
  func withheld() throws {
    let reading = try Self.reading(
      Array(Self.export { $0["missing"] = #"["mail.pop", "chat.x"]"# }.utf8))
    #expect(
      try ExportReadingTests.resources("policies", of: reading) == [
        #"Top {"key":"Top","value":{"mail":{"imap":false}}}"#
      ])
  }

  @Test("a key that may be missing means none, if what would have it is there")
  func absent() throws {
    #expect(try Self.state("units") { $0["directory"] = "{}" } == "complete 0")
    #expect(
      try Self.state("units") { $0["directory"] = "null" }
        == "failed 0 the export has no /directory/units")
  }

  @Test("UTF-8 and UTF-16 in either order, with and without a byte order mark")
  func encodings() throws {
    let text = Self.export()
    let little = text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let big = text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    for bytes in [
      Array(text.utf8), [0xEF, 0xBB, 0xBF] + Array(text.utf8), little, [0xFF, 0xFE] + little, big,
      [0xFE, 0xFF] + big,
    ] {
      let reading = try Self.reading(bytes)
      #expect(try ExportReadingTests.resources("users", of: reading) == [#"ü {"id":"ü"}"#])
    }
    #expect(throws: Fault.self) { try Self.reading([0xFF, 0xFE] + little.dropLast()) }
    #expect(throws: Fault.self) { try Self.reading([0xFF, 0xFE, 0x00, 0xD8]) }
  }

  @Test("the tool's report has the export in it, in the folder that the tool makes")
  func merged() throws {
    let text = Self.export { $0["time"] = nil }
    let report = #"{"MetaData": {"Time": "2026-06-01T00:00:00Z"}, "Results": [], "Raw": \#(text)}"#
    let reading = try Self.reading(
      Array(report.utf8), at: "dump/Results_0a1b.json", of: "dump")
    #expect(reading.summary.observedAt.description == "2026-06-01T00:00:00Z")
    #expect(try ExportReadingTests.resources("users", of: reading) == [#"ü {"id":"ü"}"#])
    #expect(throws: Fault.self) {
      try Self.reading(Array(report.utf8), at: "dump/other.json", of: "dump")
    }
  }
}
