import Posture
import Testing

/// What conditions may name; faults stand where they are written.
@Suite struct ScopeTests {
  @Test(
    "a fault of a condition is a diagnostic at its place",
    arguments: [
      (
        "a misspelt variable", "compliant: resuorce.a == 1",
        ["x.yaml:10:14: error: undeclared reference to 'resuorce'; did you mean 'resource'?"]
      ),
      (
        "a misspelt collection", "compliant: size(collections.polices) == 0",
        [
          "x.yaml:10:19: error: undeclared reference to 'collections.polices'; did you mean 'collections.policies'?"
        ]
      ),
      (
        "a misspelt parameter",
        "parameters: { minimum: 1 }\ncompliant: parameters.minimun == 1",
        [
          "x.yaml:11:14: error: undeclared reference to 'parameters.minimun'; did you mean 'parameters.minimum'?"
        ]
      ),
      (
        "a function that does not exist", "compliant: frobnicate(collections.users)",
        ["x.yaml:10:14: error: undeclared function 'frobnicate'"]
      ),
      (
        "a wrong type", "parameters: { minimum: 1 }\ncompliant: parameters.minimum == \"1\"",
        [
          "x.yaml:11:33: error: found no matching overload for '==' applied to '(int, string)'"
        ]
      ),
      (
        "not a condition", "compliant: size(collections.users)",
        ["x.yaml:10:14: error: expected an expression of type bool, found int"]
      ),
      (
        "resource without a collection", "compliant: resource.a == 1",
        [
          "x.yaml:10:14: error: 'resource' needs a 'collection': without one, the condition is about the instance"
        ]
      ),
      (
        "an unknown collection", "collection: polices\ncompliant: 'true'\nlabel: resource.name",
        [
          "x.yaml:10:15: error: no collection named 'polices' in app 'okta'; did you mean 'policies'?"
        ]
      ),
      (
        "no label", "collection: policies\ncompliant: 'true'",
        [
          "x.yaml:10:15: error: missing field 'label': it names the affected resources in reports"
        ]
      ),
      (
        "a variable before its definition",
        """
        variables:
          one: variables.two
          two: "true"
        compliant: variables.one
        """,
        ["x.yaml:11:10: error: undeclared reference to 'variables'"]
      ),
      (
        "every fault of a recommendation",
        """
        collection: policies
        where: resuorce.a
        compliant: resource.a ==
        label: resource.name
        settings: { one: nothing }
        """,
        [
          "x.yaml:11:10: error: undeclared reference to 'resuorce'; did you mean 'resource'?",
          "x.yaml:12:27: error: expected an expression, found the end",
          "x.yaml:14:20: error: undeclared reference to 'nothing'",
        ]
      ),
      (
        "quoted", "compliant: \"resuorce.a == 1\"",
        ["x.yaml:10:15: error: undeclared reference to 'resuorce'; did you mean 'resource'?"]
      ),
      (
        "a pattern that RE2 cannot read", "compliant: '\"a\".matches(\"(\")'",
        ["x.yaml:10:19: error: the pattern is invalid: missing ): ("]
      ),
      (
        "a block names its own line and column",
        """
        compliant: |
          true &&
            resuorce.a == 1
        """,
        [
          "x.yaml:10:14: error: line 2, column 3 of the condition: undeclared reference to 'resuorce'; did you mean 'resource'?"
        ]
      ),
    ])
  func faults(name: String, fields: String, expected: [String]) {
    #expect(Bench.faults(fields) == expected)
  }

  @Test("faults in definitions stand in their file, once")
  func definitions() {
    let definitions = """
      apiVersion: plumb/v1
      kind: Definitions
      metadata: { name: okta }
      spec:
        app: okta
        values:
          one: collections.userz
          two: resource.name
        functions:
          - { name: f, parameters: [a], body: b + 1 }
      ---

      """
    #expect(
      Bench.faults("compliant: 'true'", before: definitions) == [
        "x.yaml:7:10: error: undeclared reference to 'collections.userz'; did you mean 'collections.users'?",
        "x.yaml:8:10: error: 'resource' is not known in a definition: definitions are about the instance",
        "x.yaml:10:41: error: undeclared reference to 'b'; did you mean 'a'?",
      ])
  }
}
