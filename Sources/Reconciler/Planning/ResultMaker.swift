internal import Connectors
internal import Posture
internal import Text
internal import YAML

/// Joins verdicts with the organisation's decisions, and with what stood before.
struct ResultMaker {
  /// What stood before; nil where the instance was not assessed then.
  let recorded: Snapshot.Instance?
  let decisions: Decisions
  /// What is documented of the fields that settings read.
  let fields: FieldIndex
  /// Why no source delivers a collection, by its name.
  let notAvailable: [String: Connector.NotAvailable]

  func result(
    _ recommendation: Recommendation, _ verdict: Verdict, observedAt: Instant?
  ) -> Snapshot.Result {
    let decision = decisions.decision(on: verdict, of: recommendation.name)
    let earlier = recorded?.results[recommendation.name]
    var verdict = verdict
    if verdict.compliance == .unknown, verdict.settings.isEmpty, let earlier,
      earlier.digest == recommendation.digest
    {
      // What cannot be seen has not changed: the settings last seen stay recorded, so that drift
      // during an outage shows when it is over.
      verdict.settings = earlier.verdict.settings
      verdict.settingsAreCut = earlier.verdict.settingsAreCut
      // They are from where they were seen.
      verdict.sources.merge(earlier.verdict.sources) { now, _ in now }
    } else if let earlier, earlier.digest == recommendation.digest,
      !verdict.isSetAlike(earlier.verdict)
    {
      verdict.settings = settled(verdict.settings, earlier.verdict, in: recommendation)
    }
    let stood = earlier?.decision.compliance == decision.compliance
    var result = Snapshot.Result(
      name: recommendation.name, title: recommendation.title, digest: recommendation.digest,
      declaration: recommendation.declaration, collection: recommendation.collection?.value,
      points: recommendation.points,
      since: (stood ? earlier?.since : nil) ?? observedAt ?? recorded?.observedAt,
      verdict: verdict, decision: decision)
    if stood { result.cause = earlier?.cause }
    result.affectedCause = earlier?.affectedCause
    return result
  }

  /// The settings; those that mean the same as the recorded ones take the recorded form. So the
  /// diff of two commits shows what drifted, not how an exporter wrote it this time.
  private func settled(
    _ settings: [ResourceSettings], _ earlier: Verdict, in recommendation: Recommendation
  ) -> [ResourceSettings] {
    let before = earlier.settings.keyed(by: \.id)
    var comparisons: [String: SettingComparison] = [:]
    return settings.map { resource in
      guard let old = before[resource.id], old != resource else { return resource }
      let values = resource.values.map { name, value in
        guard let recorded = old.values.first(where: { $0.name == name })?.value,
          recorded != value
        else { return (name: name, value: value) }
        let comparison =
          comparisons[name] ?? fields.comparison(of: name, in: recommendation)
        comparisons[name] = comparison
        return (name: name, value: comparison.isSame(recorded, value) ? recorded : value)
      }
      return ResourceSettings(id: resource.id, label: resource.label, values: values)
    }
  }

  /// The recorded results, which stand in for an observation. What was not recorded, or had another
  /// definition then, is unknown.
  ///
  /// - Parameter stands: Whether a recorded result still counts.
  func recordedResults(
    _ recommendations: [Recommendation], reason: Reason, stands: (Snapshot.Result) -> Bool
  ) -> [Snapshot.Result] {
    recommendations.map { recommendation in
      let earlier = recorded?.results[recommendation.name].flatMap {
        $0.digest == recommendation.digest && stands($0) ? $0 : nil
      }
      return result(
        recommendation,
        earlier?.verdict ?? unseen(recommendation, reason),
        observedAt: recorded?.observedAt)
    }
  }

  /// Results where nothing is known of the instance.
  func unknownResults(_ recommendations: [Recommendation], reason: Reason)
    -> [Snapshot.Result]
  {
    recommendations.map { result($0, unseen($0, reason), observedAt: nil) }
  }

  /// The verdict where nothing is seen. What no API ever tells is looked up by hand in any case.
  private func unseen(_ recommendation: Recommendation, _ reason: Reason) -> Verdict {
    if let name = recommendation.collection?.value, let absence = notAvailable[name] {
      return .lookedUp(name, absence)
    }
    return Verdict(compliance: .unknown, reason: reason)
  }
}
