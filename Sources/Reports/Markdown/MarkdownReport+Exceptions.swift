package import Posture

extension MarkdownReport {
  /// `plumb show exceptions`: as the page of the report tree.
  package static func exceptions(_ plan: Comparison, filter: PlanFilter = PlanFilter()) -> String {
    var page = MarkdownPage()
    page.heading(2, "Exceptions")
    ExceptionsPage.sections(filter.applied(to: plan), &page)
    return page.text
  }
}
