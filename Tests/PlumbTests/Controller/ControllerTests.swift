#if Service
import Foundation
import Synchronization
import TestSupport
import Testing

/// `plumb controller`, as a process, against a vendor on this machine and a bare remote.
@Suite("The controller", .timeLimit(.minutes(45)))
struct ControllerTests {
  @Test(
    "a changed tenant is in the remote's reports within an interval, and a quiet one makes no commit"
  )
  func interval() async throws {
    let mfa = Mutex(3)
    try await VendorServer.serve { request, _ in
      LiveCompany.answer(request, mfa: mfa.withLock { $0 })
    } _: { server in
      let bench = try ControllerBench([server])
      let program = try bench.start("one", ["--interval", "1s", "--verbose"])
      let first = try await bench.recorded(by: program, in: ControllerBench.state, #""compliant""#)
      // Four more rounds change nothing.
      var round = first
      for _ in 0..<4 {
        round = try await program.line(with: "debug: nothing to record", from: round).next
      }
      let quiet = program.lines[first..<round]
      let conditions = quiet.filter { $0.contains("condition") }
      // A vendor that did not answer in time is no quiet one, and is told of.
      #expect(
        quiet.count { $0.contains(ControllerBench.recordedLine) } <= conditions.count, "\(quiet)")
      mfa.withLock { $0 = 1 }
      try await bench.recorded(by: program, from: round, "u1")
      let told = program.lines.count { $0.contains(ControllerBench.recordedLine) }
      let metrics = try await ControllerBench.ask(program, "/metrics") {
        $0.contains(
          #"plumb_instance_condition{instance="acme-eu",app="acme",condition="Ready"} 1"#)
      }
      let counted = try #require(
        metrics.firstMatch(of: /plumb_commit_total (\d+)/).flatMap { Int($0.1) })
      #expect(try await ControllerBench.ask(program, "/healthz").0 == 200)
      #expect(try await ControllerBench.ask(program, "/readyz").0 == 200)
      program.signal(SIGTERM)
      #expect(await program.finish() == 0)
      let all = program.lines.count { $0.contains(ControllerBench.recordedLine) }
      #expect((told...all).contains(counted))
      try bench.checkTold(by: program)
      try bench.checkWhole()
    }
  }

  @Test(
    "a hook has a changed desired state recorded; two controllers of one store are one too many")
  func hook() async throws {
    try await VendorServer.serve { request, _ in
      LiveCompany.answer(request, mfa: 1)
    } _: {
      server in
      let bench = try ControllerBench([server])
      let program = try bench.start()
      let first = try await program.line(with: ControllerBench.recordedLine)
      try bench.declare(
        LiveCompany.instance(at: server.authority)
          + LiveCompany.instance("acme-us", at: server.authority, isOn: false),
        in: "desired-state/instances.yaml")
      try await ControllerBench.ring(program, id: "1")
      let second = try await bench.recorded(
        by: program, from: first.next, in: "state.json", "acme-us")
      // What cannot be read is told, and what stood goes on.
      try bench.declare("kind: Nonsense\n", in: "desired-state/broken.yaml")
      try await ControllerBench.ring(program, id: "2")
      try await program.line(with: "desired state cannot be read", from: second)
      #expect(try await ControllerBench.ask(program, "/readyz").0 == 200)
      let other = try bench.start()
      #expect(await other.finish() == 1)
      #expect(other.lines.joined().contains("another controller works in "))
      program.signal(SIGINT)
      #expect(await program.finish() == 0)
      try bench.checkWhole()
    }
  }

  @Test("channels hear of what changed, and one without an address is told of")
  func channels() async throws {
    let mfa = Mutex(3)
    try await VendorServer.serve { _, _ in
      .json("{}")
    } _: { receiver in
      try await VendorServer.serve { request, _ in
        LiveCompany.answer(request, mfa: mfa.withLock { $0 })
      } _: { server in
        let bench = try ControllerBench([server])
        try bench.declare(
          Declare.settings(
            "notifications: [{ to: security, on: [regressed] }, { to: nobody, on: [regressed] }]"),
          in: "desired-state/settings.yaml")
        let program = try bench.start(
          "one", ["--interval", "1s"],
          adding: [
            "PLUMB_NOTIFY_SECURITY_KIND": "webhook",
            "PLUMB_NOTIFY_SECURITY_URL": "\(receiver.origin)/hooks/posture",
            "PLUMB_NOTIFY_SECURITY_SECRET": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
          ])
        let first = try await bench.recorded(
          by: program, in: ControllerBench.state, #""compliant""#)
        mfa.withLock { $0 = 1 }
        try await program.line(with: "info: notified", "channel=security", from: first)
        program.signal(SIGTERM)
        #expect(await program.finish() == 0)
        let log = program.lines.joined(separator: "\n")
        #expect(log.contains("PLUMB_NOTIFY_NOBODY_URL"), "\(log)")
        #expect(Set(receiver.requests.map(\.path)) == ["/hooks/posture"])
      }
    }
  }

  @Test("what is suspended is not asked, and the report says so")
  func suspended() async throws {
    try await VendorServer.serve { request, _ in
      LiveCompany.answer(request)
    } _: { server in
      let day = Self.day(after: 3)
      let instance = LiveCompany.instance(at: server.authority).replacing(
        "maxAge: 24h", with: "maxAge: 24h\n  suspend: { reason: The tenant moves., until: \(day) }")
      let bench = try ControllerBench([server], instances: instance)
      let program = try bench.start()
      try await program.line(with: "condition", "to=Suspended", "The tenant moves.")
      let first = try await program.line(with: ControllerBench.recordedLine)
      #expect(server.requests.isEmpty)
      let page = try bench.remoteGit("show", "plumb/reports:reports/instances/acme-eu/README.md")
      #expect(page.contains("suspended until \(day): The tenant moves."))
      try bench.declare(
        LiveCompany.instance(at: server.authority), in: "desired-state/instances.yaml")
      try await ControllerBench.ring(program, id: "1")
      try await program.line(with: "condition", "to=Ready", from: first.next)
      try await bench.recorded(
        by: program, from: first.next, in: ControllerBench.state, #""compliant""#)
      program.signal(SIGTERM)
      #expect(await program.finish() == 0)
    }
  }

  private static func day(after days: Int) -> String {
    Date(timeIntervalSinceNow: Double(days) * 86_400).formatted(.iso8601.year().month().day())
  }

  @Test("SIGTERM lets a running observation end, and records it")
  func termination() async throws {
    let held = Mutex<(@Sendable () -> Void)?>(nil)
    let (asked, telling) = AsyncStream<Void>.makeStream()
    try await VendorServer.serve { request, _ in
      guard request.path == "/api/users" else { return LiveCompany.answer(request) }
      return .later { send in
        held.withLock { $0 = { send(LiveCompany.answer(request)) } }
        telling.yield()
      }
    } _: { server in
      let bench = try ControllerBench([server])
      let program = try bench.start("one", ["--graceful-timeout", "1h"])
      var iterator = asked.makeAsyncIterator()
      await iterator.next()
      program.signal(SIGTERM)
      // The first report may have been made by then, without the tenant.
      let ending = try await program.line(with: "info: ending", "running=1")
      #expect(try await ControllerBench.ask(program, "/readyz").0 == 503)
      held.withLock { $0 }?()
      #expect(await program.finish() == 0)
      let recorded = program.lines[ending.next...].filter {
        $0.contains(ControllerBench.recordedLine)
      }
      #expect(recorded.count == 1, "\(program.lines)")
      #expect(bench.report(ControllerBench.state)?.contains(#""compliant""#) == true)
      try bench.checkTold(by: program)
      try bench.checkWhole()
    }
  }

  @Test("SIGTERM drops an observation whose vendor never answers")
  func graceEnds() async throws {
    let (asked, telling) = AsyncStream<Void>.makeStream()
    try await VendorServer.serve { _, _ in
      telling.yield()
      return .silence
    } _: { server in
      let bench = try ControllerBench([server])
      let program = try bench.start("one", ["--graceful-timeout", "1s"])
      var iterator = asked.makeAsyncIterator()
      await iterator.next()
      program.signal(SIGTERM)
      #expect(await program.finish() == 0)
      // What it knew before, that the tenant was not observed, may be in a report; what it was reading is in none.
      let ending = try #require(program.lines.firstIndex { $0.contains("info: ending") })
      let last = program.lines[ending...]
      let recorded = last.contains { $0.contains(ControllerBench.recordedLine) }
      // An observation that gave up by itself is over, and is recorded.
      let gaveUp = last.contains { $0.contains("running=0") || $0.contains("condition") }
      #expect(!recorded || gaveUp, "\(program.lines)")
      if try bench.hasReports() {
        try bench.checkTold(by: program)
        try bench.checkWhole()
      }
    }
  }

  @Test("refused credentials stall, and are tried again when their file changes, not before")
  func refused() async throws {
    try await VendorServer.serve { request, _ in
      request.header("authorization") == "Bearer right-token-0123456789"
        ? LiveCompany.answer(request)
        : .json(#"{"message":"Bad credentials"}"#, status: 401)
    } _: { server in
      var bench = try ControllerBench([server])
      bench = bench.withoutToken()
      try bench.writeCredentials("wrong-token-0123456789")
      let program = try bench.start(
        "one", ["--credentials", "\(bench.scratch.path)/credentials.yaml"])
      let stalled = try await program.line(
        with: "condition", "to=Stalled", "reason=refusedCredentials")
      let asked = server.requests.count
      try await ControllerBench.ring(program, id: "1")
      try await program.line(with: "hook", "verdict=rung")
      try bench.writeCredentials("right-token-0123456789")
      try await ControllerBench.ring(program, id: "2")
      try await program.line(with: "credentials changed", from: stalled.next)
      try await program.line(with: "condition", "to=Ready", from: stalled.next)
      let refused = server.requests.prefix(while: {
        $0.header("authorization") != "Bearer right-token-0123456789"
      }).count
      #expect(refused == asked)
      #expect(!program.lines.joined().contains("token-0123456789"))
      program.signal(SIGTERM)
      #expect(await program.finish() == 0)
    }
  }
}

extension ControllerBench {
  fileprivate func withoutToken() -> ControllerBench {
    var company = company
    company.environment["PLUMB_ACME_EU_TOKEN"] = nil
    return ControllerBench(company, servers)
  }

  private init(_ company: LiveCompany, _ servers: [VendorServer]) {
    self.company = company
    self.servers = servers
  }

  fileprivate func writeCredentials(_ token: String) throws {
    let path = "\(scratch.path)/credentials.yaml"
    let draft = path + ".new"
    try Data("acme-eu: { token: \(token) }\n".utf8).write(to: URL(fileURLWithPath: draft))
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: draft)
    guard rename(draft, path) == 0 else { throw Scratch.Failure(description: "not renamed") }
  }
}
#endif
