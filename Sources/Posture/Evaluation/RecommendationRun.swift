internal import CEL
internal import JSON

/// One recommendation on its way through the resources of one instance.
final class RecommendationRun {
  let compiled: CompiledRecommendation
  private let activation: Activation
  private let exemptions: [CompiledException]
  private var evaluation = Evaluation(compliance: .unknown)
  private var firstError: String?
  private var errorCount = 0
  private var affected: BoundedSelection<AffectedResource>
  private var recorded: BoundedSelection<ResourceSettings>
  private let allowance: Evaluation.Allowance
  private let losses: [String]

  /// - Parameters:
  ///   - exceptions: Those that hold and name resources.
  ///   - lists: The collections that conditions read as lists.
  ///   - allowance: What it may take.
  ///   - losses: What the observer could not read of those lists' resources: it may be what a condition misses.
  init(
    _ compiled: CompiledRecommendation, context: InstanceContext, exceptions: [CompiledException],
    lists: [String: Value], losses: [String], allowance: Evaluation.Allowance
  ) {
    self.compiled = compiled
    self.losses = losses
    self.allowance = allowance
    affected = .init(limit: Evaluation.Bounds.affected, room: allowance.listed)
    recorded = .init(limit: Evaluation.Bounds.recorded, room: allowance.listed)
    self.exemptions = exceptions.filter { $0.resources != nil }
    activation = compiled.activation(for: context, collections: lists)
    activation.limit(to: allowance.budget)
    for exception in exemptions { evaluation.exceptionMatches[exception.exception.name] = 0 }
  }

  /// Judges one resource.
  ///
  /// - Parameter ordinal: Its place in the collection, from 1: its identity when nothing better is
  ///   known.
  func judge(_ resource: ObservedResource, parent: JSONView?, ordinal: Int) {
    // What costs too much is given up as a whole: more resources must not multiply it.
    if activation.exhaustion != nil { return }
    activation.set(compiled.scope.resource, Value(resource.view))
    if let parent {
      activation.set(compiled.scope.parent, Value(parent))
    } else {
      // An orphan is unknown: it must not read the parent of the resource before it.
      activation.reset(compiled.scope.parent)
    }

    if let fault = compiled.guards.fault(of: resource.view, parent: parent) {
      evaluation.counted += 1
      fail(fault, id: resource.id ?? "#\(ordinal)", in: resource.view)
      return
    }
    if let filter = compiled.filter {
      switch filter.evaluateCondition(activation) {
      case .success(let isInScope):
        if !isInScope { return }
      case .failure(let error):
        evaluation.counted += 1
        fail(error.message, id: resource.id ?? "#\(ordinal)", in: resource.view)
        return
      }
    }
    let id = (resource.id ?? label() ?? "#\(ordinal)").bounded(to: Evaluation.Bounds.identity)
    var values: [(name: String, value: JSONValue)]?
    if !compiled.settings.isEmpty && recorded.accepts(id) {
      // Exempt resources too: an exception must not look as if the resource had gone.
      let settings = settingValues()
      values = settings
      let resource = ResourceSettings(id: id, label: label() ?? id, values: settings)
      recorded.insert(
        resource, key: BoundedSelectionKey(id, settings), weight: resource.weight)
    }
    var plans: [String] = []
    var exempting: [String] = []
    for exemption in exemptions {
      guard case .success(true)? = exemption.resources?.evaluateCondition(activation) else {
        continue
      }
      let name = exemption.exception.name
      evaluation.exceptionMatches[name, default: 0] += 1
      if exemption.exception.status == .planned {
        plans.append(name)
      } else {
        exempting.append(name)
      }
    }
    let verdict = compiled.compliant.evaluateCondition(activation)
    guard exempting.isEmpty else {
      exempt(by: exempting, plans: plans, verdict: verdict)
      return
    }
    evaluation.counted += 1
    switch verdict {
    case .success(true):
      evaluation.compliantCount += 1
    case .success:
      evaluation.affectedCount += 1
      plan(by: plans)
      if affected.accepts(id) {
        let settings = values ?? settingValues()
        let resource = AffectedResource(
          id: id, label: label() ?? id, settings: .object(settings.map { ($0.name, $0.value) }))
        affected.insert(
          resource, key: BoundedSelectionKey(id, settings), weight: resource.weight)
      }
    case .failure(let error): fail(error.message, id: id, in: resource.view)
    }
  }

  /// Counts an affected resource that somebody plans to fix.
  private func plan(by plans: [String]) {
    guard !plans.isEmpty else { return }
    evaluation.plannedCount += 1
    for name in plans { evaluation.exceptionReach[name, default: .init()].affected += 1 }
    if plans.count == 1 { evaluation.exceptionReach[plans[0], default: .init()].alonePlanned += 1 }
  }

  /// Takes a resource out, and notes what would come back without an exception.
  private func exempt(
    by names: [String], plans: [String], verdict: Result<Bool, EvaluationError>
  ) {
    evaluation.exemptCount += 1
    let isCompliant = verdict == .success(true)
    if !isCompliant {
      for name in names { evaluation.exceptionReach[name, default: .init()].affected += 1 }
    }
    guard names.count == 1 else { return }
    var reach = evaluation.exceptionReach[names[0]] ?? .init()
    reach.aloneCounted += 1
    if isCompliant { reach.aloneCompliant += 1 }
    if verdict == .success(false) {
      reach.aloneAffected += 1
      if !plans.isEmpty { reach.alonePlanned += 1 }
    }
    evaluation.exceptionReach[names[0]] = reach
  }

  private func fail(_ message: String, id: @autoclosure () -> String, in resource: JSONView) {
    errorCount += 1
    guard firstError == nil else { return }
    // What the observer could not read of the resource is missing from it; it noted why.
    let unread = resource[ObservedResource.unreadMember]?.members.map {
      "\($0.name) (\($0.value.string ?? "not read"))"
    }
    let name = (label() ?? id()).bounded(to: Evaluation.Bounds.label)
    firstError = "\(name): \(message)\(Self.note((unread ?? []) + losses))".bounded(
      to: Evaluation.Bounds.reason)
  }

  /// Names what the observer could not read, behind what a condition misses.
  static func note(_ unread: [String]) -> String {
    unread.isEmpty ? "" : "; not read: \(unread.joined(separator: ", "))"
  }

  /// Judges the one condition over the instance.
  func judgeInstance() {
    if let filter = compiled.filter {
      switch filter.evaluateCondition(activation) {
      case .success(true): break
      case .success:
        evaluation.compliance = .notApplicable
        evaluation.reason = "the recommendation does not apply to this instance"
        recordInstance()
        return
      case .failure(let error):
        evaluation.reason = "\(error.message)\(Self.note(losses))".bounded(
          to: Evaluation.Bounds.reason)
        return
      }
    }
    switch compiled.compliant.evaluateCondition(activation) {
    case .success(true):
      evaluation.compliance = .compliant
      evaluation.counted = 1
      evaluation.compliantCount = 1
    case .success:
      evaluation.compliance = .notCompliant
      evaluation.counted = 1
      blame()
    case .failure(let error):
      evaluation.reason = "\(error.message)\(Self.note(losses))".bounded(
        to: Evaluation.Bounds.reason)
    }
    recordInstance()
  }

  /// Names the objects that make the instance not compliant.
  private func blame() {
    do throws(EvaluationFault) {
      guard let blamed = try compiled.evidence.blamed(activation, room: allowance.listed)
      else { return }
      evaluation.affectedCount = blamed.count
      evaluation.affected = blamed.listed
    } catch {
      evaluation.faults.append("affected: \(error.message)")
      evaluation.reason = "what is affected is not known: \(error.message)".bounded(
        to: Evaluation.Bounds.reason)
    }
  }

  /// What was counted and what was expected.
  private func addEvidence() {
    evaluation.evidence = compiled.evidence.values(activation, faults: &evaluation.faults)
    evaluation.expected = compiled.evidence.expectations(
      activation, faults: &evaluation.faults)
  }

  private func recordInstance() {
    guard !compiled.settings.isEmpty else { return }
    evaluation.settings = [ResourceSettings(id: "", label: "", values: settingValues())]
  }

  /// The verdict over all that was judged; unknown when judging costs too much, however far it came: the order of the
  /// resources decides nothing.
  func finish() -> Evaluation {
    let result = conclude()
    guard let exhaustion = activation.exhaustion else { return result }
    var given = Evaluation(compliance: .unknown, reason: "given up: \(exhaustion)")
    for name in evaluation.exceptionMatches.keys { given.exceptionMatches[name] = 0 }
    return given
  }

  private func conclude() -> Evaluation {
    if evaluation.compliance != .notApplicable { addEvidence() }
    guard compiled.recommendation.collection != nil else { return evaluation }
    evaluation.affected = affected.finish()
    evaluation.settings = recorded.finish()
    evaluation.settingsAreCut = recorded.isCut
    if evaluation.affectedCount > 0 {
      evaluation.compliance = .notCompliant
      if let firstError { evaluation.reason = describe(firstError) }
    } else if let firstError {
      evaluation.compliance = .unknown
      evaluation.reason = describe(firstError)
    } else if evaluation.counted == 0 {
      evaluation.compliance = .notApplicable
      evaluation.reason =
        evaluation.exemptCount > 0
        ? "every resource in scope is exempt" : "no resource is in scope"
    } else {
      evaluation.compliance = .compliant
    }
    return evaluation
  }

  private func describe(_ firstError: String) -> String {
    errorCount == 1
      ? "one resource could not be judged: \(firstError)"
      : "\(errorCount) resources could not be judged, the first: \(firstError)"
  }

  private func label() -> String? {
    guard let program = compiled.label, case .success(let value) = program.evaluate(activation)
    else { return nil }
    return value.string?.bounded(to: Evaluation.Bounds.label)
  }

  /// The recorded values; one that is not there is null.
  private func settingValues() -> [(name: String, value: JSONValue)] {
    let isOfInstance = compiled.recommendation.collection == nil
    let limit = isOfInstance ? Evaluation.Bounds.fact : Evaluation.Bounds.value
    return compiled.settings.map { setting in
      guard case .success(let value) = setting.program.evaluate(activation) else {
        return (setting.name, .null)
      }
      return (setting.name, value.json.normalised.bounded(to: limit))
    }
  }
}
