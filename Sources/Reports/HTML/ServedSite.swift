internal import JSON
package import Posture

/// A site that a server shows: the pages of ``HTMLReport/site(_:options:limit:)``, and the table of recommendations as
/// its form asks for it, so that every filter works without a script.
package struct ServedSite: Sendable {
  /// By path: `index.html`, `instances/okta-contoso-eu.html`, `plumb.css`.
  package let files: [String: [UInt8]]
  /// How many affected resources of each result are named.
  package let maxAffected: Int
  private let site: SiteContext

  package init(_ story: Story, options: HTMLReport.Options) {
    let rendered = HTMLReport.site(story, options: options)
    maxAffected = rendered.maxAffected
    var site = SiteContext(
      story, options: options, layout: .site, maxAffected: rendered.maxAffected)
    let rows = site.rows
    site.table = ServedTable(
      rows: rows, columns: ResultColumns(rows, site: site).value, query: ResultQuery(), found: rows)
    self.site = site
    var files = Dictionary(uniqueKeysWithValues: rendered.files.map { ($0.path, $0.bytes) })
    files[PageAddress.recommendations.path] = PageFrame(site: site).page(.recommendations)
    self.files = files
  }

  /// The path of the page that answers with what a query asks for.
  package static let tablePath = PageAddress.recommendations.path

  /// The table of recommendations.
  ///
  /// - Parameter pairs: The query of the page's address, decoded.
  package func recommendations(_ pairs: [(name: String, value: String)]) -> [UInt8] {
    guard let table = site.table else { return [] }
    let query = ResultQuery(pairs)
    var site = site
    site.table = ServedTable(
      rows: table.rows, columns: table.columns, query: query,
      found: query.found(in: table.rows, site: site))
    return PageFrame(site: site).page(.recommendations)
  }
}

/// The table of recommendations, as a server was asked for it.
struct ServedTable {
  let rows: [ResultRow]
  /// All rows, for the script.
  let columns: JSONValue
  let query: ResultQuery
  /// The rows that the query asks for, in its order.
  let found: [ResultRow]

  private var first: Int { min(query.page * ResultTable.mostRows, found.count) }

  /// Those of the page that is asked for.
  var shown: ArraySlice<ResultRow> { found[first...].prefix(ResultTable.mostRows) }

  /// Which rows these are, and where the others are.
  func writePlace(into html: inout HTMLWriter) {
    let last = first + shown.count
    if found.count > shown.count, !shown.isEmpty {
      html.text("Rows \(first + 1) to \(last) of \(found.count). ")
    }
    if query.page > 0 {
      html.link(
        "The rows before", to: .page(.recommendations, query: query.turned(to: query.page - 1)))
      html.words(" ")
    }
    if last < found.count {
      html.link(
        "The next rows", to: .page(.recommendations, query: query.turned(to: query.page + 1)))
    }
  }
}
