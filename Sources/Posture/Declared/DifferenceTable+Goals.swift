internal import JSON
internal import Text
internal import YAML

extension DifferenceTable {
  /// Initiatives: what is counted, and what is demanded.
  static let initiatives: [DifferenceRow] = [
    DifferenceRow(
      .initiative, "!",
      type: { $0.from == nil ? .initiativeTracked : .initiativeUntracked }
    ) { moved in (tracking(moved), nil) },
    DifferenceRow(.initiative, "metadata.labels", .initiativeChanged, DifferenceRow.neutral),
    DifferenceRow(.initiative, "title", .initiativeChanged, DifferenceRow.neutral),
    DifferenceRow(.initiative, "description", .initiativeChanged, DifferenceRow.neutral),
    DifferenceRow(
      .initiative, "tracked",
      type: { moved in
        switch tracking(moved) {
        case .weakens: .initiativeUntracked
        case .strengthens: .initiativeTracked
        case .neutral: .initiativeChanged
        }
      }
    ) { moved in
      func word(_ state: DesiredState) -> String { isTracked(moved.name, in: state) ? "on" : "off" }
      return (tracking(moved), (from: word(moved.old), to: word(moved.new)))
    },
    DifferenceRow.measure(.initiative, "targetScore", .targetChanged, .lowerWeakens) {
      state, moved in
      state.initiative(moved.name).map {
        .init(rank: $0.targetScore, text: "\($0.targetScore)")
      }
    },
    DifferenceRow(.initiative, "instances", .initiativeChanged) { moved in
      guard let (a, b) = moved.initiatives else { return .neutral }
      return selection(a.instances, b.instances, moved, wider: .strengthens)
    },
    DifferenceRow.measure(.initiative, "weights.*", .weightChanged, .lowerWeakens) {
      state, moved in weight(of: moved.path.last ?? "", in: state, moved)
    },
    DifferenceRow(
      .initiative, "metrics.[].!", .initiativeChanged,
      DifferenceRow.coming(.strengthens, going: .weakens)),
    DifferenceRow(.initiative, "metrics.[].name", .initiativeChanged, DifferenceRow.weakens),
    DifferenceRow(.initiative, "metrics.[].title", .initiativeChanged, DifferenceRow.neutral),
    DifferenceRow(.initiative, "metrics.[].description", .initiativeChanged, DifferenceRow.neutral),
    DifferenceRow.measure(.initiative, "metrics.[].weight", .weightChanged, .lowerWeakens) {
      state, moved in
      let metric = moved.path.dropLast().last.map(DeclaredDifference.element)
      return weight(of: metric ?? "", in: state, moved)
    },
    DifferenceRow(
      .initiative, "metrics.[].recommendations", .initiativeChanged,
      DifferenceRow.list(more: .strengthens, fewer: .weakens)),
    DifferenceRow(
      .initiative, "metrics.[].controls", .initiativeChanged,
      DifferenceRow.list(more: .strengthens, fewer: .weakens)),
  ]

  private static func isTracked(_ name: String, in state: DesiredState) -> Bool {
    state.initiative(name) != nil
  }

  private static func tracking(_ moved: MovedValue) -> Effect {
    switch (isTracked(moved.name, in: moved.old), isTracked(moved.name, in: moved.new)) {
    case (true, false): .weakens
    case (false, true): .strengthens
    default: .neutral
    }
  }

  private static func weight(
    of metric: String, in state: DesiredState, _ moved: MovedValue
  ) -> DifferenceRow.Measure? {
    state.initiative(moved.name)?.metrics.first { $0.name == metric }.map {
      .init(rank: $0.weight.factor, text: $0.weight.rawValue)
    }
  }

  /// What another choice of instances does: `wider` where it means more of them, now or later.
  fileprivate static func selection(
    _ old: InstanceSelector, _ new: InstanceSelector, _ moved: MovedValue, wider: Effect
  ) -> Effect {
    let narrower: Effect = wider == .weakens ? .strengthens : .weakens
    // Beside those that are declared now, a choice by label means those that will be.
    let open = (isOpen(old), isOpen(new))
    let instances = moved.new.instances
    return DifferenceRow.effect(
      added: instances.contains { new.matches($0) && !old.matches($0) } || (!open.0 && open.1),
      wider,
      removed: instances.contains { old.matches($0) && !new.matches($0) } || (open.0 && !open.1),
      narrower)
  }

  private static func isOpen(_ selector: InstanceSelector) -> Bool {
    if case .names = selector { false } else { true }
  }

  /// Exceptions: what is looked at and decided otherwise, where, and until when.
  static let exceptions: [DifferenceRow] = [
    DifferenceRow(
      .exception, "!", type: { $0.from == nil ? .exceptionAdded : .exceptionRemoved }
    ) { moved in (moved.from == nil ? .weakens : .strengthens, nil) },
    DifferenceRow(.exception, "metadata.labels", .exceptionChanged, DifferenceRow.neutral),
    DifferenceRow(.exception, "recommendation", .exceptionChanged, covered),
    DifferenceRow(.exception, "recommendations", .exceptionChanged, covered),
    DifferenceRow.measure(.exception, "status", .exceptionChanged, .higherWeakens) { state, moved in
      state.exception(moved.name).map {
        // What is planned earns nothing, an accepted risk is out of sight, what is resolved earns all.
        let rank = $0.status == .planned ? 0 : $0.status == .riskAccepted ? 1 : 2
        return .init(rank: rank, text: $0.status.rawValue)
      }
    },
    DifferenceRow(.exception, "instances", .exceptionChanged) { moved in
      guard let (a, b) = moved.exceptions else { return .weakens }
      return selection(a.instances, b.instances, moved, wider: .weakens)
    },
    DifferenceRow(
      .exception, "resources", .exceptionChanged,
      // Without it, all resources are meant.
      DifferenceRow.coming(.strengthens, going: .weakens)),
    DifferenceRow(.exception, "justification", .exceptionChanged, DifferenceRow.neutral),
    DifferenceRow(.exception, "owner", .exceptionChanged, DifferenceRow.neutral),
    DifferenceRow(.exception, "ticket", .exceptionChanged, DifferenceRow.neutral),
    DifferenceRow.measure(.exception, "expires", .exceptionChanged, .higherWeakens) {
      state, moved in
      state.exception(moved.name).map {
        .init(
          rank: $0.expires?.daysSince1970 ?? .max, text: $0.expires?.description ?? "no last day")
      }
    },
  ]

  @Sendable private static func covered(_ moved: MovedValue) -> Effect {
    guard let (a, b) = moved.exceptions else { return .weakens }
    let (old, new) = (Set(a.recommendations.map(\.value)), Set(b.recommendations.map(\.value)))
    return DifferenceRow.effect(
      added: !new.isSubset(of: old), .weakens, removed: !old.isSubset(of: new), .strengthens)
  }
}
