import Testing

@testable import CEL

/// Maps that an expression builds: few entries are searched one by one, many by an index.
@Suite struct MapTests {
  @Test(
    "finds a key whatever it is written in, among few and among many",
    arguments: [
      ("m[1u]", "1"), ("m[1.0]", "1"), ("m[2]", "2"), ("m['a']", "3"), ("m.a", "3"),
      ("m[true]", "4"), ("m['1']", "noSuchKey: no such key: '1'"),
      ("m.b", "noSuchKey: no such key: 'b'"),
      ("1.5 in m", "false"), ("'a' in m && 2.0 in m", "true"), ("has(m.a) && !has(m.c)", "true"),
      ("m[resource.key]", "3"),
    ])
  func keys(source: String, expected: String) throws {
    let few = "1: 1, 2u: 2, 'a': resource.three, true: 4"
    let many = (10..<20).map { ", \($0): 0" }.joined()
    for entries in [few, few + many] {
      let found = try evaluate(
        "cel.bind(m, {\(entries)}, \(source))", resource: #"{"three": 3, "key": "a"}"#)
      #expect(found == expected)
    }
  }

  @Test("repeats no key, and has none of another type", arguments: [0, 10])
  func faults(others: Int) throws {
    let rest = (10..<10 + others).map { ", \($0): 0" }.joined()
    for (entries, fault) in [
      ("resource.a: 1, 'x': 2", #"duplicateKey: a map repeats the key "x""#),
      ("resource.n: 1, 1u: 2", "duplicateKey: a map repeats the key 1u"),
      ("resource.d: 1", "noSuchOverload: a map's key can't be of type double"),
      ("resource.z: 1", "noSuchOverload: a map's key can't be of type null_type"),
    ] {
      let found = try evaluate(
        "{\(entries)\(rest)}", resource: #"{"a": "x", "n": 1, "d": 1.5, "z": null}"#)
      #expect(found == fault)
    }
  }
}
