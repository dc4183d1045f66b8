import JSON
import Testing

@Suite("Lists cut out of a text")
struct JSONCutTests {
  private static let value: JSONValue = [
    "name": "a\n      \"long\": [\n",
    "rows": [
      ["id": 1, "long": [["x": "]"], ["x": [1, 2]]], "other": [1]],
      ["id": 2, "long": [], "deep": ["long": [3]]],
      ["id": 3, "long": ["\n      ]"]],
    ],
  ]

  private static let text = value.bytes(layout: .pretty)

  private func rows(_ cut: JSONCut) throws -> [JSONValue?] {
    let view = try JSONView(parsing: cut.rest)
    return try #require(view["rows"]).elements.map { $0["long"].map { JSONValue($0) } }
  }

  @Test("every list with elements is cut out where its line is as deep, and no other")
  func all() throws {
    let cut = JSONCut(Self.text, of: ["long"], depth: 3)
    #expect(cut.count == 2)
    #expect(try rows(cut) == [0, [], 1])
    #expect(
      try cut.lists.map { JSONValue(try JSONView(parsing: Array($0))) }
        == [[["x": "]"], ["x": [1, 2]]], ["\n      ]"]])
    let view = try JSONView(parsing: cut.rest)
    #expect(view["name"]?.string == "a\n      \"long\": [\n")
    #expect(view["rows"]?[0]?["other"].map { JSONValue($0) } == [1])
  }

  @Test("of known lists those with the same bytes are cut out, wherever they stood")
  func known() throws {
    let lists = JSONCut(Self.text, of: ["long"], depth: 3).lists
    #expect(try rows(JSONCut(Self.text, of: ["long"], depth: 3, known: lists)) == [0, [], 1])
    let swapped = Array(lists.reversed())
    #expect(try rows(JSONCut(Self.text, of: ["long"], depth: 3, known: swapped)) == [1, [], 0])
    let one = JSONCut(Self.text, of: ["long"], depth: 3, known: [lists[1]])
    #expect(one.count == 1)
    #expect(try rows(one) == [[["x": "]"], ["x": [1, 2]]], [], 0])
    #expect(JSONCut(Self.text, of: ["long"], depth: 3, known: []).rest == Self.text)
    #expect(JSONCut(Self.text, of: ["other"], depth: 3, known: lists).rest == Self.text)
  }

  @Test("what is no JSON, or another, is none with numbers either")
  func hostile() throws {
    let lists = JSONCut(Self.text, of: ["long"], depth: 3).lists
    let (list, other) = (
      String(decoding: lists[0], as: UTF8.self), String(decoding: lists[1], as: UTF8.self)
    )
    for text in [
      "{\"a\": \"\n      \"long\": \(list)\"}", "{\"a\": \"\n      \"long\": \(list)",
      "\n      \"long\": \(list)", "[\n      \"long\": \(list)]", "{\n      \"long\": \(list)]}",
      "{\n      \"long\": \(list)1}", "{\n      \"long\": \(other)1}",
    ] {
      let cut = JSONCut(Array(text.utf8), of: ["long"], depth: 3, known: lists)
      #expect(throws: JSONError.self, "\(text)") { try JSONView(parsing: text) }
      #expect(throws: JSONError.self, "\(text)") { try JSONView(parsing: cut.rest) }
    }
    let short = Array(Self.text.prefix(80))
    #expect(JSONCut(short, of: ["long"], depth: 3, known: lists).rest == short)
    #expect(JSONCut([], of: ["long"], depth: 3).rest == [])
    #expect(JSONCut([], of: [], depth: 0, known: lists).rest == [])
  }
}
