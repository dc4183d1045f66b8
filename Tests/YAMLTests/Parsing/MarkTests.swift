import Testing
import YAML

@Suite("Marks")
struct MarkTests {
  /// What the byte range of each node holds.
  private func written(_ text: String, _ path: (Node) -> Node?) throws -> String {
    let root = try #require(parse(text).documents.first?.root)
    let node = try #require(path(root))
    return String(decoding: Array(text.utf8)[node.byteRange], as: UTF8.self)
  }

  static let ranges: [(String, String)] = [
    ("a: plain text  # comment\n", "plain text"),
    ("a: \"quoted\"  \n", "\"quoted\""),
    ("a: !!str &x tagged\n", "!!str &x tagged"),
    ("a: first\n  second\n\nb: 1\n", "first\n  second"),
    ("a: |\n  one\n\n  two\n\n\n# comment\nb: 1\n", "|\n  one\n\n  two"),
    ("a: >-\n  one\n  two\n", ">-\n  one\n  two"),
    ("a: [1, 2]  # comment\n", "[1, 2]"),
    ("a:\n  - 1\n  - 2\n\n# comment\nb: 1\n", "- 1\n  - 2"),
    ("a:\n- 1\n- x: 2\n  y: 3\nb: 1\n", "- 1\n- x: 2\n  y: 3"),
    ("a:\n  x: 1\n  y:\n    z: é\n\n", "x: 1\n  y:\n    z: é"),
    ("é: ü\r\na: \"漢字\"\r\n", "\"漢字\""),
    ("a:\nb: 1\n", ""),
    ("\u{FEFF}a: x\n", "x"),
  ]

  @Test("span what is written, without comments and blank lines behind", arguments: ranges)
  func range(text: String, expected: String) throws {
    #expect(try written(text) { $0["a"] } == expected)
  }

  @Test("count columns in Unicode scalars, lines at LF, CRLF and CR, offsets in bytes")
  func columns() throws {
    let text = "x: { é: 1, 🇪🇺: 2 }\r\ny: 1\rz: 1\n\u{20}\u{20}\n\"a\": b\n"
    let root = try #require(parse(text).documents.first?.root)
    let mark = { (key: String) in root.entry(key)?.key.mark }
    #expect(
      root["x"]?.entries?[1].key.mark == Mark(file: "file.yaml", line: 1, column: 12, offset: 12))
    #expect(
      root["x"]?.entries?[1].value.mark == Mark(file: "file.yaml", line: 1, column: 16, offset: 22))
    #expect(mark("y") == Mark(file: "file.yaml", line: 2, column: 1, offset: 27))
    #expect(mark("z") == Mark(file: "file.yaml", line: 3, column: 1, offset: 32))
    #expect(mark("a") == Mark(file: "file.yaml", line: 5, column: 1, offset: 40))
  }

  @Test("count a line separator of Unicode as a character, as editors do")
  func lineSeparator() throws {
    let root = try #require(parse("a: \"x\u{2028}y\u{85}z\"\nb: 1\n").documents.first?.root)
    #expect(root["a"]?.end.line == 1)
    #expect(root.entry("b")?.key.mark.line == 2)
    #expect(root.entry("b")?.key.mark.column == 1)
  }

  @Test("of a missing value stand behind the colon or dash")
  func missingValues() throws {
    let root = try #require(parse("a:\nb:\n  -\n  - 1\n").documents.first?.root)
    #expect(root["a"]?.mark == Mark(file: "file.yaml", line: 1, column: 3, offset: 2))
    #expect(root["b"]?[0]?.mark == Mark(file: "file.yaml", line: 3, column: 4, offset: 9))
  }

  @Test("are ordered by file, line, column")
  func order() {
    let marks = [
      Mark(file: "a", line: 1, column: 9), Mark(file: "a", line: 2, column: 1),
      Mark(file: "a", line: 10, column: 1), Mark(file: "b", line: 1, column: 1),
    ]
    #expect(marks.reversed().sorted() == marks)
    #expect(marks[0].description == "a:1:9")
  }
}
