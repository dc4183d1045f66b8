import Testing
import YAML

@Suite("A file's bytes")
struct TextCheckTests {
  private func parse(_ bytes: [UInt8]) -> (count: Int, diagnostics: [String]) {
    let diagnostics = Diagnostics()
    let documents = YAMLParser.parse(bytes, file: "file.yaml", into: diagnostics)
    return (documents.count, diagnostics.all.map(\.description))
  }

  static let refused: [([UInt8], String)] = [
    (
      Array("a: ".utf8) + [0xFF], "1:4: error: byte 0xFF is not valid UTF-8; save the file as UTF-8"
    ),
    (
      Array("a: ü\nb: M".utf8) + [0xFC] + Array("ller".utf8),
      "2:5: error: byte 0xFC is not valid UTF-8; save the file as UTF-8"
    ),
    // Overlong, surrogate, beyond Unicode, cut off.
    ([0xC0, 0xAF], "1:1: error: byte 0xC0 is not valid UTF-8; save the file as UTF-8"),
    ([0xED, 0xA0, 0x80], "1:1: error: byte 0xED is not valid UTF-8; save the file as UTF-8"),
    ([0xF4, 0x90, 0x80, 0x80], "1:1: error: byte 0xF4 is not valid UTF-8; save the file as UTF-8"),
    ([0xE2, 0x82], "1:1: error: byte 0xE2 is not valid UTF-8; save the file as UTF-8"),
    (
      Array("a: \u{7}".utf8),
      "1:4: error: control character U+0007 is not allowed; remove it, "
        + "or write it as \\x07 in double quotes"
    ),
    (
      Array("a: x\u{7F}".utf8),
      "1:5: error: control character U+007F is not allowed; remove it, "
        + "or write it as \\x7F in double quotes"
    ),
    (
      Array("a:\n  é\u{80}".utf8),
      "2:4: error: control character U+0080 is not allowed; remove it, "
        + "or write it as \\x80 in double quotes"
    ),
    (
      Array("a: \u{FFFE}".utf8),
      "1:4: error: control character U+FFFE is not allowed; remove it, "
        + "or write it as \\uFFFE in double quotes"
    ),
    (
      Array("a: \0".utf8),
      "1:4: error: the file holds a zero byte; it is binary or UTF-16, save it as UTF-8 text"
    ),
    (
      Array("a: \u{FEFF}b".utf8),
      "1:4: error: byte order mark (U+FEFF) inside the text; remove it, "
        + "it may only be a file's first character"
    ),
    ([0xFF, 0xFE, 0x61, 0], "1:1: error: the file is UTF-16; save it as UTF-8"),
    ([0xFE, 0xFF, 0, 0x61], "1:1: error: the file is UTF-16; save it as UTF-8"),
  ]

  @Test("that are not text that YAML allows are named with their place", arguments: refused)
  func invalid(bytes: [UInt8], message: String) {
    let (count, diagnostics) = parse(bytes)
    #expect(count == 0)
    #expect(diagnostics == ["file.yaml:" + message])
  }

  @Test("are named with their place wherever they stand in a line", arguments: 0..<24)
  func distances(before: Int) {
    let ahead = "a: 1\nb: " + String(repeating: "x", count: before)
    let behind = Array(String(repeating: "~", count: 12).utf8)
    for (byte, reason) in [
      (
        0x1F,
        "control character U+001F is not allowed; remove it, or write it as \\x1F in double quotes"
      ),
      (
        0x7F,
        "control character U+007F is not allowed; remove it, or write it as \\x7F in double quotes"
      ),
      (0xFF, "byte 0xFF is not valid UTF-8; save the file as UTF-8"),
    ] as [(UInt8, String)] {
      #expect(
        parse(Array(ahead.utf8) + [byte] + behind).diagnostics
          == ["file.yaml:2:\(before + 4): error: \(reason)"])
    }
    #expect(parse(Array((ahead + "\u{7E} \u{E9} ").utf8) + behind + [0xA]).diagnostics == [])
  }

  @Test("may begin with a byte order mark, which counts as bytes, not as a column")
  func byteOrderMark() throws {
    let diagnostics = Diagnostics()
    let documents = YAMLParser.parse(
      [0xEF, 0xBB, 0xBF] + Array("a: b\n".utf8), file: "file.yaml", into: diagnostics)
    #expect(diagnostics.isEmpty)
    let entry = try #require(documents.first?.root.entry("a"))
    #expect(entry.key.mark == Mark(file: "file.yaml", line: 1, column: 1, offset: 3))
    #expect(entry.value.byteRange == 6..<7)
  }

  @Test("may be none at all", arguments: [[], Array("# only a comment\n".utf8), Array("\n".utf8)])
  func empty(bytes: [UInt8]) {
    #expect(parse(bytes).count == 0)
    #expect(parse(bytes).diagnostics == [])
  }

  @Test("with directives are counted behind lines of any length", arguments: 0..<10)
  func directivesBehindComments(length: Int) {
    let comment = "# %TAG " + String(repeating: "%", count: length) + "\n"
    let text = (0..<65).map { "\(comment)%TAG !t\($0)! tag:x,2000:\n" }.joined() + "---\na: 1\n"
    #expect(parse(Array(text.utf8)).diagnostics.first?.contains("more than 64 %TAG") == true)
    #expect(parse(Array((String(repeating: comment, count: 99) + "a: 1\n").utf8)).diagnostics == [])
  }

  @Test("with more directives than anybody writes are refused before libyaml compares them all")
  func directives() {
    let text = (0..<65).map { "%TAG !t\($0)! tag:x,2000:\n" }.joined() + "---\na: 1\n"
    #expect(
      parse(Array(text.utf8)).diagnostics == [
        "file.yaml:1:1: error: the file has more than 64 %TAG directives; "
          + "remove them, no tags but YAML's own are known"
      ])
  }
}
