import Foundation
import Git
import Testing

@Suite("Repository: opening")
struct RepositoryTests {
  @Test("finds the repository from a folder below its working tree")
  func discovers() throws {
    let sandbox = try Sandbox()
    try sandbox.makeRepository(["deep/down/file": "x"])
    let repository = try sandbox.open("repository/deep/down")
    #expect(repository.workingDirectory == sandbox.path + "/repository")
    #expect(repository.gitDirectory == sandbox.path + "/repository/.git")
    #expect(repository.commonDirectory == sandbox.path + "/repository/.git")
    #expect(!repository.isBare)
    #expect(repository.headBranch == "main")
  }

  @Test("opens a bare repository")
  func bare() throws {
    let sandbox = try Sandbox()
    let (repository, _) = try sandbox.makeBareRepository()
    #expect(repository.isBare)
    #expect(repository.workingDirectory == nil)
    #expect(repository.gitDirectory == sandbox.path + "/repository")
  }

  @Test("opens a linked worktree, which shares the common folder")
  func worktree() throws {
    let sandbox = try Sandbox()
    try sandbox.makeRepository()
    try sandbox.git("worktree", "add", "--quiet", "-b", "topic", "../linked")
    let repository = try sandbox.open("linked")
    #expect(repository.isLinkedWorktree)
    #expect(repository.headBranch == "topic")
    #expect(repository.workingDirectory == sandbox.path + "/linked")
    #expect(repository.gitDirectory == sandbox.path + "/repository/.git/worktrees/linked")
    #expect(repository.commonDirectory == sandbox.path + "/repository/.git")
  }

  @Test("opens a repository whose .git is a file")
  func gitFile() throws {
    let sandbox = try Sandbox()
    try sandbox.makeFolder("repository")
    try sandbox.git("init", "--quiet", "--separate-git-dir", "../elsewhere")
    let repository = try sandbox.open()
    #expect(repository.gitDirectory == sandbox.path + "/elsewhere")
    #expect(repository.workingDirectory == sandbox.path + "/repository")
  }

  @Test("opens a repository with sparse checkout, whose extension libgit2 does not know")
  func sparse() throws {
    let sandbox = try Sandbox()
    try sandbox.makeRepository(["a/file": "a", "b/file": "b"])
    try sandbox.git("sparse-checkout", "set", "a")
    #expect(try sandbox.git("config", "extensions.worktreeConfig") == "true")
    let repository = try sandbox.open()
    #expect(
      try repository.files(at: repository.resolve("HEAD")).map(\.path) == ["a/file", "b/file"])
  }

  @Test("names the path where there is no repository")
  func missing() throws {
    let sandbox = try Sandbox()
    let error = failure { () throws(GitError) in try Repository.open(path: sandbox.path) }
    #expect(error?.code == .repositoryNotFound)
    #expect(
      error?.description == "no git repository at '\(sandbox.path)', nor in a folder above it")
  }

  @Test("refuses what it cannot read", arguments: ["objectformat", "refstorage"])
  func unsupported(_ name: String) throws {
    let sandbox = try Sandbox()
    try sandbox.makeRepository()
    try sandbox.git("config", "core.repositoryFormatVersion", "1")
    let file = "repository/.git/config"
    let text = try #require(sandbox.read(file))
    try sandbox.write(text + "[extensions]\n\t\(name) = other\n", to: file)
    let path = sandbox.path + "/repository"
    let error = failure { () throws(GitError) in try Repository.open(path: path) }
    #expect(error?.code == .unsupportedRepository)
    #expect(
      error?.description
        == "opening '\(path)': unsupported extension name extensions.\(name)")
  }

  @Test("refuses another user's repository, and says what to do", .enabled(if: getuid() == 0))
  func dubious() throws {
    let sandbox = try Sandbox()
    try sandbox.makeRepository()
    let path = sandbox.path + "/repository"
    for folder in [path, path + "/.git"] { #expect(chown(folder, 12345, 12345) == 0) }
    let error = failure { () throws(GitError) in try Repository.open(path: path) }
    #expect(error?.code == .dubiousOwnership)
    #expect(
      error?.description == """
        opening '\(path)': the repository '\(path)/.git/' belongs to another user; to trust it, name \
        the full path of its working tree (of a bare one: of itself) in git's safe.directory (git \
        config --global --add safe.directory PATH)
        """)
  }

  @Test("creates a repository that git accepts, bare or not", arguments: [true, false])
  func create(bare: Bool) throws {
    let sandbox = try Sandbox()
    let path = sandbox.path + "/new/repository"
    let repository = try Repository.`init`(path: path, bare: bare, initialBranch: "trunk")
    #expect(repository.isBare == bare)
    #expect(repository.headBranch == "trunk")
    #expect(repository.isHeadUnborn)
    #expect(try sandbox.git("symbolic-ref", "HEAD", in: "new/repository") == "refs/heads/trunk")
    try sandbox.git("fsck", "--strict", in: "new/repository")
    let again = failure { () throws(GitError) in try Repository.`init`(path: path, bare: bare) }
    #expect(again?.code == .alreadyExists)
  }
}
