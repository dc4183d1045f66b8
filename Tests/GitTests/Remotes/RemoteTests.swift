import Foundation
import Git
import Testing

@Suite("Repository: remotes")
struct RemoteTests {
  @Test("clones, fetches and pushes, by path and by file URL", arguments: ["", "file://"])
  func roundTrip(scheme: String) throws {
    let sandbox = try Sandbox()
    let (origin, first) = try sandbox.makeBareRepository()
    try sandbox.git("tag", "v1", "main")
    let url = scheme + sandbox.path + "/repository"
    let copy = try Repository.clone(url, to: sandbox.path + "/copy")
    #expect(copy.isBare)
    #expect(copy.headBranch == "main")
    #expect(try copy.references().map(\.name) == ["refs/heads/main", "refs/tags/v1"])
    #expect(try copy.resolve("HEAD") == first)

    let name = "refs/heads/plumb/reports"
    let next = try origin.writeCommit(.sample([.put(path: "r", "1")], after: [first])).id
    _ = try origin.updateReference(name, from: nil, to: next, message: "")
    #expect(
      try copy.fetch(from: "origin", refspecs: ["refs/heads/*:refs/heads/*"]).map {
        "\($0.name) \($0.old?.hex ?? "-") \($0.new?.hex ?? "-")"
      }
        == ["\(name) - \(next)"])
    #expect(try copy.fetch(from: url, refspecs: ["+\(name):refs/remotes/o/reports"]).count == 1)
    #expect(try copy.target(of: "refs/remotes/o/reports") == next)

    let ours = try copy.writeCommit(.sample([.put(path: "r", "2")], after: [next])).id
    _ = try copy.updateReference(name, from: next, to: ours, message: "")
    #expect(try copy.push(name, to: "origin") == .pushed)
    #expect(try copy.push(name, to: "origin") == .pushed)
    #expect(try copy.push(name, as: "refs/heads/other", to: url) == .pushed)
    #expect(try origin.target(of: name) == ours)
    #expect(try origin.target(of: "refs/heads/other") == ours)
    #expect(try sandbox.git("fsck", "--strict", "--no-dangling") == "")
    #expect(try sandbox.git("fsck", "--strict", "--no-dangling", in: "copy") == "")
  }

  @Test("tells that the remote went on, whether its commits are here or not")
  func notFastForward() throws {
    let sandbox = try Sandbox()
    let (origin, first) = try sandbox.makeBareRepository()
    let copy = try Repository.clone(sandbox.path + "/repository", to: sandbox.path + "/copy")
    let theirs = try origin.writeCommit(.sample([.put(path: "t", "t")], after: [first])).id
    _ = try origin.updateReference("refs/heads/main", from: first, to: theirs, message: "")
    let ours = try copy.writeCommit(.sample([.put(path: "o", "o")], after: [first])).id
    _ = try copy.updateReference("refs/heads/main", from: first, to: ours, message: "")
    #expect(try copy.push("refs/heads/main", to: "origin") == .notFastForward)
    _ = try copy.fetch(from: "origin", refspecs: ["+refs/heads/main:refs/remotes/origin/main"])
    #expect(try copy.push("refs/heads/main", to: "origin") == .notFastForward)
    #expect(try origin.target(of: "refs/heads/main") == theirs)
  }

  @Test("clones a repository without a commit")
  func empty() throws {
    let sandbox = try Sandbox()
    _ = try Repository.`init`(path: sandbox.path + "/repository", bare: true)
    let copy = try Repository.clone(sandbox.path + "/repository", to: sandbox.path + "/copy")
    #expect(copy.isHeadUnborn)
    #expect(try copy.references().isEmpty)
  }

  @Test("leaves nothing of a clone that failed, and never clones over something")
  func failedClone() throws {
    let sandbox = try Sandbox()
    let target = sandbox.path + "/copy"
    let error = failure { () throws(GitError) in
      try Repository.clone(sandbox.path + "/none", to: target)
    }
    #expect(error?.context == "fetching from '\(sandbox.path)/none'")
    #expect(!sandbox.exists("copy"))
    try sandbox.makeFolder("copy")
    let second = failure { () throws(GitError) in
      try Repository.clone(sandbox.path + "/none", to: target)
    }
    #expect(second?.description == "cloning: there is something at '\(target)' already")
    #expect(sandbox.exists("copy"))
  }

  @Test("refuses a URL with a password, and does not repeat it")
  func passwordInURL() throws {
    let sandbox = try Sandbox()
    let (repository, _) = try sandbox.makeBareRepository()
    let url = "https://ada:s3cret@host.invalid/x.git"
    let expected = GitError(
      .invalidRemote,
      "the URL of 'https://host.invalid/x.git' holds a password; give it as a credential")
    #expect(failure { () throws(GitError) in try repository.fetch(from: url) } == expected)
    #expect(
      failure { () throws(GitError) in try repository.push("refs/heads/main", to: url) } == expected
    )
    #expect(
      failure { () throws(GitError) in try Repository.clone(url, to: sandbox.path + "/c") }
        == expected)
  }

  @Test("names a reference that cannot be pushed")
  func unknownSource() throws {
    let sandbox = try Sandbox()
    let (repository, _) = try sandbox.makeBareRepository()
    let error = failure { () throws(GitError) in
      try repository.push("refs/heads/none", to: "origin")
    }
    #expect(
      error
        == GitError(.unknownRevision, "no reference named 'refs/heads/none' in this repository"))
    let forced = failure { () throws(GitError) in
      try repository.push("+refs/heads/main", to: "origin")
    }
    #expect(forced?.code == .invalidReferenceName)
  }

  @Test("shows no secret of a credential")
  func descriptions() {
    let credential = RemoteCredential.password(username: "ada", password: "s3cret")
    var dumped = ""
    dump(credential, to: &dumped)
    for text in ["\(credential)", String(reflecting: credential), dumped, "\([credential])"] {
      #expect(!text.contains("s3cret"))
    }
  }
}
