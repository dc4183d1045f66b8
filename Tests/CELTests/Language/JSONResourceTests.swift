import JSON
import Testing

@testable import CEL

@Suite("CEL over JSON")
struct JSONResourceTests {
  private let resource = #"""
    {"name": "Anna", "mfa": true, "age": 20, "big": 18446744073709551615, "score": 0.5, "none": null,
     "tags": ["a", "b", "c"], "nested": {"deep": {"value": 7}}, "empty": {}, "e\u0301": 1,
     "list": [{"x": 1}, {"x": 2, "y": true}], "": "empty key", "a b": 3}
    """#

  @Test(
    "reads fields in place",
    arguments: [
      ("resource.name", #""Anna""#), ("resource.nested.deep.value", "7"),
      ("resource.big", "18446744073709551615u"),
      ("resource.score + 0.25", "0.75"), ("resource.none == null", "true"),
      ("resource.tags[1]", #""b""#), ("resource.tags[3]", "indexOutOfRange: index out of range: 3"),
      ("resource.nothing", "noSuchKey: no such key: 'nothing'"),
      ("resource.name.first", "noSuchOverload: a value of type string has no field 'first'"),
      ("has(resource.nested.deep)", "true"), ("has(resource.nested.flat)", "false"),
      ("has(resource.nothing.deep)", "noSuchKey: no such key: 'nothing'"),
      ("resource.?nothing.?deep.hasValue()", "false"), (#"resource[""]"#, #""empty key""#),
      ("resource.`a b`", "3"), (#""é" in resource"#, "false"), (#""e\u0301" in resource"#, "true"),
      ("size(resource.tags)", "3"), ("resource.tags.size()", "3"), ("size(resource.name)", "4"),
      (#""b" in resource.tags"#, "true"), (#"resource.name in ["Bea", "Anna"]"#, "true"),
      (#"resource.tags == ["a", "b", "c"]"#, "true"), (#"resource.tags != ["a"]"#, "true"),
      (#"resource.nested == {"deep": {"value": 7.0}}"#, "true"),
      (#"{"deep": {"value": 7u}} == resource.nested"#, "true"),
      (#"resource.tags + ["d"]"#, #"["a", "b", "c", "d"]"#),
      (#"resource.tags.map(t, t + "!")"#, #"["a!", "b!", "c!"]"#),
      ("resource.list.filter(i, has(i.y)).map(i, i.x)", "[2]"),
      ("resource.list.filter(i, i.x > 1)", #"[{"x": 2, "y": true}]"#),
      ("size(resource.list.filter(i, i.x > 1)) == 1", "true"),
      ("resource.nested.map(k, k)", #"["deep"]"#),
      ("resource.nested.deep.transformMap(k, v, v + 1)", #"{"value": 8}"#),
      ("resource.nested.deep.exists(k, v, v == 7)", "true"),
      ("resource.tags.exists_one(t, t > 'b')", "true"),
      ("resource.tags.sortBy(t, -size(t))", #"["a", "b", "c"]"#), ("type(resource.age)", "int"),
      ("type(resource.list)", "list"), ("type(resource.empty)", "map"),
      ("resource.age >= 18 && resource.mfa", "true"), ("resource.age > 20.5", "false"),
      ("resource.name < 'B'", "true"),
      ("resource.name < 1", "noSuchOverload: no such overload: _<_(string, int)"),
      ("resource.name == 1", "false"), ("resource.mfa == 'true'", "false"),
      ("!resource.mfa", "false"),
      ("!resource.name", "noSuchOverload: expected a bool, found string"),
      ("resource.name.startsWith('An') && resource.name.endsWith('na')", "true"),
      ("resource.name.contains('nn')", "true"), ("resource.name.matches('^A.*a$')", "true"),
      ("resource.name.lowerAscii()", #""anna""#),
      ("resource.age.startsWith('2')", "noSuchOverload: no such overload: startsWith(int, string)"),
      ("resource.nothing == 1 || resource.mfa", "true"),
      ("resource.mfa || resource.nothing == 1", "true"),
      ("resource.nothing == 1 && !resource.mfa", "false"),
      ("resource.nothing == 1 && resource.mfa", "noSuchKey: no such key: 'nothing'"),
      ("resource.tags.all(t, t.size() == 1)", "true"), ("resource.mfa ? resource.age : 0", "20"),
      ("[resource.age, resource.tags][1][0]", #""a""#),
      (#"{"a": resource.nested}.a.deep.value"#, "7"),
      ("[1, 2, 3][resource.age - 19]", "2"), ("resource.list[0].x + resource.list[1].x", "3"),
    ])
  func fields(source: String, expected: String) throws {
    #expect(try evaluate(source, resource: resource) == expected)
  }

  @Test("gives values that outlive the activation and the parser")
  func ownership() throws {
    var value: Value?
    do {
      var environment = Environment()
      let slot = environment.declare("resource", .dyn)
      let activation = Activation()
      var parser = JSONParser()
      activation.set(slot, Value(try parser.parse(#"{"a": ["x", {"b": "y"}], "c": "z"}"#)))
      let program = try environment.compile("[resource.a, resource.c, ['constant']]")
      value = try program.evaluate(activation).get()
      activation.reset(slot)
      for _ in 0..<4 { _ = try parser.parse(#"{"a": ["q", {"b": "q"}], "c": "q"}"#) }
    }
    #expect(value?.description == #"[["x", {"b": "y"}], "z", ["constant"]]"#)
    #expect(value?.list?[0].list?[1].map?.first?.value.string == "y")
    #expect(value?.list?[0].view?[1]?["b"]?.string == "y")
  }

  @Test("becomes JSON")
  func json() throws {
    var environment = Environment()
    environment.declare("x", .dyn)
    let source = """
      [1, 2u, 1.5, 'a', b'abc', null, true, timestamp('2024-02-29T12:00:00.5Z'), duration('-1.5s'), int,
       optional.of(1), optional.none(), {1: 'a', 'b': {true: 2u}, 5u: 1}, double('NaN'), ip('10.0.0.1'),
       18446744073709551615u]
      """
    let value = try environment.compile(source).evaluate(Activation()).get()
    #expect(
      String(decoding: value.json.bytes(), as: UTF8.self)
        == #"[1,2,1.5,"a","YWJj",null,true,"2024-02-29T12:00:00.5Z","-1.5s","int",1,null,"#
        + #"{"1":"a","b":{"true":2},"5":1},"NaN","10.0.0.1",18446744073709551615]"#)
    #expect(Value(value.json).json == value.json)
  }

  @Test("is described as an expression that gives it again")
  func description() throws {
    let source =
      #"[-1, 2u, 1.0, "a\"\\\n\x01é", b"\x00a\\", {"k": [null]}, double("-Infinity"), optional.of(duration("1s")), [timestamp("0001-01-01T00:00:00Z")], cidr("10.0.0.0/8"), type(1)]"#
    let environment = Environment()
    let value = try environment.compile(source).evaluate(Activation()).get()
    let again = try environment.compile(value.description).evaluate(Activation()).get()
    #expect(again == value)
    #expect(again.description == value.description)
  }
}
