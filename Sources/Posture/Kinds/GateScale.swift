internal import YAML

/// What a gate may be set to: a scale from off to the strictest.
struct GateScale<Value: Sendable>: Sendable {
  let decoder: NodeDecoder<Value>
  let text: @Sendable (Value) -> String
  /// More is stricter, 0 is off.
  let strictness: @Sendable (Value) -> Int
  /// What `--fail-on` asks for; nil where it asks for nothing that there is.
  let demanded: @Sendable (String?) -> Value?
  /// What is said of a demand that is none, of the gate by its name.
  let fault: @Sendable (String) -> String
  /// How a demand is written, behind the gate's name.
  var argument = ""
  /// What of two a default becomes; by default it is a value like others.
  var joined: (@Sendable (Value, Value) -> Value)?

  /// The stricter of two.
  func stricter(_ one: Value, _ other: Value) -> Value {
    joined?(one, other) ?? (strictness(one) < strictness(other) ? other : one)
  }
}

extension GateScale<Settings.GateAction> {
  static var action: Self {
    GateScale(
      decoder: .choice(of: Settings.GateAction.self), text: \.rawValue, strictness: \.rank,
      demanded: { $0 == nil ? .fail : nil },
      fault: { "\($0) takes no value; write --fail-on \($0)" })
  }
}

extension GateScale<Settings.GateAction?> {
  /// Nil where it is not written: it fails, and is not told while it finds nothing.
  static var actionOrFail: Self {
    let action = GateScale<Settings.GateAction>.action
    return GateScale(
      decoder: action.decoder.map { .some($0) }, text: { action.text($0 ?? .fail) },
      strictness: { action.strictness($0 ?? .fail) },
      demanded: { action.demanded($0).map { .some($0) } }, fault: action.fault,
      joined: { $0 == nil && $1 == nil ? nil : action.stricter($0 ?? .fail, $1 ?? .fail) })
  }
}

extension GateScale<Impact?> {
  static var impact: Self {
    GateScale(
      decoder: NodeDecoder.choice(Impact.allCases.map(\.rawValue) + ["off"])
        .map(Impact.init(rawValue:)),
      text: { $0?.rawValue ?? "off" },
      // From the lowest impact that stops a run: the lower, the stricter.
      strictness: { $0.map { $0 == .low ? 3 : $0 == .medium ? 2 : 1 } ?? 0 },
      demanded: { $0.flatMap(Impact.init(rawValue:)).map { .some($0) } },
      fault: { "\($0) wants an impact: \($0)=high, =medium or =low" }, argument: "=high|medium|low")
  }
}

extension GateScale<Int?> {
  /// A number within bounds, or off.
  ///
  /// - Parameters:
  ///   - unit: As messages and help say it.
  ///   - strictness: How strict the number is, from 1.
  static func number(
    in bounds: ClosedRange<Int>, _ unit: String, example: Int, argument: String,
    strictness: @escaping @Sendable (Int) -> Int
  ) -> Self {
    GateScale(
      decoder: NodeDecoder(
        "an integer or off", shape: .either([.integer(bounds), .choice(["off"])])
      ) { node, diagnostics in
        if node.scalar == "off" { return .some(nil) }
        return NodeDecoder<Int>.integer(in: bounds).decode(node, into: diagnostics)
          .map { .some($0) }
      },
      text: { $0.map(String.init) ?? "off" }, strictness: { $0.map(strictness) ?? 0 },
      demanded: { text in
        text.flatMap { Int($0) }.flatMap { bounds.contains($0) ? .some($0) : nil }
      },
      fault: {
        "\($0) wants \(unit) from \(bounds.lowerBound) to \(bounds.upperBound): \($0)=\(example)"
      }, argument: argument)
  }
}
