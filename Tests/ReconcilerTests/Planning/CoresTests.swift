import JSON
import Posture
import Reports
import TestSupport
import Testing

/// How many cores there are is nowhere in what is recorded.
@Suite struct CoresTests {
  private static let names = (0..<70).map { "okta-\($0 + 100)" }

  /// Seventy tenants, no two of which are alike.
  private static let world: World = {
    var world = World()
    for (number, name) in names.enumerated() {
      world.declare(
        Declare.document(
          "Instance", name, "{ app: okta, recommendations: on, source: { api: {} } }"))
      world.tenants[name] = World.Tenant(
        policies: (0..<5).map { World.Tenant.policy("p\($0)", $0 < number % 6 ? 8 : 14) })
    }
    return world
  }()

  @Test(
    "what is planned and written is the same to the byte, however many cores share the instances out",
    arguments: [2, 3, 64])
  func cores(count: Int) throws {
    var world = Self.world
    let recorded = try world.recorded()
    for (number, name) in Self.names.enumerated() where number % 3 > 0 {
      world.change(name) { $0.policies[number % 5] = World.Tenant.policy("p\(number % 5)", 20) }
    }
    let alone = try world.plan(after: recorded)
    #expect(alone.changes.count > Self.names.count)
    world.cores = count
    let shared = try world.plan(after: recorded)
    #expect(shared.comparison.changes == alone.comparison.changes)
    let written = ReportTree.render(alone)
    let sharedOut = ReportTree.render(shared, cores: count)
    #expect(written.count > 3 * Self.names.count)
    #expect(sharedOut.map(\.path) == written.map(\.path))
    #expect(sharedOut.map(\.bytes) == written.map(\.bytes))
  }
}
