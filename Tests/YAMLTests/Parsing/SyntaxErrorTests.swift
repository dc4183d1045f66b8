import Testing
import YAML

@Suite("Syntax errors")
struct SyntaxErrorTests {
  static let rows: [(String, String)] = [
    (
      "a: 1\n▸b\nc: 2\n",
      "missing ':' after 'b'; write 'name: value', or indent the line if it continues the text above"
    ),
    ("a: 1\n▸\tb: 2\n", "tab used for indentation; use spaces"),
    ("a:\n▸\tb: 2\n", "tab used for indentation; use spaces"),
    ("a:\n  b: 1\n  ▸\tc: 2\n", "tab used for indentation; use spaces"),
    ("a: |\n▸\ttext\n", "tab used for indentation; use spaces"),
    ("a: ▸\"open\nb: 2\n", "the quote opened here is never closed; add the closing \""),
    ("a: ▸'open\n---\nb: 2\n", "the quote opened here is never closed; add the closing '"),
    (
      "a: 'it'▸s late'\n",
      "unexpected text after the closing quote; quote the whole value, and write a quote inside it "
        + "as ''"
    ),
    (
      "a: \"x\" ▸y\n",
      "unexpected text after the closing quote; quote the whole value, and write a quote inside it "
        + "as \\\""
    ),
    (
      "a: ▸\"open\nb: 1\nc: \"x\"\n",
      "the quote opened here ends on line 3, where text follows it; add the missing closing \""
    ),
    (
      "a: [▸'open,\n  'x']\n",
      "the quote opened here ends on line 2, where text follows it; add the missing closing '"
    ),
    (
      "a:\n    b: 1\n  ▸c: 2\n",
      "bad indentation: column 3 fits neither the mapping that begins on line 1 in column 1, "
        + "nor one around it"
    ),
    (
      "a:\n  - 1\n ▸- 2\n",
      "bad indentation: column 2 fits neither the mapping that begins on line 1 in column 1, "
        + "nor one around it"
    ),
    (
      "a: 1\n▸- 2\n",
      "a list item ('-') among the fields of the mapping that begins on line 1; "
        + "indent it below the field that it belongs to"
    ),
    (
      "a: 1\n  b▸: 2\n",
      "unexpected ':'; this line is indented deeper than its neighbours, or the line above already "
        + "has a value"
    ),
    (
      "title: Okta▸: passwords\n",
      "a second ': ' on the line; put a value that holds ': ' in quotes"
    ),
    (
      "a: ▸- 1\n",
      "a list item ('-') can't begin here; put it on a line of its own, with its neighbours"
    ),
    (
      "a: ▸? b\n",
      "a key ('?') can't begin here; put it on a line of its own, with its neighbours"
    ),
    ("a: ▸@home\n", "a text can't begin with '@'; put it in quotes"),
    ("a: ▸`date`\n", "a text can't begin with '`'; put it in quotes"),
    ("a: ▸%x\n", "a text can't begin with '%'; put it in quotes"),
    (
      "▸%FOO bar\n---\na: 1\n",
      "a line that begins with '%' is a directive, and only '%YAML 1.2' is known; "
        + "put a text that begins with '%' in quotes"
    ),
    (
      "▸%YAML 2.0\n---\na: 1\n",
      "this version of YAML is unknown; write '%YAML 1.2', or no such line"
    ),
    (
      "%YAML 1.2\n▸%YAML 1.2\n---\na: 1\n",
      "the same directive a second time; remove it"
    ),
    (
      "a: \"C:▸\\Games\"\n",
      "unknown escape '\\G'; write '\\\\' for a backslash, or use single quotes"
    ),
    (
      "a: \"▸\\xZZ\"\n",
      "this escape names no character; write \\x, \\u or \\U with 2, 4 or 8 hexadecimal digits, "
        + "or '\\\\' for a backslash"
    ),
    (
      "a: \"▸\\uD800\"\n",
      "this escape names no character; write \\x, \\u or \\U with 2, 4 or 8 hexadecimal digits, "
        + "or '\\\\' for a backslash"
    ),
    (
      "a: ▸*\n",
      "'*' must be followed by a name of letters, digits, '-' and '_'; put a text that begins with "
        + "'*' in quotes"
    ),
    (
      "a: ▸& b\n",
      "'&' must be followed by a name of letters, digits, '-' and '_'; put a text that begins with "
        + "'&' in quotes"
    ),
    (
      "a: ▸!<x b\n",
      "unreadable tag; remove it, or put the value in quotes if it begins with '!'"
    ),
    ("a: ▸!x!y b\n", "unknown tag; remove it"),
    ("a: ▸[1, 2\n", "the list opened here is never closed; add the closing ']'"),
    ("a: ▸[", "the list opened here is never closed; add the closing ']'"),
    ("a: [1, &x ▸{ b: [], ", "the mapping opened here is never closed; add the closing '}'"),
    ("a: { b▸:, c: 1 }", "unexpected ':'; put a space behind it, or put the text in quotes"),
    ("a: ▸\"", "the quote opened here is never closed; add the closing \""),
    ("- [▸'a\n\n", "the quote opened here is never closed; add the closing '"),
    ("a: ▸{ b: 1\n", "the mapping opened here is never closed; add the closing '}'"),
    (
      "a: { b: 1\n  c▸: 2 }\n",
      "unexpected ':' in the mapping opened on line 1; put ',' between its entries"
    ),
    (
      "a: { b: \"1\" ▸c: 2 }\n",
      "expected ',' or '}' in the mapping opened on line 1, found 'c: 2 }'"
    ),
    ("▸: 1\n", "an entry without a key; write 'name: value'"),
    ("a: [\"1\n  2\"▸}\n", "expected ',' or ']' in the list opened on line 1, found '}'"),
    ("a: [1▸}\n", "expected ',' or ']' in the list opened on line 1, found '}'"),
    ("a: ▸]\n", "expected a value, found ']'"),
    (
      "a: >▸text\n",
      "nothing but a comment may follow '|' or '>' on its line; begin the text on the next line"
    ),
    ("a: |▸0\n x\n", "the indentation after '|' or '>' is a digit from 1 to 9"),
    (
      "  a: 1\n▸b: 2\n",
      "unexpected text after the end of the document; check the indentation, or begin another "
        + "document with '---'"
    ),
    (
      "é: ▸\"ü\n", "the quote opened here is never closed; add the closing \""
    ),
  ]

  @Test("say what is wrong, where, and what to do", arguments: rows)
  func message(marked: String, message: String) {
    let input = MarkedText(marked)
    #expect(parse(input.text).diagnostics == [input.error(message)])
  }

  @Test("leave the documents before them")
  func earlierDocuments() {
    let (documents, diagnostics) = parse("a: 1\n---\nb: 2\n---\nc: [\n---\nd: 4\n")
    #expect(documents.map { $0.root.entries?.first?.name } == ["a", "b"])
    #expect(documents.map(\.index) == [0, 1])
    #expect(diagnostics.count == 1)
  }
}
