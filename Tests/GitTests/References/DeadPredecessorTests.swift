import Foundation
import Git
import Testing

@Suite("Repository: after a process that died while it moved a reference")
struct DeadPredecessorTests {
  private let name = "refs/heads/plumb/reports"

  /// What a process leaves that is killed while it holds git's lock: the journal and the lock.
  private func leave(
    _ sandbox: Sandbox, lock content: String?, target: ObjectID, identified: Bool,
    reference: String? = nil
  ) throws {
    let file = "\(sandbox.path)/repository/\(reference ?? name).lock"
    var line = ""
    if let content {
      try sandbox.write("", to: "repository/\(reference ?? name).lock")
      if identified {
        var status = stat()
        #expect(stat(file, &status) == 0)
        line =
          "lock \(status.st_dev) \(status.st_ino) \(status.st_mtim.tv_sec) \(status.st_mtim.tv_nsec)\n"
      }
      if !content.isEmpty {
        let handle = try #require(FileHandle(forWritingAtPath: file))
        try handle.write(contentsOf: Data(content.utf8))
        try handle.close()
      }
    }
    try sandbox.write(
      "plumb-update 1\nreference \(reference ?? name)\ntarget \(target)\n\(line)end\n",
      to: "repository/plumb.lock")
  }

  @Test(
    "removes the lock it left, wherever it died",
    arguments: [
      "", "id", "half", nil,
    ], [true, false])
  func recovers(lock: String?, identified: Bool) throws {
    let sandbox = try Sandbox()
    let (repository, first) = try sandbox.makeBareRepository()
    repository.lockPatience = .milliseconds(20)
    let content =
      switch lock {
      case "id": first.hex + "\n"
      case "half": String(first.hex.prefix(20))
      default: lock
      }
    try leave(sandbox, lock: content, target: first, identified: identified)
    #expect(try repository.updateReference(name, from: nil, to: first, message: "") == .moved)
    #expect(try repository.target(of: name) == first)
    #expect(sandbox.read("repository/plumb.lock") == "")
    #expect(!sandbox.exists("repository/\(name).lock"))
    #expect(try sandbox.git("fsck", "--strict") == "")
  }

  @Test("what it left goes although nothing is left to do, here and in a folder that is pushed to")
  func nothingToDo() throws {
    let sandbox = try Sandbox()
    let (repository, first) = try sandbox.makeBareRepository()
    try leave(sandbox, lock: "", target: first, identified: true)
    repository.clearDeadUpdate()
    #expect(sandbox.read("repository/plumb.lock") == "")
    try leave(sandbox, lock: "", target: first, identified: true)
    let other = try Repository.clone(sandbox.path + "/repository", to: sandbox.path + "/copy")
    other.clearDeadUpdate(of: "origin")
    #expect(sandbox.read("repository/plumb.lock") == "")
    #expect(!sandbox.exists("repository/\(name).lock"))
  }

  @Test("clears the lock of another reference than its own")
  func otherReference() throws {
    let sandbox = try Sandbox()
    let (repository, first) = try sandbox.makeBareRepository()
    try leave(
      sandbox, lock: "", target: first, identified: true, reference: "refs/heads/other")
    #expect(try repository.updateReference(name, from: nil, to: first, message: "") == .moved)
    #expect(!sandbox.exists("repository/refs/heads/other.lock"))
  }

  @Test("leaves a lock that holds something else")
  func foreignContent() throws {
    let sandbox = try Sandbox()
    let (repository, first) = try sandbox.makeBareRepository()
    repository.lockPatience = .milliseconds(20)
    try leave(
      sandbox, lock: String(repeating: "1", count: 40) + "\n", target: first, identified: false)
    let error = failure { () throws(GitError) in
      try repository.updateReference(name, from: nil, to: first, message: "")
    }
    #expect(error?.code == .locked)
    #expect(sandbox.exists("repository/\(name).lock"))
  }

  @Test("leaves a lock that took the place of the predecessor's")
  func replaced() throws {
    let sandbox = try Sandbox()
    let (repository, first) = try sandbox.makeBareRepository()
    repository.lockPatience = .milliseconds(20)
    try leave(sandbox, lock: "", target: first, identified: true)
    // Another file under the same name; the old one is kept so that its inode is not used again.
    let file = "\(sandbox.path)/repository/\(name).lock"
    try FileManager.default.moveItem(atPath: file, toPath: sandbox.path + "/kept")
    try sandbox.write("", to: "repository/\(name).lock")
    let error = failure { () throws(GitError) in
      try repository.updateReference(name, from: nil, to: first, message: "")
    }
    #expect(error?.code == .locked)
    #expect(sandbox.exists("repository/\(name).lock"))
  }

  @Test(
    "does not follow a journal out of the references",
    arguments: [
      "refs/../../victim", "/victim", "HEAD", "refs/heads/../../../victim",
    ])
  func hostileJournal(_ reference: String) throws {
    let sandbox = try Sandbox()
    let (repository, first) = try sandbox.makeBareRepository()
    try sandbox.write("", to: "victim.lock")
    try sandbox.write("", to: "repository/HEAD.lock")
    try sandbox.write(
      "plumb-update 1\nreference \(reference)\ntarget \(first)\nend\n", to: "repository/plumb.lock")
    #expect(try repository.updateReference(name, from: nil, to: first, message: "") == .moved)
    #expect(sandbox.exists("victim.lock"))
    #expect(sandbox.exists("repository/HEAD.lock"))
  }

  @Test(
    "ignores a journal that is not one",
    arguments: [
      "x", "plumb-update 1\n", "plumb-update 2\nreference a\ntarget b\nend\n", "\0\0\0\0",
      "plumb-update 1\nreference refs/heads/a\ntarget 12\nend\n",
    ])
  func nonsense(_ journal: String) throws {
    let sandbox = try Sandbox()
    let (repository, first) = try sandbox.makeBareRepository()
    try sandbox.write(journal, to: "repository/plumb.lock")
    #expect(try repository.updateReference(name, from: nil, to: first, message: "") == .moved)
    #expect(sandbox.read("repository/plumb.lock") == "")
  }
}
