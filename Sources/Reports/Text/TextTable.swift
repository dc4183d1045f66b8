/// A table for a terminal: columns as wide as their widest cell, two blanks between them; where that
/// is wider than the terminal, flexible columns give way and end in `…`, and then optional ones go.
struct TextTable {
  struct Column {
    let title: String
    var isRightAligned = false
    /// Whether it may be cut to fit.
    var isFlexible = false
    /// Whether it is left out where flexible columns would be cut too short; the last one first.
    var isOptional = false
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

  /// A flexible column keeps so many columns while an optional one is left, and at the least so many.
  private static let comfortable = 24
  private static let narrowest = 10

  func lines(width: Int?, colour: Bool) -> [String] {
    let all = [columns.map { TextSpan($0.title, .bold) }] + rows
    var widths = columns.indices.map { column in
      all.reduce(0) { max($0, DisplayWidth.of($1[column].text)) }
    }
    var shown = Array(columns.indices)
    if let width {
      while Self.excess(of: shrunk(widths, shown, to: Self.comfortable, width), shown, width) > 0,
        let optional = shown.last(where: { columns[$0].isOptional })
      {
        shown.removeAll { $0 == optional }
      }
      widths = shrunk(widths, shown, to: Self.narrowest, width)
    }
    return all.map { line($0, shown, widths: widths, colour: colour) }
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

  private func line(_ cells: [TextSpan], _ shown: [Int], widths: [Int], colour: Bool) -> String {
    var result = ""
    var pending = 0
    for index in shown {
      let cell = cells[index]
      let text = DisplayWidth.truncated(cell.text, to: widths[index])
      let gap = widths[index] - DisplayWidth.of(text)
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
}
