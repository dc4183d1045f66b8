internal import Git
internal import Posture
internal import Reports

/// What an apply would record, beside what is recorded.
enum Record {
  /// Whether the tip of the reports branch records another state than the plan's.
  static func differs(
    _ plan: Plan, from tip: ObjectID?, in repository: Repository, settings: Settings
  ) throws(GitError) -> Bool {
    guard let tip else { return true }
    for file in ReportTree.state(of: plan) {
      let recorded = try repository.contents(
        of: "\(settings.reportsPath)/\(file.path)", at: tip, limit: 1 << 30)
      if recorded != file.bytes { return true }
    }
    return false
  }
}
