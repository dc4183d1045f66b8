internal import Connectors
package import JSON
package import YAML

extension Recommendation {
  /// A value that users may override.
  package struct Parameter: Sendable {
    /// What conditions read behind `parameters.`.
    package let name: String
    /// The value in force: the recommendation's own until an override sets another.
    package var value: JSONValue

    package init(name: String, value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  /// A named CEL expression.
  package struct Expression: Sendable {
    /// What other expressions and reports know it by.
    package let name: Located<String>
    /// The CEL, with its place for errors.
    package let source: Located<String>

    package init(name: Located<String>, source: Located<String>) {
      self.name = name
      self.source = source
    }
  }

  /// A control of a published framework that the recommendation stands for.
  package struct Control: Sendable, Hashable {
    /// The framework's name: `okta-stig`.
    package private(set) var framework: String
    /// As the framework writes it: `OKTA-APP-000020`.
    package private(set) var id: String
    /// The part of the control that the condition decides; nil when it decides the whole.
    package private(set) var part: String?

    package init(framework: String, id: String, part: String? = nil) {
      self.framework = framework
      self.id = id
      self.part = part
    }
  }

  /// Why the verdict on a control differs on purpose from what a published assessor says of it.
  package struct Difference: Sendable, Hashable {
    /// The framework's name: `okta-stig`.
    package private(set) var framework = ""
    /// The control's identifier, as the framework writes it.
    package private(set) var id = ""
    /// Which of the two verdicts asks for more.
    package private(set) var direction = Direction.stricter
    /// Why Plumb judges otherwise, in a sentence.
    package private(set) var why = ""
    /// The vendor's page that proves the verdict right.
    package private(set) var reference = ""
    /// Where the difference is written.
    package let mark: Mark

    /// Which way a verdict differs from the assessor's.
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

  /// A page to read more on.
  package struct Reference: Sendable, Hashable {
    /// What the link says.
    package private(set) var title: String
    /// Where the page is.
    package private(set) var url: String

    package init(title: String, url: String) {
      self.title = title
      self.url = url
    }
  }

  /// One case that the recommendation proves itself with.
  package struct Test: Sendable {
    /// The situation that it is about; nil for an ordinary one.
    package private(set) var name: String?
    /// The verdict that the case must have.
    package let expected: Compliance
    /// What the case shows; nil for an ordinary one.
    package private(set) var form: Form?
    /// What a published assessor says of the same case, by the id of the control.
    package private(set) var published: [String: Compliance] = [:]
    /// `resource`, `parent`, `collections`, `parameters`, `instance`, `now`.
    package private(set) var input = JSONValue.null
    /// Where the test is written.
    package private(set) var mark: Mark

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
}

extension Recommendation.Control: Described {
  package init(at node: Node) { self.init(framework: "", id: "") }

  package static let fields: [Field<Self>] = [
    .required("framework", \.framework, .text, "The framework, such as okta-stig."),
    .required("id", \.id, .written, "The control's identifier in it."),
    .optional(
      "part", \.part, .text, "The part of it that the condition decides; all by default."),
  ]
}

extension Recommendation.Difference: Described {
  package init(at node: Node) { self.init(mark: node.mark) }

  package static let fields: [Field<Self>] = [
    .required("framework", \.framework, .text, "The framework of the published assessor."),
    .required("id", \.id, .written, "The control's identifier in it."),
    .required(
      "direction", \.direction, .choice(of: Direction.self),
      "Whether Plumb is stricter than the assessor, or more lenient."),
    .required("why", \.why, .text, "Why the verdict differs."),
    .required(
      "reference", \.reference, .https("a reference"), "The vendor's page that proves it right."),
  ]
}

extension Recommendation.Reference: Described {
  package init(at node: Node) { self.init(title: "", url: "") }

  package static let fields: [Field<Self>] = [
    .required("title", \.title, .text, "What is found there."),
    .required("url", \.url, .https("a reference's url"), "An https address."),
  ]
}

extension Recommendation.Test: Described {
  package init(at node: Node) { self.init(expected: .unknown, mark: node.mark) }

  package static let fields: [Field<Self>] = [
    .exactlyOne(
      Compliance.allCases.map { compliance in
        .required(
          compliance.rawValue, \.self,
          .object(input) { Self(expected: compliance, mark: $0.mark) },
          "An input that must be \(compliance.rawValue).")
      }, isWhole: true),
    .check { test, fields in
      test.mark = fields.entry(test.expected.rawValue)?.key.mark ?? test.mark
    },
  ]

  private static let input: [Field<Self>] = [
    .optional("name", \.name, .text, "The situation that the case is about."),
    .optional("form", \.form, .choice(of: Recommendation.Form.self), "What the case shows."),
    .optional(
      "published", \.published, .dictionary(of: .choice(of: Compliance.self)),
      "What a published assessor says of the case, by the control's identifier."),
    .allowed("resource", "The resource that is judged."),
    .allowed("parent", "The resource that it belongs to."),
    .allowed("collections", "Lists of resources by collection."),
    .allowed("parameters", "Other values of parameters."),
    .allowed("instance", "Name, app, labels and parameters of the instance."),
    .allowed("now", "The time, in RFC 3339."),
    .check { test, fields in
      test.input = NodeDecoder.json.decode(fields.node, into: fields.diagnostics) ?? .null
    },
  ]
}

extension NodeDecoder where Value == [Recommendation.Expression] {
  /// Named CEL expressions, in order of writing.
  static var expressions: NodeDecoder<[Recommendation.Expression]> {
    NodeDecoder<[YAML.NamedValue<String>]>.entries(of: .text).map { entries in
      entries.map { .init(name: $0.name, source: $0.value) }
    }
  }
}

extension NodeDecoder where Value == [Recommendation.Parameter] {
  /// Values by name, in order of name.
  static var parameters: NodeDecoder<[Recommendation.Parameter]> {
    NodeDecoder<[YAML.NamedValue<JSONValue>]>.entries(of: .json).map { entries in
      entries.map { .init(name: $0.name.value, value: $0.value.value) }
        .sorted { $0.name < $1.name }
    }
  }
}
