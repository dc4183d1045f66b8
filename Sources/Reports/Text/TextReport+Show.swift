package import Posture

extension TextReport {
  /// `plumb show`: results as a table, new failures first, then what got worse, then what stays; each
  /// in the order of work.
  ///
  /// What is met or does not apply is counted, not listed, unless the filter or `isVerbose` asks
  /// for it.
  package static func show(_ plan: Plan, options: Options = Options()) -> String {
    let shown = options.filter.applied(to: plan)
    let listsAll =
      options.isVerbose || !options.filter.compliances.isEmpty || !options.filter.statuses.isEmpty
    let results = shown.instances.flatMap(\.results)
    let listed = results.filter { result in
      listsAll || result.evaluation.compliance == .notCompliant
        || result.evaluation.compliance == .unknown
    }
    var page = options.page
    var table = TextTable([
      .init(title: ""), .init(title: "IMPACT"), .init(title: "TITLE", isFlexible: true),
      .init(title: "RECOMMENDATION", isFlexible: true), .init(title: "INSTANCE", isFlexible: true),
      .init(title: "COMPLIANCE"), .init(title: "STATUS", isOptional: true),
      .init(title: "AFFECTED", isRightAligned: true),
      .init(title: "GAIN", isRightAligned: true, isOptional: true),
      .init(title: "SINCE", isOptional: true),
    ])
    let index = UrgencyIndex(shown)
    for (result, urgency) in index.sorted(listed) {
      let isFirstSeen = index.changes(of: result).contains { $0.type == .new }
      table.add(row(result, isFirstSeen ? nil : news(urgency)))
    }
    if table.isEmpty {
      page.line(
        results.isEmpty ? "Nothing to show." : "Nothing is amiss: every result shown is met.")
    } else {
      page.table(table)
    }
    page.blank()
    page.line(totals(results), .dim)
    if listed.count < results.count {
      page.line(
        "Listed are those that are not compliant or unknown; add --verbose for all.", .dim)
    }
    return page.text
  }

  /// What is news about a result; that a first assessment is one goes without saying.
  private static func news(_ urgency: Urgency) -> String? {
    switch urgency {
    case .newFailure: "new"
    case .worse: "worse"
    default: nil
    }
  }

  private static func row(_ result: RecommendationResult, _ news: String?) -> [TextSpan] {
    let evaluation = result.evaluation
    let isCounted = result.recommendation.collection != nil && evaluation.counted > 0
    return [
      symbol(of: result), TextSpan(result.recommendation.impact.rawValue),
      TextSpan(result.recommendation.title), TextSpan(result.recommendation.name, .dim),
      TextSpan(result.instance),
      TextSpan(evaluation.compliance.rawValue + (news.map { " (\($0))" } ?? "")),
      TextSpan(result.status?.rawValue ?? "–"),
      TextSpan(isCounted ? "\(evaluation.affectedCount)/\(evaluation.counted)" : "–"),
      TextSpan(result.isOpen ? result.gain?.points ?? "–" : "–"),
      TextSpan(result.since?.day ?? "–"),
    ]
  }

  static func symbol(of result: RecommendationResult) -> TextSpan {
    switch result.evaluation.compliance {
    case .compliant: TextSpan("✓", .green)
    case .notCompliant: result.isOpen ? TextSpan("✗", .red) : TextSpan("~", .yellow)
    case .unknown: TextSpan("?", .magenta)
    case .notApplicable: TextSpan("–", .dim)
    }
  }

  /// `70 results: 12 not compliant, 3 of them decided; 2 unknown, 50 compliant, 6 not applicable`.
  private static func totals(_ results: [RecommendationResult]) -> String {
    func count(_ compliance: Compliance) -> Int {
      results.count { $0.evaluation.compliance == compliance }
    }
    let open = results.count(where: \.isOpen)
    let decided = count(.notCompliant) - open
    var parts = ["\(count(.notCompliant)) not compliant"]
    if decided > 0 { parts[0] += " (\(decided) decided)" }
    parts += [Compliance.unknown, .compliant, .notApplicable]
      .map { "\(count($0)) \(Words.of($0))" }
    return "\(Words.count(results.count, "result")): \(parts.joined(separator: ", "))."
  }
}
