import Foundation
import JSON
import TestSupport
import Testing

/// `plumb diff`, with the real program.
@Suite struct DiffTests {
  @Test("shows what two reports differ in, as a plan does")
  func days() throws {
    let acme = try HistoryCompany()
    let run = try acme.plumb("diff", "2026-06-01", "2026-06-06")
    #expect(
      run.output == """
        From  \(acme.short(0))  2026-06-01T07:00:00Z, desired state \(acme.desired[0].prefix(7))
        To    \(acme.short(2))  2026-06-05T07:00:00Z, desired state \(acme.desired[1].prefix(7))

          - worse   ~ changed   ! attention   > declared

        Recommendations

          acme-eu (Acme)  score 100.0 → 27.8

          - high   Require a second factor
                   acme-mfa on acme-eu · compliant → notCompliant · 2 of 3 affected · the tenant changed · +25.0 Ours
                   - user-1 now affected · mfa: false (expected true)
                   - user-2 now affected · mfa: false (expected true)
          - low    End idle sessions
                   acme-idle on acme-eu · compliant → notCompliant · 1 of 1 affected · completed → riskAccepted (exception kiosk) · the tenant changed · riskAccepted
                   - default now affected · idle: 60 (expected at most 30)

        Drift

          acme-eu (Acme)
            ~ acme-mfa · user-1
                mfa: true → false
            ~ acme-mfa · user-2
                mfa: true → false
            ~ acme-idle · default
                idle: 15 → 60

        Exceptions

          > exception kiosk added: riskAccepted, shop@acme.example: The kiosk stays on. (covers 1 result, 1 affected resource; Ours achievable -12.5)

        Scores

             INITIATIVE         SCORE  TARGET  COVERAGE  PLANNED  ACHIEVABLE
          !  Ours        100.0 → 62.5      50   100.0 %     62.5        87.5
          !    Users     100.0 → 66.7  (high)   100.0 %     66.7       100.0
          !    Sessions  100.0 → 50.0   (low)   100.0 %     50.0        50.0
          ! fell by the scoreDropThreshold of the settings, or more

        Between them: 2 regressed, 3 settings drifted, 1 control change; Ours 100.0 → 62.5 (target 50).

        """)
  }

  @Test("of two neighbours, the same changes as the plan that was applied")
  func asThePlan() throws {
    let company = try Company()
    try company.apply(on: "2026-06-01")
    try company.observe(mfa: 1, idle: 60, at: "2026-06-03T06:00:00Z")
    let git = company.scratch
    let plan = try git.plumb("plan", "--format", "json", "--at", "2026-06-03T07:00:00Z")
    try company.apply(on: "2026-06-03")
    let diff = try git.plumb("diff", "plumb/reports~1", "--format", "json")
    let (planned, different) = (
      JSONValue(try JSONView(parsing: plan.output)), JSONValue(try JSONView(parsing: diff.output))
    )
    for count in ["regressed", "control"] {
      #expect(planned["summary"]?[count] == (count == "control" ? .int(0) : .int(2)))
    }
    // A fresh clone has the branch of its remote alone.
    try git.git("clone", "--quiet", ".", "../fresh")
    let fresh = try git.plumb(
      ["diff", "plumb/reports~1", "plumb/reports", "--format", "json"], in: "fresh")
    #expect(JSONValue(try JSONView(parsing: fresh.output))["changes"] == different["changes"])
    for part in ["initiatives", "changes", "summary", "events"] {
      #expect(different[part]?.compact == planned[part]?.compact, "\(part)")
      #expect(different[part]?.array?.isEmpty != true && different[part] != nil)
    }
  }

  @Test("backwards, what got worse got better; filters leave out and say so")
  func backwards() throws {
    let acme = try HistoryCompany()
    let run = try acme.plumb("diff", "2026-06-08", "2026-06-03", "--instance", "acme-us")
    #expect(
      run.output == """
        From  \(acme.short(3))  2026-06-08T07:00:00Z, desired state \(acme.desired[1].prefix(7))
        To    \(acme.short(1))  2026-06-03T07:00:00Z, desired state \(acme.desired[0].prefix(7))

          ! attention

        Scores

             INITIATIVE         SCORE  TARGET  COVERAGE  PLANNED  ACHIEVABLE
          !  Ours         87.5 → 62.5      50   100.0 %     62.5       100.0
          !    Users     100.0 → 66.7  (high)   100.0 %     66.7       100.0
          ! fell by the scoreDropThreshold of the settings, or more

        Between them: 2 scores moved; Ours 87.5 → 62.5 (target 50).
        The filter hides 8 other changes.

        """)
  }

  @Test("as Markdown")
  func markdown() throws {
    let acme = try HistoryCompany()
    let run = try acme.plumb("diff", "2026-06-01", "--format", "markdown")
    #expect(
      run.output == """
        ## Plumb: 1 regressed, 1 setting drifted, 1 control change

        | Initiative | Score | Target | Change | Planned | Achievable | Coverage |
        | --- | ---: | ---: | --- | ---: | ---: | ---: |
        | Ours | **87.5** | 50 | ▼ -12.5 from 100.0 | 87.5 | 87.5 | 100.0 % |

        ### Recommendations

        **Better, or otherwise changed**

        | Impact | Recommendation | Instance | Change | Affected | Gain |
        | --- | --- | --- | --- | --- | ---: |
        | low | End idle sessions | `acme-eu` | compliant → notCompliant, the tenant changed | 1 of 1 affected: + default (idle: 60 (expected at most 30)) |  |

        ### Drift

        | Instance | Recommendation | Resource | Setting | Before | Now |
        | --- | --- | --- | --- | --- | --- |
        | `acme-eu` | `acme-idle` | default | `idle` | `15` | `60` |

        ### Control

        - **exception kiosk** added: riskAccepted, shop@&#8203;acme.example: The kiosk stays on. (covers 1 result, 1 affected resource; Ours achievable -12.5)

        ### Events

        - **Ours** fell by 12.5 points: 100.0 → 87.5
        - **Ours, Sessions** fell by 50.0 points: 100.0 → 50.0

        Report `\(acme.short(0))` of 2026-06-01T07:00:00Z compared with `\(acme.short(3))` of 2026-06-08T07:00:00Z.

        """)
  }

  @Test("a recommendation that the catalog no longer has is told as it was recorded")
  func undeclared() throws {
    let acme = try HistoryCompany()
    let connector = Company.connector.components(separatedBy: "---\n").prefix(2)
      .joined(separator: "---\n")
    try acme.company.scratch.commit([
      "desired-state/acme.yaml": connector, "desired-state/kiosk.yaml": "",
      "desired-state/initiative.yaml": Company.initiative.replacing(
        "\n    - { name: sessions, title: Sessions, weight: low, recommendations: [acme-idle] }",
        with: ""),
    ])
    let run = try acme.plumb("diff", "2026-06-01", "2026-06-03")
    #expect(run.status == 0, "\(run.error)")
    #expect(run.output.contains("- low    End idle sessions\n"), "\(run.output)")
    #expect(run.output.contains("acme-idle on acme-eu · compliant → notCompliant · "))
  }

  @Test(
    "says which report there is not",
    arguments: [
      (
        "2026-05-01",
        "error: there is no report of 2026-05-01 or before, the oldest is of 2026-06-01T07:00:00Z\n"
      ),
      (
        "main",
        "error: 'main' holds no report: name a commit of plumb/reports, such as plumb/reports~1, or a day\n"
      ),
      ("nowhere", "error: no revision named 'nowhere' in this repository\n"),
    ])
  func faults(name: String, message: String) throws {
    let acme = try HistoryCompany()
    let run = try acme.plumb("diff", name)
    #expect(run.status == 1)
    #expect(run.error == message)
  }
}

extension JSONValue {
  fileprivate var compact: String { String(decoding: bytes(), as: UTF8.self) }
}
