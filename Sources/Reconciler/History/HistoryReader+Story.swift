internal import Git
internal import JSON
package import Posture

/// Reads what pages tell of the newest report, and how it came about.
extension HistoryReader {
  /// The number of last reports that are told one by one.
  private static let mostSteps = 30

  /// The newest report compared with the one before, with the scores and the changes of the days before it.
  ///
  /// - Parameter days: The period that ends with the newest report.
  package func story(days: Int) async throws -> Story {
    let newest = log.entries[0]
    let period = HistoryPeriod(days: days, until: newest.report.at)
    let (report, snapshot) = try self.report(at: newest)
    let previous = log.entries.count > 1 ? try self.report(at: log.entries[1]) : nil
    var comparison = Comparison(
      from: previous?.snapshot ?? .empty, to: snapshot, at: report.at, desired: declared.state)
    comparison.imports = comparison.after.recordedImports
    var origins = try ExceptionOrigins(declared.state, at: location)
    for index in comparison.exceptions.indices {
      comparison.exceptions[index].origin = try origins.origin(
        named: comparison.exceptions[index].exception.name)
    }
    var story = Story(comparison, desired: declared.reference)
    story.report = report
    story.previous = previous?.report
    story.addFrameworks(of: declared)
    try await add(to: &story, period: period)
    story.earlier = try earlier(than: newest, snapshot)
    return story
  }

  /// Adds what stands on the reports branch to a story of a plan.
  package func add(to story: inout Story, days: Int) async throws {
    story.previous = log.entries[0].report
    try await add(to: &story, period: HistoryPeriod(days: days, until: story.at))
  }

  private func add(to story: inout Story, period: HistoryPeriod) async throws {
    story.history = try await scores(period)
    story.source = source
    story.steps = try steps(in: period)
    story.courses = try await courses(in: period)
  }

  // MARK: Report by report

  private func steps(in period: HistoryPeriod) throws -> [Story.Step] {
    var steps: [Story.Step] = []
    var later: Report?
    for index in log.entries.indices.dropLast() where steps.count < Self.mostSteps {
      guard log.entries[index].report.at >= period.since else { break }
      let to = try later ?? report(at: log.entries[index])
      let from = try report(at: log.entries[index + 1])
      steps.append(step(from: from, to: to))
      later = from
    }
    return steps
  }

  private func step(from: Report, to: Report) -> Story.Step {
    let comparison = Comparison(
      from: from.snapshot, to: to.snapshot, at: to.report.at, desired: declared.state)
    return Story.Step(
      from: from.report, to: to.report, changes: comparison.changes,
      initiatives: comparison.initiatives)
  }

  /// What changed in the last week and in the last two, unless the last report's changes are just
  /// these.
  private func earlier(
    than newest: ReportLog.Entry, _ snapshot: Snapshot
  ) throws -> [(title: String, step: Story.Step)] {
    var told: Set<String> = [newest.report.revision]
    if log.entries.count > 1 { told.insert(log.entries[1].report.revision) }
    return try [(7, "Since a week ago"), (14, "Since two weeks ago")].compactMap { days, title in
      guard let entry = log.standing(at: newest.report.at.adding(seconds: -days * 86_400)),
        told.insert(entry.report.revision).inserted
      else { return nil }
      return (title, step(from: try report(at: entry), to: (newest.report, snapshot)))
    }
  }

  // MARK: Recommendation by recommendation

  /// What became of every recommendation in a period, by name, with those who accepted it.
  ///
  /// The instances are read one after the other, the file of each once for each state of its
  /// verdicts.
  private func courses(in period: HistoryPeriod) async throws -> [String: RecommendationHistory] {
    let before = log.entries.firstIndex { $0.report.at < period.since }
    let entries = 0...(before ?? log.entries.count - 1)
    let scores = try await recordedScores(Array(log.entries[entries]))
    let files = Dictionary(grouping: try steps(among: entries, scores: scores), by: \.instance)
    var histories: [String: RecommendationHistory] = [:]
    for (instance, steps) in files.sorted(by: { $0.key < $1.key }) {
      let states = try await read(steps.compactMap(\.blob)) {
        view, _ throws(StateCodec.ReadError) in
        try StateCodec.decodeInstance(view, path: instance).results
      }
      for step in steps {
        let report = log.entries[step.entry].report
        let results = step.blob.flatMap { states[$0] }.map(Array.init) ?? []
        let present = Set(results.map(\.name))
        for result in results {
          histories[result.name, default: RecommendationHistory(of: result.name)]
            .add(result, on: instance, in: report)
        }
        for name in histories.keys where !present.contains(name) {
          histories[name]?.add(nil, on: instance, in: report)
        }
      }
    }
    var origins = DatedOrigins(location, log.repository)
    return try histories.mapValues { try origins.attributed($0.limited(to: period)) }
  }
}

extension Story {
  /// Adds the frameworks in which what stands decides any control.
  ///
  /// - Parameter declared: The desired state, read with the whole catalog, whose frameworks are
  ///   listed.
  package mutating func addFrameworks(of declared: DeclaredState) {
    let results = comparison.instances.flatMap(\.results)
    recommendations = declared.state.recommendations
    frameworks = declared.library.frameworks.values.sorted { $0.name < $1.name }
      .map {
        FrameworkStanding($0, recommendations: declared.state.recommendations, results: results)
      }
      .filter { $0.controls.contains { !$0.results.isEmpty } }
  }
}

extension Snapshot {
  /// The recorded imports from vendors. The record does not say which native recommendation is the
  /// same practice.
  fileprivate var recordedImports: [ImportedScore] {
    imports.sorted { $0.key < $1.key }.map { name, record in
      ImportedScore(
        source: record.source, instance: name, scoredAt: record.observation.scoredAt,
        current: record.observation.current, possible: record.observation.possible, obstacle: nil,
        recommendations: record.observation.controls.compactMap { control in
          record.standings[control.id].map { standing in
            let subject = standing.instance ?? name
            return ImportedRecommendation(
              control: control, source: record.source, reader: name,
              app: instances[subject]?.appTitle ?? instances[subject]?.app, instance: subject,
              compliance: standing.compliance, reason: nil, status: standing.status,
              exception: standing.exception, same: [])
          }
        }, effects: [], records: record.records)
    }
  }
}
