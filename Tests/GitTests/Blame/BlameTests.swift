import Git
import Testing

@Suite("Repository: blame")
struct BlameTests {
  /// One line per line: the number and the commit, as `git blame` has it.
  private func table(_ blame: [BlamedLines]) -> [String] {
    blame.flatMap { part in part.lines.map { "\(part.commit.id) \($0)" } }
  }

  private func expected(_ sandbox: Sandbox, _ path: String) throws -> [String] {
    try sandbox.git("blame", "--porcelain", path).split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      guard words.count >= 3, words[0].count == 40, Int(words[1]) != nil else { return nil }
      return "\(words[0]) \(words[2])"
    }
  }

  @Test("agrees with git over edits, a merge and a rename")
  func agrees() throws {
    let sandbox = try Sandbox()
    func lines(_ changes: [Int: String] = [:]) -> String {
      (1...30).map { (changes[$0] ?? "line \($0)") + "\n" }.joined()
    }
    try sandbox.makeRepository(["old.yaml": lines(), "other": "o"])
    try sandbox.commit(["old.yaml": lines([3: "three"])], at: 1)
    try sandbox.git("checkout", "--quiet", "-b", "topic")
    try sandbox.commit(["old.yaml": lines([3: "three", 28: "topic\nand more"])], at: 2)
    try sandbox.git("checkout", "--quiet", "main")
    try sandbox.commit(["old.yaml": lines([3: "three", 10: "main"])], at: 3)
    try sandbox.git(
      "merge", "--quiet", "--no-ff", "-m", "m", "topic",
      adding: ["GIT_COMMITTER_DATE": "1700000004 +0100"])
    try sandbox.git("mv", "old.yaml", "new.yaml")
    try sandbox.commit([:], at: 5)
    let text = try #require(sandbox.read("repository/new.yaml"))
    try sandbox.commit(["new.yaml": "head\n" + text + "tail without newline"], at: 6)
    let removed = "head\n" + text.replacing("line 15\n", with: "") + "tail without newline"
    try sandbox.commit(["new.yaml": removed], at: 7)
    try sandbox.commit(["other": "p"], at: 8)

    let repository = try sandbox.open()
    let blame = try repository.blame("new.yaml", at: repository.resolve("HEAD"))
    #expect(try table(blame) == expected(sandbox, "new.yaml"))
    #expect(Set(blame.map(\.commit.id)).count == 5)
    #expect(blame.first?.lines == 1...1)
    #expect(blame.first?.path == "new.yaml")
    #expect(blame[1].path == "old.yaml")
    #expect(blame.first?.commit.author.name == "Ada")
    #expect(blame.first?.commit.author.time == 1_700_000_006)
  }

  @Test("says nothing of an empty file, and refuses what is none")
  func edges() throws {
    let sandbox = try Sandbox()
    let repository = try sandbox.makeRepository(["empty": "", "folder/x": "x"])
    let head = try repository.resolve("HEAD")
    #expect(try repository.blame("empty", at: head).isEmpty)
    #expect(try repository.blame("folder/x", at: head).map(\.lines) == [1...1])
    let missing = failure { () throws(GitError) in try repository.blame("none", at: head) }
    #expect(missing == GitError(.pathNotFound, "there is no 'none' in commit \(head.shortHex)"))
    let folder = failure { () throws(GitError) in try repository.blame("folder", at: head) }
    #expect(folder?.code == .wrongObjectType)
  }

  @Test("stops at the boundary of a shallow clone")
  func shallow() throws {
    let sandbox = try Sandbox()
    try sandbox.makeRepository(["f": "1\n2\n"])
    try sandbox.commit(["f": "1\ntwo\n"], at: 1)
    try sandbox.commit(["f": "1\ntwo\n3\n"], at: 2)
    try sandbox.git(
      "clone", "--quiet", "--bare", "--depth", "2", "file://\(sandbox.path)/repository",
      "../shallow")
    let repository = try sandbox.open("shallow")
    let head = try repository.resolve("HEAD")
    #expect(try repository.blame("f", at: head).map(\.lines) == [1...2, 3...3])
  }
}
