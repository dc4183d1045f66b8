internal import Posture
internal import Text
internal import YAML

/// `exceptions.md`: every decision about recommendations that are not met, with who answers for it,
/// what it covers and what it does to the scores.
enum ExceptionsPage {
  static func render(_ plan: Comparison) -> [UInt8] {
    var page = MarkdownPage()
    page.heading(1, "Exceptions")
    sections(plan, &page)
    return page.bytes
  }

  /// Those that want a decision first; of each kind, what ends first.
  static func sections(_ plan: Comparison, _ page: inout MarkdownPage) {
    if plan.exceptions.isEmpty { page.paragraph("None is declared.") }
    let titles: [(Snapshot.Exception.State, Markdown)] = [
      (.expired, "Expired"), (.expiringSoon, "Expiring soon"), (.unused, "Unused"),
      (.active, "Active"),
    ]
    for (state, title) in titles {
      let items = plan.exceptions.filter { $0.state == state }.sorted(by: ExceptionPlan.endsFirst)
      guard !items.isEmpty else { continue }
      page.heading(2, title)
      if state == .unused {
        page.paragraph("They hold, but nothing that they cover is amiss any more: delete them.")
      }
      page.table(
        [
          "Exception", "Status", "Recommendations", "Instances", "Covers", "Score with it",
          "Last day", "Owner", "Added", "Last changed", "Ticket", "Justification",
        ], items.map(row))
    }
    let kept = BreakGlassEntry.of(plan)
    guard !kept.isEmpty else { return }
    page.heading(2, "Break-glass accounts")
    page.paragraph("Policies may leave them out, so that an emergency has a way in.")
    page.table(
      ["Account or group", "Kind", "Instance", "Owner", "Reason"],
      kept.map { entry in
        [
          "\(cell: entry.item.id)", "break-glass \(entry.item.kind.rawValue)",
          "\(cell: entry.instance)", "\(entry.item.owner)", "\(entry.item.reason)",
        ]
      })
  }

  private static func row(_ item: ExceptionPlan) -> [Markdown] {
    let exception = item.exception
    let history = ExceptionHistory(item.origin)
    return [
      "\(cell: exception.name)", "\(exception.status.rawValue)",
      names(exception.recommendations.map(\.value)), names(item.instances),
      "\(ExceptionWords.covers(item))", "\(item.effects.map(Phrases.text).joined(separator: "; "))",
      "\(exception.expires?.description ?? "–")", "\(exception.owner)",
      "\(history.introduced ?? "–")", "\(history.changed ?? "–")", "\(exception.ticket ?? "")",
      "\(exception.justification)",
    ]
  }

  /// At the most ten names.
  private static func names(_ names: [String]) -> Markdown {
    let listed: Markdown = names.prefix(10).map { "\(cell: $0)" as Markdown }.joined(", ")
    return names.count > 10 ? "\(listed) and \(names.count - 10) more" : listed
  }
}

/// What git knows of an exception, in words; no age, which changes without anything having changed.
struct ExceptionHistory {
  /// `2026-03-01, Ann Lee`; nil where git was not asked.
  let introduced: String?
  /// Nil where nothing was changed since.
  let changed: String?

  init(_ origin: ExceptionPlan.Origin?) {
    func text(_ commit: ExceptionPlan.Origin.Commit) -> String {
      "\(commit.date.day), \(commit.author)"
    }
    switch origin {
    case .commits(let first, let last)?:
      introduced = first.map(text) ?? "before the shallow clone's history"
      changed = first == last ? nil : text(last)
    case .uncommitted?:
      introduced = "not committed yet"
      changed = nil
    case .beyondHistory?:
      introduced = "before the shallow clone's history"
      changed = nil
    case nil:
      introduced = nil
      changed = nil
    }
  }
}

enum ExceptionWords {
  /// `1 result, 3 affected resources`.
  static func covers(_ item: ExceptionPlan) -> String {
    if item.state == .expired { return "–" }
    let results = Words.count(item.results, "result")
    return item.resources == 0
      ? results : "\(results), \(Words.count(item.resources, "affected resource"))"
  }

  /// `3 exceptions: 1 expiring soon, 2 active`.
  static func totals(_ items: [ExceptionPlan]) -> String {
    let order: [Snapshot.Exception.State] = [.expired, .expiringSoon, .unused, .active]
    let parts = order.compactMap { state -> String? in
      let count = items.count { $0.state == state }
      return count == 0 ? nil : "\(count) \(Words.of(state))"
    }
    return "\(Words.count(items.count, "exception")): \(parts.joined(separator: ", "))."
  }
}
