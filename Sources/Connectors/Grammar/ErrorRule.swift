package import JSON
package import YAML

/// What an answer means: a word, or a resource. Of several rules the first that matches counts: the
/// request's own come first, then its collection's, then the connector's.
package struct ErrorRule: Sendable {
  /// The status that the answer has, 200 to 599.
  package private(set) var status = 0
  /// JSON pointers into the body with what must stand there, all of them; empty for any body.
  package private(set) var match: [(name: String, value: Expected)] = []
  /// What the answer says of the collection; nil where it stands for a resource.
  package private(set) var meaning: Meaning?
  /// The one resource that the answer stands for; nil where `meaning` says what it means.
  package private(set) var resource: JSONValue?
  /// Where the answer names the field that the vendor does not have; nil but for `unknownField`.
  package private(set) var field: FieldName?

  /// A name within a text of the answer.
  package struct FieldName: Sendable, Hashable {
    /// JSON pointer to the text.
    package private(set) var pointer = ""
    /// What stands before the name; from the text's beginning where it is nil.
    package private(set) var after: String?
    /// What stands behind it; to the text's end where it is nil.
    package private(set) var before: String?
  }

  /// What a rule expects at a place of the body.
  package enum Expected: Sendable, Hashable {
    /// A text begins with it.
    case prefix(String)
    /// A number, or a text that writes it, is it.
    case number(Double)
  }

  /// What an answer may mean.
  package enum Meaning: String, Sendable, CaseIterable {
    /// The credential lacks a permission.
    case notPermitted
    /// The tenant has not bought or not switched on the feature.
    case notLicensed
    /// There is nothing, and that is the whole answer.
    case empty
    /// The resource that was asked for was deleted since it was listed.
    case gone
    /// The vendor does not know one of the fields: the request is made again without it.
    case unknownField
    /// The rate limit was reached: wait and ask again.
    case throttled
    /// Nothing more is answered until a quota of many hours begins anew: the tenant's run ends.
    case quotaSpent
  }
}

extension ErrorRule: Described {
  package init(at node: Node) {}

  package static let fields: [Field<Self>] = [
    .required("status", \.status, .integer(in: 200...599), "The response's status."),
    .optional(
      "match", \.match,
      .pairs(of: .expected),
      "JSON pointers, and how the text there begins, or the number that stands there; all must hold."
    ),
    .exactlyOne([
      .optional(
        "means", \.meaning, .choice(of: Meaning.self),
        "What it says of the collection; quotaSpent: of the tenant, until the vendor's quota begins anew.",
        isDecisive: true),
      .optional("resource", \.resource, .json, "The resource that it stands for."),
    ]),
    .optional(
      "names", \.field, .object,
      "Where the answer to unknownField names the field: of the request's columns it is left out, and the request made again."
    ),
    .check(.required("names", where: "means", isOneOf: [Meaning.unknownField.rawValue])) {
      rule, fields in
      if rule.meaning == .unknownField, fields.node("names") == nil {
        fields.error("say where the answer 'names' the field", at: "means")
      }
      if rule.meaning != .unknownField, fields.node("names") != nil {
        fields.error("'names' belongs to 'means: unknownField'", at: "names")
      }
    },
  ]
}

extension ErrorRule.FieldName: Described {
  package init(at node: Node) {}

  package static let fields: [Field<Self>] = [
    .required("pointer", \.pointer, .text, "JSON pointer to the text with the name."),
    .optional("after", \.after, .text, "What stands before the name; nothing by default."),
    .optional("before", \.before, .text, "What stands behind it; nothing by default."),
  ]
}

extension NodeDecoder where Value == ErrorRule.Expected {
  /// A text is the beginning of one; a number is that number.
  fileprivate static var expected: NodeDecoder<ErrorRule.Expected> {
    NodeDecoder("a text or a number", shape: .written) { node, diagnostics in
      if let number = NodeDecoder<Double>.number.decode(node, into: Diagnostics()) {
        return .number(number)
      }
      return NodeDecoder<String>.string.decode(node, into: diagnostics).map { .prefix($0) }
    }
  }
}
