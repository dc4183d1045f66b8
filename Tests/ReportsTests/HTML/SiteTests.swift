import Foundation
import JSON
import Posture
import Testing

@testable import Reports

/// The pages of a small posture that has one of everything.
@Suite("Site")
struct SiteTests {
  static let options = HTMLReport.Options(
    version: "1",
    links: SourceLinks(
      remote: "git@github.com:contoso/posture.git",
      revision: "4f2a91c0d1e2f3a4b5c6d7e8f90123456789abcd"))

  static func pages(
    _ plan: Plan = Sample.eventful, options: HTMLReport.Options = options
  ) -> [String: String] {
    Dictionary(
      uniqueKeysWithValues: HTMLReport.site(Story(plan), options: options).files.map {
        ($0.path, String(decoding: $0.bytes, as: UTF8.self))
      })
  }

  /// The text that is shown: no elements, entities read.
  static func text(_ html: String) -> String {
    html.replacing(/(?s)<(script|style)[^>]*>.*?<\/\1>/, with: " ").replacing(/<[^>]*>/, with: " ")
      .replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
      .replacing("&#39;", with: "'").replacing("&amp;", with: "&")
      .replacing(/\s+/, with: " ")
  }

  @Test("has a page of each thing, and every link leads to a place that is there")
  func links() throws {
    let pages = Self.pages()
    for path in [
      "index.html", "recommendations.html", "instances.html", "matrix.html", "frameworks.html",
      "drift.html", "exceptions.html", "compare.html", "about.html", "plumb.css", "plumb.js",
      "initiatives/saas-security.html", "instances/okta-contoso-eu.html",
      "instances/github-contoso.html", "recommendations/okta-mfa-required.html",
    ] {
      #expect(pages[path] != nil, "\(path)")
    }
    var count = 0
    for (path, html) in pages where path.hasSuffix(".html") {
      for match in html.matches(of: /(?:href|src)="([^"]*)"/) where !match.1.hasPrefix("https:") {
        let base = try #require(URL(string: "file:///\(path)"))
        let url = try #require(URL(string: String(match.1), relativeTo: base)?.absoluteURL)
        let target = try #require(pages[String(url.path.dropFirst())], "\(path): \(match.1)")
        count += 1
        guard let anchor = url.fragment(percentEncoded: false) else { continue }
        #expect(target.contains("id=\"\(anchor)\""), "\(path): \(match.1)")
      }
    }
    #expect(count > 200)
  }

  @Test("one file has all pages, its anchors once each, and every link leads to one")
  func file() throws {
    let html = String(
      decoding: HTMLReport.file(Story(Sample.eventful), options: Self.options).bytes, as: UTF8.self)
    let anchors = html.matches(of: /[ ]id="([^"]*)"/).map { String($0.1) }
    #expect(Set(anchors).count == anchors.count)
    for match in html.matches(of: /href="([^"]*)"/) where !match.1.hasPrefix("https:") {
      let anchor = match.1.drop { $0 != "#" }.dropFirst()
      #expect(anchors.contains(String(anchor)), "\(match.1)")
    }
    #expect(!html.contains("src="))
  }

  @Test("the overview says how we are, what got worse, what to do first, and whose move it is")
  func overview() throws {
    let text = Self.text(try #require(Self.pages()["index.html"]))
    #expect(text.contains("0 of 1 initiative on target."))
    #expect(text.contains("below target"))
    #expect(
      text.contains(
        "What got worse ✕ Require passwords of at least 14 characters high · okta-contoso-eu · 1 of 3 affected · the tenant changed"
      ))
    #expect(text.contains("Do first"))
    #expect(text.contains("Whose move"))
    #expect(text.contains("soc@contoso.example"))
  }

  @Test("what was not seen is never shown as good")
  func stale() throws {
    let html = try #require(Self.pages()["instances/okta-contoso-us.html"])
    #expect(!html.contains("\"mark good\"") && !html.contains("\"shape good\""))
    #expect(Self.text(html).contains("stale"))
    let off = try #require(Self.pages()["instances/github-contoso.html"])
    #expect(!off.contains("\"mark good\""))
    #expect(Self.text(off).contains("○ off"))
  }

  @Test("an instance's page has the recorded settings, of resources that are compliant too")
  func settings() throws {
    let html = try #require(Self.pages()["instances/okta-contoso-eu.html"])
    let section = try #require(html.split(separator: "id=\"list/settings\"").last)
    let text = Self.text(String(section))
    #expect(text.contains("Resource minLength"))
    let shown = try #require(Sample.eventful.instances.first { $0.name == "okta-contoso-eu" })
      .results.flatMap(\.verdict.settings).filter { $0.label == "Default Policy" }
    #expect(shown.count == 2)
    for resource in shown {
      let length = try #require(resource.values.first?.value.int64)
      #expect(text.contains("\(resource.label) \(resource.id) \(length)"))
    }
  }

  @Test("a line of YAML is linked at the commit, and the console of the instance")
  func sources() throws {
    let pages = Self.pages()
    let exceptions = try #require(pages["exceptions.html"])
    #expect(
      exceptions.contains(
        /https:\/\/github.com\/contoso\/posture\/blob\/4f2a91c0d1e2f3a4b5c6d7e8f90123456789abcd\/desired-state\/all.yaml#L\d+/
      ))
    let recommendation = try #require(pages["recommendations/okta-password-minimum-length.html"])
    #expect(recommendation.contains("https://contoso-eu.okta.com/admin/access/authenticators"))
    #expect(
      Self.text(recommendation).contains(
        "plumb except okta-password-minimum-length --instance okta-contoso-eu"))
  }

  @Test("with --max-affected 0 nothing of a tenant is named")
  func counts() throws {
    var options = Self.options
    options.maxAffected = 0
    for (path, html) in Self.pages(options: options) {
      for name in ["Kiosk", "00p1", "00u1", "Contractors", "Staff", "Default Policy"] {
        #expect(!html.contains(name), "\(path) names \(name)")
      }
    }
    #expect(try #require(Self.pages()["instances/okta-contoso-us.html"]).contains("Contractors"))
  }

  @Test("all rows are values by column, which say what the rows in HTML say")
  func columns() throws {
    let html = try #require(Self.pages()["recommendations.html"])
    let match = try #require(
      html.firstMatch(of: /(?s)<script type="application\/json" id="results">(.*?)<\/script>/))
    let value = try JSONValue(parsing: String(match.1))
    let rows = try #require(value["rows"]?.array)
    #expect(rows.count == 11)
    #expect(rows.allSatisfy { $0.array?.count == 8 })
    func number(_ column: Int, _ row: Int) -> Int { Int(rows[column].array![row].int64!) }
    let names = (0..<8).map { row in
      let recommendation = value["recommendations"]!.array![number(0, row)].array!
      let instance = value["instances"]!.array![number(1, row)].array!
      return "\(recommendation[0].string!)/\(instance[0].string!)"
    }
    #expect(names[0] == "okta-password-minimum-length/okta-contoso-eu")
    #expect(
      html.matches(of: /<tr id="([^"]*)">/).map { String($0.1) } == names)
    #expect(number(4, 0) == 1 && number(5, 0) == 3)
  }

  @Test(
    "hostile text becomes no element and no attribute on any page",
    arguments: HostileNameTests.names)
  func hostile(name: String) {
    for (path, html) in Self.pages(Sample.hostile(name)) where path.hasSuffix(".html") {
      let tags = Set(html.matches(of: /<\/?([a-zA-Z!][^\s>]*)/).map { String($0.1) })
      let known = Set(Self.tags)
      #expect(tags.subtracting(known).isEmpty, "\(path): \(tags.subtracting(known))")
      #expect(html.matches(of: /<script/).count == html.matches(of: /<\/script>/).count)
      #expect(!html.contains(/<[a-z]+(?: [a-z-]+(?:="[^"]*")?)* on[a-z]+=/), "\(path)")
      #expect(!html.contains(/<[a-z]+(?: [a-z-]+(?:="[^"]*")?)* style=/), "\(path)")
    }
  }

  private static let tags = [
    "!DOCTYPE", "html", "head", "meta", "title", "link", "script", "body", "header", "nav", "main",
    "footer", "section", "article", "div", "form", "h1", "h2", "h3", "p", "ul", "ol", "li", "dl",
    "dt", "dd", "pre", "details", "summary", "noscript", "template", "a", "strong", "em", "code",
    "small", "span", "time", "kbd", "table", "caption", "thead", "tbody", "tr", "th", "td", "label",
    "input", "select", "option", "button", "output", "svg", "path", "rect",
  ]

  @Test("the policy lets Plumb's own script and stylesheet in, by their digests in one file")
  func policy() throws {
    let site = try #require(Self.pages()["index.html"])
    #expect(site.contains("script-src &#39;self&#39;; style-src &#39;self&#39;"))
    let file = String(
      decoding: HTMLReport.file(Story(Sample.quiet), options: Self.options).bytes, as: UTF8.self)
    #expect(file.contains(/script-src &#39;sha256-[A-Za-z0-9+\/]{43}=&#39;/))
    for page in [site, file] {
      #expect(!page.contains("unsafe-inline"))
      #expect(page.contains("require-trusted-types-for"))
      #expect(page.contains("noindex"))
    }
  }

  @Test("the same values give the same bytes")
  func same() {
    #expect(Self.pages() == Self.pages())
  }
}
