import Testing
import YAML

@Suite("Writing")
struct WriterTests {
  @Test("is block YAML, one value a line")
  func layout() {
    let value: YAMLValue = [
      "apiVersion": "plumb/v1",
      "metadata": ["name": "okta", "labels": [:], "tags": []],
      "spec": [
        "recommendations": "on",
        "ports": [443, 8443],
        "nested": [["a", "b"], [["c"]], ["x": 1, "w": ["z": nil]], [], [:]],
        "ratio": 0.5, "whole": 1.0, "enabled": true,
        "text": "one\n  two\n\nthree\n", "stripped": "one\ntwo",
        "list": ["one\ntwo\n", ["k": "a\nb"]],
      ],
    ]
    #expect(
      YAMLWriter().write(value) == """
        apiVersion: plumb/v1
        metadata:
          name: okta
          labels: {}
          tags: []
        spec:
          recommendations: "on"
          ports:
            - 443
            - 8443
          nested:
            - - a
              - b
            - - - c
            - x: 1
              w:
                z: null
            - []
            - {}
          ratio: 0.5
          whole: 1.0
          enabled: true
          text: |
            one
              two

            three
          stripped: |-
            one
            two
          list:
            - |
              one
              two
            - k: |-
                a
                b

        """)
    #expect(values(YAMLWriter().write(value)) == [value])
  }

  @Test("sorts keys by Unicode scalar when asked, at every depth")
  func sorted() {
    let value: YAMLValue = ["b": ["é": 1, "z": 2, "Z": 3], "a": [["w": 1, "x": 2]]]
    #expect(
      YAMLWriter(sortsKeys: true).write(value) == """
        a:
          - w: 1
            x: 2
        b:
          Z: 3
          z: 2
          é: 1

        """)
    #expect(
      YAMLWriter(sortsKeys: true).writeFlow(value)
        == "{ a: [{ w: 1, x: 2 }], b: { Z: 3, z: 2, é: 1 } }")
  }

  static let bare = [
    "okta", "okta-contoso-eu", "a b", "Okta:no", "-x", "--flag", "a#b",
    "24h", "14d", "1d12h", "v1.2", "plumb/v1", "a, b", "(x)", "ünï", "漢字",
    "👩‍👩‍👧", "https://x.example/y?z=1#w", "true story", "it's", "a \"b\" c", "C:\\x", "yesterday",
    "12 apples", "nul", "e3", "x*", "a=b",
  ]

  @Test("leaves strings bare that nothing else could be read as", arguments: bare)
  func plain(text: String) {
    #expect(YAMLWriter().write(.string(text)) == text + "\n")
  }

  static let spellings: [(String, String)] = [
    ("", "\"\""), (" ", "\" \""), (" a", "\" a\""), ("a ", "\"a \""),
    ("true", "\"true\""), ("null", "\"null\""), ("~", "\"~\""), ("12", "\"12\""),
    ("1.5", "\"1.5\""), ("0x1F", "\"0x1F\""), (".inf", "\".inf\""), ("-.5", "\"-.5\""),
    // YAML 1.1.
    ("no", "\"no\""), ("On", "\"On\""), ("OFF", "\"OFF\""), ("y", "\"y\""), ("1_000", "\"1_000\""),
    ("2024-01-01", "\"2024-01-01\""),
    ("2001-12-14t21:59:43.10-05:00", "\"2001-12-14t21:59:43.10-05:00\""),
    ("12:30:00", "\"12:30:00\""), ("0b101", "\"0b101\""), ("017", "\"017\""), ("<<", "\"<<\""),
    ("=", "\"=\""),
    ("1.2.3.4", "\"1.2.3.4\""), ("-0b1", "\"-0b1\""), ("-", "\"-\""), ("+", "\"+\""),
    (".", "\".\""),
    ("a: b", "\"a: b\""), ("a #b", "\"a #b\""), ("a:", "\"a:\""), ("- a", "\"- a\""),
    ("---", "\"---\""), ("...", "\"...\""), ("--- a", "\"--- a\""),
    ("@a", "\"@a\""), ("`a", "\"`a\""), ("%a", "\"%a\""), ("!a", "\"!a\""), ("&a", "\"&a\""),
    ("*a", "\"*a\""), ("|", "\"|\""), (">", "\">\""), ("?", "\"?\""), (":a", "\":a\""),
    ("[a]", "\"[a]\""), ("{a}", "\"{a}\""), ("#a", "\"#a\""), (",a", "\",a\""),
    ("'a'", "\"'a'\""), ("\"a\"", "'\"a\"'"), ("\"it's\"", "'\"it''s\"'"), ("x\\: y", "'x\\: y'"),
    ("a\tb", "\"a\\tb\""), ("a\r\nb", "\"a\\r\\nb\""), ("\u{1B}[31m", "\"\\x1B[31m\""),
    ("\0", "\"\\x00\""), ("\u{FEFF}", "\"\\uFEFF\""), ("\u{2028}", "\"\\u2028\""),
    ("\u{85}", "\"\\x85\""),
    ("admin\u{202E}nimda", "\"admin\\u202Enimda\""), ("\u{1FFFE}", "\"\\U0001FFFE\""),
    ("\u{200B}", "\"\\u200B\""), ("\n", "\"\\n\""), ("a\n\n", "\"a\\n\\n\""),
    (" a\nb", "\" a\\nb\""),
    ("a \nb", "\"a \\nb\""), ("\na", "\"\\na\""), ("a\n\tb\n", "\"a\\n\\tb\\n\""),
  ]

  @Test("quotes, escapes, or does neither, as little as it can", arguments: spellings)
  func quoted(text: String, expected: String) {
    let written = YAMLWriter().write(.string(text))
    #expect(written == expected + "\n")
    #expect(values(written) == [.string(text)])
    let keyed = YAMLWriter().write(.map([(text, .string(text))]))
    #expect(values(keyed) == [.map([(text, .string(text))])], "\(keyed)")
    let flow = YAMLWriter().writeFlow(.map([(text, .list([.string(text)]))]))
    #expect(values(flow) == [.map([(text, .list([.string(text)]))])], "\(flow)")
  }

  @Test("writes documents one after the other")
  func documents() {
    let text = YAMLWriter().write(documents: [["a": 1], ["b": "x\ny"], []])
    #expect(text == "a: 1\n---\nb: |-\n  x\n  y\n---\n[]\n")
    #expect(values(text) == [["a": 1], ["b": "x\ny"], []])
  }

  @Test("writes a comment that stays one")
  func comment() {
    #expect(
      YAMLWriter().write(["a": 1], comment: "Recorded.\n\nx:\u{2028}\u{1B}\ty")
        == "# Recorded.\n#\n# x:\n# U+001B\ty\na: 1\n")
  }

  @Test("writes keys longer than a simple key may be")
  func longKey() {
    let key = String(repeating: "k", count: 2000)
    let entries: [(String, YAMLValue)] = [(key, ["b": 1]), ("c", 2), ("d", ["e"])]
    let value: YAMLValue = ["a": .map(entries), "f": [.map(entries)]]
    #expect(values(YAMLWriter().write(value)) == [value])
  }
}
