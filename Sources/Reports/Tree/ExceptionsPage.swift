internal import Posture
internal import Text
internal import YAML

/// `exceptions.md`: every decision about recommendations that are not met, with who answers for it,
/// what it covers and what it does to the scores.
enum ExceptionsPage {
  static func render(_ context: TreeContext) -> [UInt8] {
    var page = MarkdownPage()
    page.heading(1, "Exceptions")
    page.paragraph(TreePage.exceptions.navigation)
    var body = MarkdownPage()
    sections(context.comparison, &body, in: context)
    page.appendWithContents(body)
    return page.bytes
  }

  /// Those that want a decision first; of each kind, what ends first.
  ///
  /// - Parameter context: The report tree, whose pages they link to; nil where they stand alone.
  static func sections(
    _ plan: Comparison, _ page: inout MarkdownPage, in context: TreeContext? = nil
  ) {
    if plan.exceptions.isEmpty { page.paragraph("None is declared.") }
    let titles: [(Snapshot.Exception.State, Markdown)] = [
      (.expired, "Expired"), (.expiringSoon, "Expiring soon"), (.unused, "Unused"),
      (.active, "Active"),
    ]
    for (state, title) in titles {
      let items = plan.exceptions.filter { $0.state == state }.sorted(by: ExceptionPlan.endsFirst)
      guard !items.isEmpty else { continue }
      page.heading(2, title, anchor: state.rawValue.lowercased(), note: "\(items.count)")
      if state == .unused {
        page.paragraph("They hold, but nothing that they cover is amiss any more: delete them.")
      }
      let rows = ExceptionRows(items: items, context: context)
      page.table(rows.titles, rows.cells)
    }
    let kept = BreakGlassEntry.of(plan)
    guard !kept.isEmpty else { return }
    page.heading(2, "Break-glass accounts", anchor: "break-glass", note: "\(kept.count)")
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
}

/// Exceptions as a table: why they are comes before how far they reach; a column in which none says
/// anything is left out.
private struct ExceptionRows {
  let titles: [String]
  let cells: [[Markdown]]

  private static let mostNames = 10

  init(items: [ExceptionPlan], context: TreeContext?) {
    let titles = [
      "Exception", "Status", "Last day", "Owner", "Justification", "Covers", "Recommendations",
      "Instances", "Score with it", "Ticket", "Added", "Last changed",
    ]
    let rows = items.map { item -> [Markdown] in
      let exception = item.exception
      let history = ExceptionHistory(item.origin)
      let anchor = context == nil ? "" : Markdown.anchor(exception.name)
      return [
        "\(raw: anchor)\(cell: exception.name)", "\(exception.status.rawValue)",
        "\(exception.expires?.description ?? "–")", "\(exception.owner)",
        "\(exception.justification)", "\(ExceptionWords.covers(item))",
        Self.names(exception.recommendations.map(\.value)) { name in
          context?.name(of: name, on: .exceptions) ?? "\(cell: name)"
        },
        Self.names(item.instances) { name in
          context?.instance(name, on: .exceptions) ?? "\(cell: name)"
        },
        "\(item.effects.map(Phrases.text).joined(separator: "; "))", "\(exception.ticket ?? "")",
        "\(history.introduced ?? "")", "\(history.changed ?? "")",
      ]
    }
    let told = titles.indices.filter { column in rows.contains { !$0[column].source.isEmpty } }
    self.titles = told.map { titles[$0] }
    cells = rows.map { row in told.map { row[$0] } }
  }

  private static func names(_ names: [String], _ word: (String) -> Markdown) -> Markdown {
    let listed: Markdown = names.prefix(mostNames).map(word).joined(", ")
    return names.count > mostNames ? "\(listed) and \(names.count - mostNames) more" : listed
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
