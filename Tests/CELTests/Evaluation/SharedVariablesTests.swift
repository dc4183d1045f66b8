import CEL
import Testing

/// Lazy variables whose values activations share.
@Suite struct SharedVariablesTests {
  /// `names` of `users`, `short` of `names` and `limit`; the conditions read both.
  private struct Scene {
    var environment = Environment()
    let users: Slot
    let limit: Slot
    let names: (slot: Slot, program: Program)
    let short: (slot: Slot, program: Program)
    let condition: Program

    init() throws {
      users = environment.declare("users", .list(.dyn))
      limit = environment.declare("limit", .int)
      let all = try environment.compile("users.map(u, u.lowerAscii())")
      names = (environment.declare("names", all.resultType), all)
      let some = try environment.compile("names.filter(n, size(n) < limit)")
      short = (environment.declare("short", some.resultType), some)
      condition = try environment.compile("size(short) == 1 && size(names) == 2", expecting: .bool)
    }

    static let budget = Budget(steps: 10_000, size: 10_000)

    /// What a condition is evaluated in that shares nothing.
    func alone() -> Activation {
      let activation = Activation()
      activation.limit(to: Self.budget)
      activation.set(users, .list([.string("Anna"), .string("Bo")]))
      activation.set(limit, .int(3))
      for (slot, program) in [names, short] { activation.setLazy(slot, program) }
      return activation
    }
  }

  @Test("what is set after the definitions keeps none of them from being shared")
  func setLater() throws {
    let scene = try Scene()
    let shared = SharedVariables()
    for (slot, program) in [scene.names, scene.short] { shared.define(slot, program) }
    shared.set(scene.users, .list([.string("Anna"), .string("Bo")]))
    shared.set(scene.limit, .int(3))
    let alone = scene.alone()
    #expect(scene.condition.evaluateCondition(alone) == .success(true))
    for _ in 0..<2 {
      let activation = shared.reader()
      activation.limit(to: Scene.budget)
      #expect(scene.condition.evaluateCondition(activation) == .success(true))
      #expect(activation.left == alone.left)
      #expect(shared.keeps(scene.names.slot))
      #expect(shared.keeps(scene.short.slot))
    }
  }
}
