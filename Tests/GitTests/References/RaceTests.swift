import Foundation
import Git
import Synchronization
import TestSupport
import Testing

@Suite("Repository: racing for a reference")
struct RaceTests {
  private let name = "refs/heads/plumb/reports"
  private let rounds = 20

  /// Adds commits on top of whatever is there, planning again whenever it is overtaken.
  private func climb(_ path: String, _ writer: String) throws {
    let repository = try Repository.open(path: path)
    repository.lockPatience = .seconds(60)
    for round in 0..<rounds {
      while true {
        let current = try repository.target(of: name)
        let draft = CommitDraft.sample(
          [.put(path: "\(writer)/\(round)", writer)], after: current.map { [$0] } ?? [])
        let next = try repository.writeCommit(draft).id
        if try repository.updateReference(name, from: current, to: next, message: writer) == .moved
        {
          break
        }
      }
    }
  }

  @Test("loses nothing among threads that each open the repository")
  func threads() async throws {
    let sandbox = try Sandbox()
    let (repository, _) = try sandbox.makeBareRepository()
    let path = sandbox.path + "/repository"
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in ["a", "b", "c"] { group.addTask { try climb(path, writer) } }
      try await group.waitForAll()
    }
    let head = try #require(try repository.target(of: name))
    #expect(try repository.log(from: head).count == 3 * rounds)
    #expect(try repository.files(at: head).count == 3 * rounds)
    #expect(try sandbox.git("fsck", "--strict", "--no-dangling") == "")
  }

  @Test("loses nothing against git update-ref and git pack-refs")
  func git() async throws {
    let sandbox = try Sandbox()
    let (repository, first) = try sandbox.makeBareRepository()
    let path = sandbox.path + "/repository"
    #expect(try repository.updateReference(name, from: nil, to: first, message: "") == .moved)
    let script = """
      i=0
      while [ $i -lt \(rounds) ]; do
        old=$(git rev-parse \(name)) || exit 1
        blob=$(echo $i | git hash-object -w --stdin)
        tree=$( (git ls-tree $old; printf '100644 blob %s\\tgit-%s\\n' $blob $i) | git mktree) || exit 1
        new=$(git commit-tree $tree -p $old -m "git $i") || exit 1
        if git update-ref \(name) $new $old 2>/dev/null; then i=$((i+1)); fi
        [ $((i % 5)) -eq 0 ] && git pack-refs --all --prune 2>/dev/null
        true
      done
      """
    let git = try Run.Started(
      "/bin/sh", ["-c", script], in: path, environment: Sandbox.environment)
    try climb(path, "plumb")
    let run = try git.finish()
    #expect(run.status == 0, "\(run.error)")

    let head = try #require(try repository.target(of: name))
    let files = try repository.files(at: head).map(\.path)
    #expect(files.count { $0.hasPrefix("plumb/") } == rounds)
    #expect(files.count { $0.hasPrefix("git-") } == rounds)
    #expect(try repository.log(from: head).count == 2 * rounds + 1)
    #expect(try sandbox.git("fsck", "--strict", "--no-dangling") == "")
  }
}
