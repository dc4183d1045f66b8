import Git
import Testing

@Suite("Repository: commits and history")
struct CommitTests {
  @Test("reads every part of a commit")
  func parts() throws {
    let sandbox = try Sandbox()
    try sandbox.makeRepository()
    let parent = try sandbox.id("HEAD")
    let message = """
      First line
      goes on

      Body.

      Desired-State: abc
      Observed-At: 2026-01-01T00:00:00Z
      """
    try sandbox.git("commit", "--quiet", "--allow-empty", "-m", message)
    let repository = try sandbox.open()
    let commit = try repository.commit(repository.resolve("HEAD"))
    #expect(commit.parents == [parent])
    #expect(try commit.tree == sandbox.id("HEAD^{tree}"))
    #expect(commit.author == .ada)
    #expect(commit.committer == .grace)
    #expect(commit.message == message + "\n")
    #expect(commit.summary == "First line goes on")
    #expect(
      commit.trailers == [
        Trailer(key: "Desired-State", value: "abc"),
        Trailer(key: "Observed-At", value: "2026-01-01T00:00:00Z"),
      ])
    #expect(commit.trailer("observed-at") == "2026-01-01T00:00:00Z")
    #expect(commit.trailer("Plumb-Version") == nil)
  }

  /// A main branch of three commits, a topic of one that was merged.
  ///
  /// ```
  /// one ── two ── merge
  ///   └── topic ──┘
  /// ```
  private func history(_ sandbox: Sandbox) throws -> [String: ObjectID] {
    try sandbox.makeRepository([:])
    var ids: [String: ObjectID] = [:]
    ids["one"] = try sandbox.commit(["a": "1"], "one", at: 0)
    try sandbox.git("checkout", "--quiet", "-b", "topic")
    ids["topic"] = try sandbox.commit(["b": "1"], "topic", at: 10)
    try sandbox.git("checkout", "--quiet", "main")
    ids["two"] = try sandbox.commit(["a": "2"], "two", at: 20)
    try sandbox.git(
      "merge", "--quiet", "--no-ff", "-m", "merge", "topic",
      adding: ["GIT_COMMITTER_DATE": "1700000030 +0100"])
    ids["merge"] = try sandbox.id("HEAD")
    return ids
  }

  @Test("walks history newest first, as git log does")
  func order() throws {
    let sandbox = try Sandbox()
    let ids = try history(sandbox)
    let repository = try sandbox.open()
    let head = try #require(ids["merge"])
    #expect(try repository.log(from: head).map(\.summary) == ["merge", "two", "topic", "one"])
    #expect(
      try repository.log(from: head).map(\.id.hex).joined(separator: "\n")
        == sandbox.git("log", "--format=%H"))
    #expect(
      try repository.log(from: head, firstParent: true).map(\.summary) == ["merge", "two", "one"])
    #expect(try repository.log(from: head, limit: 2).map(\.summary) == ["merge", "two"])
    #expect(try repository.log(from: head, limit: 0).isEmpty)
  }

  @Test("takes only the commits that change a path")
  func path() throws {
    let sandbox = try Sandbox()
    let head = try #require(try history(sandbox)["merge"])
    let repository = try sandbox.open()
    #expect(try repository.log(from: head, path: "a").map(\.summary) == ["two", "one"])
    #expect(try repository.log(from: head, path: "b").map(\.summary) == ["topic"])
    #expect(
      try repository.log(from: head, firstParent: true, path: "b").map(\.summary) == ["merge"])
    #expect(try repository.log(from: head, path: "none").isEmpty)
  }

  @Test("finds common ancestors")
  func ancestry() throws {
    let sandbox = try Sandbox()
    let ids = try history(sandbox)
    try sandbox.git("checkout", "--quiet", "--orphan", "other")
    let other = try sandbox.commit(["o": "o"], "other", at: 50)
    let repository = try sandbox.open()
    let one = try #require(ids["one"])
    let two = try #require(ids["two"])
    let topic = try #require(ids["topic"])
    let merge = try #require(ids["merge"])
    #expect(try repository.mergeBase(two, topic) == one)
    #expect(try repository.mergeBase(merge, topic) == topic)
    #expect(try repository.mergeBase(merge, other) == nil)
    #expect(try repository.isAncestor(one, of: merge))
    #expect(try repository.isAncestor(merge, of: merge))
    #expect(try !repository.isAncestor(merge, of: one))
    #expect(try !repository.isAncestor(two, of: topic))
    let error = failure { () throws(GitError) in try repository.mergeBase(merge, .zero) }
    #expect(error?.code == .objectNotFound)
  }

  @Test("ends at the boundary of a shallow clone")
  func shallow() throws {
    let sandbox = try Sandbox()
    try sandbox.makeRepository([:])
    for number in 1...5 { try sandbox.commit(["a": "\(number)"], "\(number)", at: number) }
    try sandbox.git(
      "clone", "--quiet", "--depth", "2", "file://\(sandbox.path)/repository", "../shallow")
    let repository = try sandbox.open("shallow")
    #expect(repository.isShallow)
    let head = try repository.resolve("HEAD")
    let log = try repository.log(from: head)
    #expect(log.map(\.summary) == ["5", "4"])
    #expect(try repository.log(from: head, path: "a").map(\.summary) == ["5", "4"])
    #expect(try repository.isAncestor(log[1].id, of: head))
    #expect(try repository.mergeBase(log[1].id, head) == log[1].id)
    let beyond = failure { () throws(GitError) in try repository.commit(log[1].parents[0]) }
    #expect(beyond?.code == .objectNotFound)
    let next = try repository.writeCommit(.sample([.put(path: "b", "b")], after: [head]))
    #expect(try repository.log(from: next.id).count == 3)
  }
}
