import TestSupport
import Testing

/// `--drift`, `--ignore-drift`, and gates of one run.
@Suite struct KnownDriftTests {
  /// Recorded, and then somebody changed both tenants.
  static func bench() throws -> (ReviewBench, desired: String, recorded: String) {
    let bench = try ReviewBench()
    _ = try bench.plumb("apply", "--at", "2026-06-01T07:00:00Z")
    try bench.observe("acme-eu", users: ["ada": 2, "bob": 2, "robot-1": 0], policies: ["p": 480])
    try bench.observe("acme-us", users: ["eve": 2, "kim": 1], policies: ["p": 90])
    return (
      bench, try bench.scratch.git("rev-parse", "HEAD"),
      try bench.scratch.git("rev-parse", "plumb/reports")
    )
  }

  @Test("--drift shows drift alone")
  func alone() throws {
    let (bench, desired, recorded) = try Self.bench()
    let run = try bench.plumb("plan", "--drift", "--at", "2026-06-01T08:00:00Z")
    #expect(
      run.output == """
        Desired state  \(desired.prefix(7)) (desired-state)
        Recorded       \(recorded.prefix(7))
        At             2026-06-01T08:00:00Z
        Data           acme-eu is not committed
        Data           acme-us is not committed

          ~ changed

        Drift

          acme-eu (Acme)
            ~ acme-mfa · bob
                factors: 1 → 2

          acme-us (Acme)
            ~ acme-idle · p
                idle: 15 → 90

        Drift: 2 settings drifted on 2 instances.

        """)
    #expect(run.status == 0)
  }

  @Test("known drift is neither shown nor stops the run, and is recorded all the same")
  func ignored() throws {
    let (bench, _, _) = try Self.bench()
    let strict = try bench.plumb(
      "plan", "--at", "2026-06-01T08:00:00Z", "--fail-on", "newNotCompliant=low")
    #expect(strict.status == 3)
    #expect(
      strict.output.contains(
        """
          failed newNotCompliant newly not compliant: acme-idle on acme-us (was compliant)
            to pass: fix them, or have each decided in a pull request: plumb except RECOMMENDATION --instance NAME … (--fail-on newNotCompliant=low)
        """))
    let run = try bench.plumb(
      "plan", "--drift", "--at", "2026-06-01T08:00:00Z", "--fail-on", "newNotCompliant=low",
      "--ignore-drift", "acme-us/acme-idl?", "--ignore-drift", "acme-uk/*")
    #expect(run.status == 0)
    #expect(
      run.error == """
        --ignore-drift acme-us/acme-idl?: 3 changes are not shown
        --ignore-drift acme-uk/*: nothing drifted that it means

        """)
    #expect(!run.output.contains("acme-us ("))
    #expect(run.output.hasSuffix("Drift: 1 setting drifted on 1 instance.\n"))
    // One setting alone does not excuse the verdict.
    let one = try bench.plumb(
      "plan", "--at", "2026-06-01T08:00:00Z", "--fail-on", "newNotCompliant=low",
      "--ignore-drift", "*/*/idle")
    #expect(one.status == 3)
  }

  @Test("a saved plan is applied whatever gates and known drift it was looked at with")
  func saved() throws {
    let (bench, _, recorded) = try Self.bench()
    let plan = try bench.plumb(
      "plan", "--out", "plan.json", "--at", "2026-06-01T08:00:00Z", "--ignore-drift", "*",
      "--fail-on", "scoreDrop=0")
    #expect(plan.status == 0)
    let apply = try bench.plumb(
      "apply", "plan.json", "--quiet", "--fail-on", "newNotCompliant=medium")
    // The gate fails, and the posture is recorded nevertheless.
    #expect(apply.status == 3)
    #expect(try bench.scratch.git("rev-parse", "plumb/reports~1") == recorded)
    #expect(
      try bench.scratch.git("show", "plumb/reports:reports/instances/acme-us/settings.yaml")
        .contains("idle: 90"))
  }
}
