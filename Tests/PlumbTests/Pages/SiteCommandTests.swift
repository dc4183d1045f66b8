import Foundation
import TestSupport
import Testing

/// `plumb site` and `--output html` on a company with a history.
@Suite("Pages")
struct SiteCommandTests {
  private static func files(below folder: String) -> [String: String] {
    let names =
      FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    var files: [String: String] = [:]
    for name in names {
      guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)") else { continue }
      files[name] = String(decoding: data, as: UTF8.self)
    }
    return files
  }

  @Test("tell the newest report, its history with reasons, and who accepted what")
  func site() throws {
    let company = try HistoryCompany()
    let folder = "\(company.company.scratch.path)/site"
    let run = try company.plumb("site", folder)
    #expect(run.status == 0, "\(run.error)")
    let files = Self.files(below: folder)
    let index = try #require(files["index.html"])
    #expect(index.contains(String(company.short(3))))
    let recommendation = try #require(files["recommendations/acme-idle.html"])
    #expect(recommendation.contains("declared by Ann Lee on 2026-06-04"))
    let exceptions = try #require(files["exceptions.html"])
    #expect(exceptions.contains("2026-06-04, Ann Lee"))
    #expect(files.keys.contains { $0.hasPrefix("initiatives/") })
    #expect(try #require(files["compare.html"]).contains("Since the report before"))
    // Again, and nothing differs: no clock is in it.
    #expect(try company.plumb("site", folder).status == 0)
    #expect(Self.files(below: folder) == files)
  }

  @Test("go into a folder of their own, and leave nothing that is no page any more")
  func folder() throws {
    let company = try HistoryCompany()
    let scratch = company.company.scratch
    let folder = "\(scratch.path)/site"
    #expect(try company.plumb("site", folder).status == 0)
    try Data("old".utf8).write(to: URL(filePath: "\(folder)/instances/gone.html"))
    try Data("mine".utf8).write(to: URL(filePath: "\(folder)/notes.txt"))
    let list = URL(filePath: "\(folder)/.plumb-site")
    let text = try String(contentsOf: list, encoding: .utf8)
    try Data((text + "instances/gone.html\n../outside.html\nnotes.txt\n").utf8).write(to: list)
    try Data("outside".utf8).write(to: URL(filePath: "\(scratch.path)/outside.html"))
    #expect(try company.plumb("site", folder).status == 0)
    #expect(!FileManager.default.fileExists(atPath: "\(folder)/instances/gone.html"))
    #expect(FileManager.default.fileExists(atPath: "\(folder)/notes.txt"))
    #expect(FileManager.default.fileExists(atPath: "\(scratch.path)/outside.html"))
    // A folder that holds something else is left alone.
    let other = try company.plumb("site", "\(scratch.path)/repository")
    #expect(other.status == 1)
    #expect(other.error.contains("holds files, and no site that plumb wrote"))
  }

  @Test("say what to do where nothing is recorded yet")
  func nothing() throws {
    let company = try Company()
    let run = try company.scratch.plumb("site", "\(company.scratch.path)/site")
    #expect(run.status == 1)
    #expect(run.error.contains("run 'plumb apply' to record the first"))
    #expect(!FileManager.default.fileExists(atPath: "\(company.scratch.path)/site/index.html"))
  }

  @Test("several repositories stand on one overview, what cannot be read at the top")
  func rollUp() throws {
    let first = try HistoryCompany()
    let second = try HistoryCompany()
    let folder = "\(first.company.scratch.path)/all"
    let run = try first.plumb(
      "site", folder, "--from", "\(second.company.scratch.path)/repository", "--from", ".",
      "--from", "\(first.company.scratch.path)/nowhere")
    #expect(run.status == 1)
    #expect(run.error.contains("nowhere"))
    let files = Self.files(below: folder)
    let index = try #require(files["index.html"])
    #expect(index.contains("href=\"repository/index.html\""))
    #expect(index.contains("href=\"repository-2/index.html\""))
    let place = { (text: String) in index.range(of: text)?.lowerBound }
    #expect(try #require(place(">nowhere")) < #require(place("href=\"repository/")))
    #expect(files["repository/instances/acme-eu.html"] != nil)
    #expect(files["repository-2/plumb.css"] != nil)
  }

  @Test("a plan is one file that asks for nothing, and with --max-affected 0 names nobody")
  func output() throws {
    let company = try HistoryCompany()
    let file = "\(company.company.scratch.path)/plan.html"
    let run = try company.plumb(
      "plan", "--at", "2026-06-08T07:00:00Z", "--output", "html=\(file)", "--max-affected", "0")
    #expect(run.status == 0, "\(run.error)")
    let html = try String(contentsOfFile: file, encoding: .utf8)
    #expect(html.contains("Plan of "))
    #expect(html.contains("Affected resources are counted, and none is named."))
    #expect(!html.contains(/(?:src|<link[^>]*href)="/))
  }

  @Test(
    "refuse what they cannot be made with",
    arguments: [
      (["--max-affected", "1001"], "from 0 to 1000"), (["--days", "0"], "from 1 to 366"),
      (["--source-url", "http://x/{path}"], "https address"),
      (["--from", ".", "--repo", "."], "leave out --repo"),
    ])
  func wrong(arguments: [String], expected: String) throws {
    let scratch = try Scratch()
    try scratch.makeRepository(["README.md": "x\n"])
    let run = try scratch.plumb(["site", "\(scratch.path)/site"] + arguments)
    #expect(run.status == 64)
    #expect(run.error.contains(expected))
  }
}
