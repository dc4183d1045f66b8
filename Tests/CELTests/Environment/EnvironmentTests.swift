import JSON
import Testing

@testable import CEL

@Suite("Environment")
struct EnvironmentTests {
  @Test("keeps a base's slots in its copies")
  func copies() throws {
    var base = Environment()
    let resource = base.declare("resource", .dyn)
    var one = base
    let minimum = one.declare("parameters.minimum", .int)
    var other = base
    let maximum = other.declare("parameters.maximum", .int)

    let activation = Activation()
    activation.set(resource, .int(5))
    activation.set(minimum, .int(3))
    #expect(
      try one.compile("resource > parameters.minimum").evaluate(activation) == .success(.bool(true))
    )
    activation.set(maximum, .int(4))
    #expect(
      try other.compile("resource < parameters.maximum").evaluate(activation)
        == .success(.bool(false)))
    #expect(issues("parameters.minimum", in: other).contains("undeclared reference"))
    #expect(one.slot(of: "resource") == resource)
  }

  @Test("lists the variables a program reads, through functions too")
  func variables() throws {
    var environment = Environment()
    environment.declare("a", .dyn)
    environment.declare("parameters.b", .int)
    environment.declare("c", .dyn)
    environment.declare("unused", .dyn)
    try environment.define(function: "inner", parameters: [("x", .dyn)], body: "x == c")
    try environment.define(
      function: "outer", parameters: [("x", .dyn)], body: "inner(x) || x == parameters.b")
    let program = try environment.compile("a.x == 1 && [1].exists(unused, outer(unused))")
    #expect(program.variables == ["a", "c", "parameters.b"])
    #expect(program.source == "a.x == 1 && [1].exists(unused, outer(unused))")
    #expect(program.resultType == .bool)
  }

  @Test(
    "calls functions defined in CEL",
    arguments: [
      ("twice(3) + 2", "8"), ("twice(twice(2))", "8"), ("both(1, 2)", "[1, 2]"),
      ("none()", #""none""#), ("lib.add(1, lib.add(2, 3))", "6"),
      ("[1, 2].map(x, twice(x))", "[2, 4]"),
      ("second(1 / 0, 2)", "2"), ("second(1, 1 / 0)", "divisionByZero: division by zero"),
      ("[1, 2].map(x, pairs([x, x + 1]))", "[[[1, 1], [2, 1]], [[2, 2], [3, 2]]]"),
      ("second(false, 1 / 0 > 1) || true", "true"),
      ("both(both(1, twice(2)), second(1, both(3, 4)))", "[[1, 4], [3, 4]]"),
      ("[5].map(x, both([x].map(y, both(y, x)), twice(x)))", "[[[[5, 5]], 10]]"),
    ])
  func definedFunctions(source: String, expected: String) throws {
    var environment = Environment()
    try environment.define(function: "twice", parameters: [("x", .int)], body: "x * 2")
    try environment.define(
      function: "both", parameters: [("a", .dyn), ("b", .dyn)], body: "[a, b]")
    try environment.define(function: "none", parameters: [], body: "'none'")
    try environment.define(
      function: "lib.add", parameters: [("a", .int), ("b", .int)], body: "a + b")
    try environment.define(function: "second", parameters: [("a", .dyn), ("b", .dyn)], body: "b")
    try environment.define(
      function: "pairs", parameters: [("l", .list(.int))], body: "l.map(x, [x, l[0]])")
    switch try environment.compile(source).evaluate(Activation()) {
    case .success(let value): #expect(value.description == expected)
    case .failure(let error): #expect("\(error.kind): \(error)" == expected)
    }
  }

  @Test(
    "refuses definitions that can't be",
    arguments: [
      ("size", ["x"], "x", "there is a function 'size' already"),
      ("f", ["x", "x"], "x", "two parameters are named 'x'"),
      ("for", [], "1", "'for' is not a function's name"),
      ("f", ["a.b"], "1", "'a.b' is not a parameter's name"),
      ("f", ["x"], "f(x)", "undeclared function 'f'"),
      ("f", ["x"], "y", "undeclared reference to 'y'"),
      ("f.", [], "1", "'f.' is not a function's name"),
    ])
  func refusals(name: String, parameters: [String], body: String, message: String) {
    var environment = Environment()
    var found: CompilationError?
    do throws(CompilationError) {
      try environment.define(function: name, parameters: parameters.map { ($0, .dyn) }, body: body)
    } catch {
      found = error
    }
    #expect(found?.issues.first?.message == message)
  }

  @Test("checks calls of defined functions against their parameters")
  func checkedCalls() throws {
    var environment = Environment()
    try environment.define(function: "twice", parameters: [("x", .int)], body: "x * 2")
    #expect(
      issues("twice('a')", in: environment)
        == "1:1: found no matching overload for 'twice' applied to '(string)'\n | twice('a')\n | ^")
    #expect(
      issues("twice(1, 2)", in: environment).hasPrefix(
        "1:1: found no matching overload for 'twice' applied to '(int, int)'; it takes 1 argument"))
  }

  @Test("leaves out the libraries that are not asked for")
  func libraries() {
    let environment = Environment(libraries: [])
    #expect(issues("'a'.trim()", in: environment).contains("undeclared function 'trim'"))
    #expect(
      issues("{}.?a", in: environment).contains("optional syntax needs the optionals library"))
    #expect(issues("size('a') == 1", in: environment) == "")
    #expect(issues("cel.block([1], cel.index(0))").contains("undeclared"))
  }

  @Test("can be used by many threads, each with its activation")
  func threads() async throws {
    var environment = Environment()
    let slot = environment.declare("resource", .dyn)
    let program = try environment.compile(
      "resource.tags.exists(t, t.matches('^x[0-9]+$')) && size(resource.tags.map(t, t + 'a')) == 3")
    let successes = try await withThrowingTaskGroup(of: Int.self) { group in
      for task in 0..<4 {
        group.addTask {
          let activation = Activation()
          var parser = JSONParser()
          var count = 0
          for index in 0..<500 {
            let view = try parser.parse(#"{"tags": ["a", "x\#(task)\#(index)", "b"]}"#)
            activation.set(slot, Value(view))
            if try program.evaluateCondition(activation).get() { count += 1 }
            activation.reset(slot)
          }
          return count
        }
      }
      return try await group.reduce(0, +)
    }
    #expect(successes == 2_000)
  }
}
