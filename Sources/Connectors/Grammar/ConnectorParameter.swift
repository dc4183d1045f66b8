internal import CEL
package import YAML

/// A parameter that an instance gives its connector: a domain, an organisation's name.
package struct ConnectorParameter: Sendable {
  /// The name in `source.api.parameters`, and in the braces of templates.
  package internal(set) var name = ""
  /// What it is, for whoever connects an instance.
  package private(set) var description = ""
  /// What a whole value must match; nil takes any.
  package private(set) var pattern: ParameterPattern?
  /// The value when the instance gives none. Where it is nil and nothing is derived, the instance
  /// must give one.
  package private(set) var defaultValue: String?
  /// An example of a value, for messages; nil where the manifest has none.
  package private(set) var example: String?
  /// How it follows from another parameter: `contoso-admin.okta.com` from `contoso.okta.com`. Nil
  /// where it does not.
  package private(set) var derivation: Derivation?

  /// A host whose first label gets something appended.
  package struct Derivation: Sendable {
    /// The parameter that gives the host.
    package private(set) var parameter = ""
    /// What is appended to that host's first label: `-admin`.
    package private(set) var suffix = ""
  }

  /// The value when the instance gives none: derived from another parameter where that is given,
  /// else the default. Nil where there is neither.
  ///
  /// - Parameter given: The instance's parameters.
  package func value(given: [String: String]) -> String? {
    guard let derivation, let host = given[derivation.parameter] else { return defaultValue }
    let label = host.prefix { $0 != "." }
    return label + derivation.suffix + host.dropFirst(label.count)
  }

  /// Whether an instance that gives these has no value for it.
  package func isMissing(in given: [String: String]) -> Bool {
    given[name] == nil && defaultValue == nil && derivation == nil
  }

  /// Why a value does not fit this parameter, for people; nil where it fits.
  package func problem(with value: String) -> String? {
    guard let pattern, !pattern.matches(value) else { return nil }
    return "'\(value)' is no \(name)" + (example.map { "; one looks like \($0)" } ?? "")
  }
}

extension ConnectorParameter: Described {
  package init(at node: Node) {}

  package static let fields: [Field<Self>] = [
    .required("description", \.description, .text, "What it is."),
    .optional(
      "pattern", \.pattern,
      .made("a regular expression") { text, _ in
        ParameterPattern(text)
      } otherwise: {
        "'\($0)' is no regular expression"
      }, "The regular expression that a whole value matches."),
    .optional("default", \.defaultValue, .text, "The value when an instance gives none."),
    .optional("example", \.example, .text, "A value, for documentation."),
    .optional("derived", \.derivation, .object, "How it is made of another parameter."),
  ]
}

extension ConnectorParameter.Derivation: Described {
  package init(at node: Node) {}

  package static let fields: [Field<Self>] = [
    .required("from", \.parameter, .text, "The parameter that it is made of."),
    .required(
      "appendToFirstLabel", \.suffix, .text, "What is written behind the first label of the host."),
  ]
}

/// A regular expression that a whole value must match, in RE2's syntax: linear in the value.
package struct ParameterPattern: Sendable {
  /// The expression as the manifest writes it, without anchors.
  package let source: String
  private let pattern: TextPattern

  /// - Returns: Nil when the text is no regular expression.
  init?(_ source: String) {
    guard let pattern = TextPattern(whole: source) else { return nil }
    self.pattern = pattern
    self.source = source
  }

  /// Whether the whole value matches.
  package func matches(_ value: String) -> Bool { pattern.matches(value) }
}
