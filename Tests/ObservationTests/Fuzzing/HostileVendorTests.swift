import Connectors
import Foundation
import JSON
import Posture
import Synchronization
import TestSupport
import Testing

@testable import Observation

/// Whole observations of a vendor whose every answer is a mutated one: each ends, with its reasons, and what is stored
/// can be read again.
@Suite("Hostile vendors") struct HostileVendorTests {
  private static let collections = """
    groups: { get: /groups, identity: id, label: name, attach: { members: [{ get: '/groups/{item.id}/members' }] } }
    rules: { get: '/groups/{parent.id}/rules', identity: id, forEach: groups }
    odata: { get: /odata, identity: id, items: /value, pagination: odata }
    cursor: { get: /cursor, items: /rows, pagination: { cursor: { from: /cursor, parameter: page, more: /more } } }
    offset: { get: /offset, pagination: { offset: { parameter: start, sizeParameter: n, size: 2, totalHeader: x-total } } }
    pages: { get: /pages, pagination: { page: { parameter: p, sizeParameter: n, size: 2 } } }
    settings: { get: /settings, singleton: true }
    """

  private static let corpus = [
    #"[{"id":"a","name":"A","n":9223372036854775807},{"id":7,"name":null,"tags":["x",1.5e3,true]}]"#,
    #"{"value":[{"id":"a"}],"@odata.nextLink":"https://eu.demo.example/api/odata?page=2","rows":[{"id":1},{"id":2}],"cursor":"abc","more":true}"#,
    #"{"errorCode":"E0000011","errorSummary":"Invalid token provided","error":{"code":"x","message":"no"}}"#,
    #"<https://eu.demo.example/api/groups?after=2>; rel="next""#,
  ]

  @Test("are observed, or not, with a reason")
  func answers() async throws {
    let connector = try #require(
      TestConnector.connector(TestConnector.yaml(Self.collections)))
    let instance = try #require(
      TestConnector.instance(parameters: ["domain": "eu.demo.example"]))
    var scene = Scene()
    defer { scene.remove() }
    let vendor = HostileVendor()
    scene.options.transport = vendor
    scene.options.limits.pages = 3
    scene.options.limits.requests = 30
    scene.options.limits.retry.attempts = 2
    var (stored, failed) = (0, 0)
    var mutator = Mutator(texts: Self.corpus)
    try await mutator.run("HTTP answers") { bytes in
      vendor.speak(bytes)
      let report = await Observer.observe(
        instance, connector: connector, credentials: Credentials(["token": Scene.secret]),
        options: scene.options)
      if let failure = report.failure {
        failed += 1
        #expect(!failure.detail.isEmpty && !failure.detail.contains(Scene.secret))
        return
      }
      stored += 1
      let reading = try RecordedReading(
        WorkingDirectory(root: scene.folder), path: "demo-one", app: "demo", connector: connector)
      for collection in reading.summary.collections where collection.state == .complete {
        try reading.forEachResource(in: collection.name) { _ in }
      }
    }
    #expect(stored > 10 && failed > 10, "\(stored) \(failed)")
  }

  @Test("what lies in a store, or in a repository, is read or refused")
  func manifests() throws {
    let files = StoredObservation(
      app: "demo",
      ["groups": [["id": "a", "n": 1], ["id": "b"]], "settings": [["mode": "x"]]],
      others: [("rules", ["state": "partial", "count": 3, "reason": "stopped"])]
    ).files
    let manifest = try #require(files["observation.json"])
    let lines = try #require(files["groups.ndjson"])
    let connector = try #require(
      TestConnector.connector(TestConnector.yaml(Self.collections)))
    var read = 0
    var manifests = Mutator(texts: [manifest])
    manifests.run("manifests") { bytes in
      let folder = MemoryFolder(manifest: bytes, lines: Array(lines.utf8))
      guard
        let reading = try? RecordedReading(
          folder, path: "x", app: "demo", connector: connector)
      else { return }
      for collection in reading.summary.collections {
        #expect(collection.count >= 0)
        try? reading.forEachResource(in: collection.name) { _ in read += 1 }
      }
    }
    #expect(read > 20)
    var resources = Mutator(texts: [lines])
    resources.run("stored resources") { bytes in
      let text = String(decoding: manifest.utf8, as: UTF8.self).replacing(
        /"sha256": "[^"]*"/, with: "\"sha256\": \"\(Digest.sha256(bytes))\"")
      let folder = MemoryFolder(manifest: Array(text.utf8), lines: bytes)
      guard
        let reading = try? RecordedReading(
          folder, path: "x", app: "demo", connector: connector)
      else { return }
      try? reading.forEachResource(in: "groups") { _ in read += 1 }
    }
  }
}

/// A vendor that answers every request with the same bytes.
private final class HostileVendor: Transport {
  private let bytes = Mutex<[UInt8]>([])

  func speak(_ bytes: [UInt8]) { self.bytes.withLock { $0 = bytes } }

  func send(
    _ request: APIRequest, bounds: ResponseBounds
  ) async throws(TransportFault) -> APIResponse {
    let bytes = bytes.withLock { $0 }
    // The same for the same bytes, so that a failing input can be tried again.
    let statuses = [200, 200, 200, 200, 200, 204, 302, 400, 401, 403, 404, 429, 500, 600]
    let status = statuses[bytes.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xFFFF } % statuses.count]
    let text = String(decoding: bytes.prefix(200), as: UTF8.self)
    return APIResponse(
      status: status,
      headers: ["link", "location", "retry-after", "x-remaining", "x-reset", "x-total"].map {
        APIRequest.Header($0, text)
      }, body: bytes)
  }
}

/// An observation in memory.
private struct MemoryFolder: RepositoryFiles {
  let manifest: [UInt8]
  let lines: [UInt8]

  func contents(of path: String, limit: Int) throws(Fault) -> [UInt8] {
    path.hasSuffix(".json") ? manifest : lines
  }

  func open(_ path: String) throws(Fault) -> OpenFile? { nil }
}
