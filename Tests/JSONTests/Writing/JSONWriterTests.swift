import Testing

@testable import JSON

@Suite("JSONWriter")
struct JSONWriterTests {
  private func sample(_ layout: JSONWriter.Layout) -> String {
    var writer = JSONWriter(layout: layout)
    writer.object {
      $0.member("name", "Anna")
      $0.member("age", 20)
      $0.member("nothing", nil as String?)
      $0.member(ifPresent: "absent", nil as Int?)
      $0.array("roles") {
        $0.element("ADMIN")
        $0.elementObject { $0.member("deep", true) }
        $0.elementArray { _ in }
      }
      $0.object("empty") { _ in }
      $0.array("list", [1.5, 2])
    }
    return writer.string
  }

  @Test("writes compactly")
  func compact() {
    #expect(
      sample(.compact)
        == #"{"name":"Anna","age":20,"nothing":null,"roles":["ADMIN",{"deep":true},[]],"empty":{},"list":[1.5,2.0]}"#
    )
  }

  @Test("writes with two spaces a level")
  func pretty() {
    #expect(
      sample(.pretty) == """
        {
          "name": "Anna",
          "age": 20,
          "nothing": null,
          "roles": [
            "ADMIN",
            {
              "deep": true
            },
            []
          ],
          "empty": {},
          "list": [
            1.5,
            2.0
          ]
        }
        """)
  }

  @Test("escapes what must be escaped and nothing else")
  func escapes() {
    var writer = JSONWriter()
    writer.value("\"\\/\u{8}\t\n\u{c}\r\u{1}\u{1f}\u{7f}é😀\u{2028}")
    #expect(writer.string == #""\"\\/\b\t\n\f\r\u0001\u001f\u007fé😀"# + "\u{2028}\"")
  }

  @Test("escapes at every place of a text of any length")
  func places() {
    let escapes: [(UInt8, String)] = [
      (0x00, "\\u0000"), (0x09, "\\t"), (0x1F, "\\u001f"), (0x22, "\\\""), (0x5C, "\\\\"),
      (0x7F, "\\u007f"), (0x20, " "), (0x21, "!"), (0x23, "#"), (0x5B, "["), (0x5D, "]"),
      (0x7E, "~"), (0x30, "0"),
    ]
    for count in 0..<20 {
      for first in 0..<max(1, count) {
        for (byte, escaped) in escapes {
          // The next byte, and one further behind, are others: no mark goes on to them.
          for second in [first + 1, first + 7] {
            var bytes = Array(repeating: UInt8(ascii: "a"), count: count)
            var parts = Array(repeating: "a", count: count)
            for place in [first, second] where place < count {
              (bytes[place], parts[place]) = (byte, escaped)
            }
            if first + 2 < count { (bytes[first + 2], parts[first + 2]) = (0x23, "#") }
            var writer = JSONWriter()
            writer.value(String(decoding: bytes, as: UTF8.self))
            #expect(writer.string == "\"" + parts.joined() + "\"")
          }
        }
      }
    }
    for text in ["é", "ü\"é", "日本語\n日本語", "\u{80}\u{9B}\u{FFFD}"] {
      var writer = JSONWriter()
      writer.value(text)
      #expect((try? JSONView(parsing: writer.bytes))?.string == text)
    }
  }

  @Test("indents as deep as it goes", arguments: [1, 31, 32, 33, 34, 70])
  func deep(depth: Int) {
    var writer = JSONWriter(layout: .pretty)
    func open(_ depth: Int, _ writer: inout JSONWriter) {
      if depth == 0 { return writer.value(1) }
      writer.array {
        $0.separate()
        open(depth - 1, &$0)
        $0.element(2)
      }
    }
    open(depth, &writer)
    let lines = (0..<depth).map { String(repeating: "  ", count: $0) + "[" }
    let inner = String(repeating: "  ", count: depth)
    let closing = (0..<depth).reversed().map { level in
      String(repeating: "  ", count: level + 1) + "2\n" + String(repeating: "  ", count: level)
        + "]"
    }
    let expected =
      lines.joined(separator: "\n") + "\n" + inner + "1,\n" + closing.joined(separator: ",\n")
    #expect(writer.string == expected)
  }

  @Test("says the same, whatever it expects")
  func expecting() {
    var (one, other) = (JSONWriter(layout: .pretty), JSONWriter(layout: .pretty))
    one.array { for number in 0..<1_000 { $0.element(number) } }
    other.array {
      let start = $0.bytes.count
      for number in 0..<1_000 {
        $0.element(number)
        $0.expect(1_000_000 - number, like: number + 1, since: start)
      }
    }
    #expect(one.bytes == other.bytes)
    // No more than sixteen times what was written, and twice that for the memory's own steps.
    #expect(other.bytes.capacity <= 40 * other.bytes.count)
  }

  @Test(
    "writes doubles that read back to the same",
    arguments: [
      0.1, 1e100, .leastNonzeroMagnitude, .greatestFiniteMagnitude, -0.0, 123_456_789.123, 1.0 / 3,
      9_007_199_254_740_992,
    ] as [Double])
  func doubles(value: Double) throws {
    let bytes = JSONValue.double(value).bytes()
    let view = try JSONView(parsing: bytes)
    #expect(view.kind == .double)
    #expect(view.double?.bitPattern == value.bitPattern)
  }

  @Test("writes null for what JSON can't say", arguments: [Double.nan, .infinity, -.infinity])
  func notFinite(value: Double) {
    #expect(JSONValue.double(value).bytes() == Array("null".utf8))
  }

  @Test("writes a parsed document as it was, and a tree the same")
  func roundTrip() throws {
    let text = #"{"b":[1,2.5,null,true],"a":{"é":"x\ny","":[]},"n":18446744073709551615,"b":1}"#
    let view = try JSONView(parsing: text)
    var writer = JSONWriter()
    writer.value(view)
    #expect(writer.string == text)
    #expect(String(decoding: JSONValue(view).bytes(), as: UTF8.self) == text)
    var pretty = JSONWriter(layout: .pretty)
    pretty.value(view)
    #expect(pretty.bytes == JSONValue(view).bytes(layout: .pretty))
  }

  @Test("forgets and writes again")
  func removeAll() {
    var writer = JSONWriter()
    writer.array { $0.element(1) }
    writer.newline()
    #expect(writer.string == "[1]\n")
    writer.removeAll()
    writer.value(JSONValue.object([("a", [1, 2]), ("b", nil)]))
    #expect(writer.string == #"{"a":[1,2],"b":null}"#)
  }
}

@Suite("JSONValue")
struct JSONValueTests {
  @Test("is equal with the same members in the same order")
  func equality() {
    let one: JSONValue = ["a": 1, "b": [true, nil, 1.5, "x"]]
    let other: JSONValue = ["b": [true, nil, 1.5, "x"], "a": 1]
    #expect(one == ["a": 1, "b": [true, nil, 1.5, "x"]])
    #expect(one != other)
    #expect(Set([one, one, other]).count == 2)
    #expect(one["b"]?[3]?.string == "x")
    #expect(one["b"]?[9] == nil)
    #expect(JSONValue.unsigned(5) == .int(5))
    #expect(JSONValue.unsigned(.max) == .uint(.max))
  }
}
