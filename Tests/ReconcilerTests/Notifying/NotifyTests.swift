import Git
import JSON
import Observation
import Posture
import Reconciler
import Reports
import TestSupport
import Testing

/// Telling channels of what apply recorded, over real sockets.
@Suite("Notifying")
struct NotifyTests {
  private static let settings = Declare.settings(
    """
    notifications: [{ to: any, on: [regressed, newNotCompliant] }, { to: chat, on: [regressed] },
      { to: team, on: [regressed] }, { to: pager, on: [regressed] }]
    """)

  private static func company(_ settings: String = Self.settings) throws -> Company {
    try Company(adding: ["desired-state/settings.yaml": settings])
  }

  private static func environment(_ server: VendorServer) -> [String: String] {
    [
      "PLUMB_NOTIFY_ANY_URL": "\(server.origin)/any",
      "PLUMB_NOTIFY_ANY_SECRET": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
      "PLUMB_NOTIFY_CHAT_URL": "\(server.origin)/chat", "PLUMB_NOTIFY_CHAT_KIND": "slack",
      "PLUMB_NOTIFY_TEAM_URL": "\(server.origin)/team", "PLUMB_NOTIFY_TEAM_KIND": "teams",
      "PLUMB_NOTIFY_PAGER_URL": "\(server.origin)", "PLUMB_NOTIFY_PAGER_KIND": "alertmanager",
    ]
  }

  /// Applies, and tells unless it dies before.
  private static func apply(
    _ company: Company, at now: String, to server: VendorServer, dies: Bool = false
  ) async throws -> [NotificationOutcome] {
    let workspace = Workspace(try company.request(at: now))
    let delivery = try await workspace.apply(
      identity: Company.environment, version: "1.2.3", approve: { _ in })
    return dies ? [] : await workspace.notify(of: delivery, environment: environment(server))
  }

  private static let taken: @Sendable (VendorServer.Request, Int) -> VendorServer.Answer = { _, _ in
    .answer(status: 200, headers: [], body: [])
  }

  @Test("each of the four kinds is told what began, once, and what is over")
  func kinds() async throws {
    let company = try Self.company()
    try await VendorServer.serve(Self.taken) { server in
      let first = try await Self.apply(company, at: "2026-06-01T07:00:00Z", to: server)
      #expect(first.isEmpty)
      try company.observe(mfa: 1, at: "2026-06-02T06:00:00Z")
      let began = try await Self.apply(company, at: "2026-06-02T07:00:00Z", to: server)
      #expect(began.map(\.channel) == ["any", "chat", "team", "pager"])
      #expect(began.allSatisfy { $0.failure == nil && $0.notices == 1 })
      #expect(
        Set(server.requests.map(\.path)) == ["/any", "/chat", "/team", "/api/v2/alerts"])
      for request in server.requests {
        #expect(String(decoding: request.body, as: UTF8.self).contains("Require a second factor"))
      }
      #expect(
        try await Self.apply(company, at: "2026-06-02T08:00:00Z", to: server).isEmpty)
      #expect(server.requests.count == 4)
      try company.observe(mfa: 3, at: "2026-06-03T06:00:00Z")
      #expect(
        try await Self.apply(company, at: "2026-06-03T07:00:00Z", to: server).count == 4)
      #expect(server.requests.count == 8)
      for request in server.requests.suffix(4) {
        #expect(String(decoding: request.body, as: UTF8.self).contains("Resolved: "))
      }
    }
  }

  @Test("what lasts reaches a channel once when it begins and once when it is over")
  func lasting() async throws {
    let company = try Self.company(
      Declare.settings(
        "notifications: [{ to: any, on: [targetMissed, exceptionExpired, exceptionExpiringSoon] }]"
      ))
    let scratch = company.scratch
    try await VendorServer.serve(Self.taken) { server in
      /// Runs twice, the second time with nothing changed, and gives what the channel got.
      func told(_ day: String) async throws -> String {
        let before = server.requests.count
        _ = try await Self.apply(company, at: "\(day)T07:00:00Z", to: server)
        let after = server.requests.count
        #expect(try await Self.apply(company, at: "\(day)T07:30:00Z", to: server).isEmpty)
        #expect(server.requests.count == after, "\(day)")
        #expect(after - before <= 1, "\(day)")
        return server.requests[before...].map { String(decoding: $0.body, as: UTF8.self) }.joined()
      }
      func observe(_ mfa: Int, _ day: String) throws {
        for instance in ["acme-eu", "acme-us"] {
          try company.observe(instance, mfa: mfa, idle: 60, at: "\(day)T06:00:00Z")
        }
      }
      try scratch.commit([
        "desired-state/idle.yaml": Declare.exception(
          "idle", of: "acme-idle", on: "acme-eu", expires: "2026-06-30")
      ])
      try observe(3, "2026-06-01")
      #expect(try await told("2026-06-01") == "")
      try observe(0, "2026-06-02")
      #expect(try await told("2026-06-02").contains("Target missed: Ours"))
      try observe(3, "2026-06-03")
      #expect(try await told("2026-06-03").contains("Resolved: Ours"))
      #expect(try await told("2026-06-20").contains("Exception ends soon: idle"))
      #expect(try await told("2026-07-01").contains("Exception expired: idle"))
    }
  }

  @Test("a run that dies before it tells is never told of: once at the most")
  func killed() async throws {
    let company = try Self.company()
    try await VendorServer.serve(Self.taken) { server in
      _ = try await Self.apply(company, at: "2026-06-01T07:00:00Z", to: server)
      try company.observe(mfa: 1, at: "2026-06-02T06:00:00Z")
      _ = try await Self.apply(company, at: "2026-06-02T07:00:00Z", to: server, dies: true)
      #expect(
        try await Self.apply(company, at: "2026-06-02T08:00:00Z", to: server).isEmpty)
      #expect(server.requests.isEmpty)
    }
  }

  @Test("the same run of the same record has the same identity, wherever it is made again")
  func identity() async throws {
    let company = try Self.company()
    try await VendorServer.serve(Self.taken) { server in
      _ = try await Self.apply(company, at: "2026-06-01T07:00:00Z", to: server)
      try company.observe(mfa: 1, at: "2026-06-02T06:00:00Z")
      let plan = try await Workspace(company.request(at: "2026-06-02T07:00:00Z")).plan()
      let later = Workspace(try company.request(at: "2026-06-02T09:00:00Z"))
      let again = await later.messages(of: try await later.plan()).map(\.id)
      let told = try await Self.apply(company, at: "2026-06-02T07:00:00Z", to: server).map(\.id)
      #expect(plan.plan.hasChanges)
      #expect(told == again)
      #expect(Set(told).count == 4)
      try company.observe(mfa: 3, at: "2026-06-03T06:00:00Z")
      let over = try await Self.apply(company, at: "2026-06-03T07:00:00Z", to: server).map(\.id)
      #expect(Set(over).isDisjoint(with: told))
    }
  }

  @Test("a receiver that takes nothing costs neither the commit nor the other channels")
  func refused() async throws {
    let company = try Self.company()
    try await VendorServer.serve({ request, _ in
      .answer(status: request.path == "/chat" ? 410 : 200, headers: [], body: [])
    }) { server in
      _ = try await Self.apply(company, at: "2026-06-01T07:00:00Z", to: server)
      try company.observe(mfa: 1, at: "2026-06-02T06:00:00Z")
      let outcomes = try await Self.apply(company, at: "2026-06-02T07:00:00Z", to: server)
      #expect(outcomes.filter { $0.failure != nil }.map(\.channel) == ["chat"])
      #expect(outcomes.first { $0.channel == "chat" }?.isMisconfigured == false)
      #expect(server.requests.count == 4)
    }
    let repository = try Repository.open(path: company.path)
    #expect(try repository.resolve("plumb/reports~1").hex.count == 40)
  }
}
