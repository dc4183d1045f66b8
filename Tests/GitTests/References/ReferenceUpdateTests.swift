import Foundation
import Git
import Testing

@Suite("Repository: moving references")
struct ReferenceUpdateTests {
  private let name = "refs/heads/plumb/reports"

  private func commits(_ repository: Repository, _ count: Int) throws -> [ObjectID] {
    try (0..<count).map {
      try repository.writeCommit(.sample([.put(path: "n", "\($0)")], message: "\($0)")).id
    }
  }

  @Test("creates, moves, and tells what overtook it", arguments: [false, true])
  func compareAndSwap(packed: Bool) throws {
    let sandbox = try Sandbox()
    let (repository, _) = try sandbox.makeBareRepository()
    let ids = try commits(repository, 3)
    func update(_ old: ObjectID?, _ new: ObjectID) throws -> ReferenceUpdate {
      if packed { try sandbox.git("pack-refs", "--all", "--prune") }
      return try repository.updateReference(name, from: old, to: new, message: "test")
    }
    #expect(try update(ids[0], ids[1]) == .overtaken(current: nil))
    #expect(try update(nil, ids[0]) == .moved)
    #expect(try update(nil, ids[1]) == .overtaken(current: ids[0]))
    #expect(try update(ids[1], ids[2]) == .overtaken(current: ids[0]))
    #expect(try update(ids[0], ids[1]) == .moved)
    #expect(try update(ids[1], ids[1]) == .moved)
    #expect(try repository.target(of: name) == ids[1])
    #expect(try sandbox.id(name) == ids[1])
    #expect(!sandbox.exists("repository/\(name).lock"))
    #expect(sandbox.read("repository/plumb.lock") == "")
    #expect(try sandbox.git("fsck", "--strict", "--no-dangling") == "")
  }

  @Test("writes the reference's log")
  func log() throws {
    let sandbox = try Sandbox()
    let repository = try sandbox.makeRepository()
    let id = try repository.resolve("HEAD")
    _ = try repository.updateReference(
      name, from: nil, to: id, message: "plumb apply:\nscore 71", signature: .grace)
    #expect(
      sandbox.read("repository/.git/logs/\(name)")
        == "\(ObjectID.zero) \(id) Grace <grace@example.org> 1700000060 +0100\tplumb apply: score 71\n"
    )
  }

  @Test(
    "refuses names that are not ours to move",
    arguments: [
      "HEAD", "main", "refs/heads/a..b", "refs/heads/", "refs/heads/a.lock", "refs/heads/a b",
      "refs/heads/x\0y", "", "refs/../HEAD", "ORIG_HEAD",
    ])
  func names(_ bad: String) throws {
    let sandbox = try Sandbox()
    let (repository, first) = try sandbox.makeBareRepository()
    let error = failure { () throws(GitError) in
      try repository.updateReference(bad, from: nil, to: first, message: "")
    }
    #expect(error?.code == .invalidReferenceName)
  }

  @Test("does not overwrite a symbolic reference")
  func symbolic() throws {
    let sandbox = try Sandbox()
    let (repository, first) = try sandbox.makeBareRepository()
    try sandbox.git("symbolic-ref", "refs/heads/alias", "refs/heads/main")
    for old in [nil, first] {
      let error = failure { () throws(GitError) in
        try repository.updateReference("refs/heads/alias", from: old, to: first, message: "")
      }
      #expect(error?.code == .symbolicReference)
      #expect(
        error?.description
          == "updating 'refs/heads/alias': 'refs/heads/alias' points to 'refs/heads/main', not to an object"
      )
    }
    #expect(sandbox.read("repository/refs/heads/alias") == "ref: refs/heads/main\n")
    #expect(!sandbox.exists("repository/refs/heads/alias.lock"))
  }

  @Test(
    "tells that a branch stands where a folder is needed, and the reverse",
    arguments: [
      ("plumb", "plumb/reports"), ("plumb/reports/old", "plumb/reports"),
    ], [false, true])
  func folders(names: (existing: String, wanted: String), packed: Bool) throws {
    let sandbox = try Sandbox()
    let (repository, first) = try sandbox.makeBareRepository()
    try sandbox.git("branch", names.existing, "main")
    if packed { try sandbox.git("pack-refs", "--all", "--prune") }
    let wanted = "refs/heads/\(names.wanted)"
    let error = failure { () throws(GitError) in
      try repository.updateReference(wanted, from: nil, to: first, message: "")
    }
    #expect(
      error
        == GitError(
          .referenceConflict,
          "'\(wanted)' cannot be created: 'refs/heads/\(names.existing)' exists, and one cannot be a folder of the other",
          context: "updating '\(wanted)'"))
    #expect(
      try sandbox.git("for-each-ref", "--format=%(refname)").split(separator: "\n").count == 2)
  }

  @Test("creates a branch where an empty folder was left behind")
  func emptyFolder() throws {
    let sandbox = try Sandbox()
    let (repository, first) = try sandbox.makeBareRepository()
    try sandbox.makeFolder("repository/\(name)/deep")
    #expect(try repository.updateReference(name, from: nil, to: first, message: "") == .moved)
  }

  @Test("refuses an object that a branch cannot point to")
  func targets() throws {
    let sandbox = try Sandbox()
    let (repository, first) = try sandbox.makeBareRepository()
    let blob = try #require(try repository.entry("README.md", at: first)).id
    let wrong = failure { () throws(GitError) in
      try repository.updateReference(name, from: nil, to: blob, message: "")
    }
    #expect(wrong?.code == .wrongObjectType)
    for missing in [name, "refs/plumb/x"] {
      let error = failure { () throws(GitError) in
        try repository.updateReference(missing, from: nil, to: .zero, message: "")
      }
      #expect(error?.code == .objectNotFound)
    }
    #expect(
      try repository.updateReference("refs/plumb/x", from: nil, to: blob, message: "") == .moved)
  }

  @Test("refuses a branch that is checked out, in whichever working tree, unless asked")
  func checkedOut() throws {
    let sandbox = try Sandbox()
    let main = try sandbox.makeRepository()
    try sandbox.git("worktree", "add", "--quiet", "-b", "topic", "../linked")
    let linked = try sandbox.open("linked")
    let head = try main.resolve("HEAD")
    let next = try main.writeCommit(.sample([], after: [head])).id
    for (branch, folder) in [("main", "repository"), ("topic", "linked")] {
      for repository in [main, linked] {
        let error = failure { () throws(GitError) in
          try repository.updateReference("refs/heads/\(branch)", from: head, to: next, message: "")
        }
        #expect(
          error
            == GitError(
              .checkedOutReference,
              "branch '\(branch)' is checked out in '\(sandbox.path)/\(folder)'",
              context: "updating 'refs/heads/\(branch)'"))
      }
    }
    #expect(
      try linked.updateReference(
        "refs/heads/main", from: head, to: next, message: "", allowCheckedOut: true) == .moved)
    #expect(try linked.updateReference(name, from: nil, to: next, message: "") == .moved)
    #expect(try main.target(of: name) == next)
  }

  @Test("refuses the branch of an empty working tree, and moves a bare repository's")
  func unborn() throws {
    let sandbox = try Sandbox()
    let repository = try Repository.`init`(path: sandbox.path + "/w")
    let id = try commits(repository, 1)[0]
    let error = failure { () throws(GitError) in
      try repository.updateReference("refs/heads/main", from: nil, to: id, message: "")
    }
    #expect(error?.code == .checkedOutReference)
    let bare = try Repository.`init`(path: sandbox.path + "/b", bare: true)
    let other = try commits(bare, 1)[0]
    #expect(
      try bare.updateReference("refs/heads/main", from: nil, to: other, message: "") == .moved)
    #expect(try bare.resolve("HEAD") == other)
  }

  @Test("does not touch a lock that git holds, and names its file")
  func foreignLock() throws {
    let sandbox = try Sandbox()
    let (repository, first) = try sandbox.makeBareRepository()
    repository.lockPatience = .zero
    try sandbox.write("", to: "repository/\(name).lock")
    let error = failure { () throws(GitError) in
      try repository.updateReference(name, from: nil, to: first, message: "")
    }
    let file = "\(sandbox.path)/repository/\(name).lock"
    #expect(
      error
        == GitError(
          .locked,
          "another process holds '\(file)'; if no git process is at work in this repository, delete that file",
          context: "updating '\(name)'"))
    #expect(sandbox.read("repository/\(name).lock") == "")
    #expect(sandbox.read("repository/plumb.lock") == "")
  }

  @Test("waits for its own kind, and says so when that takes too long")
  func ownLock() throws {
    let sandbox = try Sandbox()
    let (repository, first) = try sandbox.makeBareRepository()
    let file = sandbox.path + "/repository/plumb.lock"
    let descriptor = Glibc.open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    #expect(flock(descriptor, LOCK_EX) == 0)
    repository.lockPatience = .zero
    let error = failure { () throws(GitError) in
      try repository.updateReference(name, from: nil, to: first, message: "")
    }
    #expect(
      error
        == GitError(
          .locked, "another process is updating references: it holds '\(file)'",
          context: "updating a reference"))
    // Closing alone would leave it to a child that another test is starting right now.
    #expect(flock(descriptor, LOCK_UN) == 0)
    close(descriptor)
    #expect(try repository.updateReference(name, from: nil, to: first, message: "") == .moved)
  }
}
