import Testing

@testable import JSON

@Suite("JSONView")
struct JSONViewTests {
  @Test("reads members in place")
  func members() throws {
    let view = try JSONView(parsing: #"{"name": "Anna", "age": 20, "tags": [1, 2.5, true, null]}"#)
    #expect(view["name"]?.string == "Anna")
    #expect(view["age"]?.int64 == 20)
    #expect(view["tags"]?[1]?.double == 2.5)
    #expect(view["tags"]?[2]?.bool == true)
    #expect(view["tags"]?[3]?.isNull == true)
    #expect(view["tags"]?[4] == nil)
    #expect(view["tags"]?[-1] == nil)
    #expect(view["tags"]?.count == 4)
    #expect(view["nothing"] == nil)
    #expect(view["tags"]?["name"] == nil)
    #expect(view.members.map(\.name) == ["name", "age", "tags"])
    #expect(view["tags"]?.elements.map(\.kind) == [.int, .double, .bool, .null])
  }

  @Test(
    "tells numbers apart by how they are written",
    arguments: [
      ("0", JSONKind.int), ("-0", .int), ("9223372036854775807", .int),
      ("9223372036854775808", .uint),
      ("18446744073709551615", .uint), ("1.0", .double), ("1e2", .double),
      ("-9223372036854775808", .int),
    ])
  func numbers(text: String, kind: JSONKind) throws {
    let view = try JSONView(parsing: text)
    #expect(view.kind == kind)
    #expect(view.double == Double(text))
  }

  @Test("gives integers only in range")
  func ranges() throws {
    let view = try JSONView(parsing: "[18446744073709551615, -1, 1.5]")
    #expect(view[0]?.int64 == nil)
    #expect(view[0]?.uint64 == .max)
    #expect(view[1]?.uint64 == nil)
    #expect(view[1]?.int == -1)
    #expect(view[2]?.int64 == nil)
    #expect(view[2]?.string == nil)
  }

  @Test("finds the first of repeated members and shows all")
  func duplicates() throws {
    let view = try JSONView(parsing: #"{"a": 1, "b": 2, "a": 3}"#)
    #expect(view["a"]?.int == 1)
    #expect(view[JSONKey("a")]?.int == 1)
    #expect(view.count == 3)
    #expect(view.members.map(\.value.int) == [1, 2, 3])
  }

  @Test("finds keys of every length", arguments: Array(0...20))
  func keys(length: Int) throws {
    let name = String("abcdefghijklmnopqrstuvwxyz".prefix(length))
    let text = #"{"zzzz": {"\#(name)": 0}, "\#(name)x": 1, "x\#(name)": 2, "\#(name)": 3}"#
    let view = try JSONView(parsing: text)
    #expect(view[JSONKey(name)]?.int == 3)
    #expect(view[name]?.int == 3)
    #expect(view[JSONKey(name + "y")] == nil)
  }

  @Test("unescapes strings and compares them without copying")
  func strings() throws {
    let view = try JSONView(
      parsing: #"["a\"\\\/\b\f\n\r\t\u0041\ud83d\ude00é", "e\u0301", "a\u0000b"]"#)
    #expect(view[0]?.string == "a\"\\/\u{8}\u{c}\n\r\tA😀é")
    #expect(view[0]?.equals("a\"\\/\u{8}\u{c}\n\r\tA😀é") == true)
    // Swift's == equates these; code points do not.
    #expect(view[1]?.equals("é") == false)
    #expect(view[1]?.equals("e\u{301}") == true)
    #expect(view[2]?.string == "a\0b")
    #expect(view[2]?.equals("a") == false)
    #expect(view[1]?.equals(utf8: [0x65, 0xCC, 0x81]) == true)
    let plain = try JSONView(parsing: #"["plain"]"#)
    #expect(plain[0]?.equals("plain" as StaticString) == true)
    #expect(plain.equals("plain" as StaticString) == false)
  }

  @Test(
    "follows JSON pointers",
    arguments: [
      ("", #"{"foo":["bar","baz"],"":0,"a/b":1,"m~n":8,"01":9}"#), ("/foo", #"["bar","baz"]"#),
      ("/foo/0", #""bar""#), ("/", "0"), ("/a~1b", "1"), ("/m~0n", "8"), ("/01", "9"),
    ])
  func pointers(pointer: String, expected: String) throws {
    let view = try JSONView(parsing: #"{"foo":["bar","baz"],"":0,"a/b":1,"m~n":8,"01":9}"#)
    #expect(
      view.value(at: pointer).map { String(decoding: JSONValue($0).bytes(), as: UTF8.self) }
        == expected)
  }

  @Test(
    "finds nothing for pointers that lead nowhere",
    arguments: ["foo", "/foo/2", "/foo/-", "/foo/00", "/foo/x", "/foo/0/x", "/a~2b", "/none"])
  func badPointers(pointer: String) throws {
    let view = try JSONView(parsing: #"{"foo":["bar","baz"],"a/b":1}"#)
    #expect(view.value(at: pointer) == nil)
  }

  @Test("escapes a pointer's parts")
  func escapedPointer() throws {
    let view = try JSONView(parsing: #"{"a/b~c": 1}"#)
    #expect(view.value(at: "/" + JSONPointer.escaped("a/b~c"))?.int == 1)
  }

  @Test("compacts a part into a document of its own")
  func compacted() throws {
    let text =
      #"{"skip":[1,2],"keep":{"a":[1,-2.5,18446744073709551615,"text",{"b":{}},[]],"c":null,"d":true}}"#
    let part: JSONView
    do {
      let view = try JSONView(parsing: text)
      part = try #require(view["keep"]).compacted()
      #expect(JSONValue(part) == JSONValue(try #require(view["keep"])))
    }
    #expect(part["a"]?[4]?["b"]?.count == 0)
    #expect(part["a"]?.count == 6)
    #expect(part["d"]?.bool == true)
    #expect(JSONValue(part["a"]!.compacted()) == JSONValue(part["a"]!))
    #expect(try JSONView(parsing: #""x""#).compacted().string == "x")
  }
}
