import Foundation
import Git
import Testing

@Suite("Repository: loose objects that are cut off")
struct CutObjectTests {
  /// Text that does not compress, so that a cut falls into it.
  private static let text = (0..<400).map { _ in UUID().uuidString }.joined(separator: "\n")

  private func cut(_ sandbox: Sandbox, _ name: String, to share: Double) throws -> ObjectID {
    let id = try sandbox.git("rev-parse", name)
    let file = "\(sandbox.path)/repository/.git/objects/\(id.prefix(2))/\(id.dropFirst(2))"
    let data = try #require(FileManager.default.contents(atPath: file))
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file)
    try data.prefix(Int(Double(data.count) * share)).write(to: URL(fileURLWithPath: file))
    return try #require(ObjectID(hex: id))
  }

  @Test("a blob ends in an error", .timeLimit(.minutes(5)), arguments: [0.3, 0.5, 0.9])
  func blob(share: Double) throws {
    let sandbox = try Sandbox()
    let repository = try sandbox.makeRepository(["a.txt": Self.text])
    let id = try cut(sandbox, "HEAD:a.txt", to: share)
    let error = failure { () throws(GitError) in try repository.blob(id) }
    #expect(error?.code == .corrupt)
    #expect(error?.message.contains("is damaged") == true)
  }

  @Test("a commit ends in an error, by full and by short id", .timeLimit(.minutes(5)))
  func commit() throws {
    let sandbox = try Sandbox()
    let repository = try sandbox.makeRepository()
    let id = try cut(sandbox, "HEAD", to: 0.6)
    for text in [id.hex, String(id.hex.prefix(12))] {
      let error = failure { () throws(GitError) in
        _ = try repository.contents(of: "README.md", at: repository.resolve(text))
      }
      #expect(error != nil, "\(text)")
    }
  }

  @Test("a tree ends in an error", .timeLimit(.minutes(5)))
  func tree() throws {
    let sandbox = try Sandbox()
    let names = (0..<60).map { _ in (UUID().uuidString, "x") }
    let repository = try sandbox.makeRepository(Dictionary(uniqueKeysWithValues: names))
    let head = try repository.resolve("HEAD")
    _ = try cut(sandbox, "HEAD^{tree}", to: 0.6)
    let error = failure { () throws(GitError) in
      try repository.contents(of: names[0].0, at: head)
    }
    #expect(error?.code == .corrupt)
  }

  @Test("an object that is borrowed from another repository, too", .timeLimit(.minutes(5)))
  func borrowed() throws {
    let sandbox = try Sandbox()
    try sandbox.makeRepository(["a.txt": Self.text])
    try sandbox.git(
      "clone", "--quiet", "--shared", "--bare", "repository", "borrower", in: ".")
    let id = try cut(sandbox, "HEAD:a.txt", to: 0.5)
    let borrower = try Repository.open(path: sandbox.path + "/borrower")
    #expect(failure { () throws(GitError) in try borrower.blob(id) }?.code == .corrupt)
  }

  @Test("whole objects are read as before")
  func whole() throws {
    let sandbox = try Sandbox()
    let files = ["a.txt": Self.text, "empty.txt": "", "one.txt": "1"]
    let repository = try sandbox.makeRepository(files)
    let head = try repository.resolve("HEAD")
    for (name, text) in files {
      #expect(try repository.contents(of: name, at: head) == Array(text.utf8))
    }
  }
}
