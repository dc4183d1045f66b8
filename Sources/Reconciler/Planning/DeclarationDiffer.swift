internal import JSON
internal import Posture
internal import YAML

/// Lists what two desired states say otherwise, every field of every document, and what each difference
/// does: what a reviewer would miss if only verdicts and scores were told.
struct DeclarationDiffer {
  let comparison: Comparison
  let desired: DesiredState
  /// What is planned for the new one.
  let plan: Plan
  let observations: [String: InstanceObservation]
  let exceptions: [String: ExceptionPlan]

  init(
    _ comparison: Comparison, desired: DesiredState, plan: Plan,
    observations: [String: InstanceObservation]
  ) {
    self.comparison = comparison
    self.desired = desired
    self.plan = plan
    self.observations = observations
    exceptions = Dictionary(
      plan.exceptions.map { ($0.exception.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  func changes() -> [Change] {
    let sight = HiddenFindings(before: comparison.plan, after: plan)
    return
      (DeclaredComparison(from: comparison.desired, to: desired).differences().map(change)
      + data()).map { change in
        guard change.effect == .weakens else { return change }
        var change = change
        change.hides = sight.hidden(by: change, exceptions: exceptions)
        return change
      }
  }

  // MARK: Documents

  private func change(_ difference: DeclaredDifference) -> Change {
    let name = difference.subject.name
    let field = difference.field
    var change = Change(
      difference.type, from: difference.words.map { .string($0.from) } ?? difference.from,
      to: difference.words.map { .string($0.to) } ?? difference.to, cause: .desiredState,
      reason: reason(difference))
    change.effect = difference.effect
    change.contentDigest = Digest.sha256(
      [difference.from, difference.to].map { $0?.compactText ?? "" }.joined(separator: "\n"))
    change.setting = field.isEmpty ? nil : field
    switch difference.subject.kind {
    case .instance:
      change.instance = name
      if difference.path.first == "breakGlass", difference.path.count > 1 {
        change.resource = DeclaredDifference.element(difference.path[1])
        change.setting = difference.path.count > 2 ? difference.path[2] : nil
      }
      if difference.type == .instanceRemoved { change.from = .string(app(name) ?? "") }
      if difference.type == .instanceAdded { change.to = .string(isOn(name) ? "on" : "off") }
    case .initiative:
      change.initiative = name
      change.metric = metric(difference.path)
      if difference.path.isEmpty { (change.from, change.to) = (nil, nil) }
    case .exception:
      change.exception = name
      if difference.path.isEmpty {
        change.from = comparison.state.exceptions[name].map { .string($0.state.rawValue) }
        change.to = exceptions[name].map { .string($0.state.rawValue) }
      }
    case .recommendation, .recommendationOverride: change.recommendation = name
    case .settings: break
    case .definitions, .connector, .exportFormat, .framework:
      change.document = "\(difference.subject.kind.rawValue.lowercased()) \(name)"
    }
    return change
  }

  private func app(_ instance: String) -> String? {
    comparison.desired.instance(instance)?.app.value
  }

  private func isOn(_ instance: String) -> Bool {
    desired.instance(instance)?.recommendations ?? true
  }

  private func metric(_ path: [String]) -> String? {
    guard path.count > 1 else { return nil }
    switch path[0] {
    case "weights": return path[1]
    case "metrics": return DeclaredDifference.element(path[1])
    default: return nil
    }
  }

  private func reason(_ difference: DeclaredDifference) -> String {
    let name = difference.subject.name
    let values =
      "\(difference.words?.from ?? Self.text(difference.from)) → \(difference.words?.to ?? Self.text(difference.to))"
    switch difference.type {
    case .instanceAdded:
      let title = plan.instances.first { $0.name == name }?.appTitle ?? ""
      return "\(title), recommendations \(isOn(name) ? "on" : "off")"
    case .instanceRemoved: return "the instance is no longer declared"
    case .recommendationsOn: return "the instance is assessed from now on"
    case .recommendationsOff:
      return "the instance is no longer assessed and counts in no score"
    case .breakGlassAdded, .breakGlassRemoved:
      let state = difference.type == .breakGlassAdded ? desired : comparison.desired
      let id = difference.path.last.map(DeclaredDifference.element)
      guard let item = state.instance(name)?.breakGlass.first(where: { $0.id == id }) else {
        return values
      }
      let words = "\(item.kind.rawValue), \(item.owner): \(item.reason)"
      return difference.type == .breakGlassAdded ? words : "no longer declared (\(words))"
    case .breakGlassChanged: return "\(difference.path.last ?? "") \(values)"
    case .initiativeTracked:
      let target = desired.initiative(name)?.targetScore
      return target.map { "tracked with target \($0)" } ?? "declared, and not tracked"
    case .initiativeUntracked: return "no longer tracked"
    case .targetChanged: return "target \(values)"
    case .weightChanged: return "weight \(values)"
    case .exceptionAdded:
      guard let item = exceptions[name] else { return values }
      let exception = item.exception
      let extent = item.covers > 0 ? " (covers \(item.extent))" : ""
      return
        "\(exception.status.rawValue), \(exception.owner): \(exception.justification)\(extent)"
    case .exceptionRemoved:
      let lost = comparison.exceptions[name].map { "; it covered \($0.extent)" } ?? ""
      return "the exception is no longer declared\(lost)"
    case .settingsChanged: return values
    default:
      if difference.path.isEmpty { return difference.from == nil ? "added" : "removed" }
      return "\(difference.field) \(values)"
    }
  }

  /// A value as a sentence has it: whole in the plan as JSON, and short here.
  private static func text(_ value: JSONValue?) -> String {
    let text =
      switch value {
      case nil: "none"
      case .string(let text)?: text
      case let value?: value.compactText
      }
    return text.count <= longest ? text : text.prefix(longest) + "…"
  }

  private static let longest = 160

  // MARK: Data

  /// What is recorded in the repository, or exported into it, is as much a part of a pull request.
  private func data() -> [Change] {
    desired.instances.compactMap { instance -> Change? in
      guard let old = comparison.desired.instance(instance.name), old.digest == instance.digest,
        old.recommendations, instance.recommendations
      else { return nil }
      if case .api = instance.source { return nil }
      let a = comparison.observations[instance.name]?.summary
      let b = observations[instance.name]?.summary
      // Equal data of another time is told, too: its age decides for how long it counts.
      guard a != b else { return nil }
      var change = Change(
        .dataChanged, instance: instance.name,
        from: (a?.observedAt.description).map(JSONValue.string),
        to: (b?.observedAt.description).map(JSONValue.string), cause: .desiredState,
        reason: Self.words(from: a, to: b))
      change.effect = DifferenceTable.data(from: a, to: b)
      change.contentDigest = Digest.sha256("\(a?.digest ?? "")\n\(b?.digest ?? "")")
      return change
    }
  }

  private static func words(from a: ObservationSummary?, to b: ObservationSummary?) -> String {
    switch (a, b) {
    case (let a?, let b?) where a.observedAt == b.observedAt:
      return "its data in the repository is another, of the same time \(a.observedAt)"
    case (let a?, let b?):
      let lost = DifferenceTable.lost(from: a, to: b)
      return "its data in the repository: observed \(a.observedAt) → \(b.observedAt)"
        + (lost.isEmpty ? "" : "; no longer complete: \(lost.joined(separator: ", "))")
    case (_?, nil): return "its data in the repository can no longer be read"
    default: return "its data in the repository can be read now"
    }
  }
}

extension DeclaredDifference {
  /// `source.recorded.path`, `metrics[users].title`.
  fileprivate var field: String {
    path.reduce(into: "") { text, part in
      text += part.hasPrefix("[") || text.isEmpty ? part : ".\(part)"
    }
  }
}
