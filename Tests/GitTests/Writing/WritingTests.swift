import Git
import Testing

@Suite("Repository: writing commits")
struct WritingTests {
  @Test("writes the commit that git would write")
  func sameAsGit() throws {
    let sandbox = try Sandbox()
    try sandbox.makeRepository(["a/b": "b"])
    try sandbox.git(
      "commit", "--quiet", "--amend", "-m", "Change",
      adding: [
        "GIT_AUTHOR_DATE": "1700000000 +0100", "GIT_COMMITTER_DATE": "1700000060 +0100",
      ])
    let expected = try sandbox.id("HEAD")
    let other = try Sandbox()
    let repository = try Repository.`init`(path: other.path, bare: true)
    let written = try repository.writeCommit(.sample([.put(path: "a/b", "b")]))
    #expect(written.id == expected)
    #expect(try repository.references().isEmpty)
  }

  @Test("puts, deletes and replaces, in order")
  func changes() throws {
    let sandbox = try Sandbox()
    let (repository, first) = try sandbox.makeBareRepository()
    let base = try repository.writeCommit(
      .sample(
        [
          .put(path: "reports/old/x", "x"), .put(path: "reports/state.json", "1"),
          .put(path: "desired-state/a.yaml", "a"), .put(path: "gone/only", "o"),
        ], after: [first]))
    let next = try repository.writeCommit(
      .sample(
        [
          .replace(
            folder: "reports",
            with: [.init("state.json", "2"), .init("instances/okta/README.md", "r")]),
          .delete(path: "gone/only"), .delete(path: "never/was"), .delete(path: "README.md/x"),
          .put(path: "desired-state/b.yaml", "b"),
          .put(path: "desired-state/b.yaml", contents: Array("b2".utf8), mode: .executable),
          .put(path: "link", contents: Array("README.md".utf8), mode: .symbolicLink),
        ], after: [base.id]))
    let entries = try repository.files(at: next.id)
    #expect(
      entries.map(\.path) == [
        "README.md", "desired-state/a.yaml", "desired-state/b.yaml", "link",
        "reports/instances/okta/README.md", "reports/state.json",
      ])
    #expect(
      entries.map(\.mode) == [.file, .file, .executable, .symbolicLink, .file, .file])
    #expect(try repository.contents(of: "desired-state/b.yaml", at: next.id) == Array("b2".utf8))
    #expect(try repository.contents(of: "reports/state.json", at: next.id) == Array("2".utf8))
    _ = try repository.updateReference(
      "refs/heads/plumb/reports", from: nil, to: next.id, message: "reports")
    #expect(try sandbox.git("fsck", "--strict", "--no-dangling") == "")
  }

  @Test("sees that nothing changes")
  func unchanged() throws {
    let sandbox = try Sandbox()
    let (repository, first) = try sandbox.makeBareRepository()
    let same = try repository.writeCommit(
      .sample([.put(path: "README.md", "Hello\n"), .delete(path: "none")], after: [first]))
    let tree = try repository.tree(at: first)
    #expect(same.tree == tree)
    #expect(try repository.writeCommit(.sample([], after: [first])).tree == tree)
    let back = try repository.writeCommit(
      .sample([.put(path: "x", "x"), .delete(path: "x")], after: [first]))
    #expect(back.tree == tree)
  }

  @Test("writes the empty tree")
  func empty() throws {
    let sandbox = try Sandbox()
    let (repository, first) = try sandbox.makeBareRepository()
    let root = try repository.writeCommit(.sample([]))
    #expect(root.tree.hex == "4b825dc642cb6eb9a060e54bf8d69288fbee4904")
    let cleared = try repository.writeCommit(
      .sample([.replace(folder: "", with: [])], after: [first]))
    #expect(cleared.tree == root.tree)
    let refilled = try repository.writeCommit(
      .sample([.replace(folder: "", with: [.init("a/b", "b")])], after: [cleared.id]))
    #expect(try repository.files(at: refilled.id).map(\.path) == ["a/b"])
  }

  @Test("keeps files below a folder that is replaced, and refuses to keep what is not there")
  func keeping() throws {
    let sandbox = try Sandbox()
    let (repository, _) = try sandbox.makeBareRepository()
    let first = try repository.writeCommit(
      .sample([.replace(folder: "r", with: [.init("a/b", "1"), .init("c", "2")])])
    ).id
    let next = try repository.writeCommit(
      .sample([.replace(folder: "r", with: [.init("d", "3")], keeping: ["a/b"])], after: [first]))
    #expect(try repository.files(at: next.id).map(\.path) == ["r/a/b", "r/d"])
    #expect(
      try repository.entry("r/a/b", at: next.id)?.id == repository.entry("r/a/b", at: first)?.id)
    for path in ["x", "a"] {
      let error = #expect(throws: GitError.self) {
        try repository.writeCommit(
          .sample([.replace(folder: "r", with: [], keeping: [path])], after: [first]))
      }
      #expect(error?.code == .objectNotFound)
    }
  }

  @Test("gives the same id for the same draft")
  func deterministic() throws {
    let drafts = try (0..<2).map { _ in
      let sandbox = try Sandbox()
      let repository = try Repository.`init`(path: sandbox.path, bare: true)
      let files = (0..<50).map { TreeChange.File("f\($0)/g\($0 % 7)", "\($0)") }
      return try repository.writeCommit(.sample([.replace(folder: "r", with: files)])).id
    }
    #expect(drafts[0] == drafts[1])
  }

  @Test("merges with two parents, on top of the first")
  func merge() throws {
    let sandbox = try Sandbox()
    let (repository, first) = try sandbox.makeBareRepository()
    let left = try repository.writeCommit(.sample([.put(path: "l", "l")], after: [first]))
    let right = try repository.writeCommit(.sample([.put(path: "r", "r")], after: [first]))
    let merge = try repository.writeCommit(.sample([], after: [left.id, right.id]))
    #expect(try repository.commit(merge.id).parents == [left.id, right.id])
    #expect(merge.tree == left.tree)
  }

  @Test(
    "refuses a path that no tree may hold",
    arguments: [
      "", "/a", "a/", "a//b", ".", "a/../b", "./a", ".git/config", "a/.GIT/x", "a\0b", "GIT~1/x",
      ".g\u{200C}it/x", ".git /x", ".git./x", ".git::$INDEX_ALLOCATION/x", "a\\b",
    ])
  func invalidPath(_ path: String) throws {
    let sandbox = try Sandbox()
    let (repository, first) = try sandbox.makeBareRepository()
    let error = failure { () throws(GitError) in
      try repository.writeCommit(.sample([.put(path: path, "x")], after: [first]))
    }
    #expect(error == GitError(.invalidPath, "'\(path)' cannot be a path in a tree"))
  }

  @Test("refuses to put a file where a folder is, and the reverse, unless that is deleted first")
  func conflicts() throws {
    let sandbox = try Sandbox()
    let (repository, first) = try sandbox.makeBareRepository()
    let base = try repository.writeCommit(.sample([.put(path: "a/b", "b")], after: [first]))
    func attempt(_ changes: [TreeChange]) -> GitError? {
      failure { () throws(GitError) in
        try repository.writeCommit(.sample(changes, after: [base.id]))
      }
    }
    #expect(
      attempt([.put(path: "a", "x")])?.description
        == "'a' cannot be written: 'a' is a folder there")
    #expect(
      attempt([.put(path: "a/b/c", "x")])?.description
        == "'a/b/c' cannot be written: 'b' is not a folder there")
    #expect(
      attempt([.replace(folder: "README.md", with: [])])?.description
        == "'README.md' cannot be written: 'README.md' is not a folder there")
    #expect(attempt([.delete(path: "a"), .put(path: "a", "x")]) == nil)
    #expect(attempt([.delete(path: "a/b"), .put(path: "a/b/c", "x")]) == nil)
  }

  @Test(
    "refuses signatures that would not come back as they were",
    arguments: [
      Signature(name: "A <x>", email: "a@b", time: 1), Signature(name: "", email: "a@b", time: 1),
      Signature(name: "A\nparent x", email: "a@b", time: 1),
      Signature(name: "A", email: "a@b>", time: 1), Signature(name: "A", email: " ", time: 1),
      Signature(name: "A", email: "a@b", time: -1),
      Signature(name: "A", email: "a@b", time: 1, offset: 15 * 60),
    ])
  func signatures(_ signature: Signature) throws {
    let sandbox = try Sandbox()
    let (repository, _) = try sandbox.makeBareRepository()
    var draft = CommitDraft.sample([])
    draft.author = signature
    let error = failure { () throws(GitError) in try repository.writeCommit(draft) }
    #expect(error?.code == .invalidSignature)
  }

  @Test("refuses messages that git could not show", arguments: ["", " \n", "a\0b"])
  func messages(_ message: String) throws {
    let sandbox = try Sandbox()
    let (repository, _) = try sandbox.makeBareRepository()
    let error = failure { () throws(GitError) in
      try repository.writeCommit(.sample([], message: message))
    }
    #expect(
      error
        == GitError(
          .invalidMessage, "the message of a commit must hold some text and no NUL byte"))
  }

  @Test("names a parent that is not there")
  func missingParent() throws {
    let sandbox = try Sandbox()
    let (repository, _) = try sandbox.makeBareRepository()
    let error = failure { () throws(GitError) in
      try repository.writeCommit(.sample([], after: [.zero]))
    }
    #expect(error?.code == .objectNotFound)
  }

  @Test("signs with what is configured: environment, then configuration, then fallback")
  func identity() throws {
    let sandbox = try Sandbox()
    let (repository, _) = try sandbox.makeBareRepository()
    func identity(_ environment: [String: String]) throws -> [String] {
      let signature = try repository.configuredIdentity(
        .committer, fallback: ("Plumb", "plumb@localhost"), time: 7, offset: -90,
        environment: environment)
      #expect(signature.time == 7 && signature.offset == -90)
      return [signature.name, signature.email]
    }
    #expect(try identity([:]) == ["Plumb", "plumb@localhost"])
    try sandbox.git("config", "user.name", "Configured")
    #expect(try identity([:]) == ["Configured", "plumb@localhost"])
    #expect(
      try identity([
        "GIT_COMMITTER_EMAIL": "e@x", "GIT_AUTHOR_NAME": "no", "GIT_COMMITTER_NAME": "",
      ])
        == ["Configured", "e@x"])
  }

  @Test("writes many objects as one pack, few as they are, and nothing for a draft that fails")
  func storage() throws {
    let sandbox = try Sandbox()
    let (repository, first) = try sandbox.makeBareRepository()
    func count() throws -> [String: String] {
      var counts: [String: String] = [:]
      for line in try sandbox.git("count-objects", "-v").split(separator: "\n") {
        let parts = line.split(separator: " ")
        counts[String(parts[0])] = String(parts[1])
      }
      return counts.filter { ["count:", "in-pack:", "packs:"].contains($0.key) }
    }
    #expect(try count() == ["count:": "3", "in-pack:": "0", "packs:": "0"])
    let many = (0..<100).map { TreeChange.File("f\($0)", "number \($0)") }
    let error = failure { () throws(GitError) in
      try repository.writeCommit(
        .sample([.replace(folder: "r", with: many), .put(path: "r", "x")], after: [first]))
    }
    #expect(error?.code == .pathConflict)
    let next = try repository.writeCommit(
      .sample([.replace(folder: "r", with: many)], after: [first]))
    #expect(try count() == ["count:": "3", "in-pack:": "103", "packs:": "1"])
    let again = try repository.writeCommit(
      .sample([.replace(folder: "r", with: many), .put(path: "new", "n")], after: [first]))
    #expect(try count() == ["count:": "6", "in-pack:": "103", "packs:": "1"])
    #expect(try repository.files(under: "r", at: again.id).count == 100)
    #expect(try repository.contents(of: "r/f99", at: next.id) == Array("number 99".utf8))
    #expect(try sandbox.git("fsck", "--strict", "--no-dangling") == "")
  }

  @Test("writes from a linked worktree into the shared repository")
  func worktree() throws {
    let sandbox = try Sandbox()
    let main = try sandbox.makeRepository()
    try sandbox.git("worktree", "add", "--quiet", "--detach", "../linked")
    let linked = try sandbox.open("linked")
    let written = try linked.writeCommit(
      .sample([.put(path: "x", "x")], after: [linked.resolve("HEAD")]))
    #expect(try main.contents(of: "x", at: written.id) == Array("x".utf8))
  }
}
