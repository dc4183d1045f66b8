import Foundation
import TestSupport
import Testing

/// `--repo URL`
@Suite struct RepositoryURLTests {
  private let changes = "Run 'plumb apply' to record this."
  private let none = "No changes. The recorded state matches. Ours 100.0 (target 50)."

  @Test("plans and applies what nobody has cloned")
  func wholeWay() throws {
    let bench = try RemoteBench()
    func plumb(_ arguments: String...) throws -> Run {
      try bench.start(arguments + ["--repo", bench.url, "--at", RemoteBench.time]).finish()
    }
    let plan = try plumb("plan")
    #expect(plan.error == "")
    #expect(plan.lastLine == changes)
    #expect(try bench.remoteCount() == 0)

    let apply = try plumb("apply", "--push")
    #expect(apply.status == 0)
    let tip = try bench.remoteGit("rev-parse", RemoteBench.reports)
    #expect(
      apply.error == "Recorded on plumb/reports as \(tip.prefix(10)).\nPushed to \(bench.url).\n")
    #expect(try plumb("plan").lastLine == none)

    let again = try plumb("apply", "--push")
    #expect(again.error == "Nothing changed: no commit.\n\(bench.url) has it all.\n")
    #expect(again.status == 0)
    #expect(try bench.remoteCount() == 1)
    #expect(try bench.remoteGit("fsck", "--strict", "--no-dangling") == "")
    for command in [["instances"], ["show"], ["show", "exceptions"], ["explain", "acme-mfa"]] {
      let run = try bench.start(command + ["--repo", bench.url]).finish()
      #expect(run.status == 0, "\(command): \(run.error)")
    }
  }

  @Test("keeps one bare copy a URL, for its user alone, and in it no URL")
  func cache() throws {
    let bench = try RemoteBench()
    for _ in 0..<2 {
      #expect(try bench.plumb("validate", "--repo", bench.url).status == 0)
    }
    let names = try FileManager.default.contentsOfDirectory(
      atPath: bench.scratch.path + "/cache/git")
    let folder = try #require(names.first { !$0.hasSuffix(".lock") })
    #expect(names.sorted() == [folder, folder + ".lock"])
    #expect(folder.wholeMatch(of: /[0-9a-f]{40}/) != nil)
    let attributes = try FileManager.default.attributesOfItem(
      atPath: bench.scratch.path + "/cache/git")
    #expect(attributes[.posixPermissions] as? Int == 0o700)
    let found = try Run(
      "/usr/bin/env", ["grep", "-r", "-l", "company.git", "cache"], in: bench.scratch.path,
      environment: Scratch.environment)
    #expect(found.output == "")
  }

  @Test("finds the cache as the XDG specification says")
  func cachePlaces() throws {
    let bench = try RemoteBench()
    let home = bench.scratch.path + "/home"
    let places = [
      ("home/.cache/plumb/git", ["XDG_CACHE_HOME": "relative"]),
      ("xdg/plumb/git", ["XDG_CACHE_HOME": bench.scratch.path + "/xdg"]),
      ("own/git", ["XDG_CACHE_HOME": bench.scratch.path + "/xdg", "PLUMB_CACHE": "own"]),
    ]
    for (place, environment) in places {
      let run = try bench.plumb(
        "validate", "--repo", bench.url,
        adding: ["PLUMB_CACHE": "", "HOME": home].merging(environment) { $1 })
      #expect(run.status == 0)
      #expect(bench.scratch.exists(place), "\(place)")
    }
    let homeless = try bench.plumb(
      "validate", "--repo", bench.url, adding: ["PLUMB_CACHE": "", "HOME": ""])
    #expect(
      homeless.error
        == "error: there is no HOME to keep a copy of the remote in; name a folder in PLUMB_CACHE\n"
    )
  }

  @Test("follows the remote: new commits, a new default branch, branches that make way for others")
  func follows() throws {
    let bench = try RemoteBench()
    func summary(_ revision: String = "HEAD") throws -> String {
      let run = try bench.plumb("validate", "--repo", bench.url, "--revision", revision)
      return run.output + run.error
    }
    let usual = "Valid: 3 files, 2 instances (2 on), 1 initiative, 0 exceptions.\n"
    #expect(try summary() == usual)
    try bench.scratch.commit([
      "desired-state/more.yaml": Declare.instance("acme-asia", "recommendations: off")
    ])
    try bench.scratch.git("push", "--quiet", "origin", "main:topic")
    #expect(try summary() == usual)
    let more = "Valid: 4 files, 3 instances (2 on), 1 initiative, 0 exceptions.\n"
    #expect(try summary("topic") == more)
    #expect(try summary("topic~1") == usual)
    #expect(try summary("origin/topic") == more)

    try bench.scratch.git("push", "--quiet", "origin", "main:trunk", ":topic")
    try bench.scratch.git("push", "--quiet", "origin", "main:topic/one")
    try bench.scratch.git("symbolic-ref", "HEAD", "refs/heads/trunk", in: "remotes/company.git")
    #expect(try summary() == more)
    #expect(try summary("topic/one") == more)
    #expect(
      try summary("topic") == "error: no revision named 'topic' in '\(bench.url)'\n")
    #expect(
      try summary("trnk")
        == "error: no revision named 'trnk' in '\(bench.url)'; did you mean 'trunk'?\n")
    #expect(try bench.plumb("plan", "--base", "main", "--repo", bench.url).status == 0)
  }

  @Test("says that there is no default branch, no commit, no repository")
  func nothingThere() throws {
    let bench = try RemoteBench()
    try bench.scratch.git("symbolic-ref", "HEAD", "refs/heads/gone", in: "remotes/company.git")
    #expect(
      try bench.plumb("plan", "--repo", bench.url).error
        == "error: '\(bench.url)' has no default branch; name one with --revision: main\n")
    try bench.scratch.git("init", "--quiet", "--bare", "remotes/empty.git", in: ".")
    let empty = "file://\(bench.scratch.path)/remotes/empty.git"
    #expect(
      try bench.plumb("plan", "--repo", empty).error == "error: '\(empty)' has no commit yet\n")
    let missing = "file://\(bench.scratch.path)/remotes/none.git"
    let run = try bench.plumb("plan", "--repo", missing)
    #expect(run.status == 1)
    #expect(
      run.error
        == "error: fetching from '\(missing)': no git repository at '\(bench.scratch.path)/remotes/none.git'; check the path\n"
    )
    let folders = try FileManager.default.contentsOfDirectory(
      atPath: bench.scratch.path + "/cache/git")
    #expect(folders.filter { !$0.hasSuffix(".lock") }.count == 2)
  }

  @Test("refuses what needs a working tree, and a password in the URL")
  func refusals() throws {
    let bench = try RemoteBench()
    let rows: [([String], String)] = [
      (
        ["validate", "--working-tree"],
        "A remote has no working tree: clone it, or leave out --working-tree."
      ),
      (["apply", "--remote", "x"], "--remote says where --push goes: add --push."),
      (["apply"], "A report on a remote is recorded with --push."),
      (
        ["apply", "--push", "--remote", "other"],
        "A report on a remote goes back to it: leave out --remote."
      ),
      (
        ["init"],
        "This edits files of a working tree: clone '\(bench.url)' and name the folder with --repo."
      ),
    ]
    for (arguments, message) in rows {
      let run = try bench.start(arguments + ["--repo", bench.url]).finish()
      #expect(run.status == 64, "\(arguments)")
      #expect(run.error.hasPrefix("Error: \(message)\n"), "\(run.error)")
    }
    let secret = try bench.plumb("plan", "--repo", "https://ada:s3cret@host.invalid/x.git")
    #expect(secret.status == 1)
    #expect(
      secret.error
        == "error: the URL of 'https://host.invalid/x.git' holds a password; give it as a credential; put it in PLUMB_GIT_TOKEN, or in a file that PLUMB_GIT_CREDENTIALS names\n"
    )
  }

  @Test("a folder that looks like a short SSH address is a folder")
  func colon() throws {
    let bench = try RemoteBench()
    try bench.clone("host:path")
    #expect(try bench.plumb("validate", "--repo", "host:path").status == 0)
  }

  @Test("two at once do not trip over one another")
  func twoAtOnce() throws {
    let bench = try RemoteBench()
    let arguments = ["plan", "--repo", bench.url, "--at", RemoteBench.time]
    let runs = try (0..<3).map { _ in try bench.start(arguments) }.map { try $0.finish() }
    for run in runs {
      #expect(run.error == "")
      #expect(run.lastLine == changes)
    }
  }
}
