internal import Connectors
internal import Git
internal import JSON
package import Posture
internal import Text
internal import YAML

/// Reads the history of the reports branch, and no more of it than is asked for and has changed.
package struct HistoryReader {
  /// The desired state at the location, or the catalog alone where there is none.
  package let declared: DeclaredState
  let location: DeclaredState.Location
  let log: ReportLog
  /// The only instances that are told of; nil for all.
  let selection: InstanceSelection?

  /// - Parameter only: The only instances that are told of: everything is as if there were no others. Scores are computed
  ///   anew for each report then, which takes the whole record of each.
  /// - Throws: ``ReconcileError`` where the desired state has faults, or there is no report yet.
  package init(
    _ location: DeclaredState.Location, only selection: InstanceSelection? = nil
  ) throws {
    declared = try DeclaredState.orCatalog(location)
    self.location = location
    self.selection = selection
    log = try ReportLog(
      try Repository.open(path: location.repository), settings: declared.state.settings,
      side: location.recordSide)
  }

  init(
    declared: DeclaredState, location: DeclaredState.Location, selection: InstanceSelection?,
    log: ReportLog
  ) {
    self.declared = declared
    self.location = location
    self.selection = selection
    self.log = log
  }

  /// Which branch is read, how many reports it has, and whether a shallow clone cuts it off.
  package var source: HistorySource {
    HistorySource(branch: log.branch, reports: log.entries.count, cutOff: log.cutOff)
  }

  /// Every report of the branch, the newest first.
  package var reports: [ReportReference] { log.entries.map(\.report) }

  // MARK: Scores

  /// The scores of a period, and what stood when it began.
  package func scores(_ period: HistoryPeriod) async throws -> ScoreHistory {
    let entries = log.entries.filter {
      $0.report.at >= period.since && $0.report.at <= period.until
    }
    let before = log.entries.first { $0.report.at < period.since }
    let scores = try await recordedScores(entries + [before].compactMap(\.self))
    return ScoreHistory(
      period: period,
      before: before.flatMap { entry in scores[entry.state].map { (entry.report, $0) } },
      reports: entries.reversed().compactMap { entry in
        scores[entry.state].map { (entry.report, $0) }
      })
  }

  /// The falls of a score by the threshold of the Settings document or more, the newest first.
  ///
  /// Where the printed scores leave it open, the two reports' exact scores decide.
  package func events(of history: ScoreHistory) throws -> [ScoreHistory.Event] {
    var states: [String: Snapshot] = [:]
    func exact(_ event: ScoreHistory.Event, _ report: ReportReference) throws -> Fraction? {
      guard let id = ObjectID(hex: report.revision) else { return nil }
      let state = try states[report.revision] ?? snapshot(at: id)
      states[report.revision] = state
      return state.score(of: event.subject)
    }
    let threshold = declared.state.settings.scoreDropThreshold
    return try history.events(threshold: threshold) { event in
      guard let from = try exact(event, event.previous), let to = try exact(event, event.report)
      else { return true }
      return from - to >= Fraction(threshold)
    }
  }

  func recordedScores(
    _ entries: [ReportLog.Entry]
  ) async throws -> [ObjectID: RecordedScores] {
    if selection != nil {
      var scores: [ObjectID: RecordedScores] = [:]
      for entry in entries where scores[entry.state] == nil {
        scores[entry.state] = RecordedScores(try report(at: entry).snapshot)
      }
      return scores
    }
    let path = "\(log.folder)/state.json"
    let values = RecordedValues()
    return try await read(entries.map(\.state)) { view, _ throws(StateCodec.ReadError) in
      try StateCodec.decodeScores(view, path: path, sharing: values)
    }
  }

  func read<Value: Sendable>(
    _ ids: [ObjectID],
    _ decode: @escaping @Sendable (JSONView, ObjectID) throws(StateCodec.ReadError) -> Value
  ) async throws -> [ObjectID: Value] {
    try await StateBlobs(repository: location.repository).read(ids) { view, id in
      do throws(StateCodec.ReadError) {
        return try decode(view, id)
      } catch {
        throw ReconcileError.damagedRecord(
          "a recorded state (blob \(id.shortHex)) cannot be read: \(error)")
      }
    }
  }

  // MARK: One recommendation

  /// What became of one recommendation, with those who accepted it.
  ///
  /// - Parameter instances: The names of the only instances to look at; empty for all.
  /// - Throws: ``ReconcileError`` when neither the catalog nor any report knows the name, or no
  ///   report has an instance of a name.
  package func recommendation(
    _ name: String, instances: Set<String> = []
  ) async throws -> RecommendationHistory {
    let known = declared.state.recommendation(name)
    let scores = try await recordedScores(log.entries)
    let recorded = Set(scores.values.flatMap(\.instances).map(\.name))
    for instance in instances where !recorded.contains(instance) {
      throw ReconcileError.refused(
        "no report has an instance named '\(instance)'"
          + Suggestion.hint(for: instance, among: recorded))
    }
    let steps = try steps(
      among: 0...(log.entries.count - 1), scores: scores,
      app: known?.app.value, instances: instances)
    let path = "\(log.folder)/instances"
    let results = try await read(steps.compactMap(\.blob)) { view, _ throws(StateCodec.ReadError) in
      try StateCodec.decodeResult(of: name, in: view, path: path)
    }
    var history = RecommendationHistory(of: name)
    for step in steps {
      history.add(
        step.blob.flatMap { results[$0] ?? nil }, on: step.instance,
        in: log.entries[step.entry].report)
    }
    if history.isEmpty, known == nil {
      throw ReconcileError.refused(
        "no recommendation named '\(name)', neither declared nor recorded"
          + Suggestion.hint(for: name, among: declared.state.recommendationNames))
    }
    var origins = DatedOrigins(location, log.repository)
    return try origins.attributed(history)
  }

  /// One instance's file that may say something new.
  struct Step {
    /// The index of the report in the log.
    let entry: Int
    let instance: String
    /// Nil when the report has no such instance any more.
    let blob: ObjectID?
  }

  /// The files that may tell of a change, the oldest first. An instance whose recorded digest of
  /// verdicts stays the same is passed over without a look at its folder.
  ///
  /// - Parameters:
  ///   - entries: Places in the log, the newest first.
  ///   - app: Only of instances of this app; nil for all.
  ///   - instances: Only of these; empty for all.
  func steps(
    among entries: ClosedRange<Int>, scores: [ObjectID: RecordedScores], app: String? = nil,
    instances: Set<String> = []
  ) throws -> [Step] {
    var steps: [Step] = []
    var last: [String: (verdicts: String?, blob: ObjectID?)] = [:]
    for index in entries.reversed() {
      let entry = log.entries[index]
      let present = (scores[entry.state]?.instances ?? []).filter { instance in
        (app == nil || instance.app == app)
          && (instances.isEmpty || instances.contains(instance.name))
      }
      for instance in present {
        let before = last[instance.name]
        if let verdicts = instance.verdicts, verdicts == before?.verdicts { continue }
        let blob = try log.repository.entry(
          "\(log.folder)/instances/\(instance.name)/state.json", inTree: entry.tree)?.id
        if before == nil || before?.blob != blob {
          steps.append(Step(entry: index, instance: instance.name, blob: blob))
        }
        last[instance.name] = (instance.verdicts, blob)
      }
      let names = Set(present.map(\.name))
      for name in last.keys.filter({ !names.contains($0) }).sorted() {
        last[name] = nil
        steps.append(Step(entry: index, instance: name, blob: nil))
      }
    }
    return steps
  }

  // MARK: Two reports

  /// The differences between two reports.
  ///
  /// - Parameters:
  ///   - old: A revision, a day (its last report) or a time.
  ///   - new: The same; nil for the newest report.
  package func difference(from old: String, to new: String?) throws -> ReportDifference {
    ReportDifference(
      from: try report(old), to: try new.map(report) ?? report(at: log.entries[0]),
      desired: declared.state)
  }

  /// The differences between two of the branch's reports; what stands of exceptions is in neither.
  package func difference(
    from old: ReportReference, to new: ReportReference
  ) throws -> ReportDifference {
    ReportDifference(from: try report(old), to: try report(new), desired: declared.state)
  }

  /// A report of the branch by the first digits of its commit, seven or more, or by a day or a time; nil where there is none.
  ///
  /// Nothing else names one: what comes from afar is no expression for git.
  package func report(named text: String) -> ReportReference? {
    if let moment = Instant(text) { return log.standing(at: Self.end(of: text, moment))?.report }
    guard (7...64).contains(text.utf8.count) else { return nil }
    return log.entries.first { $0.report.revision.hasPrefix(text) }?.report
  }

  /// A day alone means its end.
  private static func end(of text: String, _ moment: Instant) -> Instant {
    text.utf8.count == 10
      ? Instant(secondsSince1970: moment.secondsSince1970 + 86_399) : moment
  }

  typealias Report = (report: ReportReference, snapshot: Snapshot)

  func report(at entry: ReportLog.Entry) throws -> Report {
    try report(entry.report)
  }

  private func report(_ reference: ReportReference) throws -> Report {
    guard let id = ObjectID(hex: reference.revision) else { return (reference, .empty) }
    return (reference, try snapshot(at: id))
  }

  /// What a commit recorded, of the instances that are told of.
  private func snapshot(at id: ObjectID) throws -> Snapshot {
    let snapshot = try RecordReader.read(log.repository, at: id, path: log.folder)
    // Files of earlier versions have no labels: what is declared now says which they are.
    return selection.map { snapshot.completed(by: declared.state).narrowed(to: $0) } ?? snapshot
  }

  private func report(_ text: String) throws -> Report {
    if let moment = Instant(text) {
      if let entry = log.standing(at: Self.end(of: text, moment)) { return try report(at: entry) }
      let first = log.entries.last.map { ", the oldest is of \($0.report.at)" } ?? ""
      throw ReconcileError.refused(
        "there is no report of \(text) or before\(first)"
          + (log.cutOff == nil
            ? "" : "; the clone is shallow, 'git fetch --unshallow' brings its history"))
    }
    let id = try log.commit(text)
    guard try log.repository.entry("\(log.folder)/state.json", at: id) != nil else {
      throw ReconcileError.refused(
        "'\(text)' holds no report: name a commit of \(log.branch), such as \(log.branch)~1, or a day"
      )
    }
    let report = ReportReference(try log.repository.commit(id))
    return (report, try snapshot(at: id))
  }
}

extension Snapshot {
  /// An initiative's or a metric's score before rounding; nil for an instance, and where there is
  /// no score.
  fileprivate func score(of subject: ScoreHistory.Subject) -> Fraction? {
    let (name, metric): (String, String?) =
      switch subject {
      case .initiative(let name): (name, nil)
      case .metric(let metric, let name): (name, metric)
      case .instance: ("", nil)
      }
    guard let score = scores[name] else { return nil }
    guard let metric else { return score.score }
    return score.metrics.first { $0.definition.name == metric }?.card.score
  }
}
