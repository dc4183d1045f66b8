internal import Text
package import YAML

extension Settings {
  /// What makes `plan` and `apply` end with exit code 3.
  package struct Gates: Sendable, Hashable {
    /// Newly not compliant recommendations of at least this impact fail; nil: the gate is off.
    package var newNotCompliant: Impact?
    /// What happens when an initiative scores below its target.
    package var scoreBelowTarget = GateAction.off
    /// Points that an initiative must fall to fail; 0: any fall. Nil: the gate is off.
    package var scoreDrop: Int?
    /// What happens when an exception is expired.
    package var expiredException = GateAction.off
    /// What an exception does that ends later than `exceptions.maxDuration` allows. A cap that is
    /// not said to be less is one: it fails.
    package var exceptionTooLong: GateAction?
    /// The coverage in per cent that an initiative may not fall short of; nil: the gate is off.
    package var coverageBelow: Int?
    /// What happens when an instance's observation no longer counts.
    package var staleObservation = GateAction.off
    /// What happens when a pull request weakens what is declared. A gate that is not said to be less
    /// is one: it fails.
    package var lessAssessed = GateAction.fail

    /// As they are without a Settings document.
    package init() {}
  }

  /// What a gate does when its condition holds.
  package enum GateAction: String, Sendable, CaseIterable {
    case off, warn, fail

    var rank: Int { self == .off ? 0 : self == .warn ? 1 : 2 }
  }

  /// The gates by name, as Settings, `--fail-on` and reports write them.
  package enum GateName: String, Sendable, CaseIterable {
    case newNotCompliant, scoreBelowTarget, scoreDrop, expiredException, exceptionTooLong
    case coverageBelow, staleObservation, lessAssessed
  }
}

extension Settings.Gates {
  /// Every gate: how it is set, and what makes it fail. What it finds in a plan is judged above.
  package static let rules: [GateRule] = [
    GateRule(
      .newNotCompliant, \.newNotCompliant, .impact,
      "Newly not compliant recommendations of at least this impact fail."),
    GateRule(
      .scoreBelowTarget, \.scoreBelowTarget, .action,
      "What happens when an initiative is below its target."),
    GateRule(
      .scoreDrop, \.scoreDrop,
      .number(in: 0...100, "points", example: 2, argument: "=POINTS") { 101 - $0 },
      "An initiative's score that fell by so many points fails; 0 is any fall."),
    GateRule(
      .expiredException, \.expiredException, .action,
      "What happens when an exception has expired."),
    GateRule(
      .exceptionTooLong, \.exceptionTooLong, .actionOrFail,
      "What happens when one ends later than exceptions.maxDuration allows; fail by default."),
    GateRule(
      .coverageBelow, \.coverageBelow,
      .number(in: 1...100, "per cent", example: 90, argument: "=PERCENT") { $0 },
      "An initiative of which less than so many per cent are assessed fails."),
    GateRule(
      .staleObservation, \.staleObservation, .action,
      "What happens when an instance is not observed now."),
    GateRule(
      .lessAssessed, \.lessAssessed, .action,
      "What happens when a pull request weakens what is declared (plan --base); fail by default."),
  ]

  /// Every gate as the Settings document would say it.
  package var values: [(name: Settings.GateName, value: String)] {
    Self.rules.map { ($0.name, $0.text(self)) }
  }

  /// Of each gate the stricter one: what a pull request loosens still holds for itself.
  package func stricter(of other: Settings.Gates) -> Settings.Gates {
    Self.rules.reduce(into: self) { gates, rule in rule.tighten(&gates, other) }
  }
}

extension Settings.Gates: Described {
  package init(at node: Node) { self.init() }

  package static let fields: [Field<Self>] = rules.map(\.field)
}
