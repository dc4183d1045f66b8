internal import Git
internal import JSON
package import Posture
internal import Reports
internal import YAML

/// Reads what the committed pages tell beside the plan: the scores of the days before, from the commits
/// that the report is built on, and the frameworks.
///
/// The same commit and plan give the same pages, on whichever machine and however often.
struct ReportBackground {
  let repository: Repository
  /// The folder of reports in the branch.
  let folder: String

  /// The days that pages look back, the report's own among them.
  static let days = 14
  private static let largestState = 1 << 30

  func read(
    for plan: Plan, of declared: DeclaredState, after parent: ObjectID?
  ) throws(GitError) -> ReportTree.Background {
    var background = ReportTree.Background()
    background.history = try history(of: plan, after: parent)
    background.frameworks = frameworks(of: plan, in: declared.state)
    return background
  }

  // MARK: Scores

  /// The last report of each day, and the one that stood before them; the plan's scores come last.
  fileprivate func history(
    of plan: Plan, after parent: ObjectID?
  ) throws(GitError) -> ScoreHistory {
    let period = HistoryPeriod(days: Self.days, until: plan.at)
    var days: Set<Instant> = [plan.at.startOfDay]
    var reports = [
      (
        report: ReportReference(revision: "", at: plan.at, desiredRevision: nil),
        scores: RecordedScores(plan.comparison)
      )
    ]
    var before: (report: ReportReference, scores: RecordedScores)?
    if let parent {
      var walk = try repository.walk(from: parent, firstParent: true, path: statePath)
      while before == nil, let commit = try walk.next() {
        let report = ReportReference(commit)
        let isBefore = report.at < period.since
        guard report.at <= plan.at, isBefore || !days.contains(report.at.startOfDay),
          let scores = try scores(in: commit)
        else { continue }
        if isBefore {
          before = (report, scores)
        } else {
          days.insert(report.at.startOfDay)
          reports.append((report, scores))
        }
      }
    }
    return ScoreHistory(period: period, before: before, reports: reports.reversed())
  }

  private var statePath: String { "\(folder)/state.json" }

  /// Nil where a commit has no report, or one that cannot be read: a trend with a day less is no reason
  /// to record nothing.
  private func scores(in commit: CommitInfo) throws(GitError) -> RecordedScores? {
    guard let entry = try repository.entry(statePath, inTree: commit.tree) else { return nil }
    let bytes = try repository.blob(entry.id, limit: Self.largestState)
    guard let view = try? JSONView(parsing: bytes) else { return nil }
    return try? StateCodec.decodeScores(view, path: statePath)
  }

  // MARK: Frameworks

  /// Those of which a recommendation that is judged here decides a control, sorted by name.
  private func frameworks(of plan: Plan, in state: DesiredState) -> [FrameworkStanding] {
    let results = plan.instances.flatMap(\.results)
    let judged = Set(results.map(\.name))
    let names = Set(
      state.recommendations.filter { judged.contains($0.name) }.flatMap(\.controls)
        .map(\.framework))
    let library = DecodedCatalog.builtIn(.frameworks(names), diagnostics: Diagnostics())
    let recommendations = state.recommendations.filter { judged.contains($0.name) }
    return library.frameworks.values.sorted { $0.name < $1.name }.map {
      FrameworkStanding($0, recommendations: recommendations, results: results)
    }
  }
}

extension Workspace.PlannedRun {
  /// The scores of the days before the plan, which come last; nil where nothing is recorded, and for a
  /// comparison of two desired states.
  package func trend(in repository: String) throws -> ScoreHistory? {
    guard plan.base == nil, let parent = plan.recordedRevision.flatMap(ObjectID.init(hex:)) else {
      return nil
    }
    return try ReportBackground(
      repository: try Repository.open(path: repository),
      folder: declared.state.settings.reportsPath
    ).history(of: plan, after: parent)
  }
}
