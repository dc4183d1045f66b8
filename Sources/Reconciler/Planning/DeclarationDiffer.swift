internal import Connectors
internal import JSON
internal import Posture
internal import YAML

/// Lists every field of every document in which two desired states differ, and what each difference
/// does. A reviewer who saw only verdicts and scores would miss these.
struct DeclarationDiffer {
  let base: BaseSide
  let desired: DesiredState
  /// The snapshot that the new desired state gives.
  let after: Snapshot
  let scores: ByName<InitiativeScore>
  let observations: [String: InstanceObservation]

  func changes() -> [Change] {
    let sight = HiddenFindings(before: base.plan, after: after, scores: scores)
    return
      (DeclaredComparison(from: base.desired, to: desired).differences().map(change)
      + data()).map { change in
        guard change.effect == .weakens else { return change }
        var change = change
        change.hides = sight.hidden(by: change, exceptions: after.exceptions)
        return change
      }
  }

  // MARK: Documents

  private func change(_ difference: DeclaredDifference) -> Change {
    var change = Change(
      what(difference), of: subject(of: difference), cause: .desiredState)
    change.effect = difference.effect
    if case .breakGlass = change.subject {
      change.field = difference.path.count > 2 ? difference.path[2] : nil
    } else {
      change.field = difference.field.isEmpty ? nil : difference.field
    }
    change.contentDigest = Digest.sha256(
      [difference.from, difference.to].map { $0?.compactText ?? "" }.joined(separator: "\n"))
    return change
  }

  private func subject(of difference: DeclaredDifference) -> Change.Subject {
    let name = difference.subject.name
    switch difference.subject.kind {
    case .instance:
      guard difference.path.first == "breakGlass", difference.path.count > 1 else {
        return .instance(name)
      }
      return .breakGlass(DeclaredDifference.element(difference.path[1]), instance: name)
    case .initiative: return .initiative(name, metric: metric(difference.path))
    case .exception: return .exception(name)
    case .recommendation, .recommendationOverride: return .recommendation(name)
    case .settings: return .settings
    case .definitions, .connector, .exportFormat, .framework:
      return .document("\(difference.subject.kind.rawValue.lowercased()) \(name)")
    }
  }

  private func metric(_ path: [String]) -> String? {
    guard path.count > 1 else { return nil }
    switch path[0] {
    case "weights": return path[1]
    case "metrics": return DeclaredDifference.element(path[1])
    default: return nil
    }
  }

  /// Tells what comes, goes, or is switched as a whole in the same way as a plan; all else by its
  /// field.
  private func what(_ difference: DeclaredDifference) -> Change.What {
    let name = difference.subject.name
    switch difference.type {
    case .instanceAdded:
      let title = after.instances[name]?.appTitle ?? ""
      return .instanceAdded(
        appTitle: title, isOn: desired.instance(name)?.recommendations ?? true)
    case .instanceRemoved:
      return .instanceRemoved(app: base.desired.instance(name)?.app.value ?? "")
    case .recommendationsOn: return .recommendations(areOn: true)
    case .recommendationsOff: return .recommendations(areOn: false)
    case .breakGlassAdded, .breakGlassRemoved:
      let isAdded = difference.type == .breakGlassAdded
      let id = difference.path.last.map(DeclaredDifference.element)
      let item = (isAdded ? desired : base.desired).instance(name)?.breakGlass
        .first { $0.id == id }
      guard let item else { return .declared(difference) }
      return .breakGlass(from: isAdded ? nil : item, to: isAdded ? item : nil)
    case .initiativeTracked: return .tracked(target: desired.initiative(name)?.targetScore)
    case .initiativeUntracked: return .untracked
    case .exceptionAdded:
      guard let item = after.exceptions[name] else { return .declared(difference) }
      return .exception(
        .init(
          .added(item.terms, covers: item.extent),
          from: base.state.exceptions[name]?.state, to: item.state))
    case .exceptionRemoved:
      return .exception(
        .init(
          .removed(
            nil, covered: base.state.exceptions[name].map { $0.extent ?? .init(results: 0) }),
          from: base.state.exceptions[name]?.state, to: after.exceptions[name]?.state))
    default: return .declared(difference)
    }
  }

  // MARK: Data

  /// Lists the instances whose data in the repository, recorded or exported, differs: it is as much
  /// a part of a pull request.
  private func data() -> [Change] {
    desired.instances.flatMap { instance -> [Change] in
      guard let old = base.desired.instance(instance.name), old.digest == instance.digest,
        old.recommendations, instance.recommendations
      else { return [] }
      let a = base.observations[instance.name]?.summary
      let b = observations[instance.name]?.summary
      // Of several sources each that lies in the repository; what they lose together is lost.
      return instance.sources.filter { $0.path != nil }.compactMap { source in
        let isAlone = instance.sources.count == 1
        let (from, to) = isAlone ? (a, b) : (a?.of(source), b?.of(source))
        // Equal data of another time is told, too: its age decides for how long it counts.
        guard from != to else { return nil }
        let lost = a.flatMap { a in b.map { DifferenceTable.lost(from: a, to: $0) } } ?? []
        var change = Change(
          .data(
            from: from?.observedAt, to: to?.observedAt, lost: from == nil || to == nil ? [] : lost),
          of: .instance(instance.name), cause: .desiredState)
        change.effect =
          isAlone || lost.isEmpty ? DifferenceTable.data(from: from, to: to) : .weakens
        if !isAlone { change.field = "source[\(source.name)]" }
        change.contentDigest = Digest.sha256("\(from?.digest ?? "")\n\(to?.digest ?? "")")
        return change
      }
    }
  }
}

extension ObservationSummary {
  /// What one of several sources has; nil where it has nothing.
  fileprivate func of(_ source: Instance.Source) -> ObservationSummary? {
    sources.first { $0.name == source.name }.flatMap { found in
      found.observedAt.map {
        ObservationSummary(observedAt: $0, digest: found.digest ?? "", collections: [])
      }
    }
  }
}
