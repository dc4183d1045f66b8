import JSON
import Testing

@testable import CEL

@Suite("Limits")
struct LimitsTests {
  @Test("refuses an expression that is too long")
  func length() {
    let environment = Environment(limits: Limits(length: 10))
    #expect(issues("1 + 1 + 11", in: environment) == "")
    #expect(
      issues("1 + 1 + 111", in: environment).hasPrefix(
        "1:1: the expression has 11 bytes, more than the limit of 10"))
  }

  @Test(
    "refuses an expression that nests too deep, however it nests",
    arguments: [
      ("(", "1", ")"), ("[", "1", "]"), ("{1: ", "1", "}"), ("!", "true", ""), ("-", "x", ""),
      ("size(", "''", ")"),
      ("true ? 1 : ", "1", ""), ("[1].map(x, ", "x", ")"), ("", "x", ".a"), ("", "x", "[0]"),
      ("", "x", " + 1"),
      ("", "x", ".f()"), ("x.a(", "1", ")"), ("cel.bind(a, 1, ", "a", ")"), ("a{b: ", "1", "}"),
      ("x[", "0", "]"),
      ("{", "1", ": 1}"), ("[?", "x", "]"), ("1 + (", "1", ")"),
    ])
  func nesting(before: String, middle: String, after: String) {
    for count in [1_000, 6_000] {
      let source =
        String(repeating: before, count: count) + middle + String(repeating: after, count: count)
      #expect(issues(source).contains("nests deeper than the limit of 160"))
    }
  }

  @Test("takes long chains of && and ||, which do not nest")
  func chains() throws {
    let source = Array(repeating: "resource.a == 1 || resource.b", count: 2_000).joined(
      separator: " || ")
    #expect(try evaluate(source, resource: #"{"a": 2, "b": false}"#) == "false")
    let and = Array(repeating: "true", count: 10_000).joined(separator: " && ")
    #expect(try evaluate(and) == "true")
  }

  @Test(
    "ends evaluations that take too many steps",
    arguments: [
      "lists.range(1000).all(a, lists.range(1000).all(b, lists.range(1000).all(c, a + b + c >= 0)))",
      "lists.range(1000).map(a, lists.range(1000).filter(b, a == b)).size() > 0 && lists.range(10000).all(x, lists.range(10000).exists(y, y == x + 10000))",
      "lists.range(3000).all(a, lists.range(a + 3000).distinct() == lists.range(a + 3000))",
    ])
  func steps(source: String) throws {
    let result = try evaluate(source, limits: Limits(steps: 1_000_000))
    #expect(result == "limit: the evaluation passes the limit of 1000000 steps")
  }

  @Test(
    "counts what long strings and wide objects cost",
    arguments: [
      "resource.long == resource.same", "resource.long < resource.same",
      "resource.long.contains(resource.same)", "resource.long.startsWith(resource.same)",
      "resource.long.endsWith(resource.same)", "resource.long.matches('b')",
      "resource.long.lastIndexOf('ab') > x", "bool(resource.long) || true",
      "int(resource.long) == x || true", "timestamp(resource.long) == now || true",
      "isIP(resource.long)", "resource[resource.long] == x || true", "resource.long in resource",
      "size(resource.long) > x", "has(resource.wide.none)", "resource.wide.last == x",
      "resource.wide.?last.hasValue()", "resource.wide['l' + 'ast'] == x",
      "'last' in resource.wide",
      "{resource.long: x}.size() == 1", "resource.long.lowerAscii() == ''",
      "[resource.long].distinct().size() == 1", "resource.wide == resource.wide",
      "'%x'.format([resource.long]) != ''",
    ])
  func expensive(source: String) throws {
    let long = String(repeating: "a", count: 100_000)
    let wide = (0..<20_000).map { "\"k\($0)\": 0" }.joined(separator: ",")
    let resource = #"{"long": "\#(long)", "same": "\#(long)", "wide": {\#(wide), "last": 1}}"#
    let looped =
      "lists.range(100000).map(x, \(source.replacing("now", with: "timestamp(x)"))).size() == 0"
    let result = try evaluate(looped, resource: resource, limits: Limits(steps: 500_000))
    #expect(result == "limit: the evaluation passes the limit of 500000 steps")
  }

  @Test("does not absorb a passed limit")
  func notAbsorbed() throws {
    let source = "lists.range(100000).all(x, x >= 0) || true"
    #expect(try evaluate(source, limits: Limits(steps: 1_000)).hasPrefix("limit:"))
    let exists = "[1, 2].exists(y, lists.range(100000).all(x, x >= 0) || true)"
    #expect(try evaluate(exists, limits: Limits(steps: 1_000)).hasPrefix("limit:"))
  }

  @Test(
    "ends evaluations that build too much",
    arguments: [
      "[0].map(i, lists.range(1000000).map(x, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' + string(x)))",
      "lists.range(100000000)", "lists.range(9223372036854775807)",
    ])
  func size(source: String) throws {
    let result = try evaluate(source, limits: Limits(size: 1 << 20))
    #expect(result == "limit: the evaluation passes the limit of 1048576 bytes built")
  }

  @Test(
    "ends doubling, of strings and of lists that share their parts",
    arguments: ["+", "[]", "{}", "join", "replace"])
  func doubling(kind: String) throws {
    var source = "x40"
    for index in stride(from: 40, through: 1, by: -1) {
      let before = "x\(index - 1)"
      let value =
        switch kind {
        case "+": "\(before) + \(before)"
        case "[]": "[\(before), \(before)]"
        case "{}": "{'a': \(before), 'b': \(before)}"
        case "join": "[\(before), \(before)].join()"
        default: "\(before).replace('a', 'aa')"
        }
      source = "cel.bind(x\(index), \(value), \(source))"
    }
    source = "cel.bind(x0, 'aaaaaaaa', dyn(\(source)) == 1)"
    let result = try evaluate(source, limits: Limits(size: 1 << 20))
    #expect(result == "limit: the evaluation passes the limit of 1048576 bytes built")
  }

  @Test("counts the JSON that a list repeats")
  func repeatedJSON() throws {
    let resource =
      "{\"list\": [" + Array(repeating: "1", count: 1_000).joined(separator: ",") + "]}"
    let result = try evaluate(
      "lists.range(1000).map(x, resource)", resource: resource, limits: Limits(size: 1 << 20))
    #expect(result.hasPrefix("limit:"))
  }

  @Test("bounds functions that call functions twice")
  func functionChain() throws {
    var environment = Environment(limits: Limits(steps: 100_000))
    try environment.define(function: "f0", parameters: [("x", .dyn)], body: "x")
    for index in 1...30 {
      try environment.define(
        function: "f\(index)", parameters: [("x", .dyn)],
        body: "f\(index - 1)(x) == f\(index - 1)(x)")
    }
    let result = try environment.compile("f30(1)").evaluate(Activation())
    #expect(
      result
        == .failure(
          EvaluationError(
            kind: .limit, message: "the evaluation passes the limit of 100000 steps", offset: 0)))
  }

  @Test("refuses functions that nest too deep together")
  func functionDepth() {
    var environment = Environment()
    var message = ""
    do throws(CompilationError) {
      try environment.define(function: "f0", parameters: [("x", .dyn)], body: "[x]")
      for index in 1...1_000 {
        try environment.define(
          function: "f\(index)", parameters: [("x", .dyn)], body: "[f\(index - 1)(x)]")
      }
    } catch {
      message = error.issues[0].message
    }
    #expect(
      message == "the expression nests deeper than the limit of 160, with the functions it calls")
  }

  @Test("bounds patterns")
  func patterns() throws {
    let long = String(repeating: "a", count: 5_000)
    #expect(issues("'a'.matches('\(long)')").contains("limit of 4096 bytes of a pattern"))
    #expect(issues("'a'.matches('(((a{100}){100}){100})')").contains("the pattern is invalid"))
    #expect(
      try evaluate(
        "resource.a.matches(resource.b)", resource: #"{"a": "x", "b": "(((a{100}){100}){100})"}"#
      )
      .hasPrefix("invalidArgument: the pattern is invalid"))
    #expect(try evaluate("'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!'.matches('^(a+)+$')") == "false")
  }

  @Test("gives back what an evaluation spent")
  func renewed() throws {
    let environment = Environment(limits: Limits(steps: 10_000))
    let program = try environment.compile("lists.range(1000).all(x, x >= 0)")
    let activation = Activation()
    for _ in 0..<100 { #expect(program.evaluate(activation) == .success(.bool(true))) }
  }
}
