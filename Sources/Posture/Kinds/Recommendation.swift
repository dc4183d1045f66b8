package import JSON
package import YAML

/// One best practice for one app: which resources, which condition, impact, remediation.
package struct Recommendation: Sendable {
  package let name: String
  package let app: Located<String>
  package let title: String
  package var impact: Impact
  /// What completing it earns, 1 to 100.
  package var points: Int
  package let category: Category
  package let userImpact: Effort
  package let implementationCost: Effort
  package let threats: [Threat]
  /// What conditions read as `parameters.<name>`; in order of name.
  package var parameters: [Parameter]
  /// Named conditions, in order of writing; each may use the earlier ones.
  package let variables: [Expression]
  /// The collection whose resources are judged one by one; nil: one condition over the instance.
  package var collection: Located<String>?
  package let filter: Located<String>?
  package let compliant: Located<String>
  package let label: Located<String>?
  /// The values that are recorded, so that a git diff shows drift.
  package let settings: [Expression]
  package let rationale: String
  package let remediation: String
  package let manage: String?
  package let controls: [Control]
  package let references: [Reference]
  package let tests: [Test]
  /// Whether an override has switched it off everywhere.
  package var isEnabled: Bool
  package let origin: Origin
  /// Whether the repository changed it.
  package var isOverridden: Bool
  package let mark: Mark
  /// SHA-256 of the document and of what an override changed in it.
  package var digest: String
  /// SHA-256 of what the repository says of it; nil for what is the catalog's alone. Tells a change
  /// of the desired state from one of the catalog.
  package var declaration: String?

  /// Whether what it says is the repository's, wholly or in part: a change is the desired state's.
  package var isDeclared: Bool { origin == .desiredState || isOverridden }

  /// A value that users may override.
  package struct Parameter: Sendable {
    package let name: String
    package var value: JSONValue

    package init(name: String, value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  /// A named CEL expression.
  package struct Expression: Sendable {
    package let name: Located<String>
    package let source: Located<String>

    package init(name: Located<String>, source: Located<String>) {
      self.name = name
      self.source = source
    }
  }

  /// A control of a published framework that the recommendation stands for.
  package struct Control: Sendable, Hashable {
    package let framework: String
    package let id: String

    package init(framework: String, id: String) {
      self.framework = framework
      self.id = id
    }
  }

  package struct Reference: Sendable, Hashable {
    package let title: String
    package let url: String

    package init(title: String, url: String) {
      self.title = title
      self.url = url
    }
  }

  /// One case that the recommendation proves itself with.
  package struct Test: Sendable {
    package let expected: Compliance
    /// `resource`, `parent`, `collections`, `parameters`, `instance`, `now`.
    package let input: JSONValue
    package let mark: Mark

    package init(expected: Compliance, input: JSONValue, mark: Mark) {
      self.expected = expected
      self.input = input
      self.mark = mark
    }
  }

  /// Who wrote it: tells a change of the catalog from one of the desired state.
  package enum Origin: Sendable { case catalog, desiredState }
}

/// What many recommendations of one app share.
package struct Definitions: Sendable {
  package let app: Located<String>
  package let values: [Recommendation.Expression]
  package let functions: [Function]
  package let digest: String
  package let mark: Mark

  /// A function written in CEL.
  package struct Function: Sendable {
    package let name: Located<String>
    package let parameters: [String]
    package let body: Located<String>

    package init(name: Located<String>, parameters: [String], body: Located<String>) {
      self.name = name
      self.parameters = parameters
      self.body = body
    }
  }
}

/// A repository's changes to named recommendations.
package struct RecommendationOverride: Sendable {
  package let name: String
  package let recommendations: [Located<String>]
  package let parameters: [(name: Located<String>, value: JSONValue)]
  package let impact: Impact?
  package let enabled: Bool?
  package let mark: Mark
  package let digest: String
}
