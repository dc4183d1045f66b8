internal import CEL

/// A parameter that an instance gives its connector: a domain, an organisation's name.
package struct ConnectorParameter: Sendable {
  package let name: String
  package let description: String
  package let pattern: ParameterPattern?
  /// The value when the instance gives none; without one, the instance must.
  package let defaultValue: String?
  /// Another parameter that it follows from: a host whose first label gets something appended.
  package let derivation: (from: String, append: String)?
  /// A value as it looks, for messages.
  package let example: String?

  package init(
    name: String, description: String, pattern: ParameterPattern?, defaultValue: String?,
    derivation: (from: String, append: String)? = nil, example: String?
  ) {
    self.name = name
    self.description = description
    self.pattern = pattern
    self.defaultValue = defaultValue
    self.derivation = derivation
    self.example = example
  }

  /// The value when the instance gives none: the default, or what follows from another parameter.
  package func value(given: [String: String]) -> String? {
    guard let derivation, let host = given[derivation.from] else { return defaultValue }
    let label = host.prefix { $0 != "." }
    return label + derivation.append + host.dropFirst(label.count)
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

/// A regular expression that a whole value must match, in RE2's syntax: linear in the value.
package struct ParameterPattern: Sendable {
  package let source: String
  private let program: Program
  private let slot: Slot

  /// - Throws: What is wrong with the pattern.
  package init(_ source: String) throws(PatternFault) {
    var environment = Environment()
    slot = environment.declare("value", .string)
    let quoted = "^(?:\(source))$".replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    do throws(CompilationError) {
      program = try environment.compile("value.matches(\"\(quoted)\")", expecting: .bool)
    } catch {
      throw PatternFault(message: "'\(source)' is no regular expression")
    }
    self.source = source
  }

  package func matches(_ value: String) -> Bool {
    let activation = Activation()
    activation.set(slot, .string(value))
    return (try? program.evaluateCondition(activation).get()) == true
  }

  package struct PatternFault: Error { package let message: String }
}
