import Connectors
import Foundation
import Posture
import Testing
import YAML

@testable import Observation

@Suite("Importing")
struct ImporterTests {
  private let folder = NSTemporaryDirectory() + "plumb-import-" + UUID().uuidString

  private static let clock = Instant(secondsSince1970: 4_000_000_000)

  private var store: ObservationStore { ObservationStore(folder: "\(folder)/store") }

  private func write(_ text: String, to name: String) throws {
    let path = "\(folder)/\(name)"
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try text.write(toFile: path, atomically: false, encoding: .utf8)
  }

  private var instance: Instance {
    get throws { try #require(TestConnector.instance(parameters: ["domain": "demo.example"])) }
  }

  private func lines(_ collection: String) throws -> [String] {
    let path = "\(folder)/store/demo-one/\(collection).ndjson"
    return try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
  }

  @Test("takes a folder of raw answers, and masks what a connector would")
  func responses() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let connector = try #require(
      TestConnector.connector(
        TestConnector.yaml(
          """
          items: { get: /items, items: /value, redact: [secret] }
          rules: { forEach: items, get: '/items/{parent.id}/rules' }
          one: { get: /one, singleton: true }
          missing: { get: /missing }
          fixed: { fixed: [] }
          """)))
    try write(#"{"value":[{"id":"a","secret":"s"},{"id":"b"}]}"#, to: "raw/items.json")
    try write(#"{"a":[{"id":"1"}],"b":[]}"#, to: "raw/rules.json")
    try write(#"{"on":true}"#, to: "raw/one.json")
    let results = try await Importer.store(
      responses: "raw", in: WorkingDirectory(root: folder),
      observedAt: Instant(secondsSince1970: 0), as: try instance, connector: connector,
      store: store, clock: Self.clock)
    #expect(
      results.map { "\($0.name) \($0.state.rawValue) \($0.count)" } == [
        "fixed complete 0", "items complete 2", "missing failed 0", "one complete 1",
        "rules complete 1",
      ])
    #expect(try lines("items") == [#"{"id":"a","secret":"REDACTED"}"#, #"{"id":"b"}"#])
    #expect(try lines("rules") == [#"{"_parent":"a","id":"1"}"#])
    let reading = try RecordedReading(
      WorkingDirectory(root: "\(folder)/store"), path: "demo-one", app: "demo", connector: connector
    )
    // What was imported is this tenant's: another domain is another one.
    _ = try RecordedReading(
      WorkingDirectory(root: "\(folder)/store"), path: "demo-one", app: "demo",
      connector: connector, origin: ObservationOrigin(try instance, connector: connector))
    let moved = try #require(TestConnector.instance(parameters: ["domain": "other.example"]))
    #expect(throws: Fault.self) {
      try RecordedReading(
        WorkingDirectory(root: "\(folder)/store"), path: "demo-one", app: "demo",
        connector: connector, origin: ObservationOrigin(moved, connector: connector))
    }
    var ids: [String?] = []
    try reading.forEachResource(in: "rules") { ids.append($0.id) }
    #expect(ids == ["a/1"])
  }

  @Test(
    "raw answers without the item that is always there are not all: that costs their collection")
  func mustHave() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let connector = try #require(
      TestConnector.connector(
        TestConnector.yaml(
          """
          seen: { get: /seen, mustHave: { pointer: /id, value: root } }
          hidden: { get: /hidden, mustHave: { pointer: /id, value: root } }
          typed: { get: /typed, fields: { on: { map: bool } } }
          """)))
    try write(#"[{"id":"a"},{"id":"root"}]"#, to: "raw/seen.json")
    try write(#"[{"id":"a"}]"#, to: "raw/hidden.json")
    try write(#"[{"id":"a","on":"True"}]"#, to: "raw/typed.json")
    let results = try await Importer.store(
      responses: "raw", in: WorkingDirectory(root: folder),
      observedAt: Instant(secondsSince1970: 0), as: try instance, connector: connector,
      store: store, clock: Self.clock)
    #expect(
      results.map { "\($0.name) \($0.state.rawValue) \($0.count)" } == [
        "hidden denied 0", "seen complete 2", "typed complete 1",
      ])
    #expect(results.first?.fault?.detail.hasPrefix("'root' is missing") == true)
    #expect(try lines("typed") == [#"{"id":"a","on":true}"#])
  }

  @Test("takes a tenant's export with the time that it names")
  func export() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    guard let recordings = Recording.folder else {
      print("not run: no export at ../shared/real/m365")
      return
    }
    let library = DecodedCatalog.builtIn(diagnostics: Diagnostics())
    let format = try #require(library.exportFormats["scubagear"])
    let results = try await Importer.store(
      export: "ProviderSettingsExport.json", in: WorkingDirectory(root: "\(recordings)/m365"),
      format: format, as: try instance,
      connector: try #require(library.connectors["microsoft-365"]),
      store: store, clock: Self.clock)
    #expect(results.first { $0.name == "conditional_access_policies" }?.state == .complete)
    #expect(results.first { $0.name == "privileged_users" }?.count == 3)
    #expect(try lines("privileged_users").allSatisfy { $0.hasPrefix(#"{"Id":""#) })
    let reading = try RecordedReading(
      WorkingDirectory(root: "\(folder)/store"), path: "demo-one", app: "microsoft-365",
      connector: library.connectors["microsoft-365"])
    #expect(reading.summary.observedAt.description.hasPrefix("2026-"))
  }

  @Test("what is no such export replaces nothing")
  func wrong() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try write("[]", to: "export.json")
    let library = DecodedCatalog.builtIn(diagnostics: Diagnostics())
    let format = try #require(library.exportFormats["scubagear"])
    await #expect(throws: Fault.self) {
      try await Importer.store(
        export: "export.json", in: WorkingDirectory(root: folder), format: format, as: try instance,
        connector: try #require(library.connectors["microsoft-365"]), store: store,
        clock: Self.clock)
    }
    #expect(!FileManager.default.fileExists(atPath: "\(folder)/store"))
  }
}
