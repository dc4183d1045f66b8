/// A table for a terminal: columns as wide as their widest cell, two blanks between them.
///
/// Where that is wider than the terminal, what all rows say alike is said once above them, then columns are given up,
/// then flexible columns are cut; and where all that is not enough, each row is told over several lines. What names
/// something is never cut: it is there to be copied.
struct TextTable {
  struct Column {
    let title: String
    var isRightAligned = false
    /// Whether it may be cut to fit; what names something may not.
    var isFlexible = false
    /// The column that tells the row: it is shown as soon as a row is told over several lines.
    var isName = false
    /// In which order columns are given up where the terminal is narrow, 1 first; nil for never.
    var rank: Int?
    /// Whether it may be said once where all rows say the same.
    var isSaidOnce = false
  }

  let columns: [Column]
  private var rows: [[TextSpan]] = []

  init(_ columns: [Column]) { self.columns = columns }

  var isEmpty: Bool { rows.isEmpty }

  /// - Precondition: As many cells as there are columns.
  mutating func add(_ row: [TextSpan]) {
    precondition(row.count == columns.count, "a row has a cell for every column")
    rows.append(row)
  }

  /// A flexible column keeps so many columns while another can be given up, and at the least so many.
  private static let comfortable = 24
  private static let narrowest = 12

  /// How the table goes into a width.
  private struct Fit {
    var shown: [Int]
    var widths: [Int]
    var saidOnce: [Int] = []
    var givenUp: [Int] = []
    /// Whether rows are told over several lines.
    var isStacked = false
  }

  /// - Parameter width: Columns of the terminal; nil leaves lines as long as they are.
  func lines(width: Int?, colour: Bool) -> [String] {
    let fit = fit(width)
    var lines: [String] = []
    if !fit.saidOnce.isEmpty {
      let said = fit.saidOnce.map { "\(columns[$0].title) \(rows[0][$0].text)" }
      lines.append(TextStyle.dim.applied(to: said.joined(separator: " · "), colour: colour))
    }
    if fit.isStacked, let width {
      for row in rows { lines += stacked(row, fit, width: width, colour: colour) }
    } else {
      let all = [columns.map { TextSpan($0.title, .bold) }] + rows
      lines += all.map { line($0, fit, colour: colour) }
      if !fit.givenUp.isEmpty {
        let titles = fit.givenUp.sorted().map { columns[$0].title }
        lines.append(
          TextStyle.dim.applied(
            to: "not at this width: \(titles.joined(separator: ", "))", colour: colour))
      }
    }
    return lines
  }

  private func fit(_ width: Int?) -> Fit {
    var fit = Fit(
      // A column of which there is nothing to tell takes no room.
      shown: columns.indices.filter { column in
        columns[column].rank == nil || rows.contains { !$0[column].text.isEmpty }
      },
      widths: columns.indices.map { column in
        rows.reduce(DisplayWidth.of(columns[column].title)) {
          max($0, DisplayWidth.of($1[column].text))
        }
      })
    guard let width else { return fit }
    func isTooWide(_ least: Int) -> Bool {
      Self.excess(of: shrunk(fit.widths, fit.shown, to: least, width), fit.shown, width) > 0
    }
    if isTooWide(Self.comfortable), rows.count > 1 {
      fit.saidOnce = fit.shown.filter { column in
        columns[column].isSaidOnce && rows.allSatisfy { $0[column].text == rows[0][column].text }
      }
      fit.shown.removeAll(where: fit.saidOnce.contains)
    }
    let ranked = fit.shown.filter { columns[$0].rank != nil }
      .sorted { (columns[$0].rank ?? 0) < (columns[$1].rank ?? 0) }
    for column in ranked where isTooWide(Self.comfortable) {
      fit.shown.removeAll { $0 == column }
      fit.givenUp.append(column)
    }
    fit.isStacked = isTooWide(Self.narrowest) && columns.contains(where: \.isName)
    fit.widths = shrunk(fit.widths, fit.shown, to: Self.narrowest, width)
    return fit
  }

  private static func excess(of widths: [Int], _ shown: [Int], _ width: Int) -> Int {
    shown.reduce(0) { $0 + widths[$1] } + 2 * (shown.count - 1) - width
  }

  /// The widths after flexible columns gave way, the widest first, none below `least`.
  private func shrunk(_ widths: [Int], _ shown: [Int], to least: Int, _ width: Int) -> [Int] {
    var widths = widths
    var excess = Self.excess(of: widths, shown, width)
    while excess > 0 {
      let flexible = shown.filter { columns[$0].isFlexible && widths[$0] > least }
      guard let widest = flexible.max(by: { widths[$0] < widths[$1] }) else { break }
      // The widest gives way down to the next one, then both together.
      let next = flexible.filter { $0 != widest }.map { widths[$0] }.max() ?? 0
      let step = max(1, min(excess, widths[widest] - max(next, least)))
      widths[widest] -= step
      excess -= step
    }
    return widths
  }

  private func line(_ cells: [TextSpan], _ fit: Fit, colour: Bool) -> String {
    var result = ""
    var pending = 0
    for index in fit.shown {
      let cell = cells[index]
      let isCut = columns[index].isFlexible
      let text = isCut ? DisplayWidth.truncated(cell.text, to: fit.widths[index]) : cell.text
      let gap = max(0, fit.widths[index] - DisplayWidth.of(text))
      if columns[index].isRightAligned { pending += gap }
      if !text.isEmpty {
        result += String(repeating: " ", count: pending)
        result += cell.style.applied(to: text, colour: colour)
        pending = 0
      }
      if !columns[index].isRightAligned { pending += gap }
      pending += 2
    }
    return result
  }

  /// The row's name on a line of its own, and below it everything else; nothing is left out.
  private func stacked(_ row: [TextSpan], _ fit: Fit, width: Int, colour: Bool) -> [String] {
    let name = columns.firstIndex(where: \.isName) ?? 0
    let rest = columns.indices.filter { $0 != name && !fit.saidOnce.contains($0) }
    let marks = rest.filter { columns[$0].title.isEmpty }
    var page = TextPage(colour: colour, width: width)
    page.line(
      marks.flatMap { [row[$0], TextSpan(" ")] } + [TextSpan(row[name].text, .bold)])
    var spans: [TextSpan] = []
    for column in rest where !columns[column].title.isEmpty {
      let cell = row[column]
      if cell.text.isEmpty || cell.text == "–" { continue }
      if !spans.isEmpty { spans.append(TextSpan(" · ", .dim)) }
      let isBare = columns[column].isFlexible || columns[column].isSaidOnce
      if !isBare { spans.append(TextSpan(columns[column].title.lowercased() + " ", .dim)) }
      spans.append(cell)
    }
    if !spans.isEmpty { page.line(spans, indent: 4, hanging: 0) }
    return page.text.split(separator: "\n").map(String.init)
  }
}
