import Foundation
import TestSupport
import Testing

/// `plumb plan --base`
@Suite struct BaseTests {
  @Test("a pull request is told whole: declarations, exceptions, verdicts, scores")
  func everything() throws {
    let bench = try ReviewBench()
    let base = try bench.scratch.git("rev-parse", "HEAD")
    try bench.scratch.git("checkout", "--quiet", "-b", "feature")
    try bench.replace(
      "name: acme-us }\nspec: { app: acme, recommendations: on",
      with: "name: acme-us }\nspec: { app: acme, recommendations: off",
      in: "desired-state/instances.yaml")
    try bench.replace("2026-12-31", with: "2027-05-31", in: "desired-state/exceptions/acme.yaml")
    try bench.replace(
      "expiredException: fail", with: "expiredException: off", in: "desired-state/settings.yaml")
    try bench.replace(
      "targetScore: 50", with: "targetScore: 60", in: "desired-state/initiative.yaml")
    try bench.write(
      Declare.document(
        "RecommendationOverride", "one-is-enough",
        "{ recommendation: acme-mfa, impact: low, parameters: { factors: 1 } }"),
      to: "desired-state/override.yaml")
    try bench.write(
      Declare.exception(
        "idle", of: "acme-idle", on: "acme-eu", status: "resolvedThroughThirdParty",
        justification: "The gateway ends sessions.", owner: "it@acme.example", expires: nil),
      to: "desired-state/exceptions/idle.yaml")
    try bench.commit("Bob", "2026-05-01T09:00:00Z")
    let head = try bench.scratch.git("rev-parse", "HEAD")

    let run = try bench.plumb(
      "plan", "--base", "main", "--at", "2026-06-01T07:00:00Z", "--fail-on", "scoreDrop=0")
    #expect(run.error == "")
    let digest = try #require(run.output.firstMatch(of: /--accept-less ([0-9a-f]{32})/)?.1)
    let told = run.output.replacing(digest, with: "DIGEST")
    #expect(
      told.hasPrefix(
        """
        Desired state  \(head.prefix(7)) (desired-state)
        Compared with  \(base.prefix(7)) (desired-state)
        At             2026-06-01T07:00:00Z

          + resolved   ~ changed   > declared

        Weakened

          > instance acme-us recommendations on → off: the instance is no longer assessed and counts in no score
            hides: 1 not compliant (1 of high impact)
          > recommendation acme-mfa impact high (10) → low (2)
            hides: 2 not compliant (2 of high impact)
          > recommendation acme-mfa parameters.factors 2 → 1
            hides: 2 not compliant (2 of high impact)
          > settings, gates.expiredException fail → off
            hides: what it would stop after the merge
          > exception idle added: resolvedThroughThirdParty, it@acme.example: The gateway ends sessions. (covers 1 result, 1 affected resource; Ours +25.0)
            hides: covers 1 result, 1 affected resource; Ours +25.0
          > exception robots expires 2026-12-31 → 2027-05-31
            hides: covers 1 affected resource; Ours +25.0
          A maintainer who agrees lets just this through: --accept-less DIGEST

        Recommendations

          acme-eu (Acme)  score 33.3 → 100.0

          ~ medium End idle sessions
                   acme-idle on acme-eu · toAddress → resolvedThroughThirdParty · 1 of 1 affected · exception idle · the desired state changed
          + low    Require a second factor
                   acme-mfa on acme-eu · notCompliant → compliant · the desired state changed
                   + bob no longer affected

        Control

          > initiative ours target 50 → 60

        Scores

          INITIATIVE         SCORE  TARGET  COVERAGE  PLANNED  ACHIEVABLE
          Ours        50.0 → 100.0      60   100.0 %    100.0       100.0
            Users     50.0 → 100.0  (high)   100.0 %    100.0       100.0
            Sessions  50.0 → 100.0   (low)   100.0 %    100.0       100.0

        Gates

          failed lessAssessed weakened: instance acme-us: the instance is no longer assessed and counts in no score (hides: 1 not compliant (1 of high impact)), recommendation acme-mfa: impact high (10) → low (2)
        """), "\(told)")
    #expect(
      told.hasSuffix(
        """
          passed scoreDrop, expiredException

        Plan: 1 resolved, 1 otherwise changed, 7 control changes; Ours 50.0 → 100.0 (target 60).
        Two desired states were compared on the same observations.

        """), "\(told)")
    #expect(run.status == 3)

    let json = try Self.plan(
      try bench.plumb("plan", "--base", "main", "--at", "2026-06-01T07:00:00Z", "--format", "json"))
    #expect((json["base"] as? [String: Any])?["revision"] as? String == base)
    let changes = try #require(json["changes"] as? [[String: Any]])
    #expect(Set(changes.compactMap { $0["cause"] as? String }) == ["desiredState"])
    let exceptions = try #require(json["exceptions"] as? [[String: Any]])
    #expect(exceptions.map { $0["name"] as? String } == ["idle", "robots"])
  }

  static func plan(_ run: Run) throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any], "\(run)")
  }

  static func summary(_ run: Run) -> [String] {
    run.output.split(separator: "\n").suffix(2).map(String.init)
  }

  @Test("the working tree is compared with a revision; what others did not change is not told")
  func workingTree() throws {
    let bench = try ReviewBench()
    let same = try bench.plumb(
      "plan", "--base", "HEAD", "--working-tree", "--at", "2026-06-01T07:00:00Z",
      "--detailed-exitcode")
    #expect(same.status == 0)
    #expect(
      Self.summary(same) == [
        "No changes. Both desired states give the same posture. Ours 50.0 (target 50).",
        "Two desired states were compared on the same observations.",
      ])
    try bench.replace(
      "resource.id.startsWith(\"robot\")", with: "resource.id == \"bob\"",
      in: "desired-state/exceptions/acme.yaml")
    let other = try bench.plumb(
      "plan", "--base", "HEAD", "--working-tree", "--at", "2026-06-01T07:00:00Z",
      "--detailed-exitcode")
    // Other resources are meant: that is more, for all that can be told.
    #expect(other.status == 3)
    #expect(
      Self.summary(other) == [
        "Plan: 1 otherwise changed, 1 control change; Ours 50.0 (target 50).",
        "Two desired states were compared on the same observations.",
      ])
    #expect(
      other.output.contains("resources resource.id.startsWith(\"robot\") → resource.id == \"bob\""))
  }

  @Test("a tenant that changed since the last apply is not the pull request's doing")
  func driftIsNotTold() throws {
    let bench = try ReviewBench()
    _ = try bench.plumb("apply", "--at", "2026-06-01T07:00:00Z")
    try bench.observe("acme-us", users: ["eve": 0, "kim": 0], policies: ["p": 999])
    let run = try bench.plumb(
      "plan", "--base", "HEAD", "--at", "2026-06-01T07:00:00Z", "--fail-on", "scoreDrop=0",
      "--fail-on", "newNotCompliant=low")
    #expect(run.status == 0)
    #expect(
      Self.summary(run).first
        == "No changes. Both desired states give the same posture. Ours 50.0 (target 50).")
  }

  @Test("an exception that is deleted tells what it covered; a fall of a point stops the run")
  func removed() throws {
    let bench = try ReviewBench()
    try bench.scratch.git("rm", "--quiet", "desired-state/exceptions/acme.yaml")
    try bench.commit("Bob", "2026-05-01T09:00:00Z")
    let run = try bench.plumb(
      "plan", "--base", "HEAD~1", "--at", "2026-06-01T07:00:00Z", "--fail-on", "scoreDrop=1")
    #expect(run.status == 3)
    let lines = run.output.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    #expect(
      lines.contains(
        "> exception robots the exception is no longer declared; it covered 1 affected resource; Ours +6.3"
      ))
    #expect(
      lines.contains(
        "failed scoreDrop fell by 1 points or more: ours 50.0 → 43.8 (-6.3)"))
    #expect(
      lines.contains(
        "to pass: undo what lowered the score: its changes are listed above (--fail-on scoreDrop=1)"
      ))
  }

  @Test("a pull request does not loosen the gates that it is judged by")
  func gatesOfTheBase() throws {
    let bench = try ReviewBench()
    try bench.replace(
      "expiredException: fail", with: "expiredException: off", in: "desired-state/settings.yaml")
    // What a pull request touches and does not renew is its own doing.
    try bench.replace(
      "Robots have", with: "Robots still have", in: "desired-state/exceptions/acme.yaml")
    try bench.commit("Bob", "2026-05-01T09:00:00Z")
    let run = try bench.plumb("plan", "--base", "HEAD~1", "--at", "2027-01-01")
    #expect(run.status == 3)
    let lines = run.output.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    #expect(
      lines.contains(
        "to pass: have the owner renew 'expires', or fix what it covered and delete the document (gates.expiredException of the base, until this is merged)"
      ))
  }

  @Test("the first desired state is compared with nothing")
  func firstDesiredState() throws {
    let bench = try ReviewBench()
    try bench.scratch.git("checkout", "--quiet", "--orphan", "empty")
    try bench.scratch.git("rm", "-r", "--quiet", "--cached", ".")
    try bench.scratch.git(
      "-c", "user.name=A", "-c", "user.email=a@acme.example", "commit", "--quiet",
      "--allow-empty", "-m", "Nothing")
    try bench.scratch.git("checkout", "--quiet", "--force", "main")
    let run = try bench.plumb("plan", "--base", "empty", "--at", "2026-06-01T07:00:00Z")
    #expect(run.status == 0)
    #expect(
      Self.summary(run).first
        == "Plan: 4 new (3 not compliant), 8 control changes; Ours 50.0 (target 50).")
  }

  // MARK: Bases that are not there

  @Test("a shallow clone says what to fetch, and then compares", .timeLimit(.minutes(30)))
  func shallow() throws {
    let bench = try ReviewBench()
    try bench.scratch.git("checkout", "--quiet", "-b", "feature")
    try bench.replace(
      "targetScore: 50", with: "targetScore: 60", in: "desired-state/initiative.yaml")
    try bench.commit("Bob", "2026-05-01T09:00:00Z")
    let clone = "repository/clone"
    try bench.scratch.git(
      "clone", "--quiet", "--depth", "1", "--branch", "feature", "file://\(bench.path)", "clone")
    try bench.scratch.git("checkout", "--quiet", "--detach", in: clone)
    func plan(_ base: String) throws -> Run {
      try bench.plumb("plan", "--base", base, "--at", "2026-06-01T07:00:00Z", in: clone)
    }
    let missing = try plan("origin/main")
    #expect(missing.status == 1)
    #expect(
      missing.error
        == "error: the base 'origin/main' is not in this repository; fetch it: git fetch origin main:refs/remotes/origin/main, then --base origin/main (in a GitHub workflow, actions/checkout with fetch-depth: 0)\n"
    )
    #expect(
      try plan("HEAD~1").error
        == "error: the base 'HEAD~1' is not in this repository; the clone is shallow: fetch its history: git fetch --unshallow origin (in a GitHub workflow, actions/checkout with fetch-depth: 0)\n"
    )
    try bench.scratch.git(
      "fetch", "--quiet", "--depth=1", "origin", "main:refs/remotes/origin/main", in: clone)
    #expect(
      try plan("main").error
        == "error: the base 'main' is not in this repository; there is 'origin/main': use --base origin/main\n"
    )
    let shallow = try plan("origin/main")
    #expect(shallow.status == 1)
    #expect(
      shallow.error
        == "error: this clone is too shallow to tell where the change left 'origin/main'; fetch its history: git fetch --unshallow origin (in a GitHub workflow, actions/checkout with fetch-depth: 0)\n"
    )
    try bench.scratch.git("fetch", "--quiet", "--unshallow", "origin", in: clone)
    let run = try plan("origin/main")
    #expect(run.status == 0)
    #expect(Self.summary(run).first == "Plan: 1 control change; Ours 50.0 (target 60).")
  }

  @Test("a base with faults is named as such")
  func faultyBase() throws {
    let bench = try ReviewBench(["desired-state/bad.yaml": "kind: Nothing\n"])
    try bench.scratch.git("rm", "--quiet", "desired-state/bad.yaml")
    try bench.commit("Bob", "2026-05-01T09:00:00Z")
    let run = try bench.plumb("plan", "--base", "HEAD~1")
    #expect(run.status == 1)
    #expect(
      run.error.split(separator: "\n").first
        == "error: the base 'HEAD~1' has faults, so that there is nothing to compare with:")
    #expect(run.error.contains("desired-state/bad.yaml:1:7: error: unknown value 'Nothing'"))
  }

  @Test("a comparison is not saved")
  func noOut() throws {
    let bench = try ReviewBench()
    let run = try bench.plumb("plan", "--base", "HEAD", "--out", "plan.json")
    #expect(run.status == 64)
    #expect(
      run.error.split(separator: "\n").first
        == "Error: A comparison cannot be applied: leave out --out or --base.")
  }
}
