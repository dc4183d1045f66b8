internal import Text

extension Settings {
  /// What makes `plan` and `apply` end with exit code 3.
  package struct Gates: Sendable, Hashable {
    /// Newly not compliant recommendations of at least this impact fail; nil: the gate is off.
    package var newNotCompliant: Impact?
    package var scoreBelowTarget = GateAction.off
    /// Points that an initiative must fall to fail; 0: any fall. Nil: the gate is off.
    package var scoreDrop: Int?
    package var expiredException = GateAction.off
    /// What an exception does that ends later than `exceptions.maxDuration` allows. A cap that is
    /// not said to be less is one: it fails.
    package var exceptionTooLong: GateAction?
    /// The coverage in per cent that an initiative may not fall short of; nil: the gate is off.
    package var coverageBelow: Int?
    package var staleObservation = GateAction.off
    /// What happens when a pull request weakens what is declared. A gate that is not said to be less
    /// is one: it fails.
    package var lessAssessed = GateAction.fail

    package init() {}
  }

  /// What a gate does when its condition holds.
  package enum GateAction: String, Sendable, CaseIterable {
    case off, warn, fail
  }

  /// The gates by name, as Settings, `--fail-on` and reports write them.
  package enum GateName: String, Sendable, CaseIterable {
    case newNotCompliant, scoreBelowTarget, scoreDrop, expiredException, exceptionTooLong
    case coverageBelow, staleObservation, lessAssessed
  }
}

extension Settings {
  /// A gate that is to fail for one run: `--fail-on`.
  package struct GateDemand: Sendable, Hashable, CustomStringConvertible {
    package let name: GateName
    private let value: Value
    package let description: String

    private enum Value: Hashable {
      case none
      case impact(Impact)
      case number(Int)
    }

    /// Why a text is no demand.
    package struct Fault: Error, Sendable, Hashable, CustomStringConvertible {
      package let description: String
    }

    /// Reads `scoreBelowTarget`, `newNotCompliant=high`, `scoreDrop=2`, `coverageBelow=90`.
    package init(_ text: String) throws(Fault) {
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let word = String(parts[0])
      let argument = parts.count == 2 ? String(parts[1]) : nil
      guard let name = GateName(rawValue: word) else {
        let known = GateName.allCases.map(\.rawValue)
        throw Fault(
          description: "no gate named '\(word)'\(Suggestion.hint(for: word, among: known)); known: "
            + known.joined(separator: ", "))
      }
      switch name {
      case .newNotCompliant:
        guard let impact = argument.flatMap(Impact.init(rawValue:)) else {
          throw Fault(
            description: "newNotCompliant wants an impact: newNotCompliant=high, =medium or =low")
        }
        value = .impact(impact)
      case .scoreDrop, .coverageBelow:
        let bounds = name == .scoreDrop ? Gates.scoreDrops : Gates.coverages
        guard let number = argument.flatMap({ Int($0) }), bounds.contains(number) else {
          let unit = name == .scoreDrop ? "points" : "per cent"
          throw Fault(
            description: "\(word) wants \(unit) from \(bounds.lowerBound) to \(bounds.upperBound): "
              + "\(word)=\(name == .scoreDrop ? 2 : 90)")
        }
        value = .number(number)
      case .scoreBelowTarget, .expiredException, .exceptionTooLong, .staleObservation,
        .lessAssessed:
        guard argument == nil else {
          throw Fault(description: "\(word) takes no value; write --fail-on \(word)")
        }
        value = .none
      }
      self.name = name
      description = text
    }

    /// Makes the gates at least as strict; what is stricter already stays.
    package func apply(to gates: inout Gates) {
      switch (name, value) {
      case (.newNotCompliant, .impact(let impact)):
        gates.newNotCompliant = min(gates.newNotCompliant ?? .high, impact)
      case (.scoreDrop, .number(let points)):
        gates.scoreDrop = min(gates.scoreDrop ?? points, points)
      case (.coverageBelow, .number(let percent)):
        gates.coverageBelow = max(gates.coverageBelow ?? percent, percent)
      case (.scoreBelowTarget, _): gates.scoreBelowTarget = .fail
      case (.expiredException, _): gates.expiredException = .fail
      case (.exceptionTooLong, _): gates.exceptionTooLong = .fail
      case (.staleObservation, _): gates.staleObservation = .fail
      case (.lessAssessed, _): gates.lessAssessed = .fail
      default: break
      }
    }
  }
}

extension Settings.Gates {
  /// The points that `scoreDrop` may be.
  package static let scoreDrops = 0...100
  /// The per cent that `coverageBelow` may be.
  package static let coverages = 1...100
}

extension Settings.Gates {
  /// Every gate as the Settings document would say it.
  package var values: [(name: Settings.GateName, value: String)] {
    Settings.GateName.allCases.map { name in
      let value: String =
        switch name {
        case .newNotCompliant: newNotCompliant?.rawValue ?? "off"
        case .scoreBelowTarget: scoreBelowTarget.rawValue
        case .scoreDrop: scoreDrop.map(String.init) ?? "off"
        case .expiredException: expiredException.rawValue
        case .exceptionTooLong: (exceptionTooLong ?? .fail).rawValue
        case .coverageBelow: coverageBelow.map(String.init) ?? "off"
        case .staleObservation: staleObservation.rawValue
        case .lessAssessed: lessAssessed.rawValue
        }
      return (name, value)
    }
  }

  /// Of each gate the stricter one: what a pull request loosens still holds for itself.
  package func stricter(of other: Settings.Gates) -> Settings.Gates {
    func stricter(
      _ one: Settings.GateAction, _ other: Settings.GateAction
    ) -> Settings.GateAction {
      let order = Settings.GateAction.allCases
      return (order.firstIndex(of: one) ?? 0) < (order.firstIndex(of: other) ?? 0) ? other : one
    }
    var gates = self
    gates.newNotCompliant =
      [newNotCompliant, other.newNotCompliant].compactMap(\.self).min()
    gates.scoreBelowTarget = stricter(scoreBelowTarget, other.scoreBelowTarget)
    gates.scoreDrop = [scoreDrop, other.scoreDrop].compactMap(\.self).min()
    gates.expiredException = stricter(expiredException, other.expiredException)
    if let action = other.exceptionTooLong ?? (exceptionTooLong == nil ? nil : .fail) {
      gates.exceptionTooLong = stricter(exceptionTooLong ?? .fail, action)
    }
    gates.coverageBelow = [coverageBelow, other.coverageBelow].compactMap(\.self).max()
    gates.staleObservation = stricter(staleObservation, other.staleObservation)
    gates.lessAssessed = stricter(lessAssessed, other.lessAssessed)
    return gates
  }
}
