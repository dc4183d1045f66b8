import JSON
import Posture
import TestSupport
import Testing

@Suite struct EvaluatorTests {
  static func policy(_ id: String, _ length: JSONValue?, status: String = "ACTIVE") -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("id", .string(id)), ("name", .string("Policy \(id)")), ("status", .string(status)),
    ]
    if let length { members.append(("minLength", length)) }
    return .object(members)
  }

  static let perPolicy = """
    parameters: { minimum: 14 }
    collection: policies
    where: resource.status == "ACTIVE"
    compliant: resource.minLength >= parameters.minimum
    label: resource.name
    settings: { minLength: resource.minLength }
    """

  @Test(
    "counts resources, and says what they make of the recommendation",
    arguments: [
      (
        "all meet it", [policy("a", 14), policy("b", 20)],
        "compliant 2 counted, 2 compliant, 0 affected, 0 exempt, 0 planned"
      ),
      (
        "one does not", [policy("a", 14), policy("b", 8), policy("c", 8, status: "INACTIVE")],
        "notCompliant 2 counted, 1 compliant, 1 affected, 0 exempt, 0 planned"
      ),
      (
        "none is in scope", [policy("a", 8, status: "INACTIVE")],
        "notApplicable 0 counted, 0 compliant, 0 affected, 0 exempt, 0 planned: no resource is in scope"
      ),
      (
        "there is none", [],
        "notApplicable 0 counted, 0 compliant, 0 affected, 0 exempt, 0 planned: no resource is in scope"
      ),
      (
        "an error is never a pass", [policy("a", 14), policy("b", nil)],
        "unknown 2 counted, 1 compliant, 0 affected, 0 exempt, 0 planned: one resource could not be judged: Policy b: no such key: 'minLength'"
      ),
      (
        "a wrong type is never a pass",
        [policy("a", "fourteen"), policy("b", nil), policy("c", 14)],
        "unknown 3 counted, 1 compliant, 0 affected, 0 exempt, 0 planned: 2 resources could not be judged, the first: Policy a: no such overload: _>=_(string, int)"
      ),
      (
        "one that fails outweighs an error", [policy("a", nil), policy("b", 8)],
        "notCompliant 2 counted, 0 compliant, 1 affected, 0 exempt, 0 planned: one resource could not be judged: Policy a: no such key: 'minLength'"
      ),
      (
        "a part that could not be read says why",
        [["id": "a", "name": "A", "status": "ACTIVE", "_unread": ["minLength": "HTTP 403"]]],
        "unknown 1 counted, 0 compliant, 0 affected, 0 exempt, 0 planned: one resource could not be judged: A: no such key: 'minLength'; not read: minLength (HTTP 403)"
      ),
      (
        "a scope that cannot be decided", [["id": "a", "name": "A", "minLength": 14]],
        "unknown 1 counted, 0 compliant, 0 affected, 0 exempt, 0 planned: one resource could not be judged: A: no such key: 'status'"
      ),
    ] as [(String, [JSONValue], String)])
  func counting(name: String, resources: [JSONValue], expected: String) throws {
    let verdict = try Bench.judge(Self.perPolicy, MemoryReading(["policies": resources]))
    #expect(verdict.line == expected)
  }

  @Test("lists the affected with label and settings")
  func affected() throws {
    let verdict = try Bench.judge(
      Self.perPolicy,
      MemoryReading(["policies": [Self.policy("b", 8), Self.policy("a", 14), Self.policy("c", 6)]]))
    #expect(
      verdict.affected == [
        AffectedResource(id: "b", label: "Policy b", settings: ["minLength": 8]),
        AffectedResource(id: "c", label: "Policy c", settings: ["minLength": 6]),
      ])
    #expect(verdict.settings.map(\.id) == ["a", "b", "c"])
  }

  @Test("an empty label is no label: the id stands for it")
  func emptyLabel() throws {
    let nameless: JSONValue = ["id": "b", "name": "", "status": "ACTIVE", "minLength": 8]
    let verdict = try Bench.judge(Self.perPolicy, MemoryReading(["policies": [nameless]]))
    #expect(verdict.affected.map(\.label) == ["b"])
  }

  @Test(
    "a collection that is not complete makes it unknown, with the reason",
    arguments: [
      (
        CollectionSummary.incomplete("policies", .denied, "HTTP 403"),
        "collection policies is denied: HTTP 403"
      ),
      (
        .incomplete("policies", .partial, "page 3 failed"),
        "collection policies is partial: page 3 failed"
      ),
      (.incomplete("policies", .failed, nil), "collection policies is failed"),
      (.incomplete("users", .failed, "x"), "collection policies was not observed"),
    ])
  func incomplete(summary: CollectionSummary, reason: String) throws {
    let verdict = try Bench.judge(Self.perPolicy, MemoryReading([:], incomplete: [summary]))
    #expect(verdict.isUnknown(because: reason))
  }

  @Test("a collection that conditions only mention must be complete too, through variables as well")
  func mentioned() throws {
    let fields = """
      variables:
        admins: collections.users.filter(u, u.admin)
      collection: policies
      compliant: size(variables.admins) < 3
      label: resource.name
      """
    let reading = MemoryReading(
      ["policies": [Self.policy("a", 1)]], incomplete: [.incomplete("users", .denied, "HTTP 403")])
    #expect(
      try Bench.judge(fields, reading)
        .isUnknown(because: "collection users is denied: HTTP 403"))
  }

  /// Definitions by which conditions may do without the policies.
  static let policiesOptional = """
    apiVersion: plumb/v1
    kind: Definitions
    metadata: { name: okta }
    spec: { app: okta, optionalCollections: [policies] }
    ---

    """

  @Test(
    "an optional collection reads as empty where it is not complete",
    arguments: [
      (MemoryReading(["users": [["id": "1"]]]), Compliance.notCompliant),
      (
        MemoryReading(
          ["users": [["id": "1"]]], incomplete: [.incomplete("policies", .denied, "HTTP 403")]),
        .notCompliant
      ),
      (MemoryReading(["users": [["id": "1"]], "policies": [["id": "1"]]]), .compliant),
    ])
  func optionalCollections(reading: MemoryReading, expected: Compliance) throws {
    let verdict = try Bench.judge(
      "compliant: collections.users.all(u, collections.policies.exists(p, p.id == u.id))",
      before: Self.policiesOptional, reading)
    #expect(verdict.compliance == expected)
    // What is judged is never optional: that nothing could be read is not that there is nothing.
    let judged = try Bench.judge(
      "collection: policies\ncompliant: resource.id == '1'\nlabel: resource.id",
      before: Self.policiesOptional,
      MemoryReading([:], incomplete: [.incomplete("policies", .denied, "HTTP 403")]))
    #expect(judged.compliance == .unknown && judged.sentence?.contains("HTTP 403") == true)
  }

  @Test("an optional collection that there is not is an error")
  func unknownOptionalCollection() {
    let definitions = """
      apiVersion: plumb/v1
      kind: Definitions
      metadata: { name: okta }
      spec: { app: okta, optionalCollections: [polices] }
      ---

      """
    #expect(
      Bench.faults(of: Bench.text("compliant: size(collections.users) > 0", before: definitions))
        == ["x.yaml:4:42: error: no collection named 'polices'; did you mean 'policies'?"])
  }

  @Test("data that turns out damaged makes what read it unknown, although every resource passed")
  func damaged() throws {
    var reading = MemoryReading(["policies": [Self.policy("a", 14)]])
    reading.faults["policies"] = "policies.ndjson is not what was recorded"
    #expect(
      try Bench.judge(Self.perPolicy, reading)
        .isUnknown(because: "policies.ndjson is not what was recorded"))
  }

  @Test("a list that turns out damaged makes what read it unknown")
  func damagedList() throws {
    var reading = MemoryReading(["users": [["id": "a"]]])
    reading.faults["users"] = "users.ndjson is not what was recorded"
    #expect(
      try Bench.judge("compliant: size(collections.users) == 1", reading)
        .isUnknown(because: "users.ndjson is not what was recorded"))
  }

  @Test(
    "one condition over the instance is all or nothing",
    arguments: [
      (
        "compliant: collections.settings[0].mode == \"block\"",
        "compliant 1 counted, 1 compliant, 0 affected, 0 exempt, 0 planned"
      ),
      (
        "compliant: collections.settings[0].mode == \"audit\"",
        "notCompliant 1 counted, 0 compliant, 0 affected, 0 exempt, 0 planned"
      ),
      (
        "compliant: collections.settings[0].missing == \"block\"",
        "unknown 0 counted, 0 compliant, 0 affected, 0 exempt, 0 planned: no such key: 'missing'"
      ),
      (
        "where: 'false'\ncompliant: 'true'",
        "notApplicable 0 counted, 0 compliant, 0 affected, 0 exempt, 0 planned: the recommendation does not apply to this instance"
      ),
      (
        "where: collections.settings[0].missing\ncompliant: 'true'",
        "unknown 0 counted, 0 compliant, 0 affected, 0 exempt, 0 planned: no such key: 'missing'"
      ),
      (
        "compliant: collections.settings[9].mode == \"block\"",
        "unknown 0 counted, 0 compliant, 0 affected, 0 exempt, 0 planned: index out of range: 9"
      ),
      (
        "compliant: instance.labels.region == \"eu\" && instance.name == \"okta-eu\" && instance.app == \"okta\" && instance.parameters.domain.endsWith(\".okta.com\") && now == timestamp(\"2026-06-01T00:00:00Z\")",
        "compliant 1 counted, 1 compliant, 0 affected, 0 exempt, 0 planned"
      ),
    ])
  func overTheInstance(fields: String, expected: String) throws {
    let verdict = try Bench.judge(fields, MemoryReading(["settings": [["mode": "block"]]]))
    #expect(verdict.line == expected)
  }

  @Test("a condition that is no boolean at run time is an error, not a verdict")
  func notBoolean() throws {
    let verdict = try Bench.judge(
      "compliant: collections.settings[0].mode", MemoryReading(["settings": [["mode": "true"]]]))
    #expect(verdict.compliance == .unknown)
  }

  // MARK: Parents

  static let perRule = """
    collection: rules
    where: parent.status == "ACTIVE"
    compliant: resource.access == "DENY"
    label: parent.name + "/" + resource.id
    """

  @Test("a resource reads the one it belongs to")
  func parents() throws {
    var reading = MemoryReading([
      "policies": [Self.policy("p", 1), Self.policy("q", 1, status: "INACTIVE")],
      "rules": [
        ["id": "1", "_parent": "p", "access": "ALLOW"],
        ["id": "2", "_parent": "q", "access": "ALLOW"],
        ["id": "3", "_parent": "p", "access": "DENY"],
      ],
    ])
    reading.parents["rules"] = "policies"
    let verdict = try Bench.judge(Self.perRule, reading)
    #expect(
      verdict.line == "notCompliant 2 counted, 1 compliant, 1 affected, 0 exempt, 0 planned")
    #expect(verdict.affected.map(\.label) == ["Policy p/1"])
  }

  @Test("a resource whose parent is missing is unknown; it never reads its neighbour's")
  func orphans() throws {
    var reading = MemoryReading([
      "policies": [Self.policy("p", 1)],
      "rules": [
        ["id": "1", "_parent": "p", "access": "DENY"],
        ["id": "2", "_parent": "gone", "access": "DENY"],
        ["id": "3", "access": "DENY"],
      ],
    ])
    reading.parents["rules"] = "policies"
    let verdict = try Bench.judge(Self.perRule, reading)
    #expect(verdict.compliance == .unknown)
    #expect(verdict.compliantCount == 1)
  }

  // MARK: Variables and definitions

  @Test("a variable is evaluated when it is first read, and for each resource anew")
  func variables() throws {
    let fields = """
      variables:
        length: resource.minLength
        isLong: variables.length >= 14
      collection: policies
      compliant: resource.status == "INACTIVE" || variables.isLong
      label: resource.name
      """
    // The second has no minLength: lazy, so it does not matter.
    let reading = MemoryReading([
      "policies": [
        Self.policy("a", 14), Self.policy("b", nil, status: "INACTIVE"), Self.policy("c", 8),
        Self.policy("d", 15),
      ]
    ])
    #expect(
      try Bench.judge(fields, reading).line
        == "notCompliant 4 counted, 3 compliant, 1 affected, 0 exempt, 0 planned")
  }

  @Test("definitions are shared by an app, in any order, lazy, as values and as functions")
  func definitions() throws {
    let definitions = """
      apiVersion: plumb/v1
      kind: Definitions
      metadata: { name: okta }
      spec:
        app: okta
        values:
          broken: collections.settings[7].none
          admins: definitions.active.filter(u, u.admin)
          active: collections.users.filter(u, isActive(u))
        functions:
          - { name: isActive, parameters: [user], body: user.status == "ACTIVE" }
      ---

      """
    let reading = MemoryReading([
      "settings": [],
      "users": [
        ["id": "1", "status": "ACTIVE", "admin": true],
        ["id": "2", "status": "ACTIVE", "admin": false],
        ["id": "3", "status": "GONE", "admin": true],
      ],
    ])
    #expect(
      try Bench.judge(
        "compliant: size(definitions.admins) == 1 || definitions.broken", before: definitions,
        reading
      ).compliance == .compliant)
  }

  // MARK: Bounds and order

  @Test("what is listed is bounded, and does not depend on the vendor's order")
  func boundedLists() throws {
    let count = 2_500
    let resources = (0..<count).map { Self.policy("p\($0 + 10_000)", $0 % 2 == 0 ? 8 : 20) }
    var random = Random(seed: 7)
    let one = try Bench.judge(Self.perPolicy, MemoryReading(["policies": resources]))
    let other = try Bench.judge(
      Self.perPolicy, MemoryReading(["policies": resources.shuffled(using: &random)]))
    #expect(one == other)
    #expect(one.affectedCount == 1_250)
    #expect(one.affected.count == Evaluator.Bounds.affected)
    #expect(one.settings.count == Evaluator.Bounds.recorded)
    #expect(one.affected.first?.id == "p10000")
    #expect(one.affected.last?.id == "p11998")
    #expect(one.settings.last?.id == "p10999")
  }

  @Test("resources of one name and no identity are listed alike in any order")
  func twins() throws {
    let twins: [JSONValue] = [8, 9, 10].map {
      ["name": "Default", "status": "ACTIVE", "minLength": .int($0)]
    }
    let one = try Bench.judge(Self.perPolicy, MemoryReading(["policies": twins]))
    let other = try Bench.judge(Self.perPolicy, MemoryReading(["policies": twins.reversed()]))
    #expect(one == other)
    #expect(one.affectedCount == 3)
  }

  @Test("recorded values are normalised: order of sets and members, whole numbers")
  func normalisation() throws {
    func verdict(_ value: JSONValue) throws -> Verdict {
      try Bench.judge(
        """
        collection: policies
        compliant: 'true'
        label: resource.id
        settings: { all: resource }
        """, MemoryReading(["policies": [value]]))
    }
    let one: JSONValue = [
      "id": "a", "list": [1, 2.0, "x", ["k": 1.0, "b": [3, 1]]], "whole": 1.0, "part": 1.5,
    ]
    let other: JSONValue = [
      "part": 1.5, "whole": 1, "list": [["b": [1, 3], "k": 1], "x", 2, 1], "id": "a",
    ]
    #expect(try verdict(one) == verdict(other))
    #expect(try verdict(one) != verdict(["id": "a", "list": [1], "whole": 1, "part": 1.5]))
  }

  @Test("a setting that cannot be read is null")
  func missingSetting() throws {
    let verdict = try Bench.judge(
      """
      collection: policies
      compliant: 'true'
      label: resource.name
      settings: { none: resource.none.none, name: resource.name }
      """, MemoryReading(["policies": [Self.policy("a", 1)]]))
    #expect(verdict.settings.first?.values.map(\.value) == ["Policy a", nil])
  }
}
