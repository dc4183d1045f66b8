import JSON
import Testing

@Suite("Places in a text")
struct JSONPlacesTests {
  private func elements(_ text: String, _ steps: String...) -> [String]? {
    let bytes = Array(text.utf8)
    guard var index = JSONPlaces.list(in: bytes, at: steps) else { return nil }
    var found: [String] = []
    while let start = JSONPlaces.element(behind: index, in: bytes.span) {
      index = JSONPlaces.end(of: start, in: bytes.span)
      found.append(String(decoding: bytes[start..<index], as: UTF8.self))
    }
    return found
  }

  @Test(
    "finds every element as it is written",
    arguments: [
      ("[]", []), ("[ ]", []), ("[1]", ["1"]),
      (
        #" [ {"a":"]"} , [1,[2]] ,"x\\\"," , null,-1.5e3 ] "#,
        [#"{"a":"]"}"#, "[1,[2]]", #""x\\\",""#, "null", "-1.5e3"]
      ),
    ])
  func elements(text: String, expected: [String]) {
    #expect(elements(text) == expected)
  }

  @Test("follows names, the first of those that are repeated")
  func names() {
    #expect(
      elements(#"{"n":{"x":[0]}, "d" : { "x":"[9]","rows" :[1, 2],"rows":[3]}}"#, "d", "rows")
        == ["1", "2"])
    #expect(elements(#"{"rows":[1]}"#, "row") == nil)
    #expect(elements(#"{"rows":{"a":1}}"#, "rows") == nil)
    #expect(elements(#"[{"rows":[1]}]"#, "rows") == nil)
    #expect(elements("7") == nil)
  }

  @Test("does not guess where a name is written with escapes")
  func escapes() {
    #expect(elements(#"{"r\u006fws":[1],"rows":[2]}"#, "rows") == nil)
    #expect(elements(#"{"rows":[1],"r\u006fws":[2]}"#, "rows") == ["1"])
  }
}
