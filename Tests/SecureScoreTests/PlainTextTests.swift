import SecureScore
import Testing

@Suite struct PlainTextTests {
  @Test(
    "keeps what HTML says",
    arguments: [
      ("plain", "plain"), ("<p>One</p> <p>Two</p>", "One\nTwo"),
      (
        "<ol> <li>Open <em>A</em> &gt; B</li><li>Save&nbsp;it</li> </ol>", "- Open A > B\n- Save it"
      ),
      ("a<br />b<br>c", "a\nb\nc"), ("1 < 2 & 3", "1 < 2 & 3"),
      ("&#65;&#x42;&unknown;", "AB&unknown;"),
      ("x<script>alert('<b>')</script>y", "xy"), ("x<style>a{}", "x"), ("end <a href=\"", "end"),
      ("<!-- note -->t", "t"), ("  a \n\t b  ", "a b"), ("", ""), ("&lt;b&gt;", "<b>"),
      ("&#0;&#x110000;", "\u{0}&#x110000;"),
    ])
  func text(_ html: String, _ text: String) {
    #expect(PlainText(html: html).text == text)
  }

  @Test("says where it was cut")
  func cut() {
    #expect(PlainText(html: "abcdef", limit: 3).text == "abc…")
  }
}
