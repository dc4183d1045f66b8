import Foundation
import Posture
import Synchronization
import TestSupport
import Testing
import YAML

@testable import Observation

/// The program itself, ended while it observes.
@Suite("Killed while observing")
struct KillTests {
  private static let instance = """
    apiVersion: plumb/v1
    kind: Instance
    metadata: { name: okta-one }
    spec:
      app: okta
      source: { api: { parameters: { domain: contoso.okta.com } } }
    """

  @Test("30 times, the last whole observation stands, and the next run succeeds")
  func killed() async throws {
    let program = try #require(Program.path, "the program is not built")
    let scratch = try Scratch()
    try scratch.makeRepository(["desired-state/instances.yaml": Self.instance])
    // Every run sees another tenant, so that a mixture of two would show.
    let generation = Generation()
    try await VendorServer.serve { request, index in
      generation.arrived()
      let version = generation.current
      return request.target.contains("type=") || request.path.hasSuffix("/zones")
        ? .json(#"[{"id":"p","name":"\#(version)","status":"ACTIVE"}]"#)
        : request.path.contains("/rules")
          ? .json(#"[{"id":"r","name":"\#(version)"}]"#)
          : request.path.hasSuffix("/api-tokens") || request.path.hasSuffix("s")
            ? .json("[]") : .json(#"{"v":"\#(version)"}"#)
    } _: { server in
      let arguments = [
        "observe", "--connect-to", "contoso.okta.com=\(server.origin)", "--connect-to",
        "contoso-admin.okta.com=\(server.origin)",
      ]
      var environment = Scratch.environment
      environment["PLUMB_STORE"] = "\(scratch.path)/store"
      environment["PLUMB_OKTA_ONE_API_TOKEN"] = "not-a-token-at-all"
      let repository = "\(scratch.path)/repository"

      let first = try Run(program, arguments, in: repository, environment: environment)
      #expect(first.status == 0, "\(first.output)\(first.error)")
      #expect(first.output.hasPrefix("okta-one: "))
      #expect(try Self.versions(scratch) == ["0"])
      let requests = server.requests.count
      try #require(requests > 20)

      var killed = 0
      for round in 1...30 {
        // From the first request to the last, after which there is only storing left.
        generation.begin(round, killingAt: 1 + (round - 1) * (requests - 1) / 29)
        let run = try Run.Started(program, arguments, in: repository, environment: environment)
        await generation.reached()
        run.kill()
        // On a busy machine the run may have ended just before.
        if try run.finish().wasKilled { killed += 1 }
        // One version in all files, and every digest right: nothing is half of this and half of that.
        let versions = try Self.versions(scratch)
        #expect(versions.count == 1, "round \(round): \(versions)")
      }

      #expect(killed > 0)

      generation.begin(99, killingAt: .max)
      let last = try Run(program, arguments, in: repository, environment: environment)
      #expect(last.status == 0, "\(last.output)\(last.error)")
      #expect(try Self.versions(scratch) == ["99"])
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: "\(scratch.path)/store/observations")
          .sorted() == [".okta-one.lock", "okta-one"])
    }
  }

  /// The versions that the stored observation's resources name.
  private static func versions(_ scratch: Scratch) throws -> Set<String> {
    let connector = Library.builtIn(diagnostics: Diagnostics()).connectors["okta"]
    let reading = try RecordedReading(
      WorkingDirectory(root: "\(scratch.path)/store/observations"), path: "okta-one",
      app: "okta", connector: connector)
    var versions: Set<String> = []
    for collection in reading.summary.collections where collection.state == .complete {
      try reading.forEachResource(in: collection.name) { resource in
        for name in ["name", "v"] {
          if let version = resource.view.field(name) { versions.insert(version) }
        }
      }
    }
    return versions
  }
}

/// Which tenant the server shows, and the request at which the observer is to die.
private final class Generation: Sendable {
  private struct State {
    var version = 0
    var arrived = 0
    var deadline = Int.max
    var waiting: CheckedContinuation<Void, Never>?
  }

  private let state = Mutex(State())

  var current: Int { state.withLock { $0.version } }

  func begin(_ version: Int, killingAt request: Int) {
    state.withLock {
      $0.version = version
      $0.arrived = 0
      $0.deadline = request
    }
  }

  func arrived() {
    let waiting = state.withLock { state -> CheckedContinuation<Void, Never>? in
      state.arrived += 1
      guard state.arrived >= state.deadline else { return nil }
      let waiting = state.waiting
      state.waiting = nil
      return waiting
    }
    waiting?.resume()
  }

  /// Waits for the request at which the observer is to die.
  func reached() async {
    await withCheckedContinuation { continuation in
      let isThere = state.withLock { state in
        if state.arrived >= state.deadline { return true }
        state.waiting = continuation
        return false
      }
      if isThere { continuation.resume() }
    }
  }
}
