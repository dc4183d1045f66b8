import Posture
import TestSupport
import Testing
import YAML

/// What `plumb test` finds where a condition takes absence for an answer.
@Suite struct AbsenceTrialTests {
  /// A connector whose rules have these `fields`.
  static func catalog(_ fields: String = "", emptiness: String = "") -> String {
    Declare.connector(
      "okta",
      """
      policies: { identity: id },
        rules: { identity: id, forEach: policies, fields: { \(fields) } },
        users: { identity: id\(emptiness) }
      """)
  }

  static let cited = "url: https://vendor.example/a, sentence: The default is 8."

  static func findings(
    _ fields: String, catalog: String = catalog()
  ) throws -> (messages: [String], count: AbsenceTrial.Count) {
    let (state, compiled, diagnostics) = Bench.compile(Bench.text(fields), catalog: catalog)
    try #require(!diagnostics.hasErrors, "\(diagnostics.all)")
    let recommendation = try #require(compiled.recommendations["okta"]?.first)
    try #require(RecommendationTester.run(recommendation).isEmpty)
    let trial = AbsenceTrial(recommendation, citations: state.citations(of: "okta"))
    return (trial.failures.map(\.message), trial.count)
  }

  static func rule(_ compliant: String, where filter: String? = nil, _ tests: String...) -> String {
    """
    collection: rules
    \(filter.map { "where: \($0)\n" } ?? "")compliant: \(compliant)
    label: resource.id
    tests:
    \(tests.map { "  - \($0)" }.joined(separator: "\n"))
    """
  }

  @Test("a default in the condition is caught")
  func orValue() throws {
    let (messages, count) = try Self.findings(
      Self.rule(
        "resource.?length.orValue(99) >= 8", "compliant: { resource: { id: a, length: 9 } }",
        "notCompliant: { resource: { id: a, length: 7 } }"))
    #expect(
      messages == [
        "compliant although resource.length is absent; other values change the verdict: cite what absent means in 'fields' of rules, or let the condition fail",
        "compliant when resource.length is absent: a failure slips out: cite what absent means in 'fields' of rules, or let the condition fail",
      ])
    #expect(count.paths == 4 && count.forms > 12 && count.citations.isEmpty)
  }

  @Test("what is cited is accepted, for the form that it names")
  func citation() throws {
    let fields = Self.rule(
      "resource.?length.orValue(8) >= 8", "compliant: { resource: { id: a, length: 9 } }",
      "notCompliant: { resource: { id: a, length: 7 } }")
    let (messages, count) = try Self.findings(
      fields, catalog: Self.catalog("length: { absent: { means: 8, \(Self.cited) } }"))
    #expect(messages == [])
    #expect(count.citations == ["okta rules length absent"])
    let (other, _) = try Self.findings(
      fields, catalog: Self.catalog("length: { null: { means: 8, \(Self.cited) } }"))
    #expect(other.count == 2)
  }

  @Test("a cited value that gives another verdict than its form is caught")
  func contradiction() throws {
    let (messages, _) = try Self.findings(
      Self.rule(
        "resource.?length.orValue(99) >= 8", "compliant: { resource: { id: a, length: 9 } }"),
      catalog: Self.catalog("length: { absent: { means: 6, \(Self.cited) } }"))
    #expect(
      messages == [
        "compliant when resource.length is absent, but notCompliant when it is 6, which absent is cited to mean"
      ])
  }

  @Test("the dead half of an or, a label and a value that no condition reads need no citation")
  func irrelevant() throws {
    let (messages, _) = try Self.findings(
      Self.rule(
        "resource.strong || resource.?note.orValue('') == 'x'",
        "compliant: { resource: { id: a, strong: true, note: y, other: [1, { deep: 2 }] } }"))
    #expect(messages == [])
  }

  @Test("a failure does not slip out of scope")
  func scope() throws {
    let (messages, _) = try Self.findings(
      Self.rule(
        "resource.length >= 8", where: "has(resource.length)",
        "notCompliant: { resource: { id: a, length: 7 } }"))
    #expect(messages.count == 1)
    #expect(messages.first?.hasPrefix("notApplicable when resource.length is absent") == true)
  }

  @Test("another type is not another value, and nothing can excuse it")
  func mistyped() throws {
    let fields = Self.rule(
      "resource.state != 'OFF'", "compliant: { resource: { id: a, state: 'ON' } }",
      "notCompliant: { resource: { id: a, state: 'OFF' } }")
    let (messages, _) = try Self.findings(fields)
    #expect(
      messages.contains(
        "compliant although resource.state is of another type; other values change the verdict: let the condition fail"
      ))
    #expect(messages.count == 6)
    // A documented type makes other types, null and an empty text unknown.
    let (typed, _) = try Self.findings(fields, catalog: Self.catalog("state: { type: string }"))
    #expect(typed == [])
  }

  @Test("a parent, and lists within a resource, are tried too")
  func nested() throws {
    let (messages, _) = try Self.findings(
      Self.rule(
        "resource.items.all(i, i.on) && parent.status == 'ACTIVE'",
        "compliant: { resource: { id: a, items: [{ on: true }] }, parent: { status: ACTIVE } }",
        "notCompliant: { resource: { id: a, items: [{ on: false }] }, parent: { status: ACTIVE } }")
    )
    #expect(
      messages == [
        "compliant although resource.items is empty; other values change the verdict: cite what empty means in 'fields' of rules, or let the condition fail",
        "compliant when resource.items is empty: a failure slips out: cite what empty means in 'fields' of rules, or let the condition fail",
      ])
  }

  @Test("a collection that lists nothing is no pass, unless the vendor says that it may")
  func collection() throws {
    let fields = """
      compliant: size(collections.users) < 3 && collections.users.all(u, u.on)
      tests:
        - compliant: { collections: { users: [{ on: true }] } }
        - notCompliant: { collections: { users: [{ on: false }] } }
      """
    let (messages, _) = try Self.findings(fields)
    #expect(
      messages == [
        "compliant although collections.users is empty; other values change the verdict: cite 'mayBeEmpty' of users, or let the condition fail",
        "compliant when collections.users is empty: a failure slips out: cite 'mayBeEmpty' of users, or let the condition fail",
      ])
    let (cited, count) = try Self.findings(
      fields, catalog: Self.catalog(emptiness: ", mayBeEmpty: { \(Self.cited) }"))
    #expect(cited == [])
    #expect(count.citations == ["okta users  empty"])
  }

  @Test("a member that only another test gives is absent here")
  func elsewhere() throws {
    let (messages, _) = try Self.findings(
      Self.rule(
        "'!resource.?open.orValue(false)'", "compliant: { resource: { id: a } }",
        "notCompliant: { resource: { id: a, open: true } }"))
    #expect(messages.count == 2)
    #expect(messages.first?.hasPrefix("compliant although resource.open is absent") == true)
  }
}
