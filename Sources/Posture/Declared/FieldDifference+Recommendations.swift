internal import JSON
internal import YAML

/// Recommendations of the repository's own, and what it changes in the catalog's, one by one.
extension FieldTrait where Self == FieldDifference {
  static var parameters: FieldDifference { FieldDifference(of: "*", ParameterDirection.effect) }

  static var points: FieldDifference {
    .measure(.lowerWeakens) { state, moved in
      state.recommendation(moved.name).map {
        .init(rank: $0.points, text: "\($0.impact.rawValue) (\($0.points))")
      }
    }
  }

  static var enabled: FieldDifference {
    .measure(.lowerWeakens) { state, moved in
      let isOn = !state.disabled.contains(moved.name)
      return .init(rank: isOn ? 1 : 0, text: isOn ? "on" : "off")
    }
  }

  static var overriddenParameters: FieldDifference {
    FieldDifference(of: "*") { moved in
      func text(_ state: DesiredState) -> String? {
        state.recommendation(moved.name)?.parameters
          .first { $0.name == moved.path.last }?.value.compactText
      }
      guard let a = text(moved.old), let b = text(moved.new) else {
        return (ParameterDirection.effect(moved), nil)
      }
      return (a == b ? .neutral : ParameterDirection.effect(moved), (from: a, to: b))
    }
  }
}
