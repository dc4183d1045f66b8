import Connectors
import Foundation
import JSON
import Observation
import Posture
import TestSupport
import Testing
import YAML

/// Stored observations: every fault is a reason, none is a verdict.
@Suite struct RecordedReadingTests {
  static let sound = StoredObservation(
    [
      "policies": [["id": "a"], ["id": "b"]], "rules": [["id": 7, "_parent": "a"]], "settings": [],
    ],
    others: [("users", ["state": "denied", "reason": "HTTP 403"])])

  static let connector = Declared(
    catalog: Declare.connector(
      "okta",
      "policies: { identity: id }, rules: { identity: id, forEach: policies }, settings: { singleton: true }"
    )
  ).library.connectors["okta"]

  static func open(
    _ observation: StoredObservation = sound, changing change: (Scratch) throws -> Void = { _ in }
  ) throws -> (scratch: Scratch, reading: RecordedReading) {
    let scratch = try Scratch()
    try scratch.write(observation, to: "o")
    try change(scratch)
    let reading = try RecordedReading(
      WorkingDirectory(root: scratch.path), path: "o", app: "okta", connector: connector)
    return (scratch, reading)
  }

  static func resources(_ collection: String, of reading: RecordedReading) throws(Fault)
    -> [String]
  {
    var found: [String] = []
    try reading.forEachResource(in: collection) {
      found.append("\($0.id ?? "-") of \($0.parent ?? "-")")
    }
    return found
  }

  @Test("hands out each resource with its identity and its parent")
  func sound() throws {
    let (scratch, reading) = try Self.open()
    #expect(try Self.resources("policies", of: reading) == ["a of -", "b of -"])
    #expect(try Self.resources("rules", of: reading) == ["a/7 of a"])
    #expect(try Self.resources("settings", of: reading) == [])
    #expect(reading.parentCollection(of: "rules") == "policies")
    #expect(reading.summary.observedAt.description == "2026-06-01T06:00:00Z")
    #expect(
      reading.summary.collections.map {
        "\($0.name) \($0.state) \($0.count) \($0.fault?.detail ?? "-")"
      }
        == [
          "policies complete 2 -", "rules complete 1 -", "settings complete 0 -",
          "users denied 0 HTTP 403",
        ])
    withExtendedLifetime(scratch) {}
  }

  @Test("the digest is of the contents, not of the time")
  func digest() throws {
    var later = Self.sound
    later.observedAt = "2026-07-01T06:00:00Z"
    var other = Self.sound
    other.collections[0].resources[0] = ["id": "c"]
    let one = try Self.open().reading.summary.digest
    #expect(try Self.open(later).reading.summary.digest == one)
    #expect(try Self.open(other).reading.summary.digest != one)
  }

  @Test(
    "an observation that cannot be understood is refused",
    arguments: [
      ("no file", nil, "o/observation.json does not exist"),
      ("cut off", "{\"apiVersion\":", "o/observation.json: "),
      (
        "another kind", #"{"apiVersion":"plumb/v1","kind":"Plan"}"#,
        "o/observation.json: it is no Observation of plumb/v1"
      ),
      (
        "another version", #"{"apiVersion":"plumb/v9","kind":"Observation"}"#,
        "o/observation.json: it is no Observation of plumb/v1"
      ),
      (
        "another app", #"{"apiVersion":"plumb/v1","kind":"Observation","app":"github"}"#,
        "o/observation.json: it is of app 'github', not 'okta'"
      ),
      (
        "no time",
        #"{"apiVersion":"plumb/v1","kind":"Observation","app":"okta","observedAt":"noon"}"#,
        "o/observation.json: 'observedAt' is not a time"
      ),
      (
        "no collections",
        #"{"apiVersion":"plumb/v1","kind":"Observation","app":"okta","observedAt":"2026-06-01T06:00:00Z","collections":[]}"#,
        "o/observation.json: 'collections' is not an object"
      ),
      (
        "an unknown state",
        #"{"apiVersion":"plumb/v1","kind":"Observation","app":"okta","observedAt":"2026-06-01T06:00:00Z","collections":{"a":{"state":"fine"}}}"#,
        "o/observation.json: collection 'a' has no known 'state'"
      ),
      (
        "complete without a digest",
        #"{"apiVersion":"plumb/v1","kind":"Observation","app":"okta","observedAt":"2026-06-01T06:00:00Z","collections":{"a":{"state":"complete","count":1}}}"#,
        "o/observation.json: collection 'a' is complete but has no 'sha256' and 'count'"
      ),
    ] as [(String, String?, String)])
  func refused(name: String, manifest: String?, message: String) throws {
    let fault = #expect(throws: Fault.self) {
      try Self.open { scratch in
        if let manifest {
          try scratch.write(manifest, to: "o/observation.json")
        } else {
          try FileManager.default.removeItem(at: scratch.url("o/observation.json"))
        }
      }
    }
    #expect(fault?.detail.hasPrefix(message) == true, "\(fault?.detail ?? "")")
  }

  @Test(
    "a collection's name leads nowhere else",
    arguments: [
      "../secrets", "/etc/passwd", "a/b", "..", "", "a\u{0}b", "ä",
      String(repeating: "a", count: 129),
    ])
  func hostileNames(name: String) throws {
    var hostile = Self.sound
    hostile.others = [(name, ["state": "complete", "count": 1, "sha256": "00"])]
    let fault = #expect(throws: Fault.self) { try Self.open(hostile) }
    #expect(fault?.detail == "o/observation.json: '\(name)' is no name of a collection")
  }

  @Test("damaged data is a fault, at the latest when it has been read")
  func damage() throws {
    func fault(_ change: (Scratch) throws -> Void) throws -> String? {
      let (scratch, reading) = try Self.open(changing: change)
      defer { withExtendedLifetime(scratch) {} }
      do throws(Fault) {
        _ = try Self.resources("policies", of: reading)
        return nil
      } catch {
        return error.detail
      }
    }
    #expect(try fault { _ in } == nil)
    #expect(
      try fault { try $0.write("{\"id\":\"a\"}\n{\"id\":\"c\"}\n", to: "o/policies.ndjson") }
        == "o/policies.ndjson is not what was recorded: its SHA-256 differs")
    #expect(
      try fault { try FileManager.default.removeItem(at: $0.url("o/policies.ndjson")) }
        == "o/policies.ndjson does not exist")
    #expect(
      try fault {
        let text = try #require($0.read("o/observation.json"))
        try $0.write(text.replacing("\"count\": 2", with: "\"count\": 3"), to: "o/observation.json")
      } == "o/policies.ndjson has 2 resources, observation.json says 3")
    let cut = try fault { try $0.write("{\"id\":\"a\"}\n{\"id\":", to: "o/policies.ndjson") }
    #expect(cut == "o/policies.ndjson: line 2, byte 6: expected a value, found the end")
  }

  @Test("a collection that is not complete hands out nothing")
  func incomplete() throws {
    let (scratch, reading) = try Self.open()
    let fault = #expect(throws: Fault.self) {
      try Self.resources("users", of: reading)
    }
    #expect(fault?.detail == "collection users is not complete")
    withExtendedLifetime(scratch) {}
  }

  @Test("no symbolic link leads out of the repository, wherever it stands on the way")
  func links() throws {
    let scratch = try Scratch()
    try scratch.write(Self.sound, to: "outside")
    try scratch.makeFolder("root/inside")
    try scratch.write(Self.sound, to: "root/inside")
    let manager = FileManager.default
    try manager.createSymbolicLink(
      atPath: "\(scratch.path)/root/out", withDestinationPath: "../outside")
    try manager.createSymbolicLink(
      atPath: "\(scratch.path)/root/in", withDestinationPath: "inside")
    func open(_ path: String) throws -> RecordedReading {
      try RecordedReading(
        WorkingDirectory(root: scratch.path + "/root"), path: path, app: "okta",
        connector: Self.connector)
    }
    for path in ["out", "../outside", "inside/../../outside"] {
      let fault = #expect(throws: Fault.self) { try open(path) }
      #expect(fault?.detail == "\(path)/observation.json leads out of the repository")
    }
    #expect(try Self.resources("policies", of: try open("in")).count == 2)

    try manager.removeItem(at: scratch.url("root/inside/policies.ndjson"))
    try manager.createSymbolicLink(
      atPath: "\(scratch.path)/root/inside/policies.ndjson",
      withDestinationPath: "../../outside/policies.ndjson")
    let reading = try open("inside")
    let fault = #expect(throws: Fault.self) {
      try Self.resources("policies", of: reading)
    }
    #expect(fault?.detail == "inside/policies.ndjson leads out of the repository")
  }

  @Test("a folder whose name begins like the root's is not in it")
  func siblings() throws {
    let scratch = try Scratch()
    try scratch.makeFolder("root")
    try scratch.write("x", to: "root-2/file")
    let fault = #expect(throws: Fault.self) {
      try WorkingDirectory(root: scratch.path + "/root").contents(of: "../root-2/file", limit: 10)
    }
    #expect(fault?.detail == "../root-2/file leads out of the repository")
  }

  @Test("a file larger than the limit is refused by its limit")
  func limit() throws {
    let scratch = try Scratch()
    try scratch.write("12345678901", to: "file")
    let directory = WorkingDirectory(root: scratch.path)
    #expect(try directory.contents(of: "file", limit: 11).count == 11)
    let fault = #expect(throws: Fault.self) {
      try directory.contents(of: "file", limit: 10)
    }
    #expect(fault?.detail == "file is larger than the limit of 10 bytes")
  }
}
