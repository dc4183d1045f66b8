import Testing
import YAML

@Suite("Limits")
struct LimitTests {
  private func limits(_ change: (inout YAMLLimits) -> Void) -> YAMLLimits {
    var limits = YAMLLimits()
    change(&limits)
    return limits
  }

  @Test("of bytes")
  func bytes() {
    let limits = limits { $0.bytes = 8 }
    #expect(parse("a: 12345", limits: limits).diagnostics == [])
    #expect(
      parse("a: 123456", limits: limits).diagnostics == [
        "file.yaml:1:1: error: the file has 9 bytes, more than the limit of 8 (bytes); split it"
      ])
  }

  @Test("of depth, in brackets and by indentation")
  func depth() {
    let limits = limits { $0.depth = 3 }
    #expect(parse("[[[1]]]", limits: limits).diagnostics == [])
    for marked in ["[[[▸[1]]]]", "a:\n  b:\n    c:\n      ▸d: 1\n", "- - - ▸- 1\n", "[[[▸[]]]]"] {
      let input = MarkedText(marked)
      #expect(
        parse(input.text, limits: limits).diagnostics == [
          input.error("nested deeper than the limit of 3 levels (depth); flatten it")
        ])
    }
  }

  @Test("of depth, by default 64, hold against a file of brackets")
  func brackets() {
    let text = String(repeating: "[", count: 1_000_000)
    #expect(
      parse(text).diagnostics == [
        "file.yaml:1:65: error: nested deeper than the limit of 64 levels (depth); flatten it"
      ])
  }

  @Test("of depth, through aliases")
  func aliasDepth() {
    let limits = limits { $0.depth = 3 }
    let input = MarkedText("a: &a [[1]]\nb: *a\nc: { d: ▸*a }\n")
    #expect(
      parse(input.text, limits: limits).diagnostics == [
        input.error("nested deeper than the limit of 3 levels (depth); flatten it")
      ])
  }

  @Test("of documents")
  func documents() {
    let limits = limits { $0.documents = 2 }
    let input = MarkedText("a: 1\n---\nb: 2\n▸---\nc: 3\n")
    let (documents, diagnostics) = parse(input.text, limits: limits)
    #expect(documents.count == 2)
    #expect(
      diagnostics == [
        input.error("more documents than the limit of 2 (documents); split the file")
      ])
  }

  @Test("of nodes, of which an alias is none")
  func nodes() {
    let limits = limits { $0.nodes = 6 }
    #expect(parse("a: &a [1, 2]\nb: *a\n", limits: limits).diagnostics == [])
    let input = MarkedText("a: &a [1, 2]\nb: *a\n▸c: 3\n")
    #expect(
      parse(input.text, limits: limits).diagnostics == [
        input.error("more nodes than the limit of 6 (nodes); split the file")
      ])
  }

  @Test("of a scalar's bytes")
  func scalar() {
    let limits = limits { $0.scalarBytes = 4 }
    let input = MarkedText("a: ▸12345")
    #expect(
      parse(input.text, limits: limits).diagnostics == [
        input.error(
          "a text of 5 bytes is longer than the limit of 4 (scalarBytes); shorten it")
      ])
  }

  @Test("of aliases: a few lines can't stand for billions of nodes")
  func aliasBomb() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...9 {
      let items = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(items)]\n"
    }
    let (documents, diagnostics) = parse(text)
    #expect(documents.isEmpty)
    #expect(
      diagnostics == [
        "file.yaml:5:45: error: aliases stand for more nodes than the limit of 100000 "
          + "(aliasNodes); write the values out"
      ])
  }

  @Test("of diagnostics: the rest is left out, with a note")
  func diagnostics() {
    let limits = limits { $0.diagnostics = 2 }
    let text = "a: 1\n" + String(repeating: "a: 2\n", count: 10)
    let diagnostics = parse(text, limits: limits).diagnostics
    #expect(diagnostics.count == 3)
    #expect(
      diagnostics.last
        == "file.yaml:4:1: note: more than the limit of 2 errors in this file (diagnostics); "
        + "the rest is left out")
  }
}
