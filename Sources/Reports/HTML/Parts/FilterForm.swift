internal import Posture

/// The filters of the table: a form whose query string is the state, so that a link shares what is shown.
struct FilterForm {
  let rows: [ResultRow]
  let site: SiteContext

  func write(into html: inout HTMLWriter) {
    html.element(
      .form, .class("filters"), .attribute("method", "get"), .action(.page(.recommendations)),
      .role("search"), .label("Filter recommendations")
    ) { html in
      html.element(.p, .class("search")) { html in
        html.element(.label, .for("q"), words: "Search")
        let field: [HTMLAttribute] = [
          .id("q"), .type("search"), .name("q"), .attribute("autocomplete", "off"),
        ]
        html.element(
          .input, attributes: field + (query.words.isEmpty ? [] : [.value(query.words)])
        ) { _ in }
        html.element(.span, .class("hint"), .decorative) { html in
          html.element(.kbd, words: "/")
        }
      }
      select("app", "App", "any app", values(\.app), &html)
      instances(&html)
      select(
        "initiative", "Initiative", "any initiative",
        site.comparison.initiatives.map { ($0.name, $0.score.definition.title) }, &html)
      select(
        "status", "Status", "any status", Status.allCases.map { ($0.rawValue, Words.of($0)) }, &html
      )
      select(
        "compliance", "Compliance", "any compliance",
        Compliance.allCases.map { ($0.rawValue, Words.of($0)) }, &html)
      select("impact", "Impact", "any impact", Impact.allCases.map { ($0.rawValue, nil) }, &html)
      select("category", "Category", "any category", values(\.category), &html)
      select(
        "framework", "Framework", "any framework",
        Set(rows.flatMap(\.frameworks)).sorted().map { ($0, nil) }, &html)
      select(
        "label", "Label", "any label",
        Set(site.instances.flatMap { $0.labels.map { "\($0.key)=\($0.value)" } }).sorted()
          .map { ($0, nil) }, &html)
      let sources = values(\.source)
      if sources.count > 1 { select("source", "Source", "any source", sources, &html) }
      html.element(.p, .class("actions")) { html in
        html.element(.button, .type("submit"), .data("data-apply"), words: "Filter")
        html.element(.a, .href(.page(.recommendations)), .data("data-reset"), words: "Clear")
      }
    }
    html.element(.p, .class("count")) { html in
      html.element(.output, .live, .data("data-count")) { html in
        if let table = site.table, !table.query.isEmpty {
          html.text("\(table.found.count) of \(Words.count(rows.count, "row"))")
        } else {
          let shown = min(rows.count, ResultTable.mostRows)
          html.text(
            shown < rows.count ? "\(shown) of \(rows.count)" : Words.count(rows.count, "row"))
        }
      }
    }
  }

  private var query: ResultQuery { site.table?.query ?? ResultQuery() }

  private func values(_ value: (ResultRow) -> String?) -> [(String, String?)] {
    Set(rows.compactMap(value)).subtracting([""]).sorted().map { ($0, nil) }
  }

  private func select(
    _ name: StaticString, _ title: StaticString, _ any: StaticString,
    _ values: [(value: String, title: String?)], _ html: inout HTMLWriter
  ) {
    guard !values.isEmpty else { return }
    let chosen = query[name.description]
    html.element(.p) { html in
      html.element(.label, .for(name.description)) { $0.words(title) }
      html.element(.select, .id(name.description), .name(name)) { html in
        html.element(.option, .value("")) { $0.words(any) }
        for (value, title) in values {
          // What is compared is what the rows say, hidden characters spelt out.
          let value = ResultQuery.shown(value)
          html.element(.option, attributes: [.value(value)] + Self.mark(value == chosen)) {
            $0.text(title ?? value)
          }
        }
        if !chosen.isEmpty, !values.contains(where: { ResultQuery.shown($0.value) == chosen }) {
          // A value that no row has shows nothing, and says so.
          html.element(.option, .value(chosen), .selected, text: chosen)
        }
      }
    }
  }

  private static func mark(_ isChosen: Bool) -> [HTMLAttribute] { isChosen ? [.selected] : [] }

  /// Each with its app: choosing an app leaves its own.
  private func instances(_ html: inout HTMLWriter) {
    html.element(.p) { html in
      html.element(.label, .for("instance"), words: "Instance")
      html.element(.select, .id("instance"), .name("instance")) { html in
        html.element(.option, .value(""), words: "any instance")
        let chosen = query["instance"]
        let names = site.instances.filter(\.recommendations)
        for instance in names {
          html.element(
            .option,
            attributes: [
              .value(instance.name), .data("data-app", Escaping.clipped(instance.appTitle)),
            ] + Self.mark(ResultQuery.shown(instance.name) == chosen)
          ) { $0.text(instance.name) }
        }
        if !chosen.isEmpty, !names.contains(where: { ResultQuery.shown($0.name) == chosen }) {
          html.element(.option, .value(chosen), .selected, text: chosen)
        }
      }
    }
  }
}
