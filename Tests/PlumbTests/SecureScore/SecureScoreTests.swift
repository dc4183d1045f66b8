import Foundation
import JSON
import TestSupport
import Testing

/// Microsoft Secure Score through the real program, against answers as Microsoft Graph gives them.
@Suite("Microsoft Secure Score", .serialized)
struct SecureScoreTests {
  @Test("imports every page, and says what each recommendation speaks of and where it counts")
  func importing() async throws {
    try await GraphCompany.with(GraphTenant()) { company in
      let score = try company.score()
      #expect(score["instance"] == "m365-contoso")
      #expect(score["maxScore"] == 400.0)
      let recommendations = try #require(score["recommendations"]?.array)
      let lines = recommendations.map { item in
        [
          item["id"]?.string, item["app"]?.string, item["instance"]?.string,
          item["status"]?.string, item["counted"].map { $0 == true ? "counted" : "not counted" },
          item["samePractice"]?[0]?["recommendation"]?.string,
        ].map { $0 ?? "–" }.joined(separator: " ")
      }
      #expect(
        lines == [
          "10980.MDA_Okta_Sessions okta – completed counted –",
          "11770.MDA_Google_EnableTwoFactorAuth google-workspace gws-contoso toAddress not counted gws-enforce-second-factor",
          "AdminMFAV2 microsoft-365 m365-contoso riskAccepted not counted m365-require-mfa-for-admins",
          "aad_custom_banned_passwords microsoft-365 m365-contoso resolvedThroughThirdParty counted –",
          "aad_limited_administrative_roles microsoft-365 m365-contoso riskAccepted counted –",
          "hostile microsoft-365 m365-contoso planned counted –",
        ])
      // 4 + 5 + 3 + 2 points: what natives stand for is not among them.
      #expect(score["counted"]?["possible"] == 14.0)
      #expect(score["counted"]?["earned"] == 4.5)
      #expect(score["counted"]?["samePractice"] == 2)
      #expect(
        recommendations[2]["remediation"] == "- Open Entra > Users.\n- Save")
    }
  }

  @Test("shows them beside the native ones, marked with their source, and what is hostile inert")
  func showing() async throws {
    try await GraphCompany.with(GraphTenant()) { company in
      #expect(try company.plumb("observe").status == 0)
      let all = try company.plumb("show", "--source", "microsoft-secure-score")
      #expect(all.output.contains("microsoft-secure-score"))
      #expect(all.output.contains("secure-score/AdminMFAV2"))
      #expect(all.output.contains("same practice as m365-require-mfa-for-admins"))
      #expect(!all.output.contains("m365-block-legacy-authentication"))
      #expect(!all.output.contains("\u{1B}") && !all.output.contains("\u{202E}"))
      let native = try company.plumb("show", "--source", "native")
      #expect(!native.output.contains("secure-score/"))
      #expect(native.output.contains("m365-block-legacy-authentication"))
      let google = try company.plumb(
        "show", "--instance", "gws-contoso", "--source", "microsoft-secure-score")
      #expect(google.output.contains("MDA_Google") && !google.output.contains("AdminMFAV2"))

      #expect(try company.plumb("apply").status == 0)
      let page = try company.report("instances/m365-contoso/secure-score.md")
      #expect(!page.contains("<b>") && !page.contains("[x](javascript"))
      #expect(!page.contains("\u{202E}") && !page.contains("\u{1B}"))
      #expect(
        try company.report("instances/gws-contoso/README.md").contains("Microsoft Secure Score"))
    }
  }

  @Test("writes only when asked to, and the same apply twice writes once")
  func syncing() async throws {
    let tenant = GraphTenant()
    try await GraphCompany.with(tenant) { company in
      let plan = try company.plumb("plan")
      #expect(plan.status == 0, "\(plan.error)")
      #expect(plan.output.contains("Secure Score write-back"))
      #expect(plan.output.contains("secure-score/AdminMFAV2 Default → Ignored"))
      #expect(plan.output.contains("Nothing is written without"))
      #expect(try company.plumb("apply").status == 0)
      #expect(tenant.patches.isEmpty)

      let first = try company.plumb("apply", "--sync-secure-score")
      #expect(first.status == 0, "\(first.error)")
      #expect(
        tenant.patches == [
          #"AdminMFAV2 {"state":"Ignored","comment":"[plumb] exception admins-have-keys: Hardware keys arrive in May.","vendorInformation":{"vendor":"Microsoft","provider":"SecureScore"}}"#,
          #"aad_custom_banned_passwords {"state":"ThirdParty","comment":"[plumb] exception passwords-elsewhere: The password manager bans them.","vendorInformation":{"vendor":"Microsoft","provider":"SecureScore"}}"#,
        ])
      #expect(first.output.contains("secure-score/AdminMFAV2 Ignored written on"))
      let page = try company.report("instances/m365-contoso/secure-score.md")
      #expect(page.contains("| `AdminMFAV2` |") && page.contains("`admins-have-keys` | written |"))
      #expect(try company.commits() == 2)

      let second = try company.plumb("apply", "--sync-secure-score")
      #expect(second.status == 0)
      #expect(second.error.contains("Nothing changed: no commit."))
      #expect(tenant.patches.count == 2)

      // Seen again with Plumb's own decisions in it.
      #expect(try company.plumb("observe").status == 0)
      #expect(try company.plumb("apply", "--sync-secure-score").status == 0)
      #expect(tenant.patches.count == 2)
      #expect(try company.score()["writeBack"] == [])
      #expect(tenant.decision("aad_limited_administrative_roles").by == "kim@contoso.example")
    }
  }

  @Test("the merge of a fleet writes as apply does")
  func merging() async throws {
    let tenant = GraphTenant()
    try await GraphCompany.with(tenant) { company in
      let folder = company.scratch.path
      let (file, parts) = (["--fleet", "\(folder)/fleet.json"], ["--parts", "\(folder)/parts"])
      func fleet(_ step: String, _ arguments: [String]) throws -> Run {
        try company.plumb(["fleet", step] + arguments)
      }
      #expect(
        try fleet("split", ["--shards", "1", "--out", "\(folder)/fleet.json"]).status == 0)
      // An instance of the company is seen by nobody, which is not what this is about.
      let run = try fleet("run", file + ["--index", "0", "--allow-unobserved"] + parts)
      #expect(run.status == 0, "\(run.error)")
      tenant.refuse("AdminMFAV2", with: 403)
      let first = try fleet("merge", file + parts + ["--sync-secure-score"])
      #expect(first.status == 1, "\(first.error)")
      #expect(first.error.contains("Ignored was not written to AdminMFAV2"))
      #expect(tenant.patches.count == 2)
      tenant.refuse("AdminMFAV2", with: nil)
      let second = try fleet("merge", file + parts + ["--sync-secure-score"])
      #expect(second.status == 0, "\(second.error)")
      #expect(tenant.patches.count == 3)
      #expect(
        try company.report("instances/m365-contoso/secure-score.md").contains(
          "`admins-have-keys` | written |"))
    }
  }

  @Test("a failed write stands in the report, ends with 1, and the next apply completes it")
  func failing() async throws {
    let tenant = GraphTenant()
    tenant.refuse("AdminMFAV2", with: 403)
    try await GraphCompany.with(tenant) { company in
      let first = try company.plumb("apply", "--sync-secure-score")
      #expect(first.status == 1)
      #expect(
        first.error.contains(
          "m365-contoso: Ignored was not written to AdminMFAV2 in Microsoft Secure Score: the credentials lack SecurityEvents.ReadWrite.All"
        ))
      #expect(first.error.contains("Recorded on plumb/reports"))
      let page = try company.report("instances/m365-contoso/secure-score.md")
      #expect(page.contains("not written") && page.contains("SecurityEvents.ReadWrite.All"))
      #expect(page.contains("`passwords-elsewhere` | written |"))
      #expect(tenant.patches.count == 2)

      // Again the same failure: said again, and no news for the report.
      let again = try company.plumb("apply", "--sync-secure-score")
      #expect(again.status == 1)
      #expect(try company.commits() == 1)
      #expect(tenant.patches.count == 3)

      tenant.refuse("AdminMFAV2", with: nil)
      let last = try company.plumb("apply", "--sync-secure-score")
      #expect(last.status == 0, "\(last.error)")
      #expect(tenant.patches.count == 4)
      #expect(tenant.patches.last?.hasPrefix("AdminMFAV2 ") == true)
      #expect(
        try !company.report("instances/m365-contoso/secure-score.md").contains("not written"))
      #expect(try company.commits() == 2)
    }
  }

  @Test("a run that was killed between writing and recording is completed without writing again")
  func killed() async throws {
    let tenant = GraphTenant()
    try await GraphCompany.with(tenant) { company in
      #expect(try company.plumb("apply").status == 0)
      let before = try company.scratch.git("rev-parse", "plumb/reports")
      #expect(try company.plumb("apply", "--sync-secure-score").status == 0)
      try company.scratch.git("update-ref", "refs/heads/plumb/reports", before)
      let next = try company.plumb("apply", "--sync-secure-score")
      #expect(next.status == 0, "\(next.error)")
      #expect(tenant.patches.count == 2)
      let page = try company.report("instances/m365-contoso/secure-score.md")
      #expect(page.contains("`admins-have-keys` | written |"))
    }
  }

  @Test("an exception that ended is taken back, what a human decided is not")
  func ending() async throws {
    let tenant = GraphTenant()
    try await GraphCompany.with(tenant) { company in
      #expect(try company.plumb("apply", "--sync-secure-score").status == 0)
      // Somebody takes one of them over in the portal.
      tenant.decide(
        "aad_custom_banned_passwords",
        .init(state: "Reviewed", comment: "Ours now.", by: "kim@contoso.example"))
      try company.scratch.commit(["desired-state/exceptions.yaml": "# none\n"])
      let run = try company.plumb("apply", "--sync-secure-score")
      #expect(run.status == 0, "\(run.error)")
      #expect(
        tenant.patches.dropFirst(2) == [
          #"AdminMFAV2 {"state":"Default","comment":"[plumb] no exception holds any more","vendorInformation":{"vendor":"Microsoft","provider":"SecureScore"}}"#
        ])
      #expect(tenant.decision("aad_custom_banned_passwords").state == "Reviewed")
      #expect(tenant.decision("aad_limited_administrative_roles").state == "Ignored")
      #expect(
        try company.report("instances/m365-contoso/secure-score.md").contains(
          "Reviewed was set in Secure Score by kim"))
      let again = try company.plumb("apply", "--sync-secure-score")
      #expect(again.error.contains("Nothing changed: no commit."))
      #expect(tenant.patches.count == 3)
    }
  }

  @Test("what changed in Secure Score is told with its cause")
  func changes() async throws {
    let tenant = GraphTenant()
    try await GraphCompany.with(tenant) { company in
      #expect(try company.plumb("apply").status == 0)
      tenant.score("hostile", 2)
      #expect(try company.plumb("observe").status == 0)
      let run = try company.plumb("plan")
      #expect(
        run.output.contains(
          "secure-score/hostile · m365-contoso · planned → completed · 0.5 of 2 → 2 of 2 points · the tenant changed"
        ))
      #expect(run.output.contains("1 change in Secure Score"))
    }
  }

  @Test("'except' takes one of Microsoft's own")
  func declaring() async throws {
    try await GraphCompany.with(GraphTenant()) { company in
      let run = try company.plumb(
        "except", "secure-score/mdo_safelinks_X", "--instance", "m365-contoso", "--owner",
        "mail@contoso.example", "--justification", "Another gateway.", "--status",
        "resolvedThroughThirdParty")
      #expect(run.status == 0, "\(run.error)")
      #expect(run.output.contains("name: m365-contoso-secure-score-mdo-safelinks-x"))
      #expect(try company.plumb("validate", "--working-tree").status == 0)
    }
  }

  @Test(
    "names of imported recommendations are checked",
    arguments: [
      ("secure-score/", "names no control of Microsoft Secure Score"),
      ("secure-score/a b", "names no control of Microsoft Secure Score"),
      ("secure-score/AdminMFAV2", ""),
    ])
  func names(_ name: String, _ fault: String) async throws {
    let exceptions = GraphCompany.exceptions.replacing("secure-score/hostile", with: "'\(name)'")
    try await GraphCompany.with(GraphTenant(), exceptions: exceptions) { company in
      let run = try company.plumb("validate")
      #expect(run.status == (fault.isEmpty ? 0 : 1))
      #expect((run.output + run.error).contains(fault) || fault.isEmpty)
    }
  }
}
