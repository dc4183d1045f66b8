import Git
import Testing

@Suite("Repository: revisions")
struct RevisionTests {
  @Test(
    "resolves what git resolves",
    arguments: [
      "HEAD", "@", "main", "refs/heads/main", "HEAD~1", "v1", "v1^{commit}", ":/First",
    ])
  func resolves(_ revision: String) throws {
    let sandbox = try Sandbox()
    try sandbox.makeRepository()
    try sandbox.git("tag", "-a", "v1", "-m", "One")
    try sandbox.commit(["a": "a"], "First of all", at: 100)
    #expect(
      try sandbox.open().resolve(revision)
        == sandbox.id(revision.hasPrefix(":") ? revision : revision + "^{commit}"))
  }

  @Test("resolves the beginning of an id")
  func abbreviated() throws {
    let sandbox = try Sandbox()
    let repository = try sandbox.makeRepository()
    let head = try repository.resolve("HEAD")
    #expect(try repository.resolve(head.shortHex) == head)
  }

  @Test(
    "tells an unknown name, a range, an empty text and a NUL from revisions",
    arguments: [
      "nonsense", "HEAD~99", "deadbeef", "main..main", "a b", "", "HEAD^{", "x\0y",
    ])
  func unknown(_ revision: String) throws {
    let sandbox = try Sandbox()
    let repository = try sandbox.makeRepository()
    let error = failure { () throws(GitError) in try repository.resolve(revision) }
    #expect(
      error
        == GitError(.unknownRevision, "no revision named '\(revision)' in this repository"))
  }

  @Test("tells an ambiguous beginning of an id")
  func ambiguous() throws {
    let sandbox = try Sandbox()
    let repository = try sandbox.makeRepository()
    var seen: [Substring: ObjectID] = [:]
    var shared: Substring?
    var number = 0
    while shared == nil {
      number += 1
      let id = try repository.writeBlob(Array("blob \(number)".utf8))
      let prefix = Substring(id.hex.prefix(4))
      if let other = seen[prefix], other != id { shared = prefix }
      seen[prefix] = id
    }
    let prefix = String(try #require(shared))
    let error = failure { () throws(GitError) in try repository.resolve(prefix) }
    #expect(
      error
        == GitError(
          .ambiguousRevision,
          "'\(prefix)' is the beginning of several objects' ids; write more of it"))
  }

  @Test("tells an empty repository", arguments: ["HEAD", "@", "main", "HEAD~1", "refs/heads/main"])
  func unborn(_ revision: String) throws {
    let sandbox = try Sandbox()
    let repository = try Repository.`init`(path: sandbox.path)
    let error = failure { () throws(GitError) in try repository.resolve(revision) }
    #expect(error == GitError(.emptyRepository, "branch 'main' has no commit yet"))
    let other = failure { () throws(GitError) in try repository.resolve("other") }
    #expect(other?.code == .unknownRevision)
  }

  @Test("refuses an object that leads to no commit")
  func notACommit() throws {
    let sandbox = try Sandbox()
    let repository = try sandbox.makeRepository()
    let error = failure { () throws(GitError) in try repository.resolve("HEAD:README.md") }
    #expect(error == GitError(.wrongObjectType, "'HEAD:README.md' is a blob, not a commit"))
  }

  @Test("knows a detached HEAD")
  func detached() throws {
    let sandbox = try Sandbox()
    try sandbox.makeRepository()
    try sandbox.git("checkout", "--quiet", "--detach")
    let repository = try sandbox.open()
    #expect(repository.headBranch == nil)
    #expect(try repository.resolve("HEAD") == sandbox.id("main"))
  }

  @Test("lists references under a prefix, packed and loose, in order")
  func references() throws {
    let sandbox = try Sandbox()
    let repository = try sandbox.makeRepository()
    let head = try repository.resolve("HEAD")
    try sandbox.git("branch", "plumb/b")
    try sandbox.git("tag", "v1")
    try sandbox.git("pack-refs", "--all")
    try sandbox.git("branch", "plumb/a")
    #expect(
      try repository.references(under: "refs/heads/plumb/").map(\.name)
        == ["refs/heads/plumb/a", "refs/heads/plumb/b"])
    #expect(try repository.references().map(\.target) == [head, head, head, head])
    #expect(try repository.target(of: "refs/tags/v1") == head)
    #expect(try repository.target(of: "refs/tags/v2") == nil)
    #expect(try repository.target(of: "HEAD") == head)
  }
}
