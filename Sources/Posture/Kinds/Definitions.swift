internal import Connectors
package import JSON
package import YAML

/// What many recommendations of one app share.
package struct Definitions: Sendable {
  /// The app whose recommendations share them, with its place.
  package private(set) var app: Located<String>
  /// Named CEL expressions, which conditions read as `definitions.<name>`.
  package private(set) var values: [Recommendation.Expression] = []
  /// Functions written in CEL, which conditions call by name.
  package private(set) var functions: [Function] = []
  /// Cases that the definitions prove themselves with.
  package private(set) var tests: [Test] = []
  /// Collections that read as empty where a source does not deliver them: what they would tell makes verdicts milder,
  /// never stricter.
  package private(set) var optionalCollections: [Located<String>] = []
  /// SHA-256 of the document's meaning: layout and comments do not count.
  package let digest: String
  /// Where the document's name stands.
  package let mark: Mark

  /// A function written in CEL.
  package struct Function: Sendable {
    /// What conditions call.
    package private(set) var name: Located<String>
    /// The parameters' names, in order of the call.
    package private(set) var parameters: [String] = []
    /// CEL over the parameters.
    package private(set) var body: Located<String>

  }

  /// One case that the definitions prove themselves with: an expression over collections, and its value.
  package struct Test: Sendable {
    /// The situation that it is about; nil for an ordinary one.
    package private(set) var name: String?
    /// CEL: what is tried.
    package private(set) var expression: Located<String>
    /// `collections`, `instance`, `now`.
    package private(set) var input = JSONValue.null
    /// The expected value; nil when the expression must fail.
    package private(set) var value: JSONValue?
    private var fails = false
    /// Where the test is written.
    package let mark: Mark

  }
}

extension Definitions: Kind {
  package static let summary = "Values and functions that the recommendations of one app share."

  package static let example = """
    app: okta
    values: { weekInSeconds: 7 * 24 * 3600 }
    functions:
      - { name: isActive, parameters: [user], body: user.status == "ACTIVE" }
    tests:
      - { expression: 'isActive({"status": "ACTIVE"})', is: true }
    """

  package static let differences: [FieldDifference] = [
    .coming(.neutral, going: .weakens, of: "!"), .neutral(of: "metadata.labels"),
  ]

  package static let fields: [Field<Definitions>] = [
    .required(
      "app", \.app, .located(.string), "The app whose recommendations share them.", .weakens),
    .optional(
      "values", \.values, .expressions, "Named CEL expressions, read as definitions.<name>.",
      .coming(.neutral, going: .weakens, of: "*")),
    .optional(
      "functions", \.functions, .list(of: .object), "Functions written in CEL.",
      .coming(.neutral, going: .weakens, of: "[].!")),
    .optional(
      "optionalCollections", \.optionalCollections, .list(of: .located(.string)),
      "Collections that read as empty where a source does not deliver them, because they only make verdicts milder.",
      // What reads as empty where it is not delivered is missed by nobody.
      .list(more: .weakens, fewer: .strengthens)),
    .optional(
      "tests", \.tests, .list(of: NodeDecoder.object.described(as: "a test")),
      "Cases that the definitions prove themselves with.",
      .list(more: .neutral, fewer: .weakens)),
  ]

  package init(_ envelope: Envelope) {
    self.init(
      app: envelope.name, digest: envelope.spec.meaningDigest, mark: envelope.name.mark)
  }
}

extension Definitions.Function: Described {
  package init(at node: Node) {
    self.init(name: Located("", at: node), body: Located("", at: node))
  }

  package static let fields: [Field<Self>] = [
    .required("name", \.name, .located(.text), "What conditions call.", .weakens),
    .required("parameters", \.parameters, .list(of: .text), "The parameters' names.", .weakens),
    .required("body", \.body, .located(.text), "CEL over the parameters.", .weakens),
  ]
}

/// `{ expression: isOn(…), collections: { … }, is: true }`, or `fails: true` in place of `is`.
extension Definitions.Test: Described {
  package init(at node: Node) { self.init(expression: Located("", at: node), mark: node.mark) }

  package static let fields: [Field<Self>] = [
    .optional("name", \.name, .text, "The situation that the case is about."),
    .required("expression", \.expression, .located(.text), "CEL: what is tried."),
    .optional("is", \.value, .json, "The value that it must have."),
    .optional("fails", \.fails, .bool, "Whether it must fail instead."),
    .allowed("collections", "Lists of resources by collection."),
    .allowed("instance", "Name, app, labels and parameters of the instance."),
    .allowed("now", "The time, in RFC 3339."),
    .check(.exactlyOne(["is", "fails"])) { test, fields in
      if (fields.node("is") == nil) != test.fails {
        fields.error("write what the expression 'is', or 'fails: true'")
      }
      test.input = NodeDecoder.json.decode(fields.node, into: fields.diagnostics) ?? .null
    },
  ]
}
