import JSON
import Posture
import TestSupport
import Testing
import YAML

@Suite("Evidence") struct EvidenceTests {
  static func person(_ id: String, suspended: Bool = false) -> JSONValue {
    ["id": .string(id), "name": .string("Name of \(id)"), "suspended": .bool(suspended), "age": 3]
  }

  static let superAdministrators = """
    parameters: { minimum: 2, maximum: 4 }
    variables: { able: "collections.users.filter(a, !a.suspended)" }
    compliant: size(variables.able) >= parameters.minimum && size(variables.able) <= parameters.maximum
    evidence: { superAdministrators: variables.able.size() }
    affected: 'variables.able.map(a, { "id": a.id, "label": a.name, "age": a.age })'
    """

  static func judge(_ fields: String, _ people: [JSONValue]) throws -> Verdict {
    try Bench.judge(fields, MemoryReading(["users": people]))
  }

  @Test("names who is at fault, and how many were counted beside how many were expected")
  func whole() throws {
    let people =
      ["e", "d", "c", "b", "a"].map { Self.person($0) } + [Self.person("f", suspended: true)]
    let verdict = try Self.judge(Self.superAdministrators, people)
    #expect(verdict.compliance == .notCompliant)
    #expect(
      verdict.facts
        == [Fact(name: "superAdministrators", value: 5, expected: "2 to 4")])
    #expect(verdict.affected.map(\.id) == ["a", "b", "c", "d", "e"])
    #expect(verdict.affected.first?.label == "Name of a")
    #expect(verdict.affected.first?.settings == ["age": 3])
    // All or nothing: the objects are no resources that count.
    #expect(verdict.counted == 1)
    #expect(verdict.affectedCount == 5)
    #expect(verdict.compliantCount == 0)
  }

  @Test("shows what was counted when it is met too, and blames nobody")
  func met() throws {
    let verdict = try Self.judge(Self.superAdministrators, ["a", "b"].map { Self.person($0) })
    #expect(verdict.compliance == .compliant)
    #expect(verdict.facts.map(\.value) == [2])
    #expect(verdict.affected == [] && verdict.affectedCount == 0)
  }

  @Test("tells what is evidence and setting at once, once; what differs, both")
  func once() throws {
    let verdict = try Self.judge(
      """
      compliant: size(collections.users) > 1
      evidence: { people: size(collections.users) }
      settings: { people: size(collections.users), first: 'collections.users[0].id' }
      """, ["a", "b"].map { Self.person($0) })
    #expect(verdict.facts.map(\.name) == ["people", "first"])
    #expect(verdict.settings.first?.values.map(\.name) == ["first", "people"])
  }

  @Test("writes an overridden parameter into what is expected")
  func override() throws {
    let verdict = try Bench.judge(
      Self.superAdministrators,
      before: Declare.document(
        "RecommendationOverride", "o", "{ recommendation: r, parameters: { maximum: 3 } }")
        + "---\n", MemoryReading(["users": [Self.person("a")]]))
    #expect(verdict.facts.map(\.expected) == ["2 to 3"])
  }

  @Test("keeps an object once, and says when one can't be named")
  func objects() throws {
    let twice = """
      compliant: "false"
      affected: 'collections.users.map(a, a.id)'
      """
    let people = ["a", "a", "b"].map { Self.person($0) }
    #expect(try Self.judge(twice, people).affected.map(\.label) == ["a", "b"])
    let nameless = """
      compliant: "false"
      affected: 'collections.users.map(a, { "name": a.name })'
      """
    let verdict = try Self.judge(nameless, people)
    #expect(verdict.compliance == .notCompliant)
    #expect(
      verdict.sentence
        == "what is affected is not known: an object is neither a text nor a map with an 'id'")
  }

  @Test(
    "reads off the condition what is expected",
    arguments: [
      ("resource.age >= 1", "resource.age", "at least 1"),
      ("resource.age > parameters.limit", "resource.age", "more than 7"),
      ("parameters.limit >= resource.age", "resource.age", "at most 7"),
      ("!(resource.age >= 5)", "resource.age", "less than 5"),
      ("resource.age == 3", "resource.age", 3),
      ("resource.age != 3", "resource.age", "not 3"),
      ("resource.suspended == true", "resource.suspended", true),
      ("resource.suspended", "resource.suspended", true),
      ("!resource.suspended", "resource.suspended", false),
      ("resource.?suspended.orValue(false)", "resource.suspended", true),
      ("resource.name in [\"a\", \"b\"]", "resource.name", "one of a, b"),
      ("!(resource.name in [\"a\"])", "resource.name", "not a"),
      ("\"a\" in resource.list", "resource.list", "with a"),
      ("resource.age == 1 || resource.age == 2", "resource.age", "1 or 2"),
      ("resource.age == 1 || resource.suspended", "resource.age", "1, or met otherwise"),
      ("resource.suspended ? resource.age > 1 : false", "resource.age", "more than 1"),
      ("variables.age >= 1 && variables.age <= 9", "resource.age", "1 to 9"),
      ("int(resource.name) >= 5", "resource.name", "at least 5"),
      ("size(resource.list) == 0", "resource.list", "none"),
      ("resource.list.size() > 0", "resource.list", "at least 1 listed"),
      ("resource.list.all(e, e.on == true)", "resource.list.map(x, x.on)", "each: true"),
      ("resource.list.exists(e, e.on)", "resource.list.map(x, x.on)", "at least one: true"),
      ("!resource.list.exists(e, e.on)", "resource.list.filter(e, e.on)", "none"),
      ("resource.age >= parameters.limit * 2", "resource.age", "at least 14"),
      // What depends on the tenant is no expectation.
      ("resource.age >= resource.other", "resource.age", nil),
      ("resource.age >= size(collections.users)", "resource.age", nil),
      ("resource.other >= 1", "resource.age", nil),
    ] as [(String, String, JSONValue?)])
  func derived(condition: String, setting: String, expected: JSONValue?) throws {
    func quoted(_ text: String) -> String { "'\(text.replacing("'", with: "''"))'" }
    let verdict = try Self.judge(
      """
      parameters: { limit: 7 }
      variables: { age: resource.age }
      collection: users
      compliant: \(quoted(condition))
      label: resource.name
      settings: { value: \(quoted(setting)) }
      """,
      [
        [
          "id": "a", "name": "3", "age": 3, "other": 1, "suspended": true,
          "list": [["on": true]],
        ]
      ])
    #expect(verdict.expectation(of: "value") == expected)
  }

  @Test(
    "refuses what can't be right, where it stands",
    arguments: [
      (
        "evidence: { a: resource.x }",
        "'resource' is not known here: 'evidence' is about the instance"
      ),
      ("expected: { b: '1' }", "no setting or evidence named 'b'"),
      ("evidence: { b: collections.user }", "did you mean"),
      ("affected: '1'", "expected an expression of type list"),
      ("settings: { a: '1' }\nevidence: { a: '2' }", "'a' is a setting of another value"),
      (
        "collection: users\nlabel: resource.id\naffected: '[1]'",
        "'affected' is for a condition over the instance"
      ),
    ])
  func faults(fields: String, message: String) {
    let (_, _, diagnostics) = Bench.compile(
      Bench.text("compliant: \"true\"\n" + fields))
    #expect(diagnostics.all.contains { $0.message.contains(message) }, "\(diagnostics.all)")
  }

  @Test("is recorded and read back; an older record has none")
  func recorded() throws {
    let verdict = try Self.judge(
      Self.superAdministrators, ["a", "b", "c", "d", "e"].map { Self.person($0) })
    let result = Snapshot.Result(
      name: "r", title: "R", digest: "d", points: 5, since: nil, verdict: verdict,
      decision: Decision(verdict))
    let instance = Snapshot.Instance(
      name: "okta-eu", app: "okta", displayName: "Okta", recommendations: true, digest: "x",
      observedAt: nil,
      observationDigest: nil, collections: [], staleReason: nil, results: [result])
    let value = StateCodec.encode(instance)
    let read = try StateCodec.decodeInstance(value, path: "state.json")
    #expect(read.results.first?.verdict == verdict)
    let older = try StateCodec.decodeInstance(
      Self.without(["evidence", "expected"], value), path: "state.json")
    #expect(older.results.first?.verdict.facts == [])
  }

  private static func without(_ names: Set<String>, _ value: JSONValue) -> JSONValue {
    switch value {
    case .array(let elements): .array(elements.map { without(names, $0) })
    case .object(let members):
      .object(members.filter { !names.contains($0.0) }.map { ($0.0, without(names, $0.1)) })
    default: value
    }
  }
}
