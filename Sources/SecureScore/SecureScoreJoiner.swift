package import Posture
internal import YAML

/// Joins Microsoft's own recommendations with the desired state: which instance each speaks of, which
/// native recommendation is the same practice, what was decided, and what is to be written back.
package struct SecureScoreJoiner {
  private let desired: DesiredState
  private let now: Instant
  private let recorded: Snapshot
  private let instances: ByName<Snapshot.Instance>
  /// By app and practice, the names of the native recommendations that stand for it.
  private let natives: [String: [String: [String]]]
  /// By instance.
  private let decisions: [String: Decisions]

  private static let source = ImportedSource.secureScore

  package init(
    desired: DesiredState, now: Instant, recorded: Snapshot, decisions: [String: Decisions],
    instances: ByName<Snapshot.Instance>
  ) {
    self.desired = desired
    self.now = now
    self.recorded = recorded
    self.instances = instances
    var natives: [String: [String: [String]]] = [:]
    for recommendation in desired.recommendations {
      for control in recommendation.controls where control.framework == Self.source.name {
        natives[recommendation.app.value, default: [:]][control.id, default: []]
          .append(recommendation.name)
      }
    }
    self.natives = natives
    self.decisions = decisions
  }

  /// The Secure Score that was read through an instance; nil where none was, now or before.
  ///
  /// - Parameters:
  ///   - observed: What is believed of it now.
  ///   - isCarried: Whether what is recorded stands, since nobody looked.
  package func score(
    of instance: Instance, observed: ImportedObservation?, isCarried: Bool
  ) -> ImportedScore? {
    guard let plan = instances[instance.name], plan.recommendations else { return nil }
    // What was recorded of another source stands for nothing here.
    let earlier =
      recorded.instances[instance.name]?.digest == instance.digest
      ? recorded.imports[instance.name] : nil
    let isSeen = observed.map { !$0.controls.isEmpty } ?? false
    var observation = observed ?? ImportedObservation()
    let standing = plan.standing(of: instance.api ?? instance.sources[0])
    let obstacle =
      (plan.staleReason?.suspicion == nil ? standing.staleReason : plan.staleReason)
      .map(Reason.unseen) ?? observed?.obstacle
    if !isSeen {
      // Losing sight of it changes nothing but how old it is.
      guard let earlier, isCarried || obstacle != nil else { return nil }
      observation = earlier.observation
    }
    let subject = SecureScoreSubject(desired, owner: instance, controls: observation.controls)
    let unknown = isSeen ? observation.obstacle : tooOld(instance, plan)
    var recommendations: [ImportedRecommendation] = []
    var effects: [Effect] = []
    let written = written(earlier, observation: plan.observationDigest)
    for control in observation.controls {
      let (app, spoken) = subject.find(control)
      let exception = exception(for: control, in: instance.name, app: app, spoken: spoken)
      recommendations.append(
        imported(
          control, reader: instance.name, app: app, spoken: spoken, exception: exception,
          unknown: unknown))
      guard instance.api != nil, isSeen, standing.staleReason == nil,
        plan.staleReason?.suspicion == nil, !control.isDeprecated
      else {
        continue
      }
      let effect = Effect(
        control, through: instance.name, at: written[control.id] ?? control.decision,
        exception: exception)
      if let effect { effects.append(effect) }
    }
    return ImportedScore(
      source: Self.source, instance: instance.name, scoredAt: observation.scoredAt,
      current: observation.current,
      possible: observation.possible, obstacle: obstacle, recommendations: recommendations,
      effects: effects,
      records: records(
        earlier, observation.controls, effects, observation: isSeen ? plan.observationDigest : nil))
  }

  /// Why recorded points stand for nothing any more; nil while they do.
  private func tooOld(_ instance: Instance, _ plan: Snapshot.Instance) -> Reason? {
    let source = instance.api ?? instance.sources[0]
    let standing = plan.standing(of: source)
    guard let observedAt = standing.observedAt, source.isTooOld(observedAt: observedAt, now: now)
    else { return nil }
    return .unseen(standing.staleReason ?? .tooOld(observedAt, maxAge: source.maxAge))
  }

  // MARK: Writing

  /// What was written since the observation, by control: until the next one, it says how they stand.
  private func written(
    _ earlier: RecordedImport?, observation: String?
  ) -> [String: TargetState] {
    var states: [String: TargetState] = [:]
    for record in earlier?.records ?? [] where record.observation == observation {
      states[record.subject] = record.outcome.state
    }
    return states
  }

  /// The records that stand: of what was written, while the control is there; of what was not, while
  /// it is wanted.
  ///
  /// - Parameter observation: The digest of what is seen now; nil when nothing is.
  private func records(
    _ earlier: RecordedImport?, _ controls: [ImportedControl],
    _ effects: [Effect], observation: String?
  ) -> [Effect.Record] {
    guard let observation else { return earlier?.records ?? [] }
    let present = Set(controls.map(\.id))
    let wanted = Set(effects.map(\.subject))
    return (earlier?.records ?? []).filter { record in
      switch record.outcome.kind {
      case .written, .found: present.contains(record.subject)
      case .failed: wanted.contains(record.subject)
      case .leftAlone: wanted.contains(record.subject) || record.observation == observation
      }
    }
  }

  // MARK: One recommendation

  private func imported(
    _ control: ImportedControl, reader: String, app: String?, spoken: String?,
    exception: Exception?, unknown: Reason?
  ) -> ImportedRecommendation {
    var (compliance, status, reason) = standing(of: control, unknown: unknown)
    var decider: String?
    if compliance == .notCompliant || compliance == .unknown, let exception {
      status = exception.status
      decider = exception.name
    }
    return ImportedRecommendation(
      control: control, source: Self.source, reader: reader, app: app, instance: spoken,
      compliance: compliance, reason: reason, status: status, exception: decider,
      same: same(as: control, app: app, spoken: spoken))
  }

  /// What Microsoft says of a control, in Plumb's words.
  private func standing(
    of control: ImportedControl, unknown: Reason?
  ) -> (Compliance, Status?, Reason?) {
    // A state that Plumb wrote for an exception that is gone is to be taken back.
    let decided =
      control.decision.isOwn ? .toAddress : control.decision.known?.status ?? .toAddress
    if let unknown { return (.unknown, decided, unknown) }
    guard control.earned != nil, control.possible > .zero else {
      return (.notApplicable, nil, .notScored(Self.source))
    }
    if control.decision.known?.status.isResolvedElsewhere == true {
      return control.isComplete
        ? (.unknown, decided, .selfAttested(Self.source))
        : (.notCompliant, decided, nil)
    }
    return control.isComplete ? (.compliant, .completed, nil) : (.notCompliant, decided, nil)
  }

  /// The native recommendations that are the same practice, where they are assessed.
  ///
  /// Of a connected app of which several instances are declared it may not be told which one is
  /// meant: then every one that is assessed counts, so that no practice counts twice.
  private func same(
    as control: ImportedControl, app: String?, spoken: String?
  ) -> [ImportedRecommendation.SamePractice] {
    guard let app else { return [] }
    let names = equals(of: control, app: app)
    guard !names.isEmpty else { return [] }
    let instances =
      spoken.map { [$0] } ?? desired.instances.filter { $0.app.value == app }.map(\.name)
    return instances.flatMap { instance in
      names.compactMap { name in
        guard let result = self.instances[instance]?.results[name],
          result.decision.compliance != .notApplicable
        else { return nil }
        return ImportedRecommendation.SamePractice(instance: instance, recommendation: name)
      }
    }
  }

  private func equals(of control: ImportedControl, app: String) -> [String] {
    let known = natives[app] ?? [:]
    let names =
      (known[control.id] ?? []) + (control.connection == nil ? [] : known[control.practice] ?? [])
    return Set(names).sorted()
  }

  /// The exception that decides the control: one that names it, for the instance whose Secure Score
  /// it is in or the one it speaks of, or one that names the same native practice there.
  private func exception(
    for control: ImportedControl, in reader: String, app: String?, spoken: String?
  ) -> Exception? {
    let prefix = Self.source.prefix
    let own = Set([prefix + control.id, prefix + control.practice])
    var candidates: [Exception] = []
    for instance in Set([reader, spoken ?? reader]).sorted() {
      guard let decisions = decisions[instance] else { continue }
      candidates += own.sorted().compactMap { decisions.whole($0) }
      if instance == spoken, let app {
        candidates += equals(of: control, app: app).compactMap { decisions.whole($0) }
      }
    }
    return Decisions.strongest(of: candidates)
  }
}
