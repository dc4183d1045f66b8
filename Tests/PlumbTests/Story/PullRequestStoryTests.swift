import Foundation
import TestSupport
import Testing

/// The whole story with real git: two people, one remote, pull requests, and reports that both push.
@Suite struct PullRequestStoryTests {
  private static let rounds = 10

  /// A second of June's days in the story.
  private func day(_ number: Int, hour: Int = 7) -> String {
    "2026-06-\(number < 10 ? "0" : "")\(number)T0\(hour):00:00Z"
  }

  private func observe(
    _ instance: String, in clone: String, _ bench: RemoteBench, mfa: Int, idle: Int, at time: String
  ) throws {
    let observation = Company.observation(of: instance, mfa: mfa, idle: idle, at: time)
    try bench.scratch.write(observation, to: "\(clone)/observed/\(instance)")
  }

  @Test("branch, switch on, accept a risk, plan, merge; then both apply at once, ten times over")
  func story() throws {
    let off = Company.instances.replacing(
      "name: acme-us }\nspec: { app: acme, recommendations: on",
      with: "name: acme-us }\nspec: { app: acme, recommendations: off")
    let bench = try RemoteBench(adding: ["desired-state/instances.yaml": off])
    for clone in ["ada", "bob"] { try bench.clone(clone) }
    try pullRequest(of: "ada", bench)
    try bench.scratch.git("pull", "--quiet", in: "bob")

    var subjects = Set<String>()
    for round in 1...Self.rounds {
      // Each sees a change that nobody has recorded; both see both, as two runs of one pipeline do.
      for clone in ["ada", "bob"] {
        try observe(
          "acme-eu", in: clone, bench, mfa: round % 3, idle: 15 + round,
          at: day(round + 1, hour: clone == "ada" ? 5 : 6))
        try observe("acme-us", in: clone, bench, mfa: 2, idle: 15 + round, at: day(round + 1))
      }
      let runs = try ["ada", "bob"].map { clone in
        try bench.start(
          ["apply", "--push", "--at", day(round + 1, hour: 8)], in: clone)
      }.map { try $0.finish() }
      for run in runs {
        #expect(run.status == 0, "round \(round): \(run.error)")
        for line in run.error.split(separator: "\n") where line.hasPrefix("Recorded on") {
          subjects.insert(String(line))
        }
      }
      let idle = try bench.remoteGit(
        "show", "\(RemoteBench.reports):reports/instances/acme-eu/settings.yaml")
      #expect(idle.contains("idle: \(15 + round)"), "round \(round) is recorded")
    }
    try history(bench, atLeast: Self.rounds)
  }

  private func pullRequest(of clone: String, _ bench: RemoteBench) throws {
    let git = bench.scratch
    try git.git("checkout", "--quiet", "-b", "us", in: clone)
    let on = try bench.plumb("instances", "on", "acme-us", in: clone)
    #expect(on.output == "desired-state/instances.yaml: recommendations of acme-us on\n")
    try observe("acme-us", in: clone, bench, mfa: 2, idle: 15, at: day(1, hour: 5))
    let except = try bench.plumb(
      "except", "acme-mfa", "--instance", "acme-us", "--owner", "it@acme.example", "--expires",
      "2026-12-31", "--justification", "The robot has no phone.", "--resources",
      "resource.id == \"user-2\"", "--at", day(1), in: clone)
    #expect(except.status == 0, "\(except.error)")
    // A pull request is judged on the data that its own revision has.
    try git.git("add", "desired-state", "observed", in: clone)
    try git.git("commit", "--quiet", "-m", "Assess the United States", in: clone)

    let plan = try bench.plumb("plan", "--base", "origin/main", "--at", day(1), in: clone)
    #expect(plan.status == 3, "\(plan.error)")
    let digest = try #require(plan.output.firstMatch(of: /--accept-less ([0-9a-f]{32})/)?.1)
    let accepted = try bench.plumb(
      "plan", "--base", "origin/main", "--at", day(1), "--accept-less", String(digest), in: clone)
    #expect(accepted.status == 0, "\(accepted.output)")
    #expect(plan.output.contains("instance acme-us recommendations off → on"))
    #expect(plan.output.contains("added: riskAccepted, it@acme.example: The robot has no phone."))
    #expect(plan.output.contains("covers 1 affected resource"), "\(plan.output)")

    try git.git("checkout", "--quiet", "main", in: clone)
    try git.git("merge", "--quiet", "--no-ff", "-m", "Merge us", "us", in: clone)
    try git.git("push", "--quiet", "origin", "main", in: clone)
  }

  private func history(_ bench: RemoteBench, atLeast rounds: Int) throws {
    let count = try bench.remoteCount()
    #expect(count >= rounds)
    // Nothing that anybody recorded is anywhere but in the remote's history, which is one line.
    #expect(
      try bench.remoteGit("rev-list", "--count", "--min-parents=2", RemoteBench.reports) == "0")
    #expect(
      try bench.remoteGit("rev-list", "--count", "--max-parents=0", RemoteBench.reports) == "1")
    for clone in ["ada", "bob"] {
      let local = try bench.scratch.git("rev-parse", "plumb/reports", in: clone)
      #expect(
        try bench.remoteGit("merge-base", "--is-ancestor", local, RemoteBench.reports) == "")
      #expect(try bench.scratch.git("for-each-ref", "refs/plumb/unpushed", in: clone) == "")
      #expect(
        try bench.scratch.git("fsck", "--strict", "--no-dangling", "--no-progress", in: clone)
          == "")
    }
    #expect(try bench.remoteGit("fsck", "--strict", "--no-dangling", "--no-progress") == "")
    // Every round's observation is told by a commit of its own.
    let days = Set(
      try bench.remoteGit(
        "log", "--format=%(trailers:key=Observed-At,valueonly,separator=)", RemoteBench.reports
      ).split(separator: "\n").map { String($0.prefix(10)) })
    for round in 1...rounds { #expect(days.contains(String(day(round + 1).prefix(10)))) }
    #expect(
      try bench.remoteGit("show", "\(RemoteBench.reports):reports/exceptions.md").contains(
        "The robot has no phone."))
  }

  @Test("two who see different tenants lose neither's report")
  func different() throws {
    let bench = try RemoteBench()
    for clone in ["ada", "bob"] { try bench.clone(clone) }
    var recorded: [String] = []
    for round in 1...Self.rounds {
      for (clone, instance) in [("ada", "acme-eu"), ("bob", "acme-us")] {
        try observe(
          instance, in: clone, bench, mfa: 3, idle: 15 + round, at: day(round + 1))
      }
      let runs = try ["ada", "bob"].map { clone in
        try bench.start(["apply", "--push", "--at", day(round + 1, hour: 8)], in: clone)
      }.map { try $0.finish() }
      for run in runs {
        #expect(run.status == 0, "round \(round): \(run.error)")
        recorded += run.error.split(separator: "\n").filter { $0.hasPrefix("Recorded on") }.map {
          String($0.dropLast().suffix(10))
        }
      }
    }
    #expect(recorded.count == 2 * Self.rounds)
    let all = try bench.remoteGit("rev-list", RemoteBench.reports)
    for commit in recorded { #expect(all.contains(commit), "\(commit) is in the remote's history") }
    #expect(try bench.remoteCount() == recorded.count)
  }
}
