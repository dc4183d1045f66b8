import JSON
import Posture
import TestSupport
import Testing

/// Drift is what changed of a configuration, not how an exporter wrote it.
@Suite struct DriftFormTests {
  static func policy(_ groups: JSONValue, name: String = "Policy a", rank: JSONValue = 1)
    -> JSONValue
  {
    [
      "id": "a", "name": .string(name), "status": "ACTIVE", "minLength": 14, "groups": groups,
      "priority": rank,
    ]
  }

  /// The drift from one form of the groups to another.
  static func drift(from old: JSONValue, to new: JSONValue) throws -> [String] {
    var world = World()
    world.change { $0.policies = [policy(old)] }
    let recorded = try world.recorded()
    world.change { $0.policies = [policy(new, name: "Renamed", rank: 7)] }
    return try world.plan(after: recorded).lines
  }

  static let same: [(JSONValue, JSONValue)] = [
    (.null, []), ([], .null), ("x", ["x"]), (["x"], "x"), (["x", "y"], ["y", "x"]), ("", .null),
    ([["id": "1", "members": .null]], ["id": "1", "members": []]),
    (["include": "x", "exclude": .null], ["exclude": [], "include": ["x"]]),
  ]

  @Test("another form, another name, another priority: nothing drifted", arguments: same)
  func forms(old: JSONValue, new: JSONValue) throws {
    #expect(try Self.drift(from: old, to: new) == [])
  }

  @Test("of two resources with one identity none drifted where neither changed")
  func twins() throws {
    var world = World()
    world.change { $0.policies = [Self.policy("x"), Self.policy("y")] }
    let recorded = try world.recorded()
    #expect(try world.plan(after: recorded).lines == [])
  }

  @Test("a field that is no longer there reads as null")
  func absent() throws {
    var world = World()
    world.change { $0.policies = [Self.policy([])] }
    let recorded = try world.recorded()
    world.change {
      $0.policies = [["id": "a", "name": "Policy a", "status": "ACTIVE", "minLength": 14]]
    }
    #expect(try world.plan(after: recorded).lines == [])
  }

  static let others: [(JSONValue, JSONValue, String)] = [
    ("x", .null, "\"x\" → null"), (["x"], ["x", "y"], "[\"x\"] → [\"x\",\"y\"]"),
    ("1", "2", "\"1\" → \"2\""), (true, .null, "true → null"), (true, false, "true → false"),
    (
      ["include": ["x"]], ["include": ["x"], "exclude": ["y"]],
      "{\"include\":[\"x\"]} → {\"exclude\":[\"y\"],\"include\":[\"x\"]}"
    ),
  ]

  @Test("another configuration is told", arguments: others)
  func changes(old: JSONValue, new: JSONValue, words: String) throws {
    #expect(
      try Self.drift(from: old, to: new)
        == ["drift [drift] okta-eu/okta-length/Renamed/groups: \(words)"])
  }

  @Test(
    "what means the same stays recorded as it was, so that a diff of two reports shows drift alone")
  func kept() throws {
    var world = World()
    world.change { $0.policies = [Self.policy("x")] }
    let recorded = try world.recorded()
    world.change { $0.policies = [Self.policy(["x"])] }
    let plan = try world.plan(after: recorded)
    let values = plan.result("okta-length")?.verdict.settings.first?.values
    #expect(values?.first { $0.name == "groups" }?.value == "x")
  }
}
