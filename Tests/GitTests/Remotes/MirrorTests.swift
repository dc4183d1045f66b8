import Foundation
import Git
import Testing

@Suite("Repository: copies of remotes")
struct MirrorTests {
  private let branch = "refs/heads/plumb/reports"
  private let tracking = "refs/remotes/origin/plumb/reports"

  @Test("keeps branches of its own while it follows the remote's")
  func ownBranches() throws {
    let sandbox = try Sandbox()
    let (origin, first) = try sandbox.makeBareRepository()
    let path = sandbox.path + "/cache/one/copy"
    func mirror() throws -> Repository {
      try Repository.mirror(sandbox.path + "/repository", at: path)
    }
    let copy = try mirror()
    #expect(copy.isBare)
    #expect(try copy.resolve("HEAD") == first)
    let ours = try copy.writeCommit(.sample([.put(path: "r", "1")])).id
    _ = try copy.updateReference(branch, from: nil, to: ours, message: "")
    let theirs = try origin.writeCommit(.sample([.put(path: "r", "2")])).id
    _ = try origin.updateReference(branch, from: nil, to: theirs, message: "")
    let again = try mirror()
    #expect(try again.target(of: branch) == ours)
    #expect(try again.target(of: tracking) == theirs)
    try sandbox.git("update-ref", "-d", branch)
    #expect(try mirror().target(of: tracking) == nil)
    #expect(try sandbox.git("fsck", "--strict", "--no-dangling", in: "cache/one/copy") == "")
  }

  @Test("goes on where one died that was making it, and leaves nothing of one that failed")
  func interrupted() throws {
    let sandbox = try Sandbox()
    _ = try sandbox.makeBareRepository()
    let path = sandbox.path + "/cache/copy"
    try sandbox.write("half", to: "cache/copy.new/HEAD")
    #expect(throws: GitError.self) { try Repository.mirror(sandbox.path + "/none", at: path) }
    #expect(!sandbox.exists("cache/copy"))
    _ = try Repository.mirror(sandbox.path + "/repository", at: path)
    #expect(!sandbox.exists("cache/copy.new"))
  }

  @Test("waits for another process, and says so when that takes too long")
  func locked() throws {
    let sandbox = try Sandbox()
    _ = try sandbox.makeBareRepository()
    let path = sandbox.path + "/copy"
    let descriptor = open(path + ".lock", O_RDWR | O_CREAT, 0o600)
    defer { close(descriptor) }
    #expect(flock(descriptor, LOCK_EX) == 0)
    let url = sandbox.path + "/repository"
    let error = failure { () throws(GitError) in
      try Repository.mirror(url, at: path, patience: .milliseconds(1))
    }
    #expect(
      error
        == GitError(
          .locked, "another process is copying '\(url)': it holds '\(path).lock'",
          context: "copying a remote"))
  }

  /// Fetches, adds a commit, pushes; again when it was overtaken.
  private func push(_ path: String, _ remote: String, rounds: Int) throws {
    let copy = try Repository.mirror(remote, at: path)
    for round in 0..<rounds {
      while true {
        _ = try copy.fetch(from: remote, refspecs: ["+\(branch):\(tracking)"])
        let current = try copy.target(of: tracking)
        let next = try copy.writeCommit(
          .sample(
            [.put(path: "\(path.suffix(1))/\(round)", "x")], after: current.map { [$0] } ?? [])
        ).id
        _ = try copy.updateReference(
          branch, from: copy.target(of: branch), to: next, message: "")
        if try copy.push(branch, to: remote) == .pushed { break }
      }
    }
  }

  @Test("of those who push to a folder at once, none overwrites another")
  func race() async throws {
    let sandbox = try Sandbox()
    let (repository, _) = try sandbox.makeBareRepository()
    let folder = sandbox.path
    let remote = folder + "/repository"
    let rounds = 15
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in ["a", "b", "c"] {
        group.addTask { try push("\(folder)/\(writer)", remote, rounds: rounds) }
      }
      try await group.waitForAll()
    }
    let head = try #require(try repository.target(of: branch))
    #expect(try repository.log(from: head).count == 3 * rounds)
    #expect(try repository.files(at: head).count == 3 * rounds)
    #expect(try sandbox.git("fsck", "--strict", "--no-dangling") == "")
  }

  @Test("pushes to the folder that is named, and to none above it")
  func noSearch() throws {
    let sandbox = try Sandbox()
    let (repository, _) = try sandbox.makeBareRepository()
    try sandbox.makeFolder("repository/refs/inner")
    let error = failure { () throws(GitError) in
      try repository.push("refs/heads/main", to: sandbox.path + "/repository/refs/inner")
    }
    #expect(error?.code == .repositoryNotFound)
    #expect(
      error?.message == "no git repository at '\(sandbox.path)/repository/refs/inner'")
  }

  @Test("does not pull the branch from under a working tree")
  func checkedOut() throws {
    let sandbox = try Sandbox()
    let repository = try sandbox.makeRepository()
    let copy = try Repository.clone(sandbox.path + "/repository", to: sandbox.path + "/copy")
    let tip = try #require(try copy.target(of: "refs/heads/main"))
    let next = try copy.writeCommit(.sample([.put(path: "a", "b")], after: [tip])).id
    _ = try copy.updateReference(
      "refs/heads/main", from: tip, to: next, message: "", allowCheckedOut: true)
    guard case .refused = try copy.push("refs/heads/main", to: "origin") else {
      Issue.record("it was pushed")
      return
    }
    #expect(try repository.target(of: "refs/heads/main") == tip)
    #expect(try copy.push("refs/heads/main", as: "refs/heads/other", to: "origin") == .pushed)
  }
}
