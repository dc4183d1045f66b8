/// A table for a terminal: columns as wide as their widest cell, two blanks between them; where that
/// is wider than the terminal, flexible columns give way, and end in `…`.
struct TextTable {
  struct Column {
    let title: String
    var isRightAligned = false
    /// Whether it may be cut to fit.
    var isFlexible = false
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

  /// A flexible column keeps at least so many columns.
  private static let narrowest = 12

  func lines(width: Int?, colour: Bool) -> [String] {
    let header = columns.map { TextSpan($0.title, .bold) }
    let all = [header] + rows
    var widths = columns.indices.map { column in
      all.reduce(0) { max($0, DisplayWidth.of($1[column].text)) }
    }
    if let width { fit(&widths, into: width) }
    return all.map { line($0, widths: widths, colour: colour) }
  }

  private func fit(_ widths: inout [Int], into width: Int) {
    var excess = widths.reduce(0, +) + 2 * (widths.count - 1) - width
    while excess > 0 {
      let flexible = columns.indices.filter {
        columns[$0].isFlexible && widths[$0] > Self.narrowest
      }
      guard let widest = flexible.max(by: { widths[$0] < widths[$1] }) else { return }
      // The widest gives way down to the next one, then both together.
      let next = flexible.filter { $0 != widest }.map { widths[$0] }.max() ?? 0
      let step = max(1, min(excess, widths[widest] - max(next, Self.narrowest)))
      widths[widest] -= step
      excess -= step
    }
  }

  private func line(_ cells: [TextSpan], widths: [Int], colour: Bool) -> String {
    var result = ""
    var pending = 0
    for (index, cell) in cells.enumerated() {
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
