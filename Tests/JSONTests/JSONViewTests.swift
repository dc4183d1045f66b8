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
    #expect(view["tags"]?.count == 4)
    #expect(view["nothing"] == nil)
  }
}
