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
