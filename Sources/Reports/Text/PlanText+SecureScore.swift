internal import Posture

extension PlanText {
  /// Microsoft's own recommendations: their total, what changed of them, and what is to be written
  /// into Secure Score.
  mutating func secureScore() {
    guard !shown.secureScores.isEmpty || !groups.imported.isEmpty else { return }
    page.heading(SecureScoreWords.title)
    for score in shown.secureScores {
      page.line(
        [
          TextSpan(score.instance, .bold), TextSpan("  \(SecureScoreWords.total(score))"),
        ], indent: 2, hanging: 2)
      page.line([TextSpan(SecureScoreWords.counted(score), .dim)], indent: 4, hanging: 2)
    }
    let titles = Dictionary(
      shown.secureScores.flatMap(\.recommendations).map { ($0.name, $0.control.title) },
      uniquingKeysWith: { first, _ in first })
    let limit = options.isVerbose ? Int.max : 20
    for change in groups.imported.prefix(limit) {
      let name = change.recommendation ?? ""
      page.line(
        [ChangeMark.changed.span, TextSpan(" \(titles[name] ?? name)")], indent: 4, hanging: 4)
      let facts = [
        name, change.instance ?? "", Words.imported(change), Phrases.reason(of: change),
        Words.of(change.cause),
      ]
      page.line([TextSpan(facts.joined(separator: " · "), .dim)], indent: 6, hanging: 2)
    }
    if groups.imported.count > limit {
      page.line("and \(groups.imported.count - limit) more: add --verbose", .dim, indent: 4)
    }
    writeBack()
  }

  private mutating func writeBack() {
    let scores = shown.secureScores.filter {
      !$0.writes.isEmpty || $0.records.contains(where: isTold)
    }
    guard !scores.isEmpty else { return }
    page.heading("Secure Score write-back")
    var isPending = false
    for score in scores {
      page.line(score.instance, .bold, indent: 2)
      for write in score.writes {
        isPending = isPending || write.obstacle == nil
        page.line(
          [
            (write.obstacle == nil ? ChangeMark.control : .attention).span,
            TextSpan(" \(ImportedRecommendation.prefix)\(write.control)", .bold),
            TextSpan(" \(SecureScoreWords.write(write))"),
          ], indent: 4, hanging: 4)
        page.line(
          [
            TextSpan(
              write.obstacle.map { "left alone: \($0)" } ?? "comment: \(write.comment)", .dim)
          ], indent: 6, hanging: 2)
      }
      for record in score.records where isTold(record) {
        page.line(
          [
            (record.outcome == .failed ? ChangeMark.attention : .control).span,
            TextSpan(" \(ImportedRecommendation.prefix)\(record.control)", .bold),
            TextSpan(" \(SecureScoreWords.record(record))"),
          ], indent: 4, hanging: 4)
      }
    }
    if isPending && options.tellsNextStep {
      page.line(
        "Nothing is written without 'plumb apply --sync-secure-score'.", .dim, indent: 2)
    }
  }

  /// What was written is told by the run that did it; what could not be, until it is.
  private func isTold(_ record: SecureScoreRecord) -> Bool {
    record.outcome == .failed || record.at == shown.at
  }
}

extension Words {
  /// `toAddress → completed`
  static func imported(_ change: Change) -> String {
    switch change.type {
    case .importedAdded: "new" + (change.to.map { ", \(of($0))" } ?? "")
    case .importedRemoved: "gone" + (change.from.map { ", was \(of($0))" } ?? "")
    default:
      change.from == change.to
        ? of(change.to)
        : "\(change.from.map { of($0) } ?? "not scored") → \(change.to.map { of($0) } ?? "not scored")"
    }
  }
}
