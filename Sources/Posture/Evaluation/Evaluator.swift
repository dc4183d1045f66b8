package import CEL
package import Connectors
internal import JSON
internal import Text
internal import YAML

/// Judges one instance: every recommendation of a collection in one pass over its resources.
package struct Evaluator {
  private let recommendations: [CompiledRecommendation]
  private let exceptions: [String: [CompiledException]]
  private let context: InstanceContext
  private let absences: [String: Reason.Delivery]
  private let notAvailable: [String: Connector.NotAvailable]
  /// What each recommendation of the desired state's own may take.
  package var own = Allowance.own(of: 1)
  /// From how many resources of a collection on conditions that batches know are computed so; nil for never. The verdicts
  /// are the same: planning a batch takes as long as evaluating its conditions on some tens of resources.
  package var batchesFrom: Int? = 48
  /// Whether definitions are evaluated once for all recommendations about the instance as a whole. The verdicts are the
  /// same without, and so is what is counted.
  package var sharesDefinitions = true

  /// - Parameters:
  ///   - exceptions: Those about resources of the instance, by recommendation, whether they hold or not: they are
  ///     matched, and decide nothing.
  ///   - now: What conditions read as `now`.
  ///   - absences: Which other source delivers a collection that the instance's never does, by its name.
  ///   - notAvailable: Why no source delivers a collection, by its name.
  package init(
    _ instance: Instance, recommendations: [CompiledRecommendation],
    exceptions: [String: [CompiledException]], now: Instant,
    absences: [String: Reason.Delivery] = [:],
    notAvailable: [String: Connector.NotAvailable] = [:]
  ) {
    self.init(
      context: InstanceContext(instance, now: now), recommendations: recommendations,
      exceptions: exceptions, absences: absences, notAvailable: notAvailable)
  }

  init(
    context: InstanceContext, recommendations: [CompiledRecommendation],
    exceptions: [String: [CompiledException]], absences: [String: Reason.Delivery] = [:],
    notAvailable: [String: Connector.NotAvailable] = [:]
  ) {
    self.recommendations = recommendations
    self.exceptions = exceptions
    self.context = context
    self.absences = absences
    self.notAvailable = notAvailable
  }

  /// For which times the verdicts that were evaluated until now hold, all of them: at most a year before and after the time
  /// that they were evaluated at.
  package var validTimes: ClosedRange<Instant> {
    let seconds = context.validity.seconds
    let first = Instant(secondsSince1970: Int(seconds.lowerBound))
    return first...Instant(secondsSince1970: Int(seconds.upperBound))
  }

  /// The verdict of each recommendation, by name.
  ///
  /// Memory is bound by the largest resource and by the collections that conditions read as lists.
  package func evaluate(_ reading: some ObservationReading) -> [String: Verdict] {
    evaluate(reading, whenJudged: { _ in })
  }

  /// The same, and what each recommendation could still have taken.
  package func evaluateCounting(
    _ reading: some ObservationReading
  ) -> (verdicts: [String: Verdict], left: [String: Budget]) {
    var left: [String: Budget] = [:]
    let verdicts = evaluate(reading) { left[$0.compiled.recommendation.name] = $0.left }
    return (verdicts, left)
  }

  private func evaluate(
    _ reading: some ObservationReading, whenJudged: (RecommendationRun) -> Void
  ) -> [String: Verdict] {
    var results: [String: Verdict] = [:]
    results.reserveCapacity(recommendations.count)
    let states = reading.summary.collections.keyed(by: \.name)
    var lists = ListCache(reading: reading)
    var definitions = SharedDefinitions(context)
    var perCollection: [String: [CompiledRecommendation]] = [:]

    for compiled in recommendations {
      let recommendation = compiled.recommendation.name
      // What nobody can read is no gap of this observation: it earns nothing, and lowers no coverage.
      if let name = compiled.required.first(where: {
        states[$0] == nil && notAvailable[$0] != nil
      }), let absence = notAvailable[name] {
        results[recommendation] = .lookedUp(name, absence)
      } else if let reason = obstacle(to: compiled.required, states: states) {
        results[recommendation] = Verdict(compliance: .unknown, reason: reason)
      } else if let collection = compiled.recommendation.collection?.value {
        perCollection[collection, default: []].append(compiled)
      } else {
        results[recommendation] = evaluateInstance(compiled, &lists, &definitions, whenJudged)
      }
    }
    for (collection, members) in perCollection.sorted(by: { $0.key < $1.key }) {
      results.merge(evaluate(collection, members, lists: &lists, whenJudged)) { first, _ in first }
    }
    if !reading.summary.sources.isEmpty {
      for compiled in recommendations {
        let sources = compiled.readCollections.compactMap { name in
          states[name]?.source.map { (name, $0) }
        }
        results[compiled.recommendation.name]?.sources = Dictionary(firstOf: sources)
      }
    }
    return results
  }

  /// Why a recommendation cannot be judged, if a collection that it needs is not complete.
  private func obstacle(
    to collections: [String], states: [String: CollectionSummary]
  ) -> Reason? {
    for name in collections {
      guard let summary = states[name] else {
        return absences[name].map { .notDelivered(collection: name, $0) }
          ?? .notObserved(collection: name)
      }
      if summary.state != .complete {
        return .incomplete(collection: name, summary.state, why: summary.fault?.detail)
      }
    }
    return nil
  }

  private func evaluateInstance<Reading: ObservationReading>(
    _ compiled: CompiledRecommendation, _ lists: inout ListCache<Reading>,
    _ definitions: inout SharedDefinitions, _ whenJudged: (RecommendationRun) -> Void
  ) -> Verdict {
    do throws(Reason) {
      let ready = try prepare(compiled, lists: &lists)
      let shared =
        sharesDefinitions ? definitions.activation(for: compiled, lists: ready.lists) : nil
      let run =
        shared.map { makeRun(ready, in: $0.activation, shared: $0.variables) } ?? makeRun(ready)
      run.judgeInstance()
      let verdict = run.finish()
      whenJudged(run)
      return verdict
    } catch {
      return Verdict(compliance: .unknown, reason: error)
    }
  }

  private func evaluate<Reading: ObservationReading>(
    _ collection: String, _ members: [CompiledRecommendation], lists: inout ListCache<Reading>,
    _ whenJudged: (RecommendationRun) -> Void
  ) -> [String: Verdict] {
    var results: [String: Verdict] = [:]
    var ready: [Ready] = []
    for compiled in members {
      do throws(Reason) {
        ready.append(try prepare(compiled, lists: &lists))
      } catch {
        results[compiled.recommendation.name] = Verdict(compliance: .unknown, reason: error)
      }
    }
    do throws(Fault) {
      var left = Dictionary(
        firstOf: try judge(ready, of: collection, shares: true, lists, whenJudged))
      // What several judges cannot tell surely, one tells.
      let open = ready.filter { left[$0.name] == .some(nil) }
      if !open.isEmpty {
        for (name, verdict) in try judge(
          open, of: collection, shares: false, lists, whenJudged)
        {
          left[name] = verdict
        }
      }
      for (name, verdict) in left { results[name] = verdict }
    } catch {
      for item in ready {
        results[item.name] = Verdict(compliance: .unknown, reason: .unreadable(error))
      }
    }
    return results
  }

  /// The verdicts on a collection, by name; nil where several judges shared it and their sum does not tell.
  ///
  /// - Parameter shares: Whether several judges may share the collection.
  private func judge<Reading: ObservationReading>(
    _ members: [Ready], of collection: String, shares: Bool, _ lists: ListCache<Reading>,
    _ whenJudged: (RecommendationRun) -> Void
  ) throws(Fault) -> [(String, Verdict?)] {
    let owners =
      try members.contains { $0.compiled.readsParent } ? lists.parents(of: collection) : [:]
    let reading = lists.reading
    var passes: [CollectionPass] = []
    let size = reading.summary.collections.first { $0.name == collection }?.count ?? .max
    let isLarge = batchesFrom.map { size >= $0 } ?? false
    func makePass() -> CollectionPass {
      let pass = CollectionPass(members.map(makeRun), owners: owners, inBatches: isLarge)
      passes.append(pass)
      return pass
    }
    if shares {
      try reading.judgeResources(of: collection, by: makePass)
    } else {
      let pass = makePass()
      var place = 0
      try reading.forEachResource(in: collection) { resource in
        place += 1
        pass.take(resource, place: place)
      }
    }
    for pass in passes { pass.finish() }
    guard let first = passes.first else { return [] }
    return zip(first.runs.indices, first.runs).map { index, run in
      let isSure = passes.dropFirst().allSatisfy { run.absorb($0.runs[index]) }
      let verdict = isSure ? run.finish() : nil
      if verdict != nil { whenJudged(run) }
      return (
        run.compiled.recommendation.name, passes.count == 1 || run.isWhole ? verdict : nil
      )
    }
  }

  /// The recommendations over collections whose conditions batches know, by name: how far, and which operations are
  /// evaluated row by row.
  package func reaches(
    _ reading: some ObservationReading
  ) -> [String: (reach: BatchCondition.Reach, rowByRow: [String])] {
    var lists = ListCache(reading: reading)
    var result: [String: (reach: BatchCondition.Reach, rowByRow: [String])] = [:]
    let members = Dictionary(
      grouping: recommendations.filter { $0.recommendation.collection != nil }
    ) { $0.recommendation.collection?.value ?? "" }
    for members in members.values {
      let runs = members.compactMap { try? prepare($0, lists: &lists) }.map(makeRun)
      result.merge(CollectionPass(runs, inBatches: true).reaches) { first, _ in first }
    }
    return result
  }

  /// A recommendation and the collections that it reads whole.
  private struct Ready {
    let compiled: CompiledRecommendation
    let lists: [(slot: Slot, value: Value)]
    let losses: [Unread]
    var name: String { compiled.recommendation.name }
  }

  private func prepare<Reading: ObservationReading>(
    _ compiled: CompiledRecommendation, lists: inout ListCache<Reading>
  ) throws(Reason) -> Ready {
    let values: [(slot: Slot, value: Value)]
    do throws(Fault) {
      values = try lists.values(for: compiled)
    } catch {
      throw .unreadable(error)
    }
    let losses = lists.losses(of: compiled)
    if let fault = lists.fault(of: compiled) { throw .failing(fault, unread: losses) }
    return Ready(compiled: compiled, lists: values, losses: losses)
  }

  private func makeRun(_ ready: Ready) -> RecommendationRun {
    makeRun(
      ready, in: ready.compiled.activation(for: context, lists: ready.lists), shared: nil)
  }

  private func makeRun(
    _ ready: Ready, in activation: Activation, shared: SharedVariables?
  ) -> RecommendationRun {
    RecommendationRun(
      ready.compiled, activation, exceptions: exceptions[ready.name] ?? [], losses: ready.losses,
      allowance: ready.compiled.recommendation.origin == .desiredState ? own : .catalog,
      shared: shared)
  }
}

extension Verdict {
  /// Of what no source delivers: people look it up.
  package static func lookedUp(_ collection: String, _ absence: Connector.NotAvailable) -> Verdict {
    Verdict(
      compliance: .notApplicable,
      reason: .notAvailable(collection: collection, why: absence.reason, place: absence.place))
  }
}
