import Foundation
import JSON
import Posture
import TestSupport
import Testing

@testable import Observation

@Suite("Storing")
struct ObservationDraftTests {
  private let folder = NSTemporaryDirectory() + "plumb-store-" + UUID().uuidString

  private var store: ObservationStore { ObservationStore(folder: folder) }

  private func write(_ text: String) async throws {
    let draft = try ObservationDraft(in: store, instance: "one")
    let file = try draft.file(for: "items")
    try file.append(Lines([Array(text.utf8)]))
    let content = try await file.finish()
    let manifest = ObservationManifest(
      app: "demo", observedAt: Instant(secondsSince1970: 0), connectorDigest: "00",
      origin: ObservationOrigin(
        try #require(TestConnector.instance(parameters: [:])),
        connector: try #require(
          TestConnector.connector(TestConnector.yaml("items: { get: /items }")))),
      collections: [
        CollectionResult(
          name: "items", state: .complete, count: content.count, sha256: content.sha256)
      ])
    try await draft.commit(manifest: manifest.bytes)
  }

  private func stored() throws -> [String] {
    let reading = try RecordedReading(
      WorkingDirectory(root: folder), path: "one", app: "demo", connector: nil)
    var lines: [String] = []
    try reading.forEachResource(in: "items") { lines.append($0.view["v"]?.string ?? "?") }
    return lines
  }

  @Test("what is written is read again")
  func roundTrip() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await write(#"{"v":"a"}"#)
    #expect(try stored() == ["a"])
    try await write(#"{"v":"b"}"#)
    #expect(try stored() == ["b"])
    let left = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    #expect(left == [".one.lock", "one"])
  }

  @Test("a draft that is never finished leaves the last observation, and is removed by the next")
  func abandoned() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await write(#"{"v":"a"}"#)
    for _ in 0..<30 {
      let draft = try ObservationDraft(in: store, instance: "one")
      let file = try draft.file(for: "items")
      try file.append(Lines([Array(#"{"v":"half"#.utf8)]))
      _ = try await file.finish()
      // Dropped here, as by a kill: nothing is cleaned up.
      #expect(try stored() == ["a"])
    }
    try await write(#"{"v":"c"}"#)
    #expect(try stored() == ["c"])
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == [".one.lock", "one"])
  }

  @Test("two observers of one instance do not meet")
  func locked() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let first = try ObservationDraft(in: store, instance: "one")
    #expect(throws: Fault(.busy, "another process is observing instance 'one'")) {
      try ObservationDraft(in: store, instance: "one")
    }
    withExtendedLifetime(first) {}
  }

  @Test("only the owner may read observations")
  func permissions() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await write(#"{"v":"a"}"#)
    for (path, mode) in [("one", 0o700), ("one/items.ndjson", 0o600)] {
      let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(path)")
      #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == mode, "\(path)")
    }
  }

  @Test("an observation of nothing replaces nothing")
  func nothing() async throws {
    try await VendorServer.serve { _, index in
      index == 0 ? .json(#"[{"id":"1"}]"#) : .json("{}", status: 403)
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      _ = try await scene.observe("items: { get: /items }", at: server)
      #expect(scene.lines("items") == [#"{"id":"1"}"#])
      let report = try await scene.observe("items: { get: /items }", at: server)
      #expect(report.failureText == "the credentials may not read it")
      #expect(scene.lines("items") == [#"{"id":"1"}"#])
    }
  }
}
