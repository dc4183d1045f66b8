import Foundation
import TestSupport
import Testing

/// `plumb apply --push`
@Suite struct PushTests {
  /// Applies in a clone at the day of June that its observations are of.
  private func apply(
    _ bench: RemoteBench, in folder: String, day: Int = 1, _ more: String...,
    adding environment: [String: String] = [:]
  ) throws -> Run {
    try bench.start(
      ["apply", "--push", "--quiet", "--at", "2026-06-0\(day)T07:00:00Z"] + more, in: folder,
      adding: environment
    ).finish()
  }

  private func tip(_ bench: RemoteBench, in folder: String) throws -> String {
    try bench.scratch.git("rev-parse", RemoteBench.reports, in: folder)
  }

  @Test("another clone goes on from what the remote has, without having fetched it")
  func goesOn() throws {
    let bench = try RemoteBench()
    try bench.clone("second")
    #expect(try apply(bench, in: "repository").status == 0)
    let first = try bench.remoteGit("rev-parse", RemoteBench.reports)

    let same = try apply(bench, in: "second")
    #expect(same.error == "")
    #expect(try tip(bench, in: "second") == first)

    try bench.company.observe(mfa: 1)
    let next = try apply(bench, in: "repository", day: 2)
    #expect(next.status == 0)
    let log = try bench.remoteGit("log", "--format=%H %P", RemoteBench.reports)
    #expect(log == "\(try tip(bench, in: "repository")) \(first)\n\(first) ")
    #expect(try bench.remoteGit("rev-parse", "main") == bench.scratch.git("rev-parse", "main"))
  }

  @Test("a fresh clone compares with the remote's reports, and so does apply without --push")
  func freshClone() throws {
    let bench = try RemoteBench()
    #expect(try apply(bench, in: "repository").status == 0)
    try bench.clone("second")
    let plan = try bench.plumb("plan", "--at", RemoteBench.time, in: "second")
    #expect(plan.lastLine == "No changes. The recorded state matches. Ours 100.0 (target 50).")
    try bench.scratch.write(
      Company.observation(of: "acme-eu", mfa: 1), to: "second/observed/acme-eu")
    #expect(try bench.plumb("apply", "--at", RemoteBench.time, in: "second").status == 0)
    #expect(
      try bench.scratch.git("rev-parse", "plumb/reports~1", in: "second")
        == bench.remoteGit("rev-parse", RemoteBench.reports))
  }

  @Test("a path, a URL, another remote's name; a name that is none")
  func remotes() throws {
    let bench = try RemoteBench()
    try bench.scratch.git("init", "--quiet", "--bare", "remotes/other.git", in: ".")
    let other = bench.scratch.path + "/remotes/other.git"
    for (index, remote) in ["../remotes/other.git", "file://\(other)", "backup"].enumerated() {
      if remote == "backup" { try bench.scratch.git("remote", "add", "backup", other) }
      try bench.company.observe(mfa: 2 - index)
      // What is recorded there is of the desired state that is there.
      try bench.scratch.git("push", "--quiet", other, "HEAD:refs/heads/main", in: "repository")
      let run = try apply(bench, in: "repository", day: index + 1, "--remote", remote)
      #expect(run.status == 0, "\(remote): \(run.error)")
      #expect(
        try bench.scratch.git("rev-parse", RemoteBench.reports, in: "remotes/other.git")
          == tip(bench, in: "repository"))
    }
    #expect(try bench.remoteCount() == 0)
    #expect(
      try apply(bench, in: "repository", "--remote", "backpu").error
        == "error: there is no remote named 'backpu'; did you mean 'backup'?; there is backup, origin\n"
    )
    let gone = try apply(bench, in: "repository", "--remote", "../remotes/none.git")
    #expect(gone.status == 1)
    #expect(
      gone.error
        == "error: fetching from '../remotes/none.git': no git repository at '../remotes/none.git'; check the path\n"
    )
  }

  @Test(
    "the remote that moved while the push was under way is fetched, and the plan made again",
    .enabled(if: GitServer.isAvailable, "git's http-backend or openssl is not installed"))
  func overtaken() throws {
    let bench = try RemoteBench()
    try bench.clone("second")
    #expect(try apply(bench, in: "repository").status == 0)
    // The other clone records another tenant's change right between.
    try bench.scratch.write(
      Company.observation(of: "acme-us", mfa: 0), to: "second/observed/acme-us")
    let other =
      "cd '\(bench.scratch.path)/second' && '\(RemoteBench.program)' apply --push --quiet --at 2026-06-02T07:00:00Z"
    let server = try GitServer(bench.scratch, serving: "remotes", beforePush: other)
    try bench.company.observe(mfa: 1)
    let run = try apply(
      bench, in: "repository", day: 3, "--remote",
      "http://127.0.0.1:\(server.port)/company.git")
    #expect(run.status == 0, "\(run.error)")
    #expect(try bench.remoteCount() == 3)
    #expect(try tip(bench, in: "repository") == bench.remoteGit("rev-parse", RemoteBench.reports))
    #expect(try bench.scratch.git("for-each-ref", "refs/plumb/unpushed") == "")
    #expect(
      try bench.remoteGit("rev-list", "--min-parents=2", "--count", RemoteBench.reports) == "0")
  }

  @Test(
    "what cannot be pushed is recorded here, and the next --push takes it along",
    .enabled(if: GitServer.isAvailable, "git's http-backend or openssl is not installed"))
  func offline() throws {
    let bench = try RemoteBench()
    let server = try GitServer(bench.scratch, serving: "remotes")
    let url = "http://127.0.0.1:\(server.port)/company.git"
    try bench.scratch.git("remote", "set-url", "origin", url)
    #expect(try apply(bench, in: "repository").status == 0)
    server.stop()
    try bench.company.observe(mfa: 1)
    let run = try apply(bench, in: "repository", day: 2)
    #expect(run.status == 1)
    let recorded = try tip(bench, in: "repository")
    let lines = run.error.split(separator: "\n")
    #expect(lines.first == "Recorded on plumb/reports as \(recorded.prefix(10)).")
    #expect(
      lines.dropFirst().first?.hasPrefix(
        "error: not pushed: fetching from '\(url)': failed to connect") == true, "\(run.error)")
    #expect(
      lines.last
        == "The report stays recorded here; 'plumb apply --push' pushes it, even when nothing changes."
    )
    #expect(try bench.remoteCount() == 1)

    try bench.scratch.git("remote", "set-url", "origin", bench.remote)
    let again = try apply(bench, in: "repository", day: 3)
    #expect(again.status == 0)
    #expect(again.error == "Pushed to origin.\n")
    #expect(try bench.remoteGit("rev-parse", RemoteBench.reports) == recorded)
  }

  @Test(
    "a remote that refuses says why, and is not asked again",
    .enabled(if: GitServer.isAvailable, "git's http-backend or openssl is not installed"))
  func protected() throws {
    let bench = try RemoteBench()
    let hook = "remotes/company.git/hooks/update"
    try bench.scratch.write("#!/bin/sh\nexit 1\n", to: hook)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: bench.scratch.path + "/" + hook)
    let server = try GitServer(bench.scratch, serving: "remotes")
    try bench.scratch.git(
      "remote", "set-url", "origin", "http://127.0.0.1:\(server.port)/company.git")
    let run = try apply(bench, in: "repository")
    #expect(run.status == 1)
    #expect(
      run.error.contains("error: not pushed: 'origin' refuses 'plumb/reports': hook declined\n"),
      "\(run.error)")
    #expect(
      server.requests.filter { $0.hasPrefix("POST /company.git/git-receive-pack") }.count == 1)
    #expect(try bench.remoteCount() == 0)
  }

  @Test("reports that were never pushed are kept when the remote went another way")
  func diverged() throws {
    let bench = try RemoteBench()
    try bench.clone("second")
    #expect(try bench.plumb("apply", "--at", RemoteBench.time, in: "second").status == 0)
    let mine = try tip(bench, in: "second")
    try bench.company.observe(mfa: 1)
    #expect(try apply(bench, in: "repository").status == 0)
    let run = try apply(bench, in: "second", day: 2)
    #expect(run.status == 0)
    let kept = try bench.scratch.git(
      "for-each-ref", "--format=%(refname) %(objectname)", "refs/plumb/unpushed", in: "second")
    let name = "refs/plumb/unpushed/plumb/reports/\(mine.prefix(7))"
    #expect(kept == "\(name) \(mine)")
    #expect(
      run.error.contains(
        "Reports that were recorded here and not pushed do not follow what origin has; they are kept as \(name).\n"
      ), "\(run.error)")
    #expect(try bench.remoteCount() == 2)
    #expect(try tip(bench, in: "second") == bench.remoteGit("rev-parse", RemoteBench.reports))
  }

  @Test("a saved plan is pushed as it is, or refused when the remote moved on")
  func savedPlan() throws {
    let bench = try RemoteBench()
    try bench.clone("second")
    func save(_ folder: String) throws {
      let run = try bench.plumb(
        "plan", "--out", "plan.json", "--at", RemoteBench.time, in: folder)
      #expect(run.status == 0)
    }
    try save("second")
    try save("repository")
    let run = try bench.plumb("apply", "plan.json", "--push", in: "repository")
    #expect(run.status == 0, "\(run.error)")
    let late = try bench.plumb("apply", "plan.json", "--push", in: "second")
    #expect(late.status == 1)
    #expect(late.error.hasPrefix("error: the saved plan is out of date: the recorded state moved"))
    #expect(try bench.remoteCount() == 1)
  }

  @Test(
    "a shallow clone pushes to a folder; over a network it says what to fetch",
    .enabled(if: GitServer.isAvailable, "git's http-backend or openssl is not installed"))
  func shallow() throws {
    let bench = try RemoteBench()
    try bench.scratch.commit(["README.md": "Acme\n"])
    try bench.scratch.git("push", "--quiet", "origin", "main")
    #expect(try apply(bench, in: "repository").status == 0)
    try bench.scratch.git(
      "clone", "--quiet", "--depth", "1", "file://\(bench.remote)", "second", in: ".")
    try bench.scratch.write(
      Company.observation(of: "acme-eu", mfa: 1), to: "second/observed/acme-eu")
    let run = try apply(bench, in: "second", day: 2)
    #expect(run.status == 0, "\(run.error)")
    #expect(try bench.remoteCount() == 2)
    try bench.company.observe(mfa: 2)
    #expect(try apply(bench, in: "repository", day: 3).status == 0)
    let server = try GitServer(bench.scratch, serving: "remotes")
    let other = try apply(
      bench, in: "second", day: 4, "--remote", "http://127.0.0.1:\(server.port)/company.git")
    #expect(other.status == 1)
    #expect(
      other.error.hasSuffix(
        "; the clone is shallow: fetch its history with 'git fetch --unshallow' (in a GitHub workflow, actions/checkout with fetch-depth: 0)\n"
      ), "\(other.error)")
  }
}
