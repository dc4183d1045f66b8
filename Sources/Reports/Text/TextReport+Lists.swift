package import Posture
internal import YAML

extension TextReport {
  /// `plumb instances`: every declared instance.
  ///
  /// - Parameter ages: How old each instance's observation is, in words; without one the time of
  ///   the observation stands alone.
  package static func instances(
    _ plan: Comparison, ages: [String: String] = [:], options: Options = Options()
  ) -> String {
    let shown = options.filter.applied(to: plan)
    var page = options.page
    var table = TextTable([
      .init(title: "INSTANCE", isName: true), .init(title: "APP", isSaidOnce: true),
      .init(title: "RECOMMENDATIONS", rank: 2, isSaidOnce: true),
      .init(title: "SCORE", isRightAligned: true),
      .init(title: "COVERAGE", isRightAligned: true, rank: 1), .init(title: "OBSERVED"),
      .init(title: "NOTE", rank: 3),
    ])
    for instance in shown.instances {
      let age = ages[instance.name].map { " (\($0) ago)" } ?? ""
      let observed = instance.observedAt.map { "\($0)\(age)" } ?? "never"
      let labels = instance.labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      let note = [
        instance.sources.isEmpty || instance.staleReason?.suspicion != nil
          ? instance.staleReason.map(Phrases.text) ?? ""
          : SourceWords.of(instance).joined(separator: " · "),
        options.isVerbose ? labels.joined(separator: " ") : "",
      ].filter { !$0.isEmpty }.joined(separator: " · ")
      table.add([
        TextSpan(instance.name, .bold), TextSpan(instance.appTitle),
        TextSpan(
          instance.recommendations
            ? instance.staleReason?.isSuspension == true ? "suspended" : "on" : "off",
          !instance.recommendations
            ? .dim : instance.staleReason?.isSuspension == true ? .yellow : .green),
        TextSpan(Words.of(instance.card.score)),
        TextSpan(instance.card.coverage.percentage.map { "\($0.oneDecimal) %" } ?? "–"),
        TextSpan(instance.recommendations ? observed : "–"),
        TextSpan(note, instance.isStale ? .yellow : .dim),
      ])
    }
    if table.isEmpty {
      page.line("No instance is declared that the filter shows.")
    } else {
      page.table(table)
    }
    let off = shown.instances.count { !$0.recommendations }
    page.blank()
    page.line(
      "\(Words.count(shown.instances.count, "instance")) of \(Words.count(Set(shown.instances.map(\.app)).count, "app")), \(off) off.",
      .dim)
    return page.text
  }

  /// `plumb catalog list`: recommendations by app and name, then how many there are of each app and framework.
  ///
  /// - Parameter appTitles: The apps' names for people.
  package static func catalog(
    _ listing: CatalogListing, appTitles: [String: String], options: Options = Options()
  ) -> String {
    var page = options.page
    var table = TextTable([
      .init(title: "APP", rank: 3, isSaidOnce: true), .init(title: "RECOMMENDATION", isName: true),
      .init(title: "IMPACT", isSaidOnce: true), .init(title: "CATEGORY", rank: 1, isSaidOnce: true),
      .init(title: "TITLE", isFlexible: true, rank: 4),
    ])
    for recommendation in listing.recommendations {
      table.add([
        TextSpan(recommendation.app.value), TextSpan(recommendation.name, .bold),
        TextSpan(recommendation.impact.rawValue, .of(recommendation.impact)),
        TextSpan(recommendation.category.rawValue),
        TextSpan(recommendation.title),
      ])
    }
    if !table.isEmpty {
      page.table(table)
      page.blank()
    }
    let apps = listing.apps.map { "\(appTitles[$0.name] ?? $0.name) \($0.count)" }
    let parts = apps.isEmpty ? "" : ": \(apps.joined(separator: ", "))"
    page.line(
      [
        TextSpan(
          "\(Words.count(listing.recommendations.count, "recommendation"))\(parts).", .dim)
      ], hanging: 2)
    if listing.more > 0 {
      page.line("\(Words.count(listing.more, "more recommendation")): raise --limit.", .dim)
    }
    for framework in listing.frameworks {
      page.line(
        "\(framework.name): \(Words.count(framework.controls, "control")), by \(Words.count(framework.recommendations, "recommendation"))",
        .dim)
    }
    return page.text
  }
}
