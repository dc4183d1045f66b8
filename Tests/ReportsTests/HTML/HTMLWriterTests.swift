import JSON
import Testing

@testable import Reports

/// Elements, attributes and values: nothing that is written ends them early, or becomes another.
@Suite("Writing HTML")
struct HTMLWriterTests {
  private static func written(
    _ page: PageAddress = .overview, layout: PagePlace.Layout = .site,
    _ content: (inout HTMLWriter) -> Void
  ) -> String {
    var html = HTMLWriter(PagePlace(layout: layout, page: page))
    content(&html)
    return String(decoding: html.bytes, as: UTF8.self)
  }

  @Test(
    "text and attributes keep to themselves, whatever they say", arguments: HostileNameTests.names)
  func hostile(name: String) {
    let text = Self.written { html in
      html.element(.p, .title(name), text: name)
      html.element(.p) { $0.prose(name) }
    }
    #expect(text.count { $0 == "<" } == 4)
    #expect(text.count { $0 == ">" } == 4)
    #expect(text.count { $0 == "\"" } == 2)
    #expect(!text.contains("'"))
  }

  @Test(
    "values for the script cannot end it, and are read back as they are",
    arguments: HostileNameTests.names)
  func data(name: String) throws {
    let text = Self.written { $0.data("values", ["a": .string(name)]) }
    #expect(text.count { $0 == "<" } == 2)
    let json = try #require(
      text.firstMatch(of: /(?s)^\n<script type="application\/json" id="values">(.*)<\/script>$/))
    #expect(try JSONValue(parsing: String(json.1))["a"]?.string == name)
  }

  @Test(
    "leads to https addresses only",
    arguments: [
      (
        "https://contoso.example/a?b=c&d",
        "<a href=\"https://contoso.example/a?b=c&amp;d\" rel=\"noreferrer\">x</a>"
      ),
      ("http://contoso.example/", "<a>x</a>"), ("javascript:alert(1)", "<a>x</a>"),
      ("data:text/html,x", "<a>x</a>"), ("//evil.example", "<a>x</a>"), ("", "<a>x</a>"),
      (
        "https://a\" onclick=\"x",
        "<a href=\"https://a%22%20onclick=%22x\" rel=\"noreferrer\">x</a>"
      ),
    ])
  func links(address: String, expected: String) {
    #expect(Self.written { $0.link("x", to: .web(address)) } == expected)
  }

  @Test("names other pages from where it stands")
  func pages() {
    let link = PageLink.page(.instance("okta-eu"), query: [("q", "a b&c")], anchor: "okta-mfa")
    #expect(
      Self.written { $0.link("x", to: link) }
        == "<a href=\"instances/okta-eu.html?q=a%20b%26c#okta-mfa\">x</a>")
    #expect(
      Self.written(.recommendation("okta-mfa")) { $0.link("x", to: link) }
        == "<a href=\"../instances/okta-eu.html?q=a%20b%26c#okta-mfa\">x</a>")
    #expect(
      Self.written(layout: .file) { $0.link("x", to: link) }
        == "<a href=\"?q=a%20b%26c#instances/okta-eu/okta-mfa\">x</a>")
  }

  @Test("gives every page of one file anchors of its own")
  func anchors() {
    let site = Self.written(.instance("okta-eu")) { $0.heading(.h2, "gaps", "Gaps") }
    let file = Self.written(.instance("okta-eu"), layout: .file) { $0.heading(.h2, "gaps", "Gaps") }
    #expect(site == "\n<h2 id=\"gaps\">Gaps</h2>")
    #expect(file == "\n<h2 id=\"instances/okta-eu/gaps\">Gaps</h2>")
  }

  @Test("leaves out the ends that HTML knows by itself")
  func table() {
    let text = Self.written { html in
      html.element(.table) { html in
        html.element(.tbody) { html in
          html.element(.tr) { html in
            html.element(.td, text: "a")
            html.element(.td, text: "b")
          }
        }
      }
    }
    #expect(text == "\n<table>\n<tbody>\n<tr><td>a<td>b</tbody></table>")
  }
}

/// The small part of Markdown that people write rationale and remediation in.
@Suite("Prose as HTML")
struct ProseHTMLTests {
  private static func written(_ text: String) -> String {
    var html = HTMLWriter(PagePlace(layout: .site, page: .overview))
    ProseHTML.write(text, into: &html)
    return String(decoding: html.bytes, as: UTF8.self).replacing("\n", with: "")
  }

  @Test(
    "becomes elements",
    arguments: [
      ("One.\nTwo.\n\nThree.", "<p>One. Two.</p><p>Three.</p>"),
      (
        "1. Open **A > B**.\n2. Set `x`\n   to *y*.",
        "<ol><li>Open <strong>A &gt; B</strong>.<li>Set <code>x</code> to <em>y</em>.</ol>"
      ),
      ("1. A:\n   - b\n   - c\n2. D", "<ol><li><p>A:</p><ul><li>b<li>c</ul><li>D</ol>"),
      (
        "See [the page](https://a.example/b).",
        "<p>See <a href=\"https://a.example/b\" rel=\"noreferrer\">the page</a>.</p>"
      ),
      ("```\na < b\n```", "<pre><code>a &lt; b</code></pre>"),
      ("a * b ** c", "<p>a * b ** c</p>"),
      ("\\*no\\*", "<p>*no*</p>"),
    ])
  func elements(text: String, expected: String) { #expect(Self.written(text) == expected) }

  @Test(
    "takes over no markup and no other address",
    arguments: [
      "<script>alert(1)</script>", "[x](javascript:alert(1))", "![x](https://evil.example/x.png)",
      "<b>**x**", "1. <img src=x>",
    ])
  func nothing(text: String) {
    let html = Self.written(text)
    #expect(!html.contains("<script") && !html.contains("<img") && !html.contains("<b>"))
    #expect(!html.contains("href=\"javascript"))
  }

  @Test("whatever it says, it ends, and every element with it", arguments: HostileNameTests.names)
  func ends(name: String) throws {
    let html = Self.written(name + "\n\n- " + name + "\n  " + name)
    for tag in ["p", "ul", "ol", "code", "strong", "em", "pre", "a"] {
      #expect(
        html.matches(of: try Regex("<\(tag)[ >]")).count
          == html.matches(of: try Regex("</\(tag)>")).count)
    }
  }
}
