import Foundation
import JSON
import TestSupport
import Testing

/// `plumb history`, with the real program.
@Suite struct HistoryTests {
  @Test("shows scores by day, what fell first")
  func scores() throws {
    let acme = try HistoryCompany()
    let run = try acme.plumb("history", "--at", "2026-06-09T12:00:00Z", "--days", "10")
    #expect(run.status == 0, "\(run.error)")
    #expect(
      run.output == """
        4 of 4 reports on plumb/reports, 2026-05-31 to 2026-06-09 (10 days)

          INITIATIVE  TREND        FROM     TO  CHANGE  LOWEST  HIGHEST  TARGET
          Ours         ██▁▁▁▁▁▆▆  100.0   87.5   -12.5    62.5    100.0      50
            Sessions   ██▁▁▁▁▁▁▁  100.0   50.0   -50.0    50.0    100.0
            Users      ██▁▁▁▁▁██  100.0  100.0     0.0    66.7    100.0

          INSTANCE  TREND        FROM     TO  CHANGE  LOWEST  HIGHEST
          acme-eu    ██▁▁▁▁▁▆▆  100.0   83.3   -16.7    27.8    100.0
          acme-us    █████████  100.0  100.0     0.0   100.0    100.0

          DAY         REPORT    Ours
          2026-06-08  \(acme.short(3))   87.5
          2026-06-05  \(acme.short(2))   62.5
          2026-06-03  \(acme.short(1))   62.5
          2026-06-01  \(acme.short(0))  100.0

        """)
  }

  @Test("draws a chart of the one that is asked for, in plain characters where it is told to")
  func chart() throws {
    let acme = try HistoryCompany()
    let run = try acme.plumb(
      "history", "--metric", "ours/sessions", "--since", "2026-06-01", "--until", "2026-06-05",
      "--graph", "ascii")
    #expect(
      run.output == """
        3 of 4 reports on plumb/reports, 2026-06-01 to 2026-06-05 (5 days)

          INITIATIVE  TREND   FROM    TO  CHANGE  LOWEST  HIGHEST
            Sessions  ##___  100.0  50.0   -50.0    50.0    100.0

          100.0 |######
                |######
                |######
                |######
                |######
                |######
                |######
           50.0 |######.........
                +---------------
                 2026-06-05

          DAY         REPORT   Sessions
          2026-06-05  \(acme.short(2))      50.0
          2026-06-03  \(acme.short(1))      50.0
          2026-06-01  \(acme.short(0))     100.0

        """)
  }

  @Test("what stood before the period is where it starts from")
  func before() throws {
    let acme = try HistoryCompany()
    let run = try acme.plumb(
      "history", "--instance", "acme-eu", "--since", "2026-06-04", "--until", "2026-06-04",
      "--graph", "none")
    #expect(
      run.output == """
        0 of 4 reports on plumb/reports, 2026-06-04 to 2026-06-04 (1 day)

          INSTANCE  FROM    TO  CHANGE  LOWEST  HIGHEST
          acme-eu   27.8  27.8     0.0    27.8     27.8

        """)
    let none = try acme.plumb("history", "--until", "2026-05-01")
    #expect(
      none.output == """
        0 of 4 reports on plumb/reports, 2026-04-18 to 2026-05-01 (14 days)

        No report was written from 2026-04-18 to 2026-05-01, and none stood before.

        """)
  }

  @Test("as Markdown, and as JSON with every report")
  func formats() throws {
    let acme = try HistoryCompany()
    let markdown = try acme.plumb(
      "history", "--initiative", "ours", "--since", "2026-06-07", "--until", "2026-06-08",
      "--format", "markdown")
    #expect(
      markdown.output == """
        ## Scores over time

        1 of 4 reports on plumb/reports, 2026-06-07 to 2026-06-08 (2 days).

        | Initiative | Trend | From | To | Change | Lowest | Highest | Target |
        | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |
        | **Ours** | `▁█` | 62.5 | 87.5 | +25.0 | 62.5 | 87.5 | 50 |
        | Users | `▁█` | 66.7 | 100.0 | +33.3 | 66.7 | 100.0 |  |
        | Sessions | `▅▅` | 50.0 | 50.0 | 0.0 | 50.0 | 50.0 |  |

        | Day | Report | Ours |
        | --- | --- | ---: |
        | 2026-06-08 | `\(acme.short(3))` | 87.5 |

        """)
    let json = try acme.plumb(
      "history", "--metric", "users", "--since", "2026-06-07", "--until", "2026-06-08", "--format",
      "json")
    #expect(
      json.output == """
        {
          "apiVersion": "plumb/v1",
          "kind": "History",
          "branch": "plumb/reports",
          "since": "2026-06-07T00:00:00Z",
          "until": "2026-06-08T23:59:59Z",
          "reports": [
            {
              "revision": "\(acme.reports[3])",
              "at": "2026-06-08T07:00:00Z",
              "desiredRevision": "\(acme.desired[1])"
            }
          ],
          "series": [
            {
              "initiative": "ours",
              "metric": "users",
              "title": "Users",
              "before": 66.7,
              "scores": [
                100.0
              ]
            }
          ]
        }

        """)
  }

  @Test("lists falls by the threshold of the Settings or more")
  func events() throws {
    let acme = try HistoryCompany()
    let run = try acme.plumb("history", "--events", "--at", "2026-06-09T12:00:00Z")
    #expect(
      run.output == """
        4 of 4 reports on plumb/reports, 2026-05-27 to 2026-06-09 (14 days)

          ! 2026-06-03T07:00:00Z  \(acme.short(1))  Ours fell by 37.5 points: 100.0 → 62.5
          ! 2026-06-03T07:00:00Z  \(acme.short(1))  Ours, Users fell by 33.3 points: 100.0 → 66.7
          ! 2026-06-03T07:00:00Z  \(acme.short(1))  Ours, Sessions fell by 50.0 points: 100.0 → 50.0

        """)
    try acme.company.scratch.commit([
      "desired-state/settings.yaml": Declare.settings("drift: { scoreDropThreshold: 50 }")
    ])
    let half = try acme.plumb(
      "history", "--events", "--at", "2026-06-09T12:00:00Z", "--format", "json")
    let document = JSONValue(try JSONView(parsing: half.output))
    #expect(document["threshold"]?.int64 == 50)
    #expect(document["events"]?.array?.count == 1)
    #expect(document["events"]?[0]?["metric"]?.string == "sessions")
    let none = try acme.plumb("history", "--events", "--since", "2026-06-04", "--at", "2026-06-09")
    #expect(none.output.hasSuffix("\n\nNo score fell by 50 points or more.\n"))
  }

  /// Of 201 users 8 are 1.99 points of a metric over two instances, of 200 they are 2; both are
  /// printed as 100.0 → 98.0.
  @Test(
    "a fall that only rounding made the threshold is none", arguments: [(201, 0), (200, 1)])
  func roundedFall(users: Int, events: Int) throws {
    let company = try Company()
    for (day, failing) in [("2026-06-01", 0), ("2026-06-02", 8)] {
      let observation = StoredObservation(
        instance: "acme-eu", app: "acme", observedAt: "\(day)T06:00:00Z",
        [
          "users": (0..<users).map { ["id": .string("user-\($0)"), "mfa": .bool($0 >= failing)] },
          "policies": [["id": "default", "idle": 15]],
        ])
      try company.scratch.write(observation, to: "repository/observed/acme-eu")
      try company.apply(on: day)
    }
    let metric = try company.scratch.plumb(
      "history", "--metric", "users", "--graph", "none", "--at", "2026-06-03")
    #expect(metric.output.contains("Users     100.0  98.0    -2.0"), "\(metric)")
    let run = try company.scratch.plumb(
      "history", "--events", "--at", "2026-06-03", "--format", "json")
    let document = JSONValue(try JSONView(parsing: run.output))
    #expect(document["events"]?.array?.count == events)
    // The plan that was applied said the same.
    let page = try company.scratch.git("show", "plumb/reports:reports/events.md")
    #expect(page.contains("** fell by") == (events == 1))
  }

  @Test("of one recommendation: when it regressed, who accepted it, when it was resolved")
  func recommendation() throws {
    let acme = try HistoryCompany()
    let run = try acme.plumb("history", "acme-idle")
    #expect(
      run.output == """
        acme-idle  End idle sessions

          acme-eu  notCompliant · riskAccepted · 1 of 1 affected · since 2026-06-03
            > 2026-06-05T07:00:00Z  \(acme.short(2))  accepted: exception kiosk, riskAccepted
                                             declared by Ann Lee on 2026-06-04 (\(acme.desired[1].prefix(7)))
            - 2026-06-03T07:00:00Z  \(acme.short(1))  regressed: compliant → notCompliant, 1 of 1 affected
            ~ 2026-06-01T07:00:00Z  \(acme.short(0))  assessed: compliant

          acme-us  compliant · since 2026-06-01
            ~ 2026-06-01T07:00:00Z  \(acme.short(0))  assessed: compliant

        """)
    let other = try acme.plumb("history", "acme-mfa", "--instance", "acme-eu")
    #expect(
      other.output == """
        acme-mfa  Require a second factor

          acme-eu  compliant · since 2026-06-08
            + 2026-06-08T07:00:00Z  \(acme.short(3))  resolved: notCompliant → compliant
            - 2026-06-03T07:00:00Z  \(acme.short(1))  regressed: compliant → notCompliant, 2 of 3 affected
            ~ 2026-06-01T07:00:00Z  \(acme.short(0))  assessed: compliant

        """)
    let late = try acme.plumb(
      "history", "acme-mfa", "--instance", "acme-us", "--since", "2026-06-02", "--at", "2026-06-09")
    #expect(
      late.output.hasSuffix(
        "acme-us  compliant · since 2026-06-01\n    nothing happened in the period\n"))
    let json = try acme.plumb("history", "acme-idle", "--instance", "acme-eu", "--format", "json")
    let entries = JSONValue(try JSONView(parsing: json.output))["instances"]?[0]?["entries"]
    #expect(
      entries?.array?.compactMap { $0["type"]?.string } == ["accepted", "regressed", "assessed"])
    #expect(entries?[0]?["exception"]?.string == "kiosk")
    #expect(entries?[0]?["introduced"]?["author"]?.string == "Ann Lee")
    #expect(entries?[0]?["report"]?["revision"]?.string == acme.reports[2])
  }

  @Test("a recommendation that is no longer declared keeps its history")
  func undeclared() throws {
    let acme = try HistoryCompany()
    let connector = Company.connector.components(separatedBy: "---\n").prefix(2)
      .joined(separator: "---\n")
    try acme.company.scratch.commit([
      "desired-state/acme.yaml": connector,
      "desired-state/initiative.yaml": Company.initiative.replacing(
        "\n    - { name: sessions, title: Sessions, weight: low, recommendations: [acme-idle] }",
        with: ""),
      "desired-state/kiosk.yaml": "",
    ])
    try acme.company.apply(on: "2026-06-10")
    let run = try acme.plumb("history", "acme-idle", "--instance", "acme-eu")
    #expect(
      run.output.contains("  acme-eu  no longer in force\n    x 2026-06-10T07:00:00Z"), "\(run)")
    #expect(run.output.contains("accepted: exception kiosk, riskAccepted\n"))
  }

  @Test(
    "says what is wrong, and what was probably meant",
    arguments: [
      (
        ["history", "acme-idel"],
        "error: no recommendation named 'acme-idel', neither declared nor recorded; did you mean 'acme-idle'?\n"
      ),
      (
        ["history", "acme-idle", "--instance", "acme-eo"],
        "error: no report has an instance named 'acme-eo'; did you mean 'acme-eu'?\n"
      ),
      (
        ["history", "--initiative", "our", "--at", "2026-06-09"],
        "error: --initiative our: no report has one of this name; did you mean 'ours'?\n"
      ),
      (
        ["history", "--metric", "ours/user", "--at", "2026-06-09"],
        "error: --metric ours/user: no report has one of this name; did you mean 'ours/users'?\n"
      ),
    ])
  func faults(arguments: [String], message: String) throws {
    let acme = try HistoryCompany()
    let run = try acme.company.scratch.plumb(arguments)
    #expect(run.status == 1)
    #expect(run.error == message)
    #expect(run.output.isEmpty)
  }

  @Test(
    "wrong usage ends with 64",
    arguments: [
      ["history", "--days", "0"], ["history", "--days", "3", "--since", "2026-06-01"],
      ["history", "--since", "2026-06-02", "--until", "2026-06-01"],
      ["history", "--since", "yesterday"], ["history", "acme-idle", "--events"],
      ["history", "acme-idle", "--initiative", "ours"],
    ])
  func usage(arguments: [String]) throws {
    let scratch = try Scratch()
    let run = try scratch.plumb(arguments, in: "")
    #expect(run.status == 64, "\(run)")
  }

  @Test("without a report it says what to do")
  func noReport() throws {
    let company = try Company()
    let run = try company.scratch.plumb("history")
    #expect(run.status == 1)
    #expect(
      run.error
        == "error: there is no report yet: the branch 'plumb/reports' does not exist; run 'plumb apply' to record the first\n"
    )
    try company.scratch.git("branch", "plumb/reports")
    #expect(
      try company.scratch.plumb("history", "acme-idle").error
        == "error: the branch 'plumb/reports' holds no report in 'reports': run 'plumb apply' to record the first\n"
    )
  }

  @Test("in a clone whose branch was not made yet, origin's is read; of another remote, it says so")
  func cloned() throws {
    let acme = try HistoryCompany()
    try acme.company.scratch.git("clone", "--quiet", "repository", "clone", in: "")
    #expect(
      try acme.plumb("history", "--at", "2026-06-09", in: "clone").output
        == acme.plumb("history", "--at", "2026-06-09").output)
    try acme.company.scratch.git("remote", "rename", "origin", "theirs", in: "clone")
    let run = try acme.plumb("history", in: "clone")
    #expect(
      run.error
        == "error: the branch 'plumb/reports' is at 'theirs' and not here: run 'git branch plumb/reports theirs/plumb/reports'\n"
    )
  }

  @Test("a shallow clone says where its history ends")
  func shallow() throws {
    let acme = try HistoryCompany()
    try acme.company.scratch.git(
      "clone", "--quiet", "--depth", "2", "--branch", "plumb/reports",
      "file://\(acme.company.path)", "clone", in: "")
    let notice =
      "History is cut off at \(acme.short(2)) of 2026-06-05: this clone is shallow. 'git fetch --unshallow' brings the rest.\n"
    let run = try acme.plumb("history", "--at", "2026-06-09", in: "clone")
    #expect(run.status == 0, "\(run.error)")
    #expect(
      run.output.hasPrefix(
        "2 of 2 reports on plumb/reports, 2026-05-27 to 2026-06-09 (14 days)\n" + notice), "\(run)")
    let one = try acme.plumb("history", "acme-idle", "--instance", "acme-eu", in: "clone")
    #expect(
      one.output == """
        acme-idle  End idle sessions
        \(notice)
          acme-eu  notCompliant · riskAccepted · 1 of 1 affected · since 2026-06-03
            > 2026-06-05T07:00:00Z  \(acme.short(2))  accepted: exception kiosk, riskAccepted
                                             its desired state, \(acme.desired[1].prefix(7)), is not here
            - 2026-06-05T07:00:00Z  \(acme.short(2))  assessed: notCompliant, 1 of 1 affected

        """)
    let json = try acme.plumb("history", "--at", "2026-06-09", "--format", "json", in: "clone")
    let document = JSONValue(try JSONView(parsing: json.output))
    #expect(document["cutOff"]?["revision"]?.string == acme.reports[2])
  }

  @Test("reports that another Plumb wrote without digests of verdicts are read whole")
  func older() throws {
    let acme = try HistoryCompany()
    let git = acme.company.scratch
    // The same history, its top files without the member.
    try git.git("worktree", "add", "--quiet", "--detach", "../old", acme.reports[0])
    for report in acme.reports {
      try git.git("checkout", "--quiet", report, "--", "reports", in: "old")
      let state = try #require(git.read("old/reports/state.json"))
      #expect(state.contains("\"verdicts\": "))
      let lines = state.split(separator: "\n", omittingEmptySubsequences: false)
        .filter { !$0.contains("\"verdicts\": ") }
      try git.write(
        lines.joined(separator: "\n").replacing(",\n    }", with: "\n    }"),
        to: "old/reports/state.json")
      try git.git("add", "--all", in: "old")
      try git.git("commit", "--quiet", "-C", report, in: "old")
    }
    let before = try acme.plumb("history", "acme-idle", "--format", "json")
    try git.git(
      "update-ref", "refs/heads/plumb/reports", try git.git("rev-parse", "HEAD", in: "old"))
    let after = try acme.plumb("history", "acme-idle", "--format", "json")
    func entries(_ run: Run) throws -> [String] {
      (JSONValue(try JSONView(parsing: run.output))["instances"]?.array ?? []).flatMap {
        $0["entries"]?.array?.compactMap { $0["type"]?.string } ?? []
      }
    }
    #expect(try entries(after) == entries(before))
    #expect(try entries(after) == ["accepted", "regressed", "assessed", "assessed"])
  }
}
