internal import Posture

extension PlanMarkdown {
  /// Vendors' own recommendations, and what is to be written into their scores.
  mutating func imported() {
    for source in ImportedSource.all {
      imported(from: source, shown.imports.filter { $0.source == source })
    }
  }

  private mutating func imported(from source: ImportedSource, _ scores: [ImportedScore]) {
    let changes = groups.imported(from: source)
    guard !scores.isEmpty || !changes.isEmpty else { return }
    page.heading(3, "\(raw: source.title)")
    page.bullets(
      scores.map { score in
        "\(code: score.instance): \(ImportWords.total(score)); \(ImportWords.counted(score))"
      })
    table(
      "change in \(source.shortTitle)", plural: "changes in \(source.shortTitle)",
      ["Recommendation", "Instance", "Status", "Points", "Cause"], changes
    ) { change in
      [
        "\(cell: change.recommendation ?? "")", "\(cell: change.instance ?? "")",
        "\(Words.imported(change))", "\(Phrases.reason(of: change))", "\(Words.of(change.cause))",
      ]
    }
    let effects = scores.flatMap { score in score.effects.map { (score.instance, $0) } }
    let records = scores.flatMap { score in
      score.records.filter { $0.outcome.kind == .failed || $0.at == shown.at }
        .map { (score.instance, $0) }
    }
    guard !effects.isEmpty || !records.isEmpty else { return }
    page.heading(3, "\(raw: source.shortTitle) write-back")
    table(
      "state to write", plural: "states to write",
      ["Instance", "Control", "State", "Comment"], effects
    ) { instance, effect in
      [
        "\(cell: instance)", "\(cell: effect.subject)", "\(ImportWords.effect(effect))",
        "\(Phrases.obstacle(to: effect, in: source) ?? effect.to.comment)",
      ]
    }
    bullets(
      "state", plural: "states",
      records.map { instance, record in
        "\(code: instance): \(code: record.subject) \(ImportWords.record(record, in: source))"
      })
    if effects.contains(where: { !$0.1.isLeftAlone }) {
      page.paragraph("Nothing is written without `plumb apply \(raw: source.option)`.")
    }
  }
}
