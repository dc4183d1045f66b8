import Foundation
import Git
import Testing

@Suite("Repository: trees and blobs")
struct TreeTests {
  @Test("lists files of every kind with their modes, in git's order", arguments: [false, true])
  func files(packed: Bool) throws {
    let sandbox = try Sandbox()
    try sandbox.makeRepository(["a.yaml": "a", "a/b.yaml": "b", "a/c/d.yaml": "d", "run": "#!"])
    let folder = sandbox.path + "/repository"
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: folder + "/run")
    try FileManager.default.createSymbolicLink(
      atPath: folder + "/link", withDestinationPath: "a.yaml")
    try sandbox.git(
      "update-index", "--add", "--cacheinfo",
      "160000,0123456789012345678901234567890123456789,module")
    try sandbox.git("add", "run", "link")
    try sandbox.git("commit", "--quiet", "-m", "Kinds")
    if packed { try sandbox.git("gc", "--quiet") }

    let repository = try sandbox.open()
    let head = try repository.resolve("HEAD")
    let entries = try repository.files(at: head)
    #expect(entries.map(\.path) == ["a.yaml", "a/b.yaml", "a/c/d.yaml", "link", "module", "run"])
    #expect(
      entries.map(\.mode) == [.file, .file, .file, .symbolicLink, .submodule, .executable])
    #expect(entries[4].id.hex == "0123456789012345678901234567890123456789")
    #expect(try repository.files(under: "a", at: head).map(\.path) == ["a/b.yaml", "a/c/d.yaml"])
    #expect(try repository.files(under: "a/c/d.yaml", at: head).map(\.path) == ["a/c/d.yaml"])
    #expect(
      try repository.files(at: head, where: { $0.path.hasSuffix(".yaml") }).count == 3)
    #expect(try repository.contents(of: "link", at: head) == Array("a.yaml".utf8))
    #expect(try repository.contents(of: "a/c/d.yaml", at: head) == Array("d".utf8))
    #expect(try repository.contents(of: "a/c/e.yaml", at: head) == nil)
    #expect(try repository.entry("a/c", at: head)?.mode == .tree)
    #expect(try repository.entry("a.yaml/x", at: head) == nil)
    let top = try repository.entries(ofTree: repository.tree(at: head))
    #expect(top.map(\.path) == ["a.yaml", "a", "link", "module", "run"])
    #expect(top.map(\.mode) == [.file, .tree, .symbolicLink, .submodule, .executable])
    #expect(try repository.entries(ofTree: top[1].id).map(\.path) == ["b.yaml", "c"])
    #expect(top[0] == entries[0])
  }

  @Test("names a folder that is not there")
  func missingFolder() throws {
    let sandbox = try Sandbox()
    let repository = try sandbox.makeRepository()
    let head = try repository.resolve("HEAD")
    let error = failure { () throws(GitError) in try repository.files(under: "none", at: head) }
    #expect(
      error == GitError(.pathNotFound, "there is no 'none' in commit \(head.shortHex)"))
  }

  @Test("refuses folders and submodules as files")
  func notAFile() throws {
    let sandbox = try Sandbox()
    let repository = try sandbox.makeRepository(["a/b": "b"])
    let head = try repository.resolve("HEAD")
    let error = failure { () throws(GitError) in try repository.contents(of: "a", at: head) }
    #expect(error == GitError(.wrongObjectType, "'a' is a folder, not a file"))
  }

  @Test("refuses a blob beyond the limit, and reads one at the limit")
  func limit() throws {
    let sandbox = try Sandbox()
    let (repository, head) = try sandbox.makeBareRepository()
    let id = try #require(try repository.entry("README.md", at: head)).id
    #expect(try repository.blob(id, limit: 6) == Array("Hello\n".utf8))
    let error = failure { () throws(GitError) in try repository.blob(id, limit: 5) }
    #expect(
      error
        == GitError(.tooLarge, "blob \(id.hex) has 6 bytes, more than the limit of 5"))
    let named = failure { () throws(GitError) in
      try repository.contents(of: "README.md", at: head, limit: 5)
    }
    #expect(named?.context == "reading 'README.md' at \(head.shortHex)")
  }

  @Test("tells a missing object from one of another type")
  func wrongObjects() throws {
    let sandbox = try Sandbox()
    let (repository, head) = try sandbox.makeBareRepository()
    let blob = try #require(try repository.entry("README.md", at: head)).id
    let missing = failure { () throws(GitError) in try repository.blob(.zero) }
    #expect(missing?.code == .objectNotFound)
    #expect(
      missing?.description
        == "reading blob \(ObjectID.zero): no object \(ObjectID.zero) in this repository")
    let wrong = failure { () throws(GitError) in try repository.commit(blob) }
    #expect(
      wrong?.description
        == "reading commit \(blob): object \(blob) is a blob, not a commit")
    let other = failure { () throws(GitError) in try repository.blob(head) }
    #expect(other?.message == "object \(head) is a commit, not a blob")
  }

  @Test("notices that a blob's content is not what its id says")
  func corrupt() throws {
    let sandbox = try Sandbox()
    let (repository, _) = try sandbox.makeBareRepository()
    let good = try repository.writeBlob(Array("good".utf8))
    let bad = try repository.writeBlob(Array("evil".utf8))
    func file(_ id: ObjectID) -> String {
      "\(sandbox.path)/repository/objects/\(id.hex.prefix(2))/\(id.hex.dropFirst(2))"
    }
    try FileManager.default.removeItem(atPath: file(good))
    try FileManager.default.copyItem(atPath: file(bad), toPath: file(good))
    let reopened = try sandbox.open()
    let error = failure { () throws(GitError) in try reopened.blob(good) }
    #expect(error?.code == .corrupt)
  }

  @Test("shows names that are not UTF-8 without losing their content")
  func strangeNames() throws {
    let sandbox = try Sandbox()
    try sandbox.makeRepository([:])
    // git mktree takes the bytes as they are: \377 is no UTF-8.
    let blob = try sandbox.git("hash-object", "-w", "--stdin", input: "content")
    let tree = try sandbox.git(
      "mktree", input: "100644 blob \(blob)\t\"bad\\377name\"\n100644 blob \(blob)\té\n")
    let commit = try sandbox.git("commit-tree", tree, "-m", "Strange")
    let repository = try sandbox.open()
    let head = try #require(ObjectID(hex: commit))
    let entries = try repository.files(at: head)
    #expect(entries.map(\.path) == ["bad\u{FFFD}name", "é"])
    #expect(entries.map(\.isPathExact) == [false, true])
    #expect(try repository.blob(entries[0].id) == Array("content".utf8))
    #expect(try repository.entry(entries[0].path, at: head) == nil)
    #expect(try repository.diff(from: nil, to: head).map(\.path) == entries.map(\.path))

    let next = try repository.writeCommit(.sample([.put(path: "new", "new")], after: [head]))
    #expect(
      try sandbox.git("ls-tree", "--name-only", next.id.hex)
        == "\"bad\\377name\"\nnew\n\"\\303\\251\"")
  }

  @Test("refuses a path with a NUL byte")
  func nul() throws {
    let sandbox = try Sandbox()
    let (repository, head) = try sandbox.makeBareRepository()
    let error = failure { () throws(GitError) in try repository.entry("README.md\0x", at: head) }
    #expect(error == GitError(.invalidPath, "the path holds a NUL byte"))
  }
}
