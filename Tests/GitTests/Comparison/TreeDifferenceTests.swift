import Git
import Testing

@Suite("Repository: comparing trees")
struct TreeDifferenceTests {
  /// The differences as `git diff --name-status` prints them.
  private func lines(_ differences: [TreeDifference]) -> String {
    differences.map { difference in
      let letter =
        switch difference.kind {
        case .added: "A"
        case .modified: "M"
        case .deleted: "D"
        }
      return "\(letter)\t\(difference.path)"
    }.joined(separator: "\n")
  }

  @Test("tells added, modified and deleted files, as git does")
  func kinds() throws {
    let sandbox = try Sandbox()
    try sandbox.makeRepository(["same/x": "x", "a/b": "b", "a/c": "c", "d": "d", "e.x": "e"])
    try sandbox.git("rm", "--quiet", "-r", "a/b", "d")
    let new = try sandbox.commit(["a/c": "changed", "a/n": "n", "d/file": "now a folder"])
    let repository = try sandbox.open()
    let old = try #require(try repository.commit(new).parents.first)
    let differences = try repository.diff(from: old, to: new)
    #expect(lines(differences) == "D\ta/b\nM\ta/c\nA\ta/n\nD\td\nA\td/file")
    #expect(
      try lines(differences)
        == sandbox.git("diff", "--no-renames", "--name-status", "HEAD~", "HEAD"))
    #expect(try lines(repository.diff(from: old, to: new, under: "a")) == "D\ta/b\nM\ta/c\nA\ta/n")
    #expect(try lines(repository.diff(from: old, to: new, under: "a/c")) == "M\ta/c")
    #expect(try lines(repository.diff(from: old, to: new, under: "d")) == "D\td\nA\td/file")
    #expect(try repository.diff(from: old, to: new, under: "same").isEmpty)
    #expect(try repository.diff(from: new, to: new).isEmpty)
    #expect(try lines(repository.diff(from: nil, to: new, under: "d")) == "A\td/file")
    let modified = try #require(differences.first { $0.kind == .modified })
    #expect(try modified.old?.id == sandbox.id("HEAD~:a/c"))
    #expect(try modified.new?.id == sandbox.id("HEAD:a/c"))
  }

  @Test("tells a file that only became executable")
  func mode() throws {
    let sandbox = try Sandbox()
    let (repository, first) = try sandbox.makeBareRepository()
    let contents = try #require(try repository.contents(of: "README.md", at: first))
    let next = try repository.writeCommit(
      .sample([.put(path: "README.md", contents: contents, mode: .executable)], after: [first]))
    let differences = try repository.diff(from: first, to: next.id)
    #expect(differences.map(\.kind) == [.modified])
    #expect(differences.first?.old?.mode == .file)
    #expect(differences.first?.new?.mode == .executable)
  }
}
