import Foundation
import TestSupport
import Testing

/// `plumb apply --push`, ended at every call by which it changes files, while the remote has something to fetch.
@Suite("Killed while pushing", .enabled(if: PreloadedLibrary.kill != nil, "there is no C compiler"))
struct PushKillTests {
  private static let branch = "refs/heads/plumb/reports"

  /// A clone that has recorded and pushed, another that has since, and a new observation in the first.
  private func bench() throws -> RemoteBench {
    let bench = try RemoteBench()
    func apply(_ folder: String, _ time: String) throws {
      let run = try bench.plumb("apply", "--push", "--quiet", "--at", time, in: folder)
      guard run.status == 0 else { throw Scratch.Failure(description: run.error) }
    }
    try apply("repository", RemoteBench.time)
    try bench.clone("second")
    for (name, text) in Company.observation(of: "acme-us", mfa: 0, at: "2026-06-02T06:00:00Z").files
    {
      try bench.scratch.write(text, to: "second/observed/acme-us/\(name)")
    }
    try apply("second", "2026-06-02T07:00:00Z")
    try bench.scratch.observe(
      Company.observation(of: "acme-us", mfa: 0, at: "2026-06-02T06:00:00Z"))
    try bench.company.observe(mfa: 1, at: "2026-06-03T06:00:00Z")
    return bench
  }

  /// - Parameter server: Serves `remotes`; nil for the folder itself.
  private func trial(_ name: String, _ bench: RemoteBench, through server: GitServer? = nil) throws
  {
    let scratch = bench.scratch
    let here = RepositoryTraces(scratch: scratch, folder: "repository/.git")
    // A server may still be at work for a client that was killed: each trial has a remote of its own.
    func there() throws -> RepositoryTraces {
      let names = try FileManager.default.contentsOfDirectory(atPath: scratch.path + "/remotes")
      return RepositoryTraces(scratch: scratch, folder: "remotes/\(try #require(names.first))")
    }
    func tip(_ traces: RepositoryTraces) throws -> String {
      try traces.git("for-each-ref", "--format=%(objectname)", Self.branch)
    }
    let old = (here: try tip(here), there: try tip(there()))
    var new = ""
    var trial = KillTrial(
      name: name, scratch: scratch, folder: "repository",
      arguments: ["apply", "--push", "--quiet", "--at", "2026-06-03T07:00:00Z"]
    ) {
      // What git itself leaves in a remote is not ours.
      let remote = try server == nil ? there().text() : tip(there())
      return try here.text() + "\n" + remote
    } check: { trial in
      try here.checkWhole()
      try there().checkWhole()
      let now = (here: try tip(here), there: try tip(there()))
      #expect([old.here, old.there, new].contains(now.here), "\(trial)")
      #expect(now.there == old.there || now.there == new, "\(trial)")
    }
    if let server {
      trial.prepare = { index in
        let name = "trial-\(index).git"
        try FileManager.default.moveItem(
          atPath: bench.remote, toPath: "\(scratch.path)/remotes/\(name)")
        let config = try #require(scratch.read("repository/.git/config"))
        try scratch.overwrite(
          config.replacing(bench.remote, with: "http://127.0.0.1:\(server.port)/\(name)"),
          in: "repository/.git/config")
      }
    }
    try trial.run { new = try tip(here) }
    #expect(new != old.here && new != old.there)
  }

  @Test("to a folder of this machine")
  func folder() throws { try trial("apply --push to a folder", bench()) }

  @Test(
    "over HTTP",
    .enabled(if: GitServer.isAvailable, "git's http-backend or openssl is not installed"))
  func server() throws {
    let bench = try bench()
    let outside = try Scratch()
    let server = try GitServer(outside, serving: bench.scratch.path + "/remotes")
    try trial("apply --push over HTTP", bench, through: server)
  }
}
