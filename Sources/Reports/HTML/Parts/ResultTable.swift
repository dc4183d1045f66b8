internal import JSON
internal import Posture

/// The table of recommendations: the first rows as they are, and all of them as values for the script.
///
/// Without a script the worst rows can be read; with one the form narrows, sorts and links all of them. A row has one form:
/// the template that the script fills is a row without values.
struct ResultTable {
  let rows: [ResultRow]
  let site: SiteContext

  static let mostRows = 200

  private static let columns: [(key: String, title: StaticString)] = [
    ("impact", "Impact"), ("title", "Recommendation"), ("instance", "Instance"),
    ("verdict", "Compliance"), ("status", "Status"), ("affected", "Affected"), ("gain", "Gain"),
    ("since", "Since"),
  ]

  func write(into html: inout HTMLWriter) {
    html.element(.table, .class("results"), .data("data-results")) { html in
      html.element(.caption, .class("unseen"), words: "Recommendations by instance, worst first")
      html.element(.thead) { html in
        html.element(.tr) { html in
          for (key, title) in Self.columns {
            html.element(
              .th, .scope("col"), .data("data-sort", key),
              .classes(key == "affected" || key == "gain" ? ["n"] : [])
            ) { html in
              guard let table = site.table else { return html.words(title) }
              html.element(
                .a, .href(.page(.recommendations, query: table.query.sorted(by: key)))
              ) { $0.words(title) }
            }
          }
        }
      }
      html.element(.tbody) { html in
        for row in site.table?.shown ?? rows.prefix(Self.mostRows) {
          Self.write(row, into: &html)
        }
      }
    }
    html.element(.template, .data("data-row")) { html in
      html.element(.table) { html in
        html.element(.tbody) { Self.write(nil, into: &$0) }
      }
    }
    html.data("results", site.table?.columns ?? ResultColumns(rows, site: site).value)
    html.element(.p, .class("more")) { html in
      html.element(.button, .type("button"), .data("data-more"), .hidden, words: "Show more")
      html.element(.noscript) { html in
        if let table = site.table {
          table.writePlace(into: &html)
        } else if rows.count > Self.mostRows {
          html.text(
            "The worst \(Self.mostRows) of \(rows.count) rows. Filters and the other rows need JavaScript; every row is on the page of its instance, too."
          )
        } else {
          html.words("Filters need JavaScript; all rows are here.")
        }
      }
    }
  }

  /// A row; without values, the template of one.
  private static func write(_ row: ResultRow?, into html: inout HTMLWriter) {
    html.element(.tr, attributes: row.map { [.id($0.anchor)] } ?? []) { html in
      html.element(.td) { html in
        html.impact(row?.impact)
      }
      html.element(.td) { html in
        title(row, &html)
        html.words(" ")
        html.element(.span, .class("news"), text: row?.news ?? "")
      }
      html.element(.td) { html in
        if let row {
          html.link(row.instance, to: .result(row.recommendation, on: row.instance))
        } else {
          html.element(.a)
        }
      }
      html.element(.td) { html in
        (row?.mark ?? StateMark(.compliant)).write(into: &html)
      }
      html.element(.td, text: row?.status.map(Words.of) ?? "")
      html.element(.td, .class("n"), text: row?.extent ?? "")
      html.element(.td, .class("n"), text: row?.gain ?? "")
      html.element(.td, .class("day"), text: row?.since ?? "")
    }
  }

  private static func title(_ row: ResultRow?, _ html: inout HTMLWriter) {
    guard let row else { return html.element(.a) }
    if row.hasPage {
      html.link(row.title, to: .page(.recommendation(row.recommendation)))
    } else {
      html.element(.span, text: row.title)
    }
  }
}
