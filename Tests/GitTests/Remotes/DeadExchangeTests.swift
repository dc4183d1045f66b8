import Foundation
import Git
import Testing

@Suite("Repository: after a process that died while it exchanged with a remote")
struct DeadExchangeTests {
  private let spec = "+refs/heads/main:refs/remotes/origin/main"

  /// A repository, its bare copy, and locks in the copy as a killed fetch leaves them.
  private func leave(
    _ sandbox: Sandbox, journal: String?, age: Int = 0
  ) throws -> (copy: Repository, locks: [String]) {
    _ = try sandbox.makeBareRepository()
    let copy = try Repository.clone(sandbox.path + "/repository", to: sandbox.path + "/copy")
    let locks = [
      "copy/refs/remotes/origin/main.lock", "copy/packed-refs.lock", "copy/HEAD.lock",
      "copy/shallow.lock",
    ]
    for lock in locks {
      try sandbox.write("", to: lock)
      try FileManager.default.setAttributes(
        [.modificationDate: Date().addingTimeInterval(Double(-age))],
        ofItemAtPath: sandbox.path + "/" + lock)
    }
    if let journal { try sandbox.write(journal, to: "copy/plumb-exchange.lock") }
    return (copy, locks)
  }

  @Test("the next fetch clears its locks, and completes")
  func ours() throws {
    let sandbox = try Sandbox()
    let (copy, locks) = try leave(sandbox, journal: "began \(Int(Date().timeIntervalSince1970))\n")
    #expect(try copy.fetch(from: "origin", refspecs: [spec]).count == 1)
    for lock in locks { #expect(!sandbox.exists(lock), "\(lock)") }
    #expect(sandbox.read("copy/plumb-exchange.lock") == "")
  }

  @Test("locks of others are cleared when they are older than an hour")
  func old() throws {
    let sandbox = try Sandbox()
    let (copy, locks) = try leave(sandbox, journal: nil, age: 7_200)
    #expect(try copy.fetch(from: "origin", refspecs: [spec]).count == 1)
    for lock in locks { #expect(!sandbox.exists(lock), "\(lock)") }
  }

  @Test("locks that another program has just taken stay", arguments: [nil, "", "began nonsense"])
  func foreign(journal: String?) throws {
    let sandbox = try Sandbox()
    let (copy, locks) = try leave(sandbox, journal: journal)
    let error = failure { () throws(GitError) in
      _ = try copy.fetch(from: "origin", refspecs: [spec])
    }
    #expect(error?.code == .locked)
    for lock in locks { #expect(sandbox.exists(lock), "\(lock)") }
  }

  @Test("a mirror's locks go at once: nobody else works in the cache")
  func mirror() throws {
    let sandbox = try Sandbox()
    _ = try sandbox.makeBareRepository()
    let path = sandbox.path + "/cache/copy"
    func mirror() throws -> Repository {
      try Repository.mirror(sandbox.path + "/repository", at: path)
    }
    _ = try mirror()
    try sandbox.git("commit-tree", "-m", "x", "main^{tree}", in: "repository")
    try sandbox.git("update-ref", "refs/heads/next", "main", in: "repository")
    let locks = [
      "cache/copy/refs/remotes/origin/next.lock", "cache/copy/HEAD.lock",
      "cache/copy/packed-refs.lock",
    ]
    for lock in locks { try sandbox.write("", to: lock) }
    #expect(try mirror().target(of: "refs/remotes/origin/next") != nil)
    for lock in locks { #expect(!sandbox.exists(lock), "\(lock)") }
  }

  @Test("half-written objects are cleaned up by the next who writes")
  func objects() throws {
    let sandbox = try Sandbox()
    let (repository, first) = try sandbox.makeBareRepository()
    try sandbox.write("half", to: "repository/objects/tmp_object_git2_a1B2c3")
    try sandbox.write(
      "began \(Int(Date().timeIntervalSince1970))\n", to: "repository/plumb-objects.lock")
    _ = try repository.writeCommit(.sample([.put(path: "r", "new")], after: [first]))
    #expect(!sandbox.exists("repository/objects/tmp_object_git2_a1B2c3"))
  }
}
