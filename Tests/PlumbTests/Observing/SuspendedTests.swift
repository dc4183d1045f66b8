import Foundation
import TestSupport
import Testing

/// An instance that the desired state suspends: no command asks its tenant, and every one says why.
@Suite("Suspended")
struct SuspendedTests {
  @Test(
    "observe names it and asks nothing; lists, plans, reports and pages say it, and none is green")
  func commands() async throws {
    try await VendorServer.serve { request, _ in
      LiveCompany.answer(request)
    } _: { server in
      let instance = LiveCompany.instance(at: server.authority)
      let company = try LiveCompany(instance)
      let first = try company.plumb(["apply", "--quiet"], at: [server])
      #expect(first.status == 0, "\(first.error)")
      let asked = server.requests.count
      try company.scratch.write(
        instance.replacing(
          "maxAge: 24h",
          with: "maxAge: 24h\n  suspend: { reason: The tenant moves., until: 2099-12-31 }"),
        to: "repository/desired-state/instances.yaml")
      try company.scratch.git("commit", "--quiet", "--all", "--message", "suspend")
      let words = "suspended until 2099-12-31: The tenant moves."

      let observed = try company.plumb(["observe"], at: [server])
      #expect(observed.status == 0)
      #expect(
        observed.error.contains(
          "acme-eu is suspended until 2099-12-31, and not observed: The tenant moves."))
      try company.age(to: PastTime.ago(hours: 13))
      let plan = try company.plumb(["plan"], at: [server])
      #expect(plan.status == 0, "\(plan.error)")
      #expect(plan.output.contains(words), "\(plan.output)")
      let markdown = try company.plumb(["plan", "--format", "markdown"], at: [server])
      #expect(markdown.output.contains(words))
      let list = try company.plumb(["instances"])
      #expect(list.output.contains("suspended"))
      #expect(list.output.contains(words))
      let applied = try company.plumb(["apply"], at: [server])
      #expect(applied.status == 0, "\(applied.error)")
      #expect(server.requests.count == asked)
      let page = try company.scratch.git(
        "show", "plumb/reports:reports/instances/acme-eu/README.md")
      #expect(page.contains(words))
      #expect(page.contains(", suspended |"))
      #expect(
        try company.scratch.git("show", "plumb/reports:reports/README.md")
          .contains("on, suspended"))
      let site = try company.plumb(["site", "pages"])
      #expect(site.status == 0, "\(site.error)")
      let html = try #require(company.scratch.read("repository/pages/instances.html"))
      #expect(html.contains("suspended"))
      // To try credentials is no observation.
      let check = try company.plumb(["observe", "--check"], at: [server])
      #expect(check.status == 0)
      #expect(server.requests.count > asked)
    }
  }
}
