import Foundation
import TestSupport
import Testing

/// `--repo URL`, ended at every call by which it changes files of the cache.
@Suite(
  "Killed while copying a remote",
  .enabled(if: PreloadedLibrary.kill != nil, "there is no C compiler"))
struct MirrorKillTests {
  private func trial(
    _ name: String, _ bench: RemoteBench, _ arguments: [String], at url: String
  ) throws {
    let scratch = bench.scratch
    let remote = RepositoryTraces(scratch: scratch, folder: "remotes/company.git")
    func names() throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: scratch.path + "/cache/git").sorted()
    }
    var environment = Scratch.environment
    environment["PLUMB_CACHE"] = scratch.path + "/cache"
    let trial = KillTrial(
      name: name, scratch: scratch, folder: ".", arguments: arguments + ["--repo", url],
      environment: environment
    ) {
      let copies = try names()
      let folder = try #require(copies.first { !$0.contains(".") })
      let copy = RepositoryTraces(scratch: scratch, folder: "cache/git/\(folder)")
      try copy.checkWhole()
      return try copies.joined(separator: "\n") + copy.text() + remote.text()
    } check: { _ in
      try remote.checkWhole()
    }
    try trial.run()
  }

  /// What has become of the remote since a copy was made: a branch is gone, and one that stands where it stood has a
  /// folder's name; others are new or have moved.
  private func change(_ bench: RemoteBench) throws {
    let scratch = bench.scratch
    try scratch.commit(["README.md": "Acme\n"])
    try scratch.git("push", "--quiet", "origin", "main", "main:topic/one", ":topic", "main:other")
    try scratch.git("tag", "v1")
    try scratch.git("push", "--quiet", "origin", "v1")
  }

  private func changed(at url: (RemoteBench) throws -> String) throws -> (RemoteBench, String) {
    let bench = try RemoteBench()
    try bench.scratch.git("push", "--quiet", "origin", "main:topic")
    let url = try url(bench)
    let run = try bench.plumb("validate", "--repo", url)
    guard run.status == 0 else { throw Scratch.Failure(description: run.error) }
    try change(bench)
    return (bench, url)
  }

  @Test("for the first time")
  func first() throws {
    let bench = try RemoteBench()
    try trial("copy of a folder", bench, ["validate"], at: bench.url)
  }

  @Test("that has changed")
  func update() throws {
    let (bench, url) = try changed { $0.url }
    try trial("update of a copy of a folder", bench, ["validate"], at: url)
  }

  @Test("and recording a report in it")
  func apply() throws {
    let bench = try RemoteBench()
    try trial(
      "apply --push --repo", bench, ["apply", "--push", "--quiet", "--at", RemoteBench.time],
      at: bench.url)
  }

  @Test(
    "over HTTP, for the first time and when it has changed",
    .enabled(if: GitServer.isAvailable, "git's http-backend or openssl is not installed"))
  func server() throws {
    let outside = try Scratch()
    var server: GitServer?
    let (bench, url) = try changed { bench in
      let started = try GitServer(outside, serving: bench.scratch.path + "/remotes")
      server = started
      return "http://127.0.0.1:\(started.port)/company.git"
    }
    try trial("update of a copy over HTTP", bench, ["validate"], at: url)
    try FileManager.default.removeItem(atPath: bench.scratch.path + "/cache")
    try trial("copy over HTTP", bench, ["validate"], at: url)
    server?.stop()
  }
}
