internal import Posture
internal import YAML

/// `exceptions.md`: every decision about recommendations that are not met, with who answers for it.
enum ExceptionsPage {
  static func render(_ plan: Plan) -> [UInt8] {
    var page = MarkdownPage()
    page.heading(1, "Exceptions")
    if plan.exceptions.isEmpty { page.paragraph("None is declared.") }
    let titles: [(ExceptionPlan.State, Markdown)] = [
      (.expired, "Expired"), (.expiringSoon, "Expiring soon"), (.unused, "Unused"),
      (.active, "Active"),
    ]
    for (state, title) in titles {
      let items = plan.exceptions.filter { $0.state == state }
      guard !items.isEmpty else { continue }
      page.heading(2, title)
      if state == .unused {
        page.paragraph("They hold, but nothing that they cover is amiss any more: delete them.")
      }
      page.table(
        [
          "Exception", "Status", "Recommendations", "Instances", ">Covers", "Last day", "Owner",
          "Ticket", "Justification",
        ], items.map(row))
    }
    return page.bytes
  }

  private static func row(_ item: ExceptionPlan) -> [Markdown] {
    let exception = item.exception
    let covers = exception.resources == nil ? "\(item.covers)" : "\(item.covers) resources"
    return [
      "\(cell: exception.name)", "\(exception.status.rawValue)",
      names(exception.recommendations.map(\.value)), names(item.instances), "\(covers)",
      "\(exception.expires?.description ?? "–")", "\(exception.owner)", "\(exception.ticket ?? "")",
      "\(exception.justification)",
    ]
  }

  /// At the most ten names.
  private static func names(_ names: [String]) -> Markdown {
    let listed: Markdown = names.prefix(10).map { "\(cell: $0)" as Markdown }.joined(", ")
    return names.count > 10 ? "\(listed) and \(names.count - 10) more" : listed
  }
}
