import Foundation
import Testing

/// The README and the handbook, as files: what can be said of them without running the program.
@Suite("Documents")
struct DocumentTests {
  private static let handbook = "Sources/plumb/Documentation.docc"

  /// The README and every page, relative to the repository.
  private static let pages: [String] = {
    let names = try? FileManager.default.contentsOfDirectory(
      atPath: House.root.appending(path: handbook).path)
    return ["README.md"]
      + (names ?? []).filter { $0.hasSuffix(".md") }.sorted().map { "\(handbook)/\($0)" }
  }()

  /// The lines outside of blocks of code.
  private static func prose(of text: String) -> [Substring] {
    var isCode = false
    return text.split(separator: "\n", omittingEmptySubsequences: false).filter { line in
      guard line.hasPrefix("```") else { return !isCode }
      isCode.toggle()
      return false
    }
  }

  /// The links in a text: what stands in their parentheses.
  private static func links(in text: String) -> [String] {
    prose(of: text).joined(separator: "\n").replacing(/`[^`\n]*`/, with: "")
      .matches(of: /\]\(([^)\s]+)\)/).map { String($0.1) }
  }

  /// The names by which GitHub's links reach the headings of a page.
  private static func anchors(of text: String) -> Set<String> {
    Set(
      prose(of: text).filter { $0.hasPrefix("#") }.map { line in
        line.drop { $0 == "#" }.trimmingCharacters(in: .whitespaces).lowercased()
          .filter { $0.isLetter || $0.isNumber || " -_".contains($0) }
          .replacing(" ", with: "-")
      })
  }

  @Test("the README is read in one sitting")
  func length() throws {
    #expect(
      try House.text("README.md").split(separator: "\n", omittingEmptySubsequences: false).count
        <= 201)
  }

  @Test("every link leads to a file, and to a heading in it", arguments: pages)
  func links(page: String) throws {
    let text = try House.text(page)
    let folder = House.root.appending(path: page).deletingLastPathComponent()
    for link in Self.links(in: text) where link.firstMatch(of: /^[a-z]+:/) == nil {
      let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
      let target =
        parts[0].isEmpty
        ? House.root.appending(path: page) : folder.appending(path: String(parts[0])).standardized
      #expect(
        FileManager.default.fileExists(atPath: target.path), "\(page): nothing is at \(link)")
      guard parts.count == 2, target.pathExtension == "md",
        let linked = try? String(contentsOf: target, encoding: .utf8)
      else { continue }
      #expect(
        Self.anchors(of: linked).contains(String(parts[1])), "\(page): no heading for \(link)")
    }
  }

  @Test("a page has a title and says below it what it is about", arguments: pages.dropFirst())
  func shape(page: String) throws {
    let lines = try House.text(page).split(separator: "\n", omittingEmptySubsequences: false)
    try #require(lines.count > 3)
    #expect(lines[0].hasPrefix("# "))
    #expect(lines[1].isEmpty)
    #expect(lines[2].first?.isLetter == true || lines[2].hasPrefix("`"), "\(lines[2])")
  }

  @Test("every page is reached from the first")
  func reached() throws {
    let first = "\(Self.handbook)/plumb.md"
    var reached: Set = [first]
    var waiting = [first]
    while let page = waiting.popLast() {
      for link in Self.links(in: try House.text(page)) {
        let next = "\(Self.handbook)/\(link.prefix { $0 != "#" })"
        if Self.pages.contains(next), reached.insert(next).inserted { waiting.append(next) }
      }
    }
    #expect(Self.pages.dropFirst().filter { !reached.contains($0) } == [])
    #expect(reached.count > 30)
  }
}
