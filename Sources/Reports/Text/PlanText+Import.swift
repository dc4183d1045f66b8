internal import Posture
internal import Text

extension PlanText {
  /// Vendors' own recommendations: their total, what changed of them, and what is to be written into
  /// their scores.
  mutating func imported() {
    for source in ImportedSource.all {
      imported(from: source, shown.imports.filter { $0.source == source })
    }
  }

  private mutating func imported(from source: ImportedSource, _ scores: [ImportedScore]) {
    let changes = groups.imported(from: source)
    guard !scores.isEmpty || !changes.isEmpty else { return }
    page.heading(source.title)
    for score in scores {
      page.line(
        [
          TextSpan(score.instance, .bold), TextSpan("  \(ImportWords.total(score))"),
        ], indent: 2, hanging: 2)
      page.line([TextSpan(ImportWords.counted(score), .dim)], indent: 4, hanging: 2)
    }
    let titles = Dictionary(
      firstOf: scores.flatMap(\.recommendations).map { ($0.name, $0.control.title) })
    let limit = options.isVerbose ? Int.max : 20
    for change in changes.prefix(limit) {
      let name = change.recommendation ?? ""
      page.line(
        [ChangeMark.changed.span, TextSpan(" \(titles[name] ?? name)")], indent: 4, hanging: 4)
      let facts = [
        name, change.instance ?? "", Words.imported(change), Phrases.reason(of: change),
        Words.of(change.cause),
      ]
      page.line([TextSpan(facts.joined(separator: " · "), .dim)], indent: 6, hanging: 2)
    }
    if changes.count > limit {
      page.line("and \(changes.count - limit) more: add --verbose", .dim, indent: 4)
    }
    writeBack(to: source, scores)
  }

  private mutating func writeBack(to source: ImportedSource, _ scores: [ImportedScore]) {
    let scores = scores.filter {
      !$0.effects.isEmpty || $0.records.contains(where: isTold)
    }
    guard !scores.isEmpty else { return }
    page.heading("\(source.shortTitle) write-back")
    var isPending = false
    for score in scores {
      page.line(score.instance, .bold, indent: 2)
      for effect in score.effects {
        isPending = isPending || !effect.isLeftAlone
        page.line(
          [
            (effect.isLeftAlone ? ChangeMark.attention : .control).span,
            TextSpan(" \(source.prefix)\(effect.subject)", .bold),
            TextSpan(" \(ImportWords.effect(effect))"),
          ], indent: 4, hanging: 4)
        page.line(
          [
            TextSpan(
              Phrases.obstacle(to: effect, in: source) ?? "comment: \(effect.to.comment)", .dim)
          ], indent: 6, hanging: 2)
      }
      for record in score.records where isTold(record) {
        page.line(
          [
            (record.outcome.kind == .failed ? ChangeMark.attention : .control).span,
            TextSpan(" \(source.prefix)\(record.subject)", .bold),
            TextSpan(" \(ImportWords.record(record, in: source))"),
          ], indent: 4, hanging: 4)
      }
    }
    if isPending && options.tellsNextStep {
      page.line(
        "Nothing is written without 'plumb apply \(source.option)'.", .dim, indent: 2)
    }
  }

  /// What was written is told by the run that did it; what could not be, until it is.
  private func isTold(_ record: Effect.Record) -> Bool {
    record.outcome.kind == .failed || record.at == shown.at
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
