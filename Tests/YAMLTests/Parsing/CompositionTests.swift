import Testing
import YAML

@Suite("Composing documents")
struct CompositionTests {
  static let faults: [(String, String)] = [
    ("a: 1\nb: 2\n▸a: 3\n", "key 'a' is already on line 1; remove one of the two"),
    ("{a: 1, ▸\"a\": 3}\n", "key 'a' is already on line 1; remove one of the two"),
    (
      "▸[a, b]: 1\n",
      "a key must be a plain or quoted text, found a list; put a template like '{{ name }}' in quotes"
    ),
    (
      "a: {▸{ name }: }\n",
      "a key must be a plain or quoted text, found a mapping; "
        + "put a template like '{{ name }}' in quotes"
    ),
    (
      "a: &a {x: 1}\nb:\n  ▸<<: *a\n",
      "merge keys ('<<') are not part of YAML 1.2; write the fields out"
    ),
    ("?▸\n: 1\n", "an entry without a key; write 'name: value'"),
    ("a: ▸*b\n", "no anchor named 'b' above; a text that begins with '*' must be quoted"),
    (
      "a: &anchor 1\nb: ▸*ancor\n", "no anchor named 'ancor' above; did you mean 'anchor'?"
    ),
    // Anchors end with their document.
    (
      "a: &a 1\n---\nb: ▸*a\n",
      "no anchor named 'a' above; a text that begins with '*' must be quoted"
    ),
    (
      "a: &a [1, ▸*a]\n",
      "alias '*a' stands inside the node that it refers to; write the value out"
    ),
    (
      "a: ▸!foo 1\n",
      "unknown tag '!foo'; remove it, or put the value in quotes if it begins with '!'"
    ),
    (
      "a: ▸!!binary eA==\n",
      "unknown tag '!!binary'; remove it, or put the value in quotes if it begins with '!'"
    ),
    ("a: ▸!!int x\n", "tag !!int wants an integer, found the string 'x'"),
    ("a: ▸!!bool no\n", "tag !!bool wants true or false, found the string 'no'"),
    ("a: ▸!!map [1]\n", "tag !!map wants a mapping, found a list"),
    ("a: ▸!!str {}\n", "tag !!str wants a string, found an empty mapping"),
  ]

  @Test("reports what YAML allows and we do not", arguments: faults)
  func fault(marked: String, message: String) {
    let input = MarkedText(marked)
    #expect(parse(input.text).diagnostics == [input.error(message)])
  }

  @Test("goes on after a key written twice, with the first")
  func duplicates() {
    let (documents, diagnostics) = parse("a: 1\na: 2\nb: 3\nb: 4\n---\nc: 5\n")
    #expect(documents.map { $0.root.entries?.map(\.name) } == [["a", "b"], ["c"]])
    #expect(documents.first?.root["a"]?.scalar == "1")
    #expect(diagnostics.count == 2)
  }

  @Test("finds the second of many keys")
  func manyKeys() {
    let text = (0..<100).map { "key\($0): \($0)\n" }.joined() + "key71: again\n"
    #expect(
      parse(text).diagnostics == [
        "file.yaml:101:1: error: key 'key71' is already on line 72; remove one of the two"
      ])
  }

  @Test("resolves aliases to the anchored value at the alias's place")
  func aliases() throws {
    let (documents, diagnostics) = parse("a: &a { x: [1, 2] }\nb: *a\n")
    #expect(diagnostics == [])
    let alias = try #require(documents.first?.root["b"])
    #expect(alias.alias == "a")
    #expect(alias.mark.line == 2)
    #expect(alias.mark.column == 4)
    #expect(alias.byteRange == 23..<25)
    #expect(alias["x"]?[1]?.scalar == "2")
    #expect(alias["x"]?.mark.line == 1)
  }

  @Test("knows an empty document from one that says null")
  func emptyDocuments() {
    let documents = parse("---\n---\nnull\n---\na: 1\n").documents
    #expect(documents.map(\.isEmpty) == [true, false, false])
    #expect(documents.map(\.root.isNull) == [true, true, false])
  }

  @Test("honours explicit tags")
  func tags() throws {
    let root = try #require(
      parse("[!!str 1, !!int \"5\", !!float 2, !!null '', ! 7, !!bool 'true']").documents.first?
        .root)
    #expect(
      root.items?.map(\.resolved) == [
        .string("1"), .integer(5), .double(2), .null, .string("7"), .bool(true),
      ])
  }
}
