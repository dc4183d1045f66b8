package import Posture
internal import Text
internal import YAML

extension TextReport {
  /// `plumb show exceptions`: what ends first is first.
  package static func exceptions(_ plan: Comparison, options: Options = Options()) -> String {
    let shown = options.filter.applied(to: plan)
    let items = shown.exceptions.sorted(by: ExceptionPlan.endsFirst)
    var page = options.page
    guard !items.isEmpty else {
      page.line(
        plan.exceptions.isEmpty
          ? "No exception is declared." : "No exception that the filter shows.")
      breakGlass(BreakGlassEntry.of(shown), &page)
      return page.text
    }
    var table = TextTable([
      .init(title: "EXCEPTION", isName: true), .init(title: "STATUS"), .init(title: "LAST DAY"),
      .init(title: "STATE"), .init(title: "OWNER"), .init(title: "COVERS"),
      .init(title: "SCORE WITH IT"), .init(title: "ADDED"), .init(title: "LAST CHANGED"),
    ])
    for item in items {
      let history = ExceptionHistory(item.origin)
      table.add([
        TextSpan(item.exception.name, .bold), TextSpan(item.exception.status.rawValue),
        TextSpan(lastDay(item, now: plan.at)), TextSpan(Words.of(item.state), style(item.state)),
        TextSpan(item.exception.owner), TextSpan(ExceptionWords.covers(item)),
        TextSpan(effect(item, isVerbose: options.isVerbose)),
        TextSpan((history.introduced ?? "–") + age(item, now: plan.at)),
        TextSpan(history.changed ?? "–"),
      ])
    }
    page.table(table)
    if options.isVerbose { details(items, &page) }
    page.blank()
    page.line(ExceptionWords.totals(items), .dim)
    breakGlass(BreakGlassEntry.of(shown), &page)
    return page.text
  }

  /// The accounts and groups that are kept for emergencies: decisions too, which somebody answers for.
  private static func breakGlass(_ entries: [BreakGlassEntry], _ page: inout TextPage) {
    guard !entries.isEmpty else { return }
    page.blank()
    var table = TextTable([
      .init(title: "BREAK-GLASS", isName: true), .init(title: "KIND"), .init(title: "INSTANCE"),
      .init(title: "OWNER"), .init(title: "REASON"),
    ])
    for entry in entries {
      table.add([
        TextSpan(entry.item.id, .bold), TextSpan(entry.item.kind.rawValue),
        TextSpan(entry.instance), TextSpan(entry.item.owner), TextSpan(entry.item.reason),
      ])
    }
    page.table(table)
  }

  private static func details(_ items: [ExceptionPlan], _ page: inout TextPage) {
    for item in items {
      let exception = item.exception
      page.blank()
      page.line(
        [TextSpan(exception.name, .bold), TextSpan("  \(exception.mark)", .dim)])
      func field(_ name: String, _ value: String?) {
        guard let value, !value.isEmpty else { return }
        page.line([TextSpan("\(name): ", .dim), TextSpan(value)], indent: 2, hanging: 2)
      }
      field("recommendations", exception.recommendations.map(\.value).joined(separator: ", "))
      field("instances", item.instances.joined(separator: ", "))
      field("resources", exception.resources?.value)
      field("justification", exception.justification)
      field("ticket", exception.ticket)
      if case .commits(_, let changed)? = item.origin { field("commit", changed.id) }
    }
  }

  /// `2026-06-04 (in 3 days)`.
  private static func lastDay(_ item: ExceptionPlan, now: Instant) -> String {
    guard let day = item.exception.expires else { return "none" }
    let distance = day.daysSince1970 - now.daysSince1970
    return switch distance {
    case 0: "\(day) (today)"
    case 1...: "\(day) (in \(Words.count(distance, "day")))"
    default: "\(day) (\(Words.count(-distance, "day")) ago)"
    }
  }

  private static func age(_ item: ExceptionPlan, now: Instant) -> String {
    guard case .commits(let introduced?, _)? = item.origin else { return "" }
    let days = now.daysSince1970 - introduced.date.daysSince1970
    return days < 1 ? " (today)" : " (\(Words.count(days, "day")))"
  }

  /// What it does to the initiative that feels it most, and to how many others.
  private static func effect(_ item: ExceptionPlan, isVerbose: Bool) -> String {
    if isVerbose { return item.effects.map(Phrases.text).joined(separator: "; ") }
    func weight(_ effect: Snapshot.Exception.Effect) -> Fraction {
      [effect.score, effect.plannedScore, effect.achievableScore]
        .map { $0 < .zero ? .zero - $0 : $0 }.max() ?? .zero
    }
    var greatest: Snapshot.Exception.Effect?
    for effect in item.effects where greatest.map({ weight($0) < weight(effect) }) ?? true {
      greatest = effect
    }
    guard let greatest else { return "–" }
    let others = item.effects.count - 1
    return Phrases.text(of: greatest) + (others > 0 ? " and \(Words.count(others, "other"))" : "")
  }

  private static func style(_ state: Snapshot.Exception.State) -> TextStyle {
    switch state {
    case .active: .green
    case .expiringSoon, .unused: .yellow
    case .expired: .red
    }
  }
}
