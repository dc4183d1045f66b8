internal import Posture
internal import Text

/// Scores over time as characters: a line of them beside a name, or a chart of several rows.
package struct ScoreGraph: Sendable {
  /// What it is drawn with.
  package enum Style: String, Sendable, CaseIterable {
    /// Unicode block elements, in eighths.
    case blocks
    /// Characters that every terminal and font has.
    case ascii
    case none
  }

  let style: Style

  package init(_ style: Style) { self.style = style }

  /// A graph has at most so many columns; of a longer period each stands for several days.
  static let mostColumns = 60

  /// The last score of each column.
  static func columns(_ daily: [PrintedScore?]) -> [PrintedScore?] {
    guard daily.count > mostColumns else { return daily }
    let days = (daily.count + mostColumns - 1) / mostColumns
    // From the end: the last column is whole.
    let ends = Array(stride(from: daily.count - 1, through: 0, by: -days)).reversed()
    return ends.map { daily[$0] }
  }

  /// One character a column; blank where there was no score.
  func line(_ daily: [PrintedScore?]) -> String {
    let columns = Self.columns(daily)
    guard style != .none, let scale = Scale(columns) else { return "" }
    let symbols = Array(style == .blocks ? "▁▂▃▄▅▆▇█" : "_.-:=+*#")
    return String(
      columns.map { score in
        score.map { symbols[scale.level(of: $0, of: symbols.count)] } ?? " "
      })
  }

  /// A chart with its scale at the left and its days below; no lines where there is no score.
  func chart(_ daily: [PrintedScore?], period: HistoryPeriod, rows: Int = 8) -> [String] {
    let columns = Self.columns(daily)
    guard style != .none, let scale = Scale(columns) else { return [] }
    let parts = style == .blocks ? Array(" ▁▂▃▄▅▆▇█") : [" ", ".", "#"]
    let steps = parts.count - 1
    let width = columns.count <= 20 ? 3 : columns.count <= 30 ? 2 : 1
    let (corner, edge, floor) = style == .blocks ? ("└", "┤", "─") : ("+", "|", "-")
    let labels = [rows - 1: scale.high, 0: scale.low]
    let gutter = labels.values.map { $0.description.count }.max() ?? 0
    func right(_ text: String) -> String {
      String(repeating: " ", count: max(0, gutter - text.count)) + text
    }
    var lines: [String] = []
    for row in (0..<rows).reversed() {
      var line = right(labels[row]?.description ?? "") + " \(edge)"
      for score in columns {
        // A score of the scale's low is one step high, so that it is seen.
        let level = score.map { scale.level(of: $0, of: rows * steps) + 1 } ?? 0
        let filled = min(max(level - row * steps, 0), steps)
        line += String(repeating: String(parts[filled]), count: width)
      }
      lines.append(Self.trimmed(line))
    }
    lines.append(right("") + " \(corner)" + String(repeating: floor, count: columns.count * width))
    let first = period.since.day
    let last = period.until.day
    let room = columns.count * width - first.count - last.count
    lines.append(
      right("") + "  " + (room > 0 ? first + String(repeating: " ", count: room) + last : last))
    return lines
  }

  private static func trimmed(_ line: String) -> String {
    var line = line
    while line.last == " " { line.removeLast() }
    return line
  }

  /// From the lowest to the highest score, at least five points apart, so that a tenth is no cliff.
  struct Scale {
    let low: PrintedScore
    let high: PrintedScore

    private static let leastSpan = 50

    init?(_ scores: [PrintedScore?]) {
      let known = scores.compactMap(\.self)
      guard let low = known.min(), let high = known.max() else { return nil }
      let missing = max(0, Self.leastSpan - (high.tenths - low.tenths))
      // Scores end at 0 and 100; a score beyond is shown as it is.
      let above = min(missing / 2, max(0, 1_000 - high.tenths))
      let below = min(missing - above, max(0, low.tenths))
      self.low = PrintedScore(tenths: low.tenths - below)
      self.high = PrintedScore(tenths: high.tenths + above)
    }

    /// From 0 to one less than `count`.
    func level(of score: PrintedScore, of count: Int) -> Int {
      let span = max(1, high.tenths - low.tenths)
      let level = ((score.tenths - low.tenths) * (count - 1) * 2 + span) / (2 * span)
      return min(max(level, 0), count - 1)
    }
  }
}
