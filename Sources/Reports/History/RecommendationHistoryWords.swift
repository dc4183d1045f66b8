internal import Posture

extension RecommendationHistory.Entry {
  var mark: ChangeMark {
    switch kind {
    case .regressed: .regressed
    case .resolved: .resolved
    case .assessed: after?.decision.compliance == .notCompliant ? .regressed : .changed
    case .affectedChanged:
      (before?.decision.affectedCount ?? 0) < (after?.decision.affectedCount ?? 0)
        ? .regressed : .resolved
    case .complianceChanged: after?.decision.compliance == .unknown ? .attention : .changed
    case .accepted, .acceptanceEnded: .control
    case .removed: .gone
    }
  }

  /// What happened, in one sentence.
  var sentence: String {
    let redefined =
      (isRedefined ? "; the recommendation was redefined" : "")
      // That the tenant did it goes without saying.
      + (cause == .time ? "; \(Change.Cause.time.phrase)" : "")
    switch kind {
    case .assessed: return "assessed: \(after.map(Self.standing) ?? "")"
    case .regressed:
      return "regressed: \(transition)\(after?.extentText.map { ", \($0)" } ?? "")\(redefined)"
    case .resolved: return "resolved: \(transition)\(redefined)"
    case .complianceChanged:
      return
        "changed: \(transition)\(after?.decision.reasonText.map { ": \($0)" } ?? "")\(redefined)"
    case .affectedChanged:
      let old = before?.decision.affectedCount ?? 0
      return
        "\(old < after?.decision.affectedCount ?? 0 ? "worse" : "better"): \(old) → \(after?.extentText ?? "0 affected")\(redefined)"
    case .accepted:
      let status = after?.status.map { $0.rawValue } ?? "–"
      let isWhole = after?.exception == exception
      return "accepted: exception \(exception ?? "")"
        + (isWhole ? ", \(status)" : " takes \(resources) out")
    case .acceptanceEnded:
      let status = after?.status?.rawValue
      return "exception \(exception ?? "") no longer holds"
        + (status.map { ", \($0)" } ?? "")
    case .removed: return "no longer in force"
    }
  }

  /// Who accepted it; nil where nothing was accepted, or git was not asked.
  var attribution: String? {
    guard kind == .accepted else { return nil }
    func text(_ commit: ExceptionPlan.Origin.Commit) -> String {
      "by \(commit.author) on \(commit.date.day) (\(Words.short(commit.id)))"
    }
    switch origin {
    case .commits(let first?, let last)?:
      return "declared \(text(first))" + (first == last ? "" : ", changed \(text(last))")
    case .commits(nil, let last)?:
      return "declared before the shallow clone's history, changed \(text(last))"
    case .beyondHistory?: return "declared before the shallow clone's history"
    case .uncommitted?, nil:
      return report.desiredRevision.map { "its desired state, \(Words.short($0)), is not here" }
    }
  }

  private var resources: String {
    let count = exception.flatMap { after?.verdict.tally.matches(of: $0) } ?? 0
    return Words.count(count, "resource")
  }

  private var transition: String {
    "\(before?.decision.compliance.rawValue ?? "nothing") → \(after?.decision.compliance.rawValue ?? "nothing")"
  }

  private static func standing(_ result: Snapshot.Result) -> String {
    [result.decision.compliance.rawValue, result.extentText].compactMap(\.self)
      .joined(separator: ", ")
  }
}

extension Snapshot.Result {
  /// `1 of 3 affected`; nil when nothing is.
  var extentText: String? {
    if decision.affectedCount == 0 { return nil }
    // Objects that a verdict over the instance blames are no part of what is counted.
    return decision.affectedCount > decision.counted
      ? "\(decision.affectedCount) affected"
      : "\(decision.affectedCount) of \(decision.counted) affected"
  }
}

extension RecommendationHistory.Course {
  /// `notCompliant · toAddress · 1 of 3 affected · since 2026-06-01`
  var standingText: String {
    guard let standing else { return "no longer in force" }
    var facts = [standing.decision.compliance.rawValue]
    if let status = standing.status, status != .completed { facts.append(status.rawValue) }
    if let extent = standing.extentText { facts.append(extent) }
    if let since = standing.since { facts.append("since \(since.day)") }
    return facts.joined(separator: " · ")
  }

  /// The newest first, as they are listed: nothing else happened to a period without entries.
  var newestFirst: [RecommendationHistory.Entry] { entries.reversed() }
}
