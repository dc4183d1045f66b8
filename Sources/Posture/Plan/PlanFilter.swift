internal import JSON
internal import Text
internal import YAML

/// Which part of a plan is shown. It never changes what is scored, gated or applied.
///
/// Values of one kind are alternatives, kinds must all hold: `--app okta --impact high --impact
/// medium` shows what is of high or medium impact on Okta. Labels of one key are alternatives too,
/// labels of different keys must all hold. A kind without values lets everything through.
package struct PlanFilter: Sendable, Hashable {
  /// Names of apps: `okta`.
  package var apps: Set<String> = []
  /// Names of instances.
  package var instances: Set<String> = []
  /// Names of initiatives.
  package var initiatives: Set<String> = []
  /// The statuses that a shown result has.
  package var statuses: Set<Status> = []
  /// Names of metrics: `sessions` of any initiative, or `identity-security/sessions`.
  package var metrics: Set<String> = []
  /// What is shown by what a recommendation says itself.
  package var recommendations = RecommendationFilter()
  /// The compliances that a shown result has.
  package var compliances: Set<Compliance> = []
  /// The accepted values by label key.
  package var labels: [String: Set<String>] = [:]
  /// Where recommendations come from.
  package var sources: Set<RecommendationSource> = []
  /// Whether only settings and resources that drifted are shown.
  package var onlyDrift = false
  /// Whether only what no API tells is shown: what people look at by hand.
  package var onlyByHand = false
  /// The most results that are shown, the most urgent ones; nil for all.
  package var limit: Int?
  /// Drift that is known: it is not shown, nor is what came of it.
  package var ignoredDrift: [DriftSelector] = []

  /// Lets everything through.
  package init() {}

  /// Whether everything is shown.
  package var isEmpty: Bool { self == PlanFilter() }

  /// Adds a label written `KEY=VALUE`.
  ///
  /// - Returns: Whether the text is a label: it has a key and a `=`; the value may be empty.
  package mutating func addLabel(_ text: String) -> Bool {
    guard let sign = text.firstIndex(of: "="), sign != text.startIndex else { return false }
    labels[String(text[..<sign]), default: []].insert(String(text[text.index(after: sign)...]))
    return true
  }

  /// Whether the instance is shown, by app, name and labels.
  package func matches(_ instance: InstancePlan) -> Bool {
    Self.admits(apps, instance.app) && Self.admits(instances, instance.name)
      && labels.allSatisfy { key, values in instance.labels[key].map(values.contains) ?? false }
  }

  /// Whether the result is shown, by initiative, status, impact and compliance.
  package func matches(_ result: RecommendationResult) -> Bool {
    Self.admits(sources, .native) && recommendations.matches(result)
      && Self.admits(compliances, result.decision.compliance)
      && (statuses.isEmpty || result.status.map(statuses.contains) ?? false)
      && (!onlyByHand || result.lookedUp != nil)
      && (initiatives.isEmpty && metrics.isEmpty
        || result.placements.contains {
          Self.admits(initiatives, $0.initiative)
            && (Self.admits(metrics, $0.metric)
              || metrics.contains("\($0.initiative)/\($0.metric)"))
        })
  }

  /// Whether an imported recommendation is shown, by its subject, status and compliance. It has no
  /// impact, and is in no initiative.
  package func matches(_ imported: ImportedRecommendation, labels known: [String: String]) -> Bool {
    !onlyByHand && Self.admits(sources, .imported(imported.source))
      && recommendations.matches(imported) && initiatives.isEmpty && metrics.isEmpty
      && (apps.isEmpty || imported.app.map(apps.contains) ?? false)
      && Self.admits(instances, imported.subject)
      && Self.admits(compliances, imported.compliance)
      && (statuses.isEmpty || imported.status.map(statuses.contains) ?? false)
      && labels.allSatisfy { key, values in known[key].map(values.contains) ?? false }
  }

  /// The plan with only what is shown. Scores, gates and whether apply would commit stay as they
  /// are: they are about everything.
  package func applied(to plan: Plan) -> Plan {
    var filtered = plan
    filtered.comparison = applied(to: plan.comparison)
    return filtered
  }

  /// The comparison with only what is shown of its changes and of the later snapshot.
  package func applied(to comparison: Comparison) -> Comparison {
    if isEmpty { return comparison }
    let tracked = comparison.initiatives.filter { Self.admits(initiatives, $0.name) }
    let covered = Set(tracked.flatMap(\.score.definition.instances))
    let admitted = comparison.instances.filter {
      matches($0) && (initiatives.isEmpty || covered.contains($0.name))
    }.map { instance in instance.with(results: instance.results.filter(matches)) }
    let shown = firstOnly(admitted, in: comparison)
    let names = Set(shown.map(\.name))
    let labels = Dictionary(firstOf: comparison.instances.map { ($0.name, $0.labels) })
    let scores = comparison.imports.map { score in
      var score = score
      score.recommendations.removeAll { !matches($0, labels: labels[$0.subject] ?? [:]) }
      return score
    }.filter { !$0.recommendations.isEmpty }

    var filtered = comparison
    filtered.instances = shown
    filtered.imports = scores
    filtered.initiatives = tracked.filter { initiative in
      !picksInstances || initiative.score.definition.instances.contains(where: names.contains)
    }
    filtered.exceptions = comparison.exceptions.filter { isShown($0, among: shown, scores) }
    let scope = Remainder(
      shown: filtered, everything: comparison,
      results: Set(
        shown.flatMap { $0.results.map { Pair($0.instance, $0.name) } }
          + scores.flatMap { $0.recommendations.map { Pair($0.subject, $0.name) } }))
    filtered.changes = comparison.changes.filter { change in
      isShown(change, in: scope) && (!onlyDrift || change.type.isDrift)
        && !ignoredDrift.contains { $0.matches(change) }
    }
    let remaining = Set(filtered.initiatives.map(\.name))
    filtered.events = comparison.events.filter { remaining.contains($0.initiative) }
    return filtered
  }

  private func firstOnly(_ instances: [InstancePlan], in comparison: Comparison) -> [InstancePlan] {
    guard let limit else { return instances }
    let first = UrgencyIndex(comparison).sorted(instances.flatMap(\.results)).prefix(limit)
    let kept = Set(first.map { Pair($0.result.instance, $0.result.name) })
    return instances.map { instance in
      instance.with(results: instance.results.filter { kept.contains(Pair($0.instance, $0.name)) })
    }
  }

  // MARK: Changes

  private var picksInstances: Bool { !apps.isEmpty || !instances.isEmpty || !labels.isEmpty }
  private var picksResults: Bool {
    !initiatives.isEmpty || !metrics.isEmpty || !statuses.isEmpty || !compliances.isEmpty
      || !sources.isEmpty || !recommendations.isEmpty || limit != nil
  }

  private struct Pair: Hashable {
    let instance: String
    let recommendation: String

    init(_ instance: String, _ recommendation: String) {
      self.instance = instance
      self.recommendation = recommendation
    }
  }

  /// What is shown, to look changes up in.
  private struct Remainder {
    let results: Set<Pair>
    let instances: Set<String>
    let allInstances: Set<String>
    let initiatives: Set<String>
    let allInitiatives: Set<String>
    let exceptions: Set<String>

    init(shown: Comparison, everything: Comparison, results: Set<Pair>) {
      self.results = results
      instances = Set(shown.instances.map(\.name))
      allInstances = Set(everything.instances.map(\.name))
      initiatives = Set(shown.initiatives.map(\.name))
      allInitiatives = Set(everything.initiatives.map(\.name))
      exceptions = Set(shown.exceptions.map(\.exception.name))
    }
  }

  private func isShown(
    _ exception: ExceptionPlan, among instances: [InstancePlan], _ scores: [ImportedScore]
  ) -> Bool {
    let meant = instances.filter { exception.instances.contains($0.name) }
    if picksInstances && meant.isEmpty { return false }
    if !picksResults { return true }
    let isImported = scores.contains { score in
      score.recommendations.contains { $0.exception == exception.exception.name }
    }
    if isImported { return true }
    let recommendations = Set(exception.exception.recommendations.map(\.value))
    return meant.contains { instance in
      instance.results.contains { recommendations.contains($0.name) }
    }
  }

  private func isShown(_ change: Change, in scope: Remainder) -> Bool {
    if let instance = change.instance {
      guard scope.instances.contains(instance) || isShownGone(change, instance, in: scope) else {
        return false
      }
      guard let recommendation = change.recommendation else { return true }
      // A recommendation that is no longer in force has no result to be filtered by.
      return !picksResults || scope.results.contains(Pair(instance, recommendation))
    }
    if let initiative = change.initiative {
      if scope.allInitiatives.contains(initiative) {
        return scope.initiatives.contains(initiative)
      }
      return !picksInstances && Self.admits(initiatives, initiative)
    }
    if let exception = change.exception, scope.exceptions.contains(exception) { return true }
    return !picksInstances && !picksResults
  }

  /// An instance that is no longer declared is known by name and app alone.
  private func isShownGone(_ change: Change, _ instance: String, in scope: Remainder) -> Bool {
    guard change.type == .instanceRemoved, !scope.allInstances.contains(instance) else {
      return false
    }
    return labels.isEmpty && !picksResults && Self.admits(instances, instance)
      && (apps.isEmpty || (change.from?.string).map(apps.contains) ?? false)
  }

  private static func admits<Value: Hashable>(_ values: Set<Value>, _ value: Value) -> Bool {
    values.isEmpty || values.contains(value)
  }
}

extension InstancePlan {
  /// The same instance with other results; its score stays that of all of them.
  fileprivate func with(results: [RecommendationResult]) -> InstancePlan {
    var filtered = self
    filtered.results = results
    return filtered
  }
}
