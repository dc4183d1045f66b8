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
  /// What a verdict over the whole instance counted; in order of writing.
  package let evidence: [Expression]
  /// The objects that a verdict over the whole instance blames: a list of texts, or of maps with
  /// `id`, `label` and the values that are shown beside them.
  package let affected: Located<String>?
  /// What settings and evidence should be, by their names; what is not named follows from the condition.
  package let expected: [Expression]
  package let rationale: String
  package let remediation: String
  package let manage: String?
  package let controls: [Control]
  /// Where the verdict differs on purpose from a published assessor's.
  package let differs: [Difference]
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
    /// The part of the control that the condition decides; nil when it decides the whole.
    package let part: String?

    package init(framework: String, id: String, part: String? = nil) {
      self.framework = framework
      self.id = id
      self.part = part
    }
  }

  /// Why the verdict on a control differs on purpose from what a published assessor says of it.
  package struct Difference: Sendable, Hashable {
    package let framework: String
    package let id: String
    package let direction: Direction
    package let why: String
    /// The vendor's page that proves the verdict right.
    package let reference: String
    package let mark: Mark

    package enum Direction: String, Sendable, CaseIterable {
      /// Plumb does not pass what the assessor passes.
      case stricter
      /// Plumb passes what the assessor does not.
      case lenient
    }

    package static func == (left: Difference, right: Difference) -> Bool {
      (left.framework, left.id, left.direction, left.why, left.reference)
        == (right.framework, right.id, right.direction, right.why, right.reference)
    }

    package func hash(into hasher: inout Hasher) {
      hasher.combine(framework)
      hasher.combine(id)
      hasher.combine(direction)
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
    /// The situation that it is about; nil for an ordinary one.
    package let name: String?
    package let expected: Compliance
    /// What the case shows; nil for an ordinary one.
    package let form: Form?
    /// What a published assessor says of the same case, by the id of the control.
    package let published: [String: Compliance]
    /// `resource`, `parent`, `collections`, `parameters`, `instance`, `now`.
    package let input: JSONValue
    package let mark: Mark

    package init(
      name: String? = nil, expected: Compliance, form: Form? = nil,
      published: [String: Compliance] = [:], input: JSONValue, mark: Mark
    ) {
      self.name = name
      self.expected = expected
      self.form = form
      self.published = published
      self.input = input
      self.mark = mark
    }
  }

  /// The kinds of cases that every recommendation has wherever they exist.
  package enum Form: String, Sendable, CaseIterable {
    /// The value is not there, is null, or of another type.
    case absent
    /// A stronger or wider setting than the one that is recommended.
    case stricter
    /// What would protect is switched off, expired, or in report-only mode.
    case switchedOff
    /// What would protect reaches only a part of those it is meant for.
    case narrowed
  }

  /// Who wrote it: tells a change of the catalog from one of the desired state.
  package enum Origin: Sendable { case catalog, desiredState }
}

/// What many recommendations of one app share.
package struct Definitions: Sendable {
  package let app: Located<String>
  package let values: [Recommendation.Expression]
  package let functions: [Function]
  package let tests: [Test]
  /// Collections that read as empty where a source does not deliver them: what they would tell makes verdicts milder,
  /// never stricter.
  package let optionalCollections: [Located<String>]
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

  /// One case that the definitions prove themselves with: an expression over collections, and its value.
  package struct Test: Sendable {
    /// The situation that it is about; nil for an ordinary one.
    package let name: String?
    package let expression: Located<String>
    /// `collections`, `instance`, `now`.
    package let input: JSONValue
    /// The expected value; nil when the expression must fail.
    package let value: JSONValue?
    package let mark: Mark

    package init(
      name: String? = nil, expression: Located<String>, input: JSONValue, value: JSONValue?,
      mark: Mark
    ) {
      self.name = name
      self.expression = expression
      self.input = input
      self.value = value
      self.mark = mark
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
