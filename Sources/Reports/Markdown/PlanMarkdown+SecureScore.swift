internal import Posture

extension PlanMarkdown {
  /// Microsoft's own recommendations, and what is to be written into Secure Score.
  mutating func secureScore() {
    guard !shown.secureScores.isEmpty || !groups.imported.isEmpty else { return }
    page.heading(3, "\(raw: SecureScoreWords.title)")
    page.bullets(
      shown.secureScores.map { score in
        "\(code: score.instance): \(SecureScoreWords.total(score)); \(SecureScoreWords.counted(score))"
      })
    table(
      "change in Secure Score", plural: "changes in Secure Score",
      ["Recommendation", "Instance", "Status", "Points", "Cause"],
      groups.imported
    ) { change in
      [
        "\(cell: change.recommendation ?? "")", "\(cell: change.instance ?? "")",
        "\(Words.imported(change))", "\(Phrases.reason(of: change))", "\(Words.of(change.cause))",
      ]
    }
    let writes = shown.secureScores.flatMap { score in score.writes.map { (score.instance, $0) } }
    let records = shown.secureScores.flatMap { score in
      score.records.filter { $0.outcome == .failed || $0.at == shown.at }
        .map { (score.instance, $0) }
    }
    guard !writes.isEmpty || !records.isEmpty else { return }
    page.heading(3, "Secure Score write-back")
    table(
      "state to write", plural: "states to write",
      ["Instance", "Control", "State", "Comment"], writes
    ) { instance, write in
      [
        "\(cell: instance)", "\(cell: write.control)", "\(SecureScoreWords.write(write))",
        "\(write.obstacle.map { "left alone: \($0)" } ?? write.comment)",
      ]
    }
    bullets(
      "state", plural: "states",
      records.map { instance, record in
        "\(code: instance): \(code: record.control) \(SecureScoreWords.record(record))"
      })
    if writes.contains(where: { $0.1.obstacle == nil }) {
      page.paragraph("Nothing is written without `plumb apply --sync-secure-score`.")
    }
  }
}
