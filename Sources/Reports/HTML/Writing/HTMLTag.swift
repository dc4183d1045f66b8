/// The elements that pages are made of. There is no other way to begin one.
enum HTMLTag: String {
  case html, head, title, meta, link, body
  case header, nav, main, footer, section, article, aside, div, form
  case h1, h2, h3, h4, p, ul, ol, li, dl, dt, dd, pre, details, summary, noscript, template
  case a, strong, em, code, small, span, time, br, kbd
  case table, caption, colgroup, col, thead, tbody, tr, th, td
  case label, input, select, option, button, output
  case svg, path, rect, line

  /// Has no content and no end.
  var isVoid: Bool {
    switch self {
    case .meta, .link, .br, .col, .input: true
    default: false
    }
  }

  /// HTML knows where it ends: with what comes next, or with what it stands in. A table of ten thousand cells
  /// is smaller by a third.
  var endsItself: Bool {
    switch self {
    case .li, .dt, .dd, .tr, .td, .th: true
    default: false
    }
  }

  /// Begins a line of the source, so that a page can be read and compared.
  var beginsLine: Bool {
    switch self {
    case .a, .strong, .em, .code, .small, .span, .time, .br, .kbd, .td, .th, .path, .rect, .line,
      .output, .button, .label, .input, .summary:
      false
    default: true
    }
  }
}
