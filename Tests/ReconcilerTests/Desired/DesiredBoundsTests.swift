import Git
import Posture
import TestSupport
import Testing
import YAML

@testable import Reconciler

/// A desired state comes from a pull request: what it may cost is bounded as a whole.
@Suite("Bounds of a desired state")
struct DesiredBoundsTests {
  /// Runs a shell script in a repository and reads the revision `bomb` that it makes.
  private static func read(_ script: String) throws -> String {
    let company = try Company()
    let folder = "\(company.scratch.path)/repository"
    let run = try Run("/bin/sh", ["-ec", script], in: folder, environment: Scratch.environment)
    try #require(run.status == 0, "\(run.error)")
    do {
      _ = try DesiredFiles.read(
        try Repository.open(path: folder), revision: "bomb", path: "desired-state")
      return ""
    } catch {
      return "\(error)"
    }
  }

  private static let commit = """
    root=$(printf '040000 tree %s\\tdesired-state\\n' "$tree" | git mktree)
    git update-ref refs/heads/bomb "$(git commit-tree -m bomb "$root")"
    """

  @Test("trees that stand for a billion files end at the limit of entries")
  func treeBomb() throws {
    let message = try Self.read(
      """
      blob=$(printf 'x' | git hash-object -w --stdin)
      tree=$(for i in 0 1 2 3 4 5 6 7 8 9; do printf '100644 blob %s\\t%s.yaml\\n' "$blob" $i; done | git mktree)
      for level in 1 2 3 4 5 6 7 8; do
        tree=$(for i in 0 1 2 3 4 5 6 7 8 9; do printf '040000 tree %s\\t%s\\n' "$tree" $i; done | git mktree)
      done
      \(Self.commit)
      """)
    #expect(message.contains("the tree has more than 200000 entries"), "\(message)")
  }

  @Test("one large file under many names ends at the limit of bytes")
  func blobBomb() throws {
    let message = try Self.read(
      """
      blob=$(head -c 4000000 /dev/zero | tr '\\0' '#' | git hash-object -w --stdin)
      tree=$(seq 100 199 | while read i; do printf '100644 blob %s\\t%s.yaml\\n' "$blob" $i; done | git mktree)
      \(Self.commit)
      """)
    #expect(
      message.contains("116.yaml: the files up to this one have more than 64 MiB"), "\(message)")
  }

  @Test("many small files end at the limit of files")
  func files() throws {
    let message = try Self.read(
      """
      blob=$(printf '#' | git hash-object -w --stdin)
      tree=$(seq 100000 120000 | while read i; do printf '100644 blob %s\\t%s.yaml\\n' "$blob" $i; done | git mktree)
      \(Self.commit)
      """)
    #expect(message.contains("a desired state has 20000 files at the most"), "\(message)")
  }

  @Test("a link, and a folder without YAML, are no desired state")
  func linkAndEmpty() throws {
    let link = try Self.read(
      """
      blob=$(printf 'elsewhere' | git hash-object -w --stdin)
      root=$(printf '120000 blob %s\\tdesired-state\\n' "$blob" | git mktree)
      git update-ref refs/heads/bomb "$(git commit-tree -m link "$root")"
      """)
    #expect(link == "desired-state: desired state is a folder, this is a link")
    let empty = try Self.read(
      """
      blob=$(printf 'x' | git hash-object -w --stdin)
      tree=$(printf '100644 blob %s\\tREADME.md\\n' "$blob" | git mktree)
      \(Self.commit)
      """)
    #expect(
      empty
        == "the folder 'desired-state' at bomb has no YAML files; run 'plumb init', or name another one with --path"
    )
  }

  @Test("in the working tree, links and pipes are refused without being opened")
  func specialFiles() throws {
    for (script, message) in [
      (
        "mkfifo desired-state/pipe.yaml",
        "desired-state/pipe.yaml: desired state is read from plain files, this is none"
      ),
      (
        "ln -s ../README.md desired-state/link.yaml",
        "desired-state/link.yaml: desired state is read from plain files, this is none"
      ),
      (
        "mv desired-state moved && ln -s moved desired-state",
        "desired-state: desired state is a folder, this is a link"
      ),
    ] {
      let company = try Company()
      let folder = "\(company.scratch.path)/repository"
      _ = try Run("/bin/sh", ["-ec", script], in: folder, environment: Scratch.environment)
      var found = ""
      do {
        _ = try DesiredFiles.readWorkingTree(
          try Repository.open(path: folder), path: "desired-state")
      } catch { found = "\(error)" }
      #expect(found == message)
    }
  }

  @Test("documents are counted over all files")
  func documents() throws {
    let diagnostics = Diagnostics()
    let text = Array(String(repeating: "---\n", count: 9_000).utf8)
    _ = DesiredStateReader.read(
      (0..<20).map { (path: "\($0 + 10).yaml", bytes: text) },
      library: DecodedCatalog(files: [], diagnostics: diagnostics), diagnostics: diagnostics)
    let errors = diagnostics.all.filter { $0.message.contains("100000 documents at the most") }
    #expect(errors.map(\.mark.file) == ["21.yaml"])
  }
}
