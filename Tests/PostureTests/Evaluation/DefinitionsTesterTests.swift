import Posture
import TestSupport
import Testing
import YAML

/// The cases that an app's shared definitions prove themselves with.
@Suite struct DefinitionsTesterTests {
  static func failures(_ tests: String) throws -> [String] {
    let catalog =
      Bench.catalog + "---\n"
      + Declare.document(
        "Definitions", "okta",
        """
        app: okta
        values: { active: "collections.users.filter(u, u.on)" }
        functions:
          - { name: isLong, parameters: [text, least], body: size(text) >= least }
        tests:
        \(tests)
        """)
    let (state, _, diagnostics) = Bench.compile(Bench.text("compliant: 'true'"), catalog: catalog)
    try #require(state.definitions["okta"] != nil, "\(diagnostics.all)")
    return DefinitionsTester.run(try #require(state.definitions["okta"]), in: state)
      .map(\.message)
  }

  @Test("values and errors that are as expected")
  func holding() throws {
    #expect(
      try Self.failures(
        """
            - { expression: "isLong('abc', 3)", is: true }
            - { expression: "size(definitions.active)", collections: { users: [{ on: true }, { on: false }] }, is: 1 }
            - { expression: "definitions.active", collections: { users: [{}] }, fails: true }
            - { expression: "instance.breakGlass.map(b, b.id)", instance: { breakGlass: [{ id: a, kind: user }] }, is: [a] }
            - { expression: "now > timestamp('2026-01-31T00:00:00Z')", now: 2026-02-01T00:00:00Z, is: true }
        """) == [])
  }

  @Test("values and errors that are not")
  func failing() throws {
    #expect(
      try Self.failures(
        """
            - { expression: "isLong('abc', 4)", is: true }
            - { expression: "isLong('abc', 4)", fails: true }
            - { expression: "isShorter('abc')", is: true }
            - { expression: "isLong('abc', 4)", now: soon, is: false }
        """) == [
          "expected true, found false", "expected an error, found false",
          "undeclared function 'isShorter'",
          "'now' is not a time such as 2026-01-01T00:00:00Z",
        ])
  }
}
