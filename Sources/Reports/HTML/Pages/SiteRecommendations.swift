internal import Posture

/// Every recommendation on every instance, with filters.
struct SiteRecommendations {
  let site: SiteContext

  func write(into html: inout HTMLWriter) {
    html.element(.h1, words: "Recommendations")
    let rows = site.table?.rows ?? site.rows
    if rows.isEmpty { return html.note("No instance is assessed yet.") }
    FilterForm(rows: rows, site: site).write(into: &html)
    ResultTable(rows: rows, site: site).write(into: &html)
  }
}
