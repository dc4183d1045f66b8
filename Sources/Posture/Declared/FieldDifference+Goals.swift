internal import JSON
internal import Text
internal import YAML

/// Initiatives: what is counted, and what is demanded.
extension FieldTrait where Self == FieldDifference {
  static var initiativeItself: FieldDifference {
    FieldDifference(
      of: "!", type: { $0.from == nil ? .initiativeTracked : .initiativeUntracked }
    ) { moved in (FieldDifference.tracking(moved), nil) }
  }

  static var tracked: FieldDifference {
    FieldDifference(
      type: { moved in
        switch FieldDifference.tracking(moved) {
        case .weakens: .initiativeUntracked
        case .strengthens: .initiativeTracked
        case .neutral: .initiativeChanged
        }
      }
    ) { moved in
      func word(_ state: DesiredState) -> String {
        FieldDifference.isTracked(moved.name, in: state) ? "on" : "off"
      }
      return (FieldDifference.tracking(moved), (from: word(moved.old), to: word(moved.new)))
    }
  }

  static var targetScore: FieldDifference {
    .measure(.lowerWeakens, as: .targetChanged) { state, moved in
      state.initiative(moved.name).map {
        .init(rank: $0.targetScore, text: "\($0.targetScore)")
      }
    }
  }

  static var counted: FieldDifference {
    FieldDifference { moved in
      guard let (a, b) = moved.initiatives else { return .neutral }
      return FieldDifference.selection(a.instances, b.instances, moved, wider: .strengthens)
    }
  }

  static var weights: FieldDifference {
    .measure(.lowerWeakens, of: "*", as: .weightChanged) { state, moved in
      FieldDifference.weight(of: moved.path.last ?? "", in: state, moved)
    }
  }

  static var weight: FieldDifference {
    .measure(.lowerWeakens, as: .weightChanged) { state, moved in
      let metric = moved.path.dropLast().last.map(DeclaredDifference.element)
      return FieldDifference.weight(of: metric ?? "", in: state, moved)
    }
  }
}

/// Exceptions: what is looked at and decided otherwise, where, and until when.
extension FieldTrait where Self == FieldDifference {
  static var exceptionItself: FieldDifference {
    FieldDifference(
      of: "!", type: { $0.from == nil ? .exceptionAdded : .exceptionRemoved }
    ) { moved in (moved.from == nil ? .weakens : .strengthens, nil) }
  }

  static var covered: FieldDifference {
    FieldDifference { moved in
      guard let (a, b) = moved.exceptions else { return .weakens }
      let (old, new) = (Set(a.recommendations.map(\.value)), Set(b.recommendations.map(\.value)))
      return FieldDifference.effect(
        added: !new.isSubset(of: old), .weakens, removed: !old.isSubset(of: new), .strengthens)
    }
  }

  static var decision: FieldDifference {
    .measure(.higherWeakens) { state, moved in
      state.exception(moved.name).map {
        // What is planned earns nothing, an accepted risk is out of sight, what is resolved earns all.
        let rank = $0.status == .planned ? 0 : $0.status == .riskAccepted ? 1 : 2
        return .init(rank: rank, text: $0.status.rawValue)
      }
    }
  }

  static var accepted: FieldDifference {
    FieldDifference { moved in
      guard let (a, b) = moved.exceptions else { return .weakens }
      return FieldDifference.selection(a.instances, b.instances, moved, wider: .weakens)
    }
  }

  static var expires: FieldDifference {
    .measure(.higherWeakens) { state, moved in
      state.exception(moved.name).map {
        .init(
          rank: $0.expires?.daysSince1970 ?? .max, text: $0.expires?.description ?? "no last day")
      }
    }
  }
}

extension FieldDifference {
  fileprivate static func isTracked(_ name: String, in state: DesiredState) -> Bool {
    state.initiative(name) != nil
  }

  fileprivate static func tracking(_ moved: MovedValue) -> Bearing {
    switch (isTracked(moved.name, in: moved.old), isTracked(moved.name, in: moved.new)) {
    case (true, false): .weakens
    case (false, true): .strengthens
    default: .neutral
    }
  }

  fileprivate static func weight(
    of metric: String, in state: DesiredState, _ moved: MovedValue
  ) -> Measure? {
    state.initiative(moved.name)?.metrics.first { $0.name == metric }.map {
      .init(rank: $0.weight.factor, text: $0.weight.rawValue)
    }
  }

  /// What another choice of instances does: `wider` where it means more of them, now or later.
  fileprivate static func selection(
    _ old: InstanceSelector, _ new: InstanceSelector, _ moved: MovedValue, wider: Bearing
  ) -> Bearing {
    let narrower: Bearing = wider == .weakens ? .strengthens : .weakens
    // Beside those that are declared now, a choice by label means those that will be.
    let open = (isOpen(old), isOpen(new))
    let instances = moved.new.instances
    return FieldDifference.effect(
      added: instances.contains { new.matches($0) && !old.matches($0) } || (!open.0 && open.1),
      wider,
      removed: instances.contains { old.matches($0) && !new.matches($0) } || (open.0 && !open.1),
      narrower)
  }

  private static func isOpen(_ selector: InstanceSelector) -> Bool {
    if case .names = selector { false } else { true }
  }
}
