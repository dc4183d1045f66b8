package import Posture

extension TextReport {
  /// `plumb show`: results as a table, new failures first, then what got worse, then what stays; each
  /// in the order of work.
  ///
  /// What is met or does not apply is counted, not listed, unless the filter or `isVerbose` asks
  /// for it.
  package static func show(_ plan: Comparison, options: Options = Options()) -> String {
    let shown = options.filter.applied(to: plan)
    let listsAll =
      options.isVerbose || options.filter.onlyByHand || !options.filter.compliances.isEmpty
      || !options.filter.statuses.isEmpty
    let results = shown.instances.flatMap(\.results)
    let listed = results.filter { result in
      listsAll || result.decision.compliance == .notCompliant
        || result.decision.compliance == .unknown
    }
    var page = options.page
    let imported = shown.imports.flatMap(\.recommendations)
    let listedImported = imported.filter { recommendation in
      listsAll
        || recommendation.isScored
          && (recommendation.compliance == .notCompliant || recommendation.compliance == .unknown)
    }.sorted(by: ImportedRecommendation.comesFirst)
    var table = TextTable([
      .init(title: ""), .init(title: "IMPACT", isSaidOnce: true),
      .init(title: "TITLE", isFlexible: true, rank: 4),
      .init(title: "RECOMMENDATION", isName: true), .init(title: "INSTANCE", isSaidOnce: true),
      .init(title: "COMPLIANCE", rank: 3, isSaidOnce: true),
      .init(title: "STATUS", rank: 2, isSaidOnce: true),
      .init(title: "AFFECTED", isRightAligned: true, rank: 6),
      .init(title: "GAIN", isRightAligned: true, rank: 5),
      .init(title: "SINCE", rank: 1, isSaidOnce: true),
    ])
    let index = UrgencyIndex(shown)
    for (result, urgency) in index.sorted(listed) {
      let isFirstSeen = index.changes(of: result).contains { $0.type == .new }
      table.add(row(result, isFirstSeen ? nil : news(urgency)))
    }
    var own = TextTable([
      .init(title: ""), .init(title: "POINTS", isRightAligned: true),
      .init(title: "TITLE", isFlexible: true, rank: 4),
      .init(title: "RECOMMENDATION", isName: true), .init(title: "SPEAKS OF", isSaidOnce: true),
      .init(title: "COMPLIANCE", rank: 5, isSaidOnce: true),
      .init(title: "STATUS", rank: 3, isSaidOnce: true),
      .init(title: "SOURCE", rank: 2, isSaidOnce: true),
      .init(title: "NOTE", isFlexible: true, rank: 1),
    ])
    for recommendation in listedImported { own.add(row(recommendation)) }
    if table.isEmpty && !own.isEmpty {
      page.table(own)
    } else if table.isEmpty {
      let off = shown.instances.filter { !$0.recommendations }.map(\.name)
      if results.isEmpty && !off.isEmpty && off.count == shown.instances.count {
        page.line(
          "Recommendations are off on \(off.joined(separator: ", ")): switch them on with 'plumb instances on NAME'."
        )
      } else {
        page.line(
          results.isEmpty ? "Nothing to show." : "Nothing is amiss: every result shown is met.")
      }
    } else {
      page.table(table)
      if !own.isEmpty {
        page.blank()
        page.table(own)
      }
      found(index.sorted(listed).map(\.result), options, &page)
      lookedUp(index.sorted(listed).map(\.result), &page)
    }
    page.blank()
    if !results.isEmpty || imported.isEmpty { page.line(totals(results), .dim) }
    for score in shown.imports {
      page.line(
        "\(score.source.title) of \(score.instance): \(ImportWords.total(score)); \(ImportWords.counted(score)).",
        .dim)
    }
    if listed.count < results.count || listedImported.count < imported.count {
      page.line(
        "Listed are those that are not compliant or unknown; add --verbose for all.", .dim)
    }
    if let limit = options.filter.limit {
      var all = options.filter
      all.limit = nil
      let count = all.applied(to: plan).instances.reduce(0) { $0 + $1.results.count }
      if count > limit {
        page.line("\(Words.count(count - limit, "more result")): raise --limit.", .dim)
      }
    }
    return page.text
  }

  /// Where people look at what no API tells, and why none does.
  private static func lookedUp(_ results: [RecommendationResult], _ page: inout TextPage) {
    let lookedUp = results.compactMap { result in result.lookedUp.map { (result, $0) } }
    guard !lookedUp.isEmpty else { return }
    page.heading("To look at by hand")
    for (result, look) in lookedUp {
      page.line(
        [TextSpan(result.name, .bold), TextSpan(" \(result.instance)", .dim)], indent: 2,
        hanging: 2)
      page.line([TextSpan(look.place)], indent: 4, hanging: 2)
      page.line([TextSpan(look.why, .dim)], indent: 4, hanging: 2)
    }
  }

  /// What the verdicts of the first results rest on: what was found beside what was expected, and the
  /// names of who is affected.
  private static func found(
    _ results: [RecommendationResult], _ options: Options, _ page: inout TextPage
  ) {
    let most = options.isVerbose ? (results: Int.max, resources: 100) : (results: 20, resources: 10)
    let telling = results.filter { result in
      !result.decision.affected.isEmpty
        || !result.verdict.facts.isEmpty && result.decision.compliance != .unknown
    }
    guard !telling.isEmpty else { return }
    page.heading("Found")
    for result in telling.prefix(most.results) {
      let decision = result.decision
      page.line(
        [
          TextSpan(result.name, .bold), TextSpan(" \(result.instance)", .dim),
        ], indent: 2, hanging: 2)
      for fact in result.verdict.facts {
        page.line([TextSpan(fact.text())], indent: 4, hanging: 2)
      }
      let listed = decision.affected.prefix(most.resources)
      for resource in listed {
        let facts = result.verdict.decidingFacts(of: resource).text(most: 3)
        page.line(
          [
            TextSpan("- " + Words.resource(label: resource.label, id: resource.id)),
            TextSpan(facts.map { " \($0)" } ?? "", .dim),
          ], indent: 4, hanging: 2)
      }
      if decision.affectedCount > listed.count {
        page.line("and \(decision.affectedCount - listed.count) more", .dim, indent: 4)
      }
    }
    if telling.count > most.results {
      page.line(
        "and \(telling.count - most.results) more: add --verbose, or explain one", .dim, indent: 2)
    }
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
    let decision = result.decision
    let isCounted = result.collection != nil && decision.counted > 0
    let objects = decision.affectedCount > 0 ? String(decision.affectedCount) : "–"
    return [
      symbol(of: result), TextSpan(result.impact.rawValue, .of(result.impact)),
      TextSpan(result.title), TextSpan(result.name, .dim),
      TextSpan(result.instance),
      TextSpan(decision.compliance.rawValue + (news.map { " (\($0))" } ?? "")),
      TextSpan(result.status?.rawValue ?? "–"),
      TextSpan(isCounted ? "\(decision.affectedCount)/\(decision.counted)" : objects),
      TextSpan(result.isOpen ? result.gain?.points ?? "–" : "–"),
      TextSpan(result.since?.day ?? "–"),
    ]
  }

  private static func row(_ recommendation: ImportedRecommendation) -> [TextSpan] {
    let control = recommendation.control
    let symbol: TextSpan =
      switch recommendation.compliance {
      case .compliant: TextSpan("✓", .green)
      case .notCompliant: recommendation.isOpen ? TextSpan("✗", .red) : TextSpan("~", .yellow)
      case .unknown: TextSpan("?", .magenta)
      case .notApplicable: TextSpan("–", .dim)
      }
    return [
      symbol, TextSpan(control.earned.map { "\($0)/\(control.possible)" } ?? "–"),
      TextSpan(control.title), TextSpan(recommendation.name, .dim),
      TextSpan(ImportWords.subject(recommendation)),
      TextSpan(recommendation.compliance.rawValue),
      TextSpan(recommendation.status?.rawValue ?? "–"),
      TextSpan(recommendation.source.name),
      TextSpan(
        ImportWords.same(recommendation) ?? recommendation.reason.map(Phrases.text) ?? "", .dim),
    ]
  }

  static func symbol(of result: RecommendationResult) -> TextSpan {
    switch result.decision.compliance {
    case .compliant: TextSpan("✓", .green)
    case .notCompliant: result.isOpen ? TextSpan("✗", .red) : TextSpan("~", .yellow)
    case .unknown: TextSpan("?", .magenta)
    case .notApplicable: TextSpan("–", .dim)
    }
  }

  /// `70 results: 12 not compliant, 3 of them decided; 2 unknown, 50 compliant, 6 not applicable`.
  private static func totals(_ results: [RecommendationResult]) -> String {
    func count(_ compliance: Compliance) -> Int {
      results.count { $0.decision.compliance == compliance }
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
