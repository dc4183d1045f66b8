internal import CEL
internal import JSON
internal import Text

/// One recommendation on its way through the resources of one instance.
final class RecommendationRun {
  let compiled: CompiledRecommendation
  let activation: Activation
  private let exceptions: [CompiledException]
  var verdict = Verdict(compliance: .unknown)
  /// The resources that no exception matches.
  private var counts = Counts()
  /// The others, by the places of the exceptions that match them.
  private var covered: [[Int]: Counts] = [:]
  private var affected: BoundedSelection<AffectedResource>
  private var recorded: BoundedSelection<ResourceSettings>
  let allowance: Evaluator.Allowance
  let losses: [Unread]
  /// Kept for as long as the activation reads them.
  private let shared: SharedVariables?

  /// - Parameters:
  ///   - activation: With everything that does not change from resource to resource.
  ///   - exceptions: Those that name resources.
  ///   - allowance: What it may take.
  ///   - losses: What the observer could not read of the resources of collections that conditions read as lists: it may be
  ///     what a condition misses.
  ///   - shared: The definitions, where other recommendations read them too.
  init(
    _ compiled: CompiledRecommendation, _ activation: Activation, exceptions: [CompiledException],
    losses: [Unread], allowance: Evaluator.Allowance, shared: SharedVariables?
  ) {
    self.compiled = compiled
    self.exceptions = exceptions
    self.losses = losses
    self.allowance = allowance
    affected = .init(limit: Evaluator.Bounds.affected, room: allowance.listed)
    recorded = .init(limit: Evaluator.Bounds.recorded, room: allowance.listed)
    self.shared = shared
    self.activation = activation
    activation.limit(to: allowance.budget)
  }

  /// Which resources the exceptions mean that name some.
  var exceptionPrograms: [Program] { exceptions.compactMap(\.resources) }

  /// The first identity that is not recorded, as are all behind it; nil when all are.
  var firstUnrecorded: String? { recorded.firstLeftOut }
  /// The first identity that is not listed as affected, as are all behind it; nil when all are.
  var firstUnlisted: String? { affected.firstLeftOut }

  /// What its evaluations may still cost.
  var left: Budget { activation.left }

  /// A condition in a batch, with the values that it has here; nil when batches do not know it.
  ///
  /// - Parameter scope: What must be true for it to be asked.
  func condition(
    _ program: Program, in batch: BatchProgram, where scope: BatchCondition?
  ) -> BatchCondition? {
    batch.add(program, in: activation, where: scope)
  }

  /// Counts resources that were judged in a batch, and the cost that judging each would have had; false, and nothing is
  /// counted, when a bound comes near.
  func count(
    compliant: Int, notCompliant: Int, bill: BatchBill, conditions: [BatchCondition]
  ) -> Bool {
    if surrender != nil { return true }
    guard bill.charge(activation, as: conditions) else { return false }
    counts.compliant += compliant
    counts.notCompliant += notCompliant
    return true
  }

  /// What was given up, if anything: what costs too much is given up as a whole, so that more resources do not
  /// multiply it.
  private var surrender: String? {
    activation.exhaustion
      ?? (covered.count > Evaluator.Bounds.exceptionSets
        ? "exceptions match its resources in more than \(Evaluator.Bounds.exceptionSets) different sets"
        : nil)
  }

  /// Judges one resource.
  ///
  /// - Parameters:
  ///   - ordinal: Its place in the collection, from 1: its identity when nothing better is known.
  ///   - known: What need not be evaluated any more: it is counted where it would be.
  func judge(
    _ resource: ObservedResource, parent: JSONView?, ordinal: Int, known: KnownDecision? = nil
  ) {
    if surrender != nil { return }
    activation.set(compiled.scope.resource, Value(resource.view))
    if let parent {
      activation.set(compiled.scope.parent, Value(parent))
    } else {
      // An orphan is unknown: it must not read the parent of the resource before it.
      activation.reset(compiled.scope.parent)
    }

    if known == nil, let fault = compiled.guards.faultOfFilter(resource.view, parent: parent) {
      fail(fault, id: resource.id ?? "#\(ordinal)", in: resource.view, at: ordinal)
      return
    }
    if let filter = compiled.filter, !isCharged(known?.filter) {
      switch filter.evaluateCondition(activation) {
      case .success(let isInScope):
        if !isInScope { return }
      case .failure(let error):
        fail(error.message, id: resource.id ?? "#\(ordinal)", in: resource.view, at: ordinal)
        return
      }
    }
    // What is left out need not be readable.
    if known == nil, let fault = compiled.guards.fault(of: resource.view, parent: parent) {
      fail(fault, id: resource.id ?? "#\(ordinal)", in: resource.view, at: ordinal)
      return
    }
    func identity() -> String {
      (resource.id ?? label() ?? "#\(ordinal)").bounded(to: Evaluator.Bounds.identity)
    }
    // Most resources are only counted.
    let recordedID = compiled.settings.isEmpty ? nil : identity()
    var values: [(name: String, value: JSONValue)]?
    if let id = recordedID, recorded.accepts(id) {
      let settings = settingValues()
      values = settings
      let resource = ResourceSettings(id: id, label: label() ?? id, values: settings)
      recorded.insert(
        resource, key: BoundedSelectionKey(id, settings, place: ordinal), weight: resource.weight)
    }
    let covers =
      exceptions.isEmpty
      ? []
      : exceptions.indices.filter { place in
        !isCharged(known?.exceptions[place])
          && exceptions[place].resources?.evaluateCondition(activation) == .success(true)
      }
    let isCompliant =
      isCharged(known?.compliant)
      ? .success(known?.isCompliant == true) : compiled.compliant.evaluateCondition(activation)
    switch isCompliant {
    case .success(true): count(covers) { $0.compliant += 1 }
    case .success:
      count(covers) { $0.notCompliant += 1 }
      let id = recordedID ?? identity()
      if affected.accepts(id, isLast: !covers.isEmpty) {
        let settings = values ?? settingValues()
        let resource = AffectedResource(
          id: id, label: label() ?? id, settings: .object(settings.map { ($0.name, $0.value) }),
          exceptions: names(of: covers))
        affected.insert(
          resource,
          key: BoundedSelectionKey(id, settings, isLast: !covers.isEmpty, place: ordinal),
          weight: resource.weight)
      }
    case .failure(let error):
      fail(
        error.message, id: recordedID ?? identity(), in: resource.view, at: ordinal, covers: covers)
    }
  }

  /// Counts what an evaluation costs whose value is known; false where there is none, or so much is not left: it is evaluated.
  private func isCharged(_ cost: KnownDecision.Cost?) -> Bool {
    cost.map { activation.charge(steps: $0.steps, size: $0.size) } ?? false
  }

  private func count(_ covers: [Int], _ body: (inout Counts) -> Void) {
    if covers.isEmpty { body(&counts) } else { body(&covered[covers, default: Counts()]) }
  }

  private func names(of covers: [Int]) -> Set<String> {
    Set(covers.map { exceptions[$0].exception.name })
  }

  private func fail(
    _ message: String, id: @autoclosure () -> String, in resource: JSONView, at ordinal: Int,
    covers: [Int] = []
  ) {
    count(covers) { counts in
      counts.error += 1
      guard counts.unjudged == nil else { return }
      // What the observer could not read of the resource is missing from it; it noted why.
      let unread = resource[ObservedResource.unreadMember]?.members.map {
        Unread.member("\($0.name)", why: $0.value.string)
      }
      counts.unjudged = Unjudged(
        label: label() ?? id(), error: message, unread: (unread ?? []) + losses)
      counts.place = ordinal
    }
  }

  /// What was counted and what was expected.
  private func addEvidence() {
    verdict.evidence = compiled.evidence.values(activation, faults: &verdict.faults)
    verdict.expected = compiled.evidence.expectations(
      activation, faults: &verdict.faults)
  }

  /// Takes over what another run of the recommendation has found on other resources of the collection.
  ///
  /// Each has judged its resources in their order. So one run over all would have evaluated nothing that neither did: it
  /// refuses at least what they refuse, and knows at least what they know.
  ///
  /// - Returns: Whether what comes of it is surely what one run over all resources would have come to. Not where a bound
  ///   was passed: which one, and where, only one run can tell.
  func absorb(_ other: RecommendationRun) -> Bool {
    guard other.surrender == nil, activation.absorb(other.activation) else { return false }
    counts.add(other.counts)
    for (covers, found) in other.covered { covered[covers, default: Counts()].add(found) }
    affected.absorb(other.affected)
    recorded.absorb(other.recorded)
    return surrender == nil
  }

  /// Whether nothing was given up.
  var isWhole: Bool { surrender == nil }

  /// The verdict over all that was judged; unknown when judging costs too much, however far it came: the order of the
  /// resources decides nothing.
  func finish() -> Verdict {
    let result = conclude()
    return surrender.map { Verdict(compliance: .unknown, reason: .givenUp($0)) } ?? result
  }

  private func conclude() -> Verdict {
    if verdict.compliance != .notApplicable { addEvidence() }
    guard compiled.recommendation.collection != nil else { return verdict }
    verdict.affected = affected.finish()
    verdict.settings = recorded.finish()
    verdict.settingsAreCut = recorded.isCut
    if covered.isEmpty {
      verdict.judge(by: counts)
    } else {
      var cells = Dictionary(firstOf: covered.map { (names(of: $0.key), $0.value) })
      if counts.total > 0 { cells[[]] = counts }
      verdict.tally = Tally(cells)
      verdict.judge(by: verdict.tally.counts())
    }
    return verdict
  }

  private func label() -> String? {
    guard let program = compiled.label, case .success(let value) = program.evaluate(activation),
      let text = value.string, !text.isEmpty
    else { return nil }
    return text.bounded(to: Evaluator.Bounds.label)
  }

  /// The recorded values; one that is not there is null.
  func settingValues() -> [(name: String, value: JSONValue)] {
    let isOfInstance = compiled.recommendation.collection == nil
    let limit = isOfInstance ? Evaluator.Bounds.fact : Evaluator.Bounds.value
    return compiled.settings.map { setting in
      guard case .success(let value) = setting.program.evaluate(activation) else {
        return (setting.name, .null)
      }
      return (setting.name, value.json.normalised.bounded(to: limit))
    }
  }
}
