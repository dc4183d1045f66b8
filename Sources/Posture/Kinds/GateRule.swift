internal import Text
internal import YAML

/// A gate as the Settings document, `--fail-on` and declared differences know it.
package struct GateRule: Sendable {
  /// The field of the Settings document that sets the gate.
  package let name: Settings.GateName
  let field: Field<Settings.Gates>
  /// Its value as the Settings document would say it.
  let text: @Sendable (Settings.Gates) -> String
  /// Makes it as strict as in other gates; what is stricter already stays.
  let tighten: @Sendable (inout Settings.Gates, Settings.Gates) -> Void
  /// Sets it to what `--fail-on` says behind its name.
  let demand:
    @Sendable (inout Settings.Gates, String?) throws(Settings.GateDemand.ParseError) -> Void
  /// How `--fail-on` is written.
  let form: String

  /// - Parameter description: What makes it fail: a sentence.
  init<Value>(
    _ name: Settings.GateName, _ property: Field<Settings.Gates>.Property<Value>,
    _ scale: GateScale<Value>, _ description: String
  ) {
    self.name = name
    field = .optional(
      name.rawValue, property, scale.decoder, description,
      .measure(.lowerWeakens) { state, _ in
        let value = state.settings.gates[keyPath: property]
        return .init(rank: scale.strictness(value), text: scale.text(value))
      })
    text = { scale.text($0[keyPath: property]) }
    tighten = { gates, other in
      gates[keyPath: property] = scale.stricter(gates[keyPath: property], other[keyPath: property])
    }
    demand = { gates, argument throws(Settings.GateDemand.ParseError) in
      guard let value = scale.demanded(argument) else {
        throw Settings.GateDemand.ParseError(description: scale.fault(name.rawValue))
      }
      gates[keyPath: property] = value
    }
    form = name.rawValue + scale.argument
  }
}

extension Settings {
  /// A gate that is to fail for one run: `--fail-on`.
  package struct GateDemand: Sendable, Hashable, CustomStringConvertible {
    /// The gate that is demanded.
    package let name: GateName
    /// Those in which the gate is what is demanded.
    private let gates: Gates
    /// The text that it was read from.
    package let description: String

    /// Why a text is no demand.
    package struct ParseError: Error, Sendable, Hashable, CustomStringConvertible {
      /// What is wrong with the text, as a sentence.
      package let description: String
    }

    /// How demands are written: `newNotCompliant=high|medium|low, scoreBelowTarget, …`.
    package static var forms: String { Gates.rules.map(\.form).joined(separator: ", ") }

    /// Reads `scoreBelowTarget`, `newNotCompliant=high`, `scoreDrop=2`, `coverageBelow=90`.
    package init(_ text: String) throws(ParseError) {
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let word = String(parts[0])
      guard let rule = Gates.rules.first(where: { $0.name.rawValue == word }) else {
        let known = Gates.rules.map(\.name.rawValue)
        throw ParseError(
          description: "no gate named '\(word)'\(Suggestion.hint(for: word, among: known)); known: "
            + known.joined(separator: ", "))
      }
      var gates = Gates()
      try rule.demand(&gates, parts.count == 2 ? String(parts[1]) : nil)
      self.gates = gates
      name = rule.name
      description = text
    }

    /// Makes the gates at least as strict; what is stricter already stays.
    package func apply(to gates: inout Gates) {
      Gates.rules.first { $0.name == name }?.tighten(&gates, self.gates)
    }
  }
}
