#if Service
import JSON
import Logging
import NIOCore
import NIOHTTP1
import TestSupport
import Testing

@testable import Service

/// The pages, over real sockets.
@Suite("Served pages")
struct ServedPagesTests {
  @Test("are those of the site, with what browsers are to be told, and are not sent twice")
  func pages() async throws {
    let company = try ServedCompany()
    let site = try company.company.scratch.plumb("site", "--quiet", "../site")
    try #require(site.status == 0, "\(site.error)")
    try await company.serving { served in
      for path in ["index.html", "instances/acme-eu.html", "about.html", "plumb.css", "plumb.js"] {
        let answer = try await served.asking.ask("/\(path)")
        #expect(answer.status == 200)
        #expect(answer.headers.first(name: "X-Content-Type-Options") == "nosniff")
        #expect(answer.headers.first(name: "Referrer-Policy") == "no-referrer")
        #expect(
          answer.headers.first(name: "Content-Security-Policy")?.hasSuffix("frame-ancestors 'none'")
            == true)
        #expect(answer.headers.first(name: "Strict-Transport-Security") == nil)
        let file = company.company.scratch.read("site/\(path)") ?? ""
        #expect(answer.body.replacing("1.2.3", with: "0.1.0") == file, "\(path)")
        let tag = try #require(answer.headers.first(name: "ETag"))
        #expect(tag.hasPrefix("\"") && tag.hasSuffix("\""))
        let again = try await served.asking.ask(
          "/\(path)", headers: [("If-None-Match", "\"x\", W/\(tag)")])
        #expect(again.status == 304 && again.body.isEmpty)
        #expect(again.headers.first(name: "ETag") == tag)
        let head = try await served.asking.ask("/\(path)", .HEAD)
        #expect(head.status == 200 && head.body.isEmpty)
        #expect(head.headers.first(name: "Content-Length") == "\(answer.body.utf8.count)")
      }
      let root = try await served.asking.ask("/")
      #expect(root.headers.first(name: "Content-Type") == "text/html; charset=utf-8")
      #expect(root.body == (try await served.asking.ask("/index.html").body))
    }
  }

  @Test(
    "narrow the table as the form asks, without a script",
    arguments: [
      ("app=Acme", 4), ("instance=acme-eu", 2), ("impact=low", 2), ("compliance=notCompliant", 4),
      ("status=riskAccepted", 2), ("status=toAddress&instance=acme-us", 1), ("q=second+factor", 2),
      ("q=second%20idle", 0), ("label=team%3Deu", 2), ("initiative=ours", 4), ("app=None", 0),
      ("instance=acme-eu&instance=acme-us", 2), ("nothing=1", 4), ("page=2", 0),
    ])
  func filters(query: String, rows: Int) async throws {
    try await ServedCompany.shared().serving { served in
      let page = try await served.asking.ask("/recommendations.html?\(query)").body
      #expect(try Self.rows(page).count == rows, "\(query)")
      #expect(!page.contains("need JavaScript"))
    }
  }

  @Test("keep what was chosen in the form, whatever it is, and order rows as asked")
  func form() async throws {
    try await ServedCompany.shared().serving { served in
      let hostile = "%22%3E%3Cscript%3Ealert(1)%3C/script%3E"
      let page = try await served.asking.ask(
        "/recommendations.html?impact=low&app=\(hostile)&q=\(hostile)"
      ).body
      #expect(page.contains("<option value=\"low\" selected>"))
      #expect(!page.contains("<script>alert"))
      #expect(page.contains("&quot;&gt;&lt;script&gt;alert(1)"))
      #expect(page.contains("0 of 4 rows"))
      let up = try Self.rows(
        try await served.asking.ask("/recommendations.html?sort=instance").body)
      let down = try Self.rows(
        try await served.asking.ask("/recommendations.html?sort=-instance").body)
      #expect(up.map { $0.contains("acme-eu") } == [true, true, false, false])
      #expect(down == up.reversed())
    }
  }

  @Test(
    "say that they may not be the newest where the branch cannot be read, and are new when it can")
  func brokenTip() async throws {
    let company = try ServedCompany()
    let scratch = company.company.scratch
    let source = company.source()
    let store = PageStore()
    let publisher = Publisher(
      source: source, store: store, interval: 60, bell: Bell(), logger: .init(label: "test"))
    let first = await publisher.look(after: nil)
    let served = try #require(store.publication)
    #expect(first != nil && served.problem == nil)
    // A commit on the branch that is no report.
    try scratch.git("checkout", "-qf", "plumb/reports")
    let state = try #require(
      try scratch.git("ls-files").split(separator: "\n").filter { $0.hasSuffix("state.json") }
        .min { $0.utf8.count < $1.utf8.count })
    try scratch.write("{", to: "repository/\(state)")
    try scratch.git("commit", "-qam", "broken")
    try scratch.git("checkout", "-qf", "main")
    let broken = await publisher.look(after: first)
    #expect(broken == nil)
    let kept = try #require(store.publication)
    #expect(kept.report == served.report)
    #expect(kept.problem == "the tip of the branch cannot be read")
    let page = String(buffer: try #require(kept.pages["index.html"]).body)
    #expect(page.contains("This may not be the newest report"))
    // What is wrong stands in the log alone.
    #expect(!page.contains("state.json") && !page.contains(company.company.path))
    #expect(store.metrics(version: "1").contains("plumb_serve_stale 1"))
    try scratch.git("branch", "-qf", "plumb/reports", "plumb/reports~1")
    let mended = await publisher.look(after: broken)
    #expect(mended != nil && store.publication?.problem == nil)
    #expect(await publisher.look(after: mended) == mended)
    #expect(store.metrics(version: "1").contains("plumb_serve_looks_total{result=\"unchanged\"} 1"))
  }

  @Test("are read anew when a hook rings, long before the interval ends")
  func hook() async throws {
    let company = try ServedCompany()
    let secret = try #require(HookSecret("0123456789abcdef0123"))
    try await company.serving(hookSecret: secret) { served in
      let before = try await served.document("/report")
      try company.company.observe("acme-eu", mfa: 3, idle: 15, at: "2026-06-09T06:00:00Z")
      try company.apply("2026-06-09")
      let body = Array(#"{"object_kind":"push","ref":"refs/heads/plumb/reports"}"#.utf8)
      let wrong = try await served.asking.ask(
        "/hooks/git", .POST, headers: [("X-Gitlab-Token", "0123456789abcdef0124")], body: body)
      #expect(wrong.status == 401)
      let right = try await served.asking.ask(
        "/hooks/git", .POST, headers: [("X-Gitlab-Token", "0123456789abcdef0123")], body: body)
      #expect(right.status == 202)
      var after = before
      while after == before { after = try await served.document("/report") }
      #expect(after["report"]?["at"]?.string == "2026-06-09T07:00:00Z")
      #expect(after["previous"] == before["report"])
    }
  }

  /// The rows of the table, each from its beginning to the next.
  private static func rows(_ page: String) throws -> [String] {
    let body = try #require(page.firstMatch(of: /(?s)data-results.*?<tbody>(.*?)<\/tbody>/)?.1)
    return body.split(separator: "<tr").filter { $0.contains("id=") }
      .map { $0.reversed().drop(while: \.isNewline).reversed() }.map(String.init)
  }
}
#endif
