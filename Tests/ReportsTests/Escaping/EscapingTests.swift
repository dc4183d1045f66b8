import Testing

@testable import Reports

@Suite("Escaping")
struct EscapingTests {
  @Test(
    "spells out on terminals what is hidden or acts",
    arguments: [
      ("plain text", "plain text"),
      ("naïve 日本語 🔒", "naïve 日本語 🔒"),
      ("\u{1B}[31mred\u{1B}[0m", "\\u{1B}[31mred\\u{1B}[0m"),
      ("\u{1B}]0;title\u{07}", "\\u{1B}]0;title\\u{7}"),
      ("\u{9B}31m", "\\u{9B}31m"),
      ("a\nb\r\nc\td", "a\\nb\\r\\nc\\td"),
      ("a\u{0}b\u{7F}", "a\\u{0}b\\u{7F}"),
      ("user\u{202E}nimda", "user\\u{202E}nimda"),
      ("\u{2066}x\u{2069}", "\\u{2066}x\\u{2069}"),
      ("ad\u{200B}min", "ad\\u{200B}min"),
      ("ad\u{200D}min", "ad\\u{200D}min"),
      ("1\u{200D}2", "1\\u{200D}2"),
      ("\u{FEFF}x\u{AD}y", "\\u{FEFF}x\\u{AD}y"),
      ("line\u{2028}end\u{2029}", "line\\u{2028}end\\u{2029}"),
      ("tag\u{E0041}", "tag\\u{E0041}"),
      ("می\u{200C}خواهم", "می\u{200C}خواهم"),
      ("👩\u{200D}💻 1\u{FE0F}\u{20E3}", "👩\u{200D}💻 1\u{FE0F}\u{20E3}"),
    ])
  func terminal(text: String, expected: String) {
    #expect(Escaping.terminal(text).unicodeScalars.elementsEqual(expected.unicodeScalars))
  }

  @Test("cuts what is endless, and says by how much")
  func clipping() {
    #expect(Escaping.clipped("abcdef", to: 3) == "abc… (3 more characters)")
    #expect(Escaping.clipped("日本語", to: 3) == "日本語")
    let zalgo = "e" + String(repeating: "\u{301}", count: 5_000)
    #expect(Escaping.terminal(zalgo).unicodeScalars.count < 450)
  }

  @Test(
    "keeps Markdown from taking text as markup",
    arguments: [
      ("plain text, 1.5 (b) - c: d", "plain text, 1.5 (b) - c: d"),
      ("<script>&amp;", "&lt;script&gt;&amp;amp;"),
      ("*a* _b_ ~c~ `d`", "\\*a\\* \\_b\\_ \\~c\\~ \\`d\\`"),
      ("[x](javascript:y)", "\\[x\\](javascript:y)"),
      ("![x](y)", "\\!\\[x\\](y)"),
      ("a|b", "a\\|b"),
      ("a\\", "a\\\\"),
      ("@admin", "@&#8203;admin"),
      ("#1 # x", "#&#8203;1 \\# x"),
      ("https://evil.example www.evil.example", "https\\://evil.example www\\.evil.example"),
      ("1. item", "1\\. item"),
      ("- item", "\\- item"),
      ("    code", "&#32;   code"),
      ("$x$", "&#36;x&#36;"),
      ("a\nb", "a\\\\nb"),
      ("a\u{202E}b", "a\\\\u{202E}b"),
    ])
  func markdown(text: String, expected: String) {
    #expect(Escaping.markdown(text) == expected)
  }

  @Test(
    "fences code so that it cannot end early",
    arguments: [
      ("name", "`name`"), ("", ""), ("a`b", "``a`b``"), ("`a``", "``` `a`` ```"),
      ("a|b", "`a|b`"), (" a ", "`  a  `"), ("\u{1B}", "`\\u{1B}`"),
    ])
  func code(text: String, expected: String) {
    #expect(Escaping.code(text) == expected)
  }

  @Test("keeps a cell's code within its cell")
  func cellCode() {
    #expect(Escaping.code("a|b", inTable: true) == "`a\\|b`")
  }

  @Test(
    "links to https addresses only, and encodes what could end the target",
    arguments: [
      ("https://a.example/b?c=d#e", "https://a.example/b?c=d#e"),
      ("https://a.example/)x<y> \"z\u{1B}", "https://a.example/%29x%3Cy%3E%20%22z%1B"),
      ("https://a.example/ü", "https://a.example/%C3%BC"),
      ("http://a.example", nil), ("javascript:alert(1)", nil), ("https://", nil), ("", nil),
    ])
  func links(address: String, expected: String?) {
    #expect(Escaping.linkTarget(address) == expected)
  }

  @Test("shows the text alone where the address is none")
  func badLink() {
    #expect(Escaping.link("a]b", to: "javascript:x") == "a\\]b")
    #expect(Escaping.link("a]b", to: "https://x.example/") == "[a\\]b](https://x.example/)")
  }

  @Test("leaves a repository's prose Markdown, without HTML, images and mentions")
  func prose() {
    let text = "1. **Open** <img src=x>\n2. ![a](https://x.example) @team \u{202E}"
    #expect(Escaping.prose(text, isTrusted: true) == text)
    #expect(
      Escaping.prose(text, isTrusted: false)
        == "1. **Open** &lt;img src=x>\n2. \\![a](https://x.example) @&#8203;team \\u{202E}")
  }

  @Test("escapes what is interpolated and only that")
  func interpolation() {
    let label = "<b>|"
    let piece: Markdown = "*\(label)* \(code: "a|b") \(cell: "a|b") \(raw: "**x**") \(3)"
    #expect(piece.source == "*&lt;b&gt;\\|* `a|b` `a\\|b` **x** 3")
  }
}

@Suite("Slugs")
struct SlugTests {
  @Test("are the names themselves when those are DNS labels")
  func labels() {
    #expect(Slug("okta-contoso-eu").text == "okta-contoso-eu")
  }

  @Test(
    "never leave the folder and never meet",
    arguments: ["../x", "a/b", "A", "", ".", "a\u{0}", "ä"])
  func others(name: String) {
    let slug = Slug(name).text
    #expect(
      slug.utf8.allSatisfy {
        (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
      })
    #expect(slug != name && !slug.isEmpty)
    #expect(Slug(name).text == slug)
    #expect(Slug(name + "x").text != slug)
  }
}

@Suite("Display width")
struct DisplayWidthTests {
  @Test(
    "counts columns",
    arguments: [
      ("abc", 3), ("日本", 4), ("é", 1), ("e\u{301}", 1), ("🔒", 2), ("👩\u{200D}💻", 2), ("한", 2),
      ("❤\u{FE0F}", 2), ("→", 1), ("ｱ", 1), ("Ａ", 2), ("", 0),
    ])
  func width(text: String, expected: Int) {
    #expect(DisplayWidth.of(text) == expected)
  }

  @Test(
    "cuts to columns",
    arguments: [
      ("abcdef", 6, "abcdef"), ("abcdef", 4, "abc…"), ("日本語", 5, "日本…"), ("日本語", 4, "日…"),
      ("ab cdef", 4, "ab…"), ("abc", 0, ""),
    ])
  func truncation(text: String, width: Int, expected: String) {
    #expect(DisplayWidth.truncated(text, to: width) == expected)
  }
}
