import Foundation
import Synchronization
import TestSupport
import Testing

/// `plan` and `apply` observe what is stale first.
@Suite("Observing before planning")
struct RefreshTests {
  @Test("what is missing or too old is observed, once; what is fresh is not")
  func stale() async throws {
    try await VendorServer.serve { request, _ in
      LiveCompany.answer(request)
    } _: { server in
      let company = try LiveCompany(LiveCompany.instance(at: server.authority))
      let first = try company.plumb(["plan"], at: [server])
      #expect(first.status == 0, "\(first.error)")
      #expect(
        first.error == "acme-eu: 3 of 3 collections, 4 resources, 3 requests\n")
      #expect(first.output.contains("compliant"))
      #expect(server.requests.count == 3)
      #expect(
        server.requests.allSatisfy { $0.header("authorization") == "Bearer \(LiveCompany.token)" })

      let second = try company.plumb(["plan"], at: [server])
      #expect(second.error.isEmpty)
      #expect(server.requests.count == 3)

      try company.age()
      let third = try company.plumb(["plan", "--quiet"], at: [server])
      #expect(third.status == 0 && third.error.isEmpty)
      #expect(server.requests.count == 6)
    }
  }

  @Test(
    "nobody is asked",
    arguments: [
      ["plan", "--no-refresh"], ["plan", "--at", "2026-06-01T06:00:00Z"],
      ["apply", "--no-refresh"],
      ["apply", "--at", "2026-06-01T06:00:00Z"], ["show"], ["instances"], ["show", "exceptions"],
      ["explain", "acme-mfa"],
    ])
  func unasked(arguments: [String]) async throws {
    try await VendorServer.serve { request, _ in
      LiveCompany.answer(request)
    } _: { server in
      let company = try LiveCompany(LiveCompany.instance(at: server.authority))
      let observes = ["plan", "apply"].contains(arguments[0])
      let run = try company.plumb(arguments, at: observes ? [server] : [])
      #expect(run.status == 0, "\(run.error)")
      #expect(server.requests.isEmpty)
    }
  }

  @Test("an instance that is off is not observed")
  func off() async throws {
    try await VendorServer.serve { request, _ in
      LiveCompany.answer(request)
    } _: { server in
      let company = try LiveCompany(LiveCompany.instance(at: server.authority, isOn: false))
      let run = try company.plumb(["plan"], at: [server])
      #expect(run.status == 0 && run.error.isEmpty)
      #expect(server.requests.isEmpty)
    }
  }

  @Test("without credentials the plan goes on, says what to set, and ends in an error")
  func withoutCredentials() async throws {
    try await VendorServer.serve { request, _ in
      LiveCompany.answer(request)
    } _: { server in
      let names = ["acme-eu", "acme-a", "acme-b", "acme-c", "acme-d"]
      var company = try LiveCompany(
        names.map { LiveCompany.instance($0, at: server.authority) }.joined())
      company.environment["PLUMB_ACME_EU_TOKEN"] = nil
      let run = try company.plumb(["plan"], at: [server])
      #expect(run.status == 1)
      #expect(
        run.error == """
          acme-a: not observed: there are no credentials: set PLUMB_ACME_A_TOKEN
          acme-b: not observed: there are no credentials: set PLUMB_ACME_B_TOKEN
          acme-c: not observed: there are no credentials: set PLUMB_ACME_C_TOKEN
          … and 2 more; 'plumb catalog permissions' names them all

          """)
      #expect(run.output.contains("not observed now: no credentials: set PLUMB_ACME_D_TOKEN"))
      #expect(try company.plumb(["plan", "--allow-unobserved"], at: [server]).status == 0)
      #expect(server.requests.isEmpty)
    }
  }

  @Test("an observation that fails is said, and what was recorded stands")
  func failure() async throws {
    let isRefused = Mutex(false)
    try await VendorServer.serve { request, _ in
      isRefused.withLock { $0 }
        ? .json(#"{"message":"Bad credentials"}"#, status: 401) : LiveCompany.answer(request)
    } _: { server in
      let company = try LiveCompany(LiveCompany.instance(at: server.authority, maxAge: "100000d"))
      let applied = try company.plumb(["apply"], at: [server])
      #expect(applied.status == 0, "\(applied.error)")
      #expect(server.requests.count == 3)
      try company.forget()
      isRefused.withLock { $0 = true }

      let plan = try company.plumb(["plan", "--format", "json"], at: [server])
      #expect(plan.status == 1)
      #expect(
        plan.error
          == "acme-eu: not observed: refused: the credentials are not accepted (“Bad credentials”)\n"
      )
      #expect(plan.output.contains(#""compliance": "compliant""#))
      #expect(plan.output.contains(#""stale": true"#))
      #expect(!plan.output.contains(LiveCompany.token) && !plan.error.contains(LiveCompany.token))
    }
  }

  @Test("apply observes, records, and with a saved plan asks nobody")
  func apply() async throws {
    let mfa = Mutex(3)
    try await VendorServer.serve { request, _ in
      LiveCompany.answer(request, mfa: mfa.withLock { $0 })
    } _: { server in
      let company = try LiveCompany(LiveCompany.instance(at: server.authority))
      let first = try company.plumb(["apply"], at: [server])
      #expect(first.status == 0, "\(first.error)")
      #expect(first.error.contains("Recorded on plumb/reports"))
      #expect(server.requests.count == 3)

      try company.age()
      mfa.withLock { $0 = 1 }
      let plan = try company.plumb(["plan", "--out", "plan.json"], at: [server])
      #expect(plan.output.contains("acme-mfa"))
      #expect(server.requests.count == 6)
      let second = try company.plumb(["apply", "plan.json"], at: [server])
      #expect(second.status == 0, "\(second.error)")
      let settings = try company.scratch.git(
        "show", "plumb/reports:reports/instances/acme-eu/settings.yaml")
      #expect(settings.contains("mfa: false"))

      // Nothing to make up for what is gone: the saved plan is refused.
      try company.forget()
      let third = try company.plumb(["apply", "plan.json"], at: [server])
      #expect(third.status == 1)
      #expect(server.requests.count == 6)
    }
  }

  @Test("an instance that is read elsewhere now is observed there, and not judged by the old place")
  func moved() async throws {
    try await VendorServer.serve { request, _ in
      LiveCompany.answer(request, mfa: 0)
    } _: { other in
      try await VendorServer.serve { request, _ in
        LiveCompany.answer(request)
      } _: { server in
        let company = try LiveCompany(LiveCompany.instance(at: server.authority))
        _ = try company.plumb(["plan"], at: [server, other])
        try company.scratch.commit([
          "desired-state/instances.yaml": LiveCompany.instance(at: other.authority)
        ])
        let stored = try company.plumb(["show", "--format", "json"])
        #expect(stored.output.contains("what was observed is of another source"))
        #expect(!stored.output.contains(#""compliance": "compliant""#))
        _ = try company.plumb(["plan"], at: [server, other])
        #expect(server.requests.count == 3 && other.requests.count == 3)
        #expect(
          try company.plumb(["show", "--format", "json"]).output.contains(#""affectedCount": 3"#))
      }
    }
  }

  @Test(
    "a change under review chooses no place for credentials: only the base's instances are observed"
  )
  func base() async throws {
    try await VendorServer.serve { request, _ in
      LiveCompany.answer(request)
    } _: { other in
      try await VendorServer.serve { request, _ in
        LiveCompany.answer(request)
      } _: { server in
        let company = try LiveCompany(
          LiveCompany.instance(at: server.authority)
            + LiveCompany.instance("acme-us", at: server.authority))
        var environment = company.environment
        environment["PLUMB_ACME_US_TOKEN"] = "another-token-0123456789"
        environment["PLUMB_ACME_NEW_TOKEN"] = "a-third-token-0123456789"
        var reviewed = company
        reviewed.environment = environment
        try reviewed.scratch.git("checkout", "--quiet", "-b", "change")
        try reviewed.scratch.commit([
          "desired-state/instances.yaml": LiveCompany.instance(at: other.authority)
            + LiveCompany.instance("acme-us", at: server.authority)
            + LiveCompany.instance("acme-new", at: other.authority)
        ])
        let run = try reviewed.plumb(["plan", "--base", "main"], at: [server, other])
        // Another address is another tenant.
        #expect(run.output.contains("failed lessAssessed"), "\(run.output)")
        for name in ["acme-eu", "acme-new"] {
          #expect(
            run.error.contains(
              "\(name): not observed: the base declares it otherwise or not at all, and a change under review does not choose where credentials go"
            ))
        }
        #expect(other.requests.isEmpty)
        // Once each, as the base declares them.
        #expect(server.requests.count == 6)
      }
    }
  }
}
