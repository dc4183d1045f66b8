#if Service
import AsyncHTTPClient
import Foundation
import JSON
import Logging
import NIOHTTP1
import Posture
import ServiceLifecycle
import Synchronization
import TestSupport
import Testing

@testable import Service

/// Acme with two reports, of two teams, and a server that shows them while a test asks.
struct ServedCompany: Sendable {
  let company: Company

  /// An accepted risk of each team's; what the other team's says is not to be read anywhere.
  static let exceptions = [
    Declare.exception(
      "kiosk-eu", of: "acme-idle", on: "acme-eu", justification: "The kiosk stays on.",
      owner: "shop@acme.example"),
    Declare.exception(
      "lab-us", of: "acme-idle", on: "acme-us", justification: "Whatever the laboratory does.",
      owner: "lab@acme.example"),
  ].documents

  init() throws {
    let names = ["acme-eu", "acme-us"]
    company = try Company(adding: [
      "desired-state/instances.yaml": names.map { name in
        Declare.instance(
          name, labels: "team: \(name.suffix(2))", "recommendations: on, maxAge: 100000d")
      }.documents,
      "desired-state/exceptions.yaml": Self.exceptions,
    ])
    try apply("2026-06-01")
    try company.observe("acme-eu", mfa: 2, idle: 60, at: "2026-06-08T06:00:00Z")
    try company.observe("acme-us", mfa: 1, idle: 60, at: "2026-06-08T06:00:00Z")
    try apply("2026-06-08")
  }

  private static let one = Result { try ServedCompany() }

  /// One for all tests that change nothing.
  static func shared() throws -> ServedCompany { try one.get() }

  func apply(_ day: String) throws {
    let run = try company.scratch.plumb("apply", "--quiet", "--at", "\(day)T07:00:00Z")
    try #require(run.status == 0, "\(run.error)")
  }

  func source(team: String? = nil, maxAffected: Int = 100) -> ReportSource {
    ReportSource(
      repository: company.path, path: "desired-state", revision: "HEAD", isRemote: false,
      environment: [:], version: "1.2.3",
      selection: team.map { InstanceSelection(labels: ["team": [$0]]) }, days: 14,
      maxAffected: maxAffected)
  }

  /// Lines that were logged of accesses.
  final class Lines: Sendable {
    private let lines = Mutex<[String]>([])
    func add(_ bytes: [UInt8]) {
      lines.withLock { $0.append(String(decoding: bytes, as: UTF8.self)) }
    }
    var all: [String] { lines.withLock(\.self) }
  }

  /// Bounds that no machine is too slow for.
  static var patient: WebServer.Bounds {
    var bounds = PageServer.Configuration.bounds
    bounds.idleTime = RunningServer.patient.idleTime
    return bounds
  }

  struct Served: Sendable {
    let server: PageServer
    let asking: RunningServer
    let admin: RunningServer
    let lines: Lines

    /// A document of the interface.
    func document(_ path: String, headers: [(String, String)] = []) async throws -> JSONValue {
      let answer = try await asking.ask("/api/v1" + path, headers: headers)
      try #require(answer.status == 200, "\(path): \(answer.body)")
      return JSONValue(try JSONView(parsing: answer.body))
    }
  }

  func serving(
    team: String? = nil, maxAffected: Int = 100,
    authentication: Authentication = .open(isLocal: true),
    interval: Double = 86_400, hookSecret: HookSecret? = nil,
    bounds: WebServer.Bounds = Self.patient,
    _ body: @Sendable (Served) async throws -> Void
  ) async throws {
    let configuration = PageServer.Configuration(
      source: source(team: team, maxAffected: maxAffected),
      listen: .address(ListenAddress(host: "127.0.0.1", port: 0)),
      admin: ListenAddress(host: "127.0.0.1", port: 0), authentication: authentication,
      interval: interval, hookSecret: hookSecret, bounds: bounds)
    let lines = Lines()
    let server = PageServer(
      configuration, log: AccessLog { lines.add($0) }, logger: Logger(label: "test"))
    let (ports, telling) = AsyncStream<(Int, Int)>.makeStream()
    let group = server.group(signals: false) { telling.yield(($0, $1 ?? 0)) }
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask { try await group.run() }
      var iterator = ports.makeAsyncIterator()
      let (pages, admin) = try #require(await iterator.next())
      let served = Served(
        server: server, asking: RunningServer(port: pages), admin: RunningServer(port: admin),
        lines: lines)
      try await served.isReady()
      try await body(served)
      await group.triggerGracefulShutdown()
      try await tasks.waitForAll()
    }
  }
}

extension ServedCompany.Served {
  /// Asks until there is something to show.
  fileprivate func isReady() async throws {
    while try await admin.ask("/readyz", headers: [("Connection", "close")]).status != 200 {}
  }
}
#endif
