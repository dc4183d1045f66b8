import JSON
import Testing

@testable import CEL

@Suite("Activation")
struct ActivationTests {
  private struct Setup {
    var environment = Environment()
    let activation = Activation()
    let resource: Slot
    let other: Slot

    init() {
      resource = environment.declare("resource", .dyn)
      other = environment.declare("other", .dyn)
    }

    func evaluate(_ source: String) throws -> String {
      switch try environment.compile(source).evaluate(activation) {
      case .success(let value): value.description
      case .failure(let error): "\(error.kind): \(error.message)"
      }
    }
  }

  @Test("names a variable without a value")
  func unset() throws {
    let setup = Setup()
    #expect(try setup.evaluate("resource.x") == "unset: 'resource' has no value")
    setup.activation.set(setup.resource, .int(1))
    #expect(try setup.evaluate("resource") == "1")
    setup.activation.reset([setup.resource])
    #expect(try setup.evaluate("resource") == "unset: 'resource' has no value")
    #expect(try setup.evaluate("other == 1 || true") == "true")
  }

  @Test("evaluates a lazy variable once, and again when what it reads changes")
  func lazy() throws {
    var setup = Setup()
    let slot = setup.environment.declare("variables.names", .dyn)
    let lazy = try setup.environment.compile("resource.list.map(x, x.name + '!')")
    setup.activation.setLazy(slot, lazy)
    func set(_ text: String) throws {
      setup.activation.set(setup.resource, Value(try JSONView(parsing: text)))
    }
    try set(#"{"list": [{"name": "a"}]}"#)
    #expect(try setup.evaluate("variables.names") == #"["a!"]"#)
    #expect(try setup.evaluate("variables.names + variables.names") == #"["a!", "a!"]"#)
    try set(#"{"list": [{"name": "b"}]}"#)
    #expect(try setup.evaluate("variables.names") == #"["b!"]"#)
    setup.activation.reset(slot)
    #expect(try setup.evaluate("variables.names") == #"["b!"]"#)
    setup.activation.reset(setup.resource)
    #expect(try setup.evaluate("variables.names") == "unset: 'resource' has no value")
    try set(#"{"list": [{"nome": "b"}]}"#)
    #expect(try setup.evaluate("variables.names") == "noSuchKey: no such key: 'name'")
    #expect(try setup.evaluate("variables.names == [] || true") == "true")
  }

  @Test("keeps a lazy value whose variables did not change")
  func memo() throws {
    var setup = Setup()
    let slot = setup.environment.declare("variables.all", .dyn)
    setup.activation.set(setup.other, Value(try JSONView(parsing: #"[{"a": "x"}, {"a": "y"}]"#)))
    setup.activation.setLazy(slot, try setup.environment.compile("other.map(o, o.a)"))
    for index in 0..<3 {
      setup.activation.set(setup.resource, .int(Int64(index)))
      #expect(try setup.evaluate("variables.all[resource % 2]") == (index == 1 ? #""y""# : #""x""#))
      if case .value = setup.activation.frame.slots[slot.index] {} else { Issue.record("not kept") }
    }
  }

  @Test("follows lazy variables through one another, and names a cycle")
  func chains() throws {
    var setup = Setup()
    let a = setup.environment.declare("variables.a", .dyn)
    let b = setup.environment.declare("variables.b", .dyn)
    setup.activation.setLazy(a, try setup.environment.compile("variables.b + 1"))
    setup.activation.setLazy(b, try setup.environment.compile("resource * 10"))
    setup.activation.set(setup.resource, .int(4))
    #expect(try setup.evaluate("[variables.a, variables.b]") == "[41, 40]")
    setup.activation.set(setup.resource, .int(5))
    #expect(try setup.evaluate("[variables.a, variables.b]") == "[51, 50]")
    setup.activation.setLazy(b, try setup.environment.compile("variables.a"))
    #expect(try setup.evaluate("variables.a") == "cycle: 'variables.a' needs its own value")
    setup.activation.set(b, .int(1))
    #expect(try setup.evaluate("variables.a") == "2")
  }

  @Test("uses lazy variables inside macros and functions without mixing their variables")
  func nesting() throws {
    var setup = Setup()
    let lazy = setup.environment.declare("variables.doubled", .list(.int))
    setup.activation.setLazy(lazy, try setup.environment.compile("[1, 2].map(x, x * 2)"))
    try setup.environment.define(
      function: "twice", parameters: [("x", .dyn)], body: "variables.doubled.map(y, y * x)")
    #expect(
      try setup.evaluate("[10, 20].map(x, twice(x) + variables.doubled.map(z, z + x))")
        == "[[20, 40, 12, 14], [40, 80, 22, 24]]")
  }

  @Test("bounds a chain of lazy variables")
  func deepChain() throws {
    var environment = Environment()
    let activation = Activation()
    var slot = environment.declare("v0", .dyn)
    activation.set(slot, .int(0))
    for index in 1...2_000 {
      let program = try environment.compile("v\(index - 1) + 1")
      slot = environment.declare("v\(index)", .dyn)
      activation.setLazy(slot, program)
    }
    let result = try environment.compile("v2000").evaluate(activation)
    guard case .failure(let error) = result else {
      Issue.record("no limit")
      return
    }
    #expect(error.kind == .limit)
  }
}
