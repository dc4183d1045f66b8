internal import CEL
package import YAML

/// A parameter that an instance gives its connector: a domain, an organisation's name.
package struct ConnectorParameter: Sendable {
  package internal(set) var name = ""
  package private(set) var description = ""
  package private(set) var pattern: ParameterPattern?
  /// The value when the instance gives none; without one, the instance must.
  package private(set) var defaultValue: String?
  /// A value as it looks, for messages.
  package private(set) var example: String?
  /// Another parameter that it follows from.
  package private(set) var derivation: Derivation?

  /// A host whose first label gets something appended.
  package struct Derivation: Sendable {
    package private(set) var parameter = ""
    package private(set) var suffix = ""
  }

  /// The value when the instance gives none: the default, or what follows from another parameter.
  package func value(given: [String: String]) -> String? {
    guard let derivation, let host = given[derivation.parameter] else { return defaultValue }
    let label = host.prefix { $0 != "." }
    return label + derivation.suffix + host.dropFirst(label.count)
  }

  /// Whether an instance that gives these has no value for it.
  package func isMissing(in given: [String: String]) -> Bool {
    given[name] == nil && defaultValue == nil && derivation == nil
  }

  /// Why a value is none for this parameter; nil when it is one.
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
  package let source: String
  private let program: Program
  private let slot: Slot

  /// - Returns: Nil when the text is no regular expression.
  init?(_ source: String) {
    var environment = Environment()
    slot = environment.declare("value", .string)
    let quoted = "^(?:\(source))$".replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    guard
      let program = try? environment.compile("value.matches(\"\(quoted)\")", expecting: .bool)
    else { return nil }
    self.program = program
    self.source = source
  }

  package func matches(_ value: String) -> Bool {
    let activation = Activation()
    activation.set(slot, .string(value))
    return (try? program.evaluateCondition(activation).get()) == true
  }
}
