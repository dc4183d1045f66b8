import Posture
import Testing
import YAML

@testable import Reports

@Suite("Charts and links of pages")
struct ChartTests {
  private static func scores(_ tenths: [Int?]) -> [PrintedScore?] {
    tenths.map { $0.map(PrintedScore.init(tenths:)) }
  }

  @Test(
    "a scale is in tens, at least twenty points, with the target on it",
    arguments: [
      ([650, 636], 80, 60, 80), ([650, 636], nil, 60, 80), ([1_000], nil, 80, 100),
      ([0, 4], nil, 0, 20), ([446], 75, 40, 80),
    ] as [([Int], Int?, Int, Int)])
  func scale(tenths: [Int], target: Int?, low: Int, high: Int) throws {
    let scale = try #require(ScoreChart.Scale(Self.scores(tenths), target: target))
    #expect(scale.low <= low && scale.high >= high)
    #expect(scale.low % 10 == 0 && scale.high % 10 == 0 && scale.high - scale.low >= 20)
    #expect((0...100).contains(scale.low) && (0...100).contains(scale.high))
  }

  @Test("a day without a score is a gap, and no score no chart")
  func gaps() {
    var html = HTMLWriter(PagePlace(layout: .site, page: .overview))
    let chart = ScoreChart(daily: Self.scores([600, nil, 620, 640]), target: nil)
    chart.spark("Score", into: &html)
    let text = String(decoding: html.bytes, as: UTF8.self)
    #expect(text.matches(of: /d="(M[^"]*)"/).first?.1.count { $0 == "M" } == 2)
    #expect(text.contains("aria-label=\"Score: 60.0 to 64.0 over 4 days\""))
    #expect(ScoreChart.Scale([nil, nil], target: 80) == nil)
  }

  @Test(
    "a remote's address becomes that of a line, without who we are",
    arguments: [
      (
        "git@github.com:contoso/posture.git",
        "https://github.com/contoso/posture/blob/abc/d/a%20b.yaml#L7"
      ),
      (
        "https://token@github.com/contoso/posture",
        "https://github.com/contoso/posture/blob/abc/d/a%20b.yaml#L7"
      ),
      (
        "ssh://git@gitlab.contoso.example:2222/a/b/c.git",
        "https://gitlab.contoso.example/a/b/c/-/blob/abc/d/a%20b.yaml#L7"
      ),
      (
        "https://user:secret@codeberg.org/a/b.git/",
        "https://codeberg.org/a/b/src/commit/abc/d/a%20b.yaml#L7"
      ),
      ("https://git.contoso.example/a/b", nil), ("/srv/git/posture", nil), ("file:///srv/git", nil),
      ("https://git hub.com/\"><b>/c", nil), ("C:\\posture", nil),
    ] as [(String, String?)])
  func remotes(remote: String, line: String?) {
    let links = SourceLinks(remote: remote, revision: "abc")
    #expect(links.address(of: Mark(file: "d/a b.yaml", line: 7)) == line)
    #expect(!(links.web ?? "").contains("secret") && !(links.web ?? "").contains("token"))
  }

  @Test("another host's address is filled in, and a working tree is on no web")
  func template() {
    let template = "https://git.example/{path}?at={revision}#{line}"
    let mark = Mark(file: "a.yaml", line: 3)
    #expect(
      SourceLinks(remote: nil, revision: "abc", template: template).address(of: mark)
        == "https://git.example/a.yaml?at=abc#3")
    #expect(SourceLinks(remote: "git@github.com:a/b", revision: nil).address(of: mark) == nil)
  }
}
