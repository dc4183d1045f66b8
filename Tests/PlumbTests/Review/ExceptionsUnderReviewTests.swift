import Foundation
import TestSupport
import Testing

/// `plumb show exceptions`, and what reports say of exceptions.
@Suite struct ExceptionsUnderReviewTests {
  /// Ann declares; Bob renews one of two.
  static func bench() throws -> ReviewBench {
    let bench = try ReviewBench([
      "desired-state/exceptions/idle.yaml": Declare.exception(
        "idle", of: "acme-idle", on: "acme-eu", justification: "The kiosk stays on.",
        owner: "shop@acme.example", expires: "2026-04-30")
    ])
    try bench.replace("2026-04-30", with: "2026-06-03", in: "desired-state/exceptions/idle.yaml")
    try bench.commit("Bob", "2026-05-30T09:00:00Z")
    return bench
  }

  @Test("lists what ends first with owner, author, age, extent and effect")
  func list() throws {
    let bench = try Self.bench()
    let run = try bench.plumb("show", "exceptions", "--at", "2026-06-01T07:00:00Z")
    #expect(
      run.output == """
        EXCEPTION  STATUS        LAST DAY                  STATE          OWNER              COVERS                         SCORE WITH IT          ADDED                          LAST CHANGED
        idle       riskAccepted  2026-06-03 (in 2 days)    expiring soon  shop@acme.example  1 result, 1 affected resource  Ours achievable -12.5  2026-03-01, Ann Lee (92 days)  2026-05-30, Bob
        robots     riskAccepted  2026-12-31 (in 213 days)  active         it@acme.example    1 result, 1 affected resource  Ours +6.3              2026-03-01, Ann Lee (92 days)  –

        2 exceptions: 1 expiring soon, 1 active.

        """)
    #expect(run.status == 0)
    let filtered = try bench.plumb(
      "show", "exceptions", "--instance", "acme-us", "--at", "2026-06-01T07:00:00Z")
    #expect(filtered.output == "No exception that the filter shows.\n")
  }

  @Test("as JSON, with commits and places")
  func json() throws {
    let bench = try Self.bench()
    let (first, second) = (
      try bench.scratch.git("rev-parse", "HEAD~1"), try bench.scratch.git("rev-parse", "HEAD")
    )
    let run = try bench.plumb(
      "show", "exceptions", "--format", "json", "--at", "2026-06-01T07:00:00Z")
    #expect(
      run.output.hasPrefix(
        """
        {
          "apiVersion": "plumb/v1",
          "kind": "Exceptions",
          "at": "2026-06-01T07:00:00Z",
          "exceptions": [
            {
              "name": "idle",
              "status": "riskAccepted",
              "state": "expiringSoon",
              "recommendations": [
                "acme-idle"
              ],
              "instances": [
                "acme-eu"
              ],
              "resources": null,
              "justification": "The kiosk stays on.",
              "owner": "shop@acme.example",
              "ticket": null,
              "expires": "2026-06-03",
              "place": "desired-state/exceptions/idle.yaml:3",
              "covers": {
                "results": 1,
                "affectedResources": 1
              },
              "effects": [
                {
                  "initiative": "ours",
                  "score": 0.0,
                  "plannedScore": 0.0,
                  "achievableScore": -12.5
                }
              ],
              "introduced": {
                "commit": "\(first)",
                "author": "Ann Lee",
                "date": "2026-03-01T09:00:00Z"
              },
              "changed": {
                "commit": "\(second)",
                "author": "Bob",
                "date": "2026-05-30T09:00:00Z"
              }
            },
        """), "\(run.output)")
  }

  @Test("what is not committed says so; what stands committed keeps its author")
  func workingTree() throws {
    let bench = try Self.bench()
    try bench.replace("2026-12-31", with: "2026-11-30", in: "desired-state/exceptions/acme.yaml")
    // Another line above: the document moved, and means the same.
    let idle = try bench.read("desired-state/exceptions/idle.yaml")
    try bench.write("# Kiosks.\n\n" + idle, to: "desired-state/exceptions/idle.yaml")
    let run = try bench.plumb(
      "show", "exceptions", "--working-tree", "--at", "2026-06-01T07:00:00Z")
    let lines = run.output.split(separator: "\n").map(String.init)
    #expect(lines[1].hasSuffix("2026-03-01, Ann Lee (92 days)  2026-05-30, Bob"))
    #expect(lines[2].hasSuffix("not committed yet              –"))
  }

  @Test("a shallow clone does not blame whoever stands at its edge")
  func shallow() throws {
    let bench = try Self.bench()
    let clone = "repository/clone"
    try bench.scratch.git("clone", "--quiet", "--depth", "1", "file://\(bench.path)", "clone")
    let run = try bench.plumb("show", "exceptions", "--at", "2026-06-01T07:00:00Z", in: clone)
    for line in run.output.split(separator: "\n")[1...2] {
      #expect(line.hasSuffix("before the shallow clone's history  –"), "\(line)")
    }
  }

  @Test("the committed page says the same, without an age")
  func page() throws {
    let bench = try Self.bench()
    let run = try bench.plumb("apply", "--at", "2026-06-01T07:00:00Z", "--quiet")
    #expect(run.status == 0, "\(run)")
    #expect(
      try bench.scratch.git("show", "plumb/reports:reports/exceptions.md") == """
        # Exceptions

        [Overview](README.md) · [Recommendations](recommendations.md) · [Drift](drift.md) · **Exceptions** · [Events](events.md)

        ## <a id="expiringsoon"></a>Expiring soon

        | Exception | Status | Last day | Owner | Justification | Covers | Recommendations | Instances | Score with it | Added | Last changed |
        | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
        | <a id="idle"></a>`idle` | riskAccepted | 2026-06-03 | shop@&#8203;acme.example | The kiosk stays on. | 1 result, 1 affected resource | [`acme-idle`](recommendations/acme-idle.md) | [acme-eu](instances/acme-eu/README.md) | Ours achievable -12.5 | 2026-03-01, Ann Lee | 2026-05-30, Bob |

        ## <a id="active"></a>Active

        | Exception | Status | Last day | Owner | Justification | Covers | Recommendations | Instances | Score with it | Added |
        | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
        | <a id="robots"></a>`robots` | riskAccepted | 2026-12-31 | it@&#8203;acme.example | Robots have no fingers. | 1 result, 1 affected resource | [`acme-mfa`](recommendations/acme-mfa.md) | [acme-eu](instances/acme-eu/README.md) | Ours +6.3 | 2026-03-01, Ann Lee |
        """)
  }
}
