import JSON
import Posture
import TestSupport
import Testing

/// Every kind of change, with its cause: the tenant, the desired state, the catalog, what can be
/// seen, or time.
@Suite struct ChangeTests {
  /// A world, one thing changed in it, and what the plan says then.
  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    var before: @Sendable (inout World) -> Void = { _ in }
    let change: @Sendable (inout World) -> Void
    let lines: [String]
    var scores: [String] = []

    var testDescription: String { name }
  }

  static let length = World.Tenant.policy
  static let user = World.Tenant.user

  static let rows = drift + declared + catalog + seen + exceptions + kept

  @Test("one thing changed, with its cause", arguments: rows)
  func changes(row: Row) throws {
    var world = World()
    row.before(&world)
    let recorded = try world.recorded()
    row.change(&world)
    let plan = try world.plan(after: recorded)
    #expect(plan.lines == row.lines)
    #expect(plan.scoreLines == row.scores)
  }

  @Test("what was applied is no change any more", arguments: rows)
  func settled(row: Row) throws {
    var world = World()
    row.before(&world)
    let first = try world.recorded()
    row.change(&world)
    let recorded = try world.recorded(after: first)
    let plan = try world.plan(after: recorded)
    // What is held back is said again at every run.
    #expect(plan.changes.filter { $0.type != .suspect }.map(\.line) == [])
    #expect(plan.events.isEmpty)
  }

  @Test("the rows have every kind of change")
  func complete() throws {
    var kinds: Set<Change.Kind> = []
    for row in Self.rows {
      var world = World()
      row.before(&world)
      let recorded = try world.recorded()
      row.change(&world)
      kinds.formUnion(try world.plan(after: recorded).changes.map(\.type))
    }
    // What two desired states say otherwise is told where they are compared.
    let compared: Set<Change.Kind> = [
      .recommendationChanged, .settingsChanged, .declarationChanged, .dataChanged,
    ]
    // What changes of Microsoft's own recommendations is told with Secure Score.
    let imported: Set<Change.Kind> = [.importedChanged, .importedAdded, .importedRemoved]
    // Only an instance with several sources has any of them change.
    let ofSources: Set<Change.Kind> = [.sourceChanged]
    #expect(
      Set(Change.Kind.allCases).subtracting(kinds) == compared.union(imported).union(ofSources))
  }

  @Test("the first plan names everything as new, and no drift")
  func first() throws {
    var world = World()
    world.change { $0.policies[0] = Self.length("a", 8, ["x", "y"]) }
    let plan = try world.plan()
    #expect(
      plan.lines == [
        "new [desiredState] okta-eu/okta-length: 1 of 2 affected",
        "new [desiredState] okta-eu/okta-threat: Block known attackers",
        "new [desiredState] okta-eu/okta-mfa: 2 of 2 compliant",
        "instanceAdded [desiredState] okta-eu: Okta, recommendations on",
        "instanceAdded [desiredState] okta-us: Okta, recommendations off",
        "initiativeTracked [desiredState] saas: tracked with target 80",
      ])
    #expect(plan.scoreLines == [])
    #expect(plan.initiatives.first?.before == nil)
    #expect(plan.events.isEmpty)
  }
}
