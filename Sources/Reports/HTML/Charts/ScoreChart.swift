internal import Posture

/// Scores as drawings: lines and bars of SVG, without text in them, so that they stretch with the page and their numbers
/// stand beside them as numbers.
///
/// What decides is their geometry alone; colours are the stylesheet's.
struct ScoreChart {
  /// One for each day, the oldest first; nil where there was none.
  let daily: [PrintedScore?]
  let target: Int?

  private static let width = 600
  private static let height = 160

  /// The scale in whole points: at least 20 of them, in steps that read well.
  struct Scale: Equatable {
    let low: Int
    let high: Int

    /// Nil where there is no score.
    init?(_ daily: [PrintedScore?], target: Int?) {
      let known = daily.compactMap { $0?.tenths } + (target.map { [$0 * 10] } ?? [])
      guard daily.contains(where: { $0 != nil }), let least = known.min(), let most = known.max()
      else { return nil }
      var low = max(0, least / 100 * 10 - (least % 100 < 20 ? 10 : 0))
      var high = min(100, (most + 99) / 100 * 10)
      if most > 1_000 { high = (most + 99) / 100 * 10 }
      if least < 0 { low = (least - 99) / 100 * 10 }
      while high - low < 20 {
        if high < 100 { high += 10 } else { low -= 10 }
      }
      (self.low, self.high) = (low, high)
    }

    /// From the top, in tenths of a unit of a drawing of this height.
    func y(_ tenths: Int, height: Int) -> Int {
      (high * 10 - tenths) * height * 10 / max(1, (high - low) * 10)
    }
  }

  /// The line of a period with its scale at the left, its days below and its target as a line of its own.
  func write(period: HistoryPeriod, title: String, into html: inout HTMLWriter) {
    guard let scale = Scale(daily, target: target) else { return }
    html.element(.div, .class("chart")) { html in
      html.element(.div, .class("scale"), .decorative) { html in
        for value in [scale.high, (scale.high + scale.low) / 2, scale.low] {
          html.element(.span) { $0.number(value) }
        }
      }
      html.element(
        .svg, .class("plot"), .role("img"), .label(label(title, period)),
        .geometry("viewBox", "0 0 \(Self.width) \(Self.height)"),
        .attribute("preserveAspectRatio", "none")
      ) { html in
        for part in 0...2 {
          let y = Self.tenth(Self.height * 5 * part)
          html.element(.path, .class("rule"), .geometry("d", "M0 \(y)H\(Self.width)"))
        }
        if let target {
          let y = Self.tenth(scale.y(target * 10, height: Self.height))
          html.element(.path, .class("target"), .geometry("d", "M0 \(y)H\(Self.width)"))
        }
        line(scale, width: Self.width, height: Self.height, &html)
      }
      html.element(.div, .class("days"), .decorative) { html in
        html.element(.span, text: period.since.day)
        html.element(.span, text: period.until.day)
      }
    }
  }

  /// The same without scale and days, beside a score.
  func spark(_ title: String, into html: inout HTMLWriter) {
    guard daily.count(where: { $0 != nil }) > 1, let scale = Scale(daily, target: nil) else {
      return
    }
    html.element(
      .svg, .class("spark"), .role("img"), .label(sentence(title)),
      .geometry("viewBox", "0 0 140 36"), .attribute("preserveAspectRatio", "none")
    ) { html in
      line(scale, width: 140, height: 36, &html)
    }
  }

  private func line(_ scale: Scale, width: Int, height: Int, _ html: inout HTMLWriter) {
    var path = ""
    var isDrawing = false
    var last: (x: String, y: String)?
    for (day, score) in daily.enumerated() {
      guard let score else {
        isDrawing = false
        continue
      }
      // Half a pixel from the edges, so that the stroke is whole.
      let x = Self.tenth(20 + day * (width - 4) * 10 / max(1, daily.count - 1))
      let y = Self.tenth(20 + scale.y(score.tenths, height: height - 4))
      path += "\(isDrawing ? "L" : "M")\(x) \(y)"
      isDrawing = true
      last = (x, y)
    }
    html.element(.path, .class("line"), .geometry("d", path))
    if let last { html.element(.path, .class("dot"), .geometry("d", "M\(last.x) \(last.y)h0")) }
  }

  /// A number of tenths: `12.5`.
  private static func tenth(_ number: Int) -> String {
    number % 10 == 0 ? "\(number / 10)" : "\(number / 10).\(abs(number % 10))"
  }

  private func sentence(_ title: String) -> String {
    let known = daily.compactMap(\.self)
    guard let first = known.first, let last = known.last else { return title }
    return "\(title): \(first) to \(last) over \(Words.count(daily.count, "day"))"
  }

  private func label(_ title: String, _ period: HistoryPeriod) -> String {
    let known = daily.compactMap(\.self)
    let range =
      known.min().flatMap { low in known.max().map { ", lowest \(low), highest \($0)" } } ?? ""
    return sentence(title) + range + (target.map { ", target \($0)" } ?? "")
  }
}

/// A share of a hundred as a bar, with a mark where the target is.
struct ScoreBar {
  let score: Fraction?
  var target: Int?

  func write(into html: inout HTMLWriter) {
    let width = min(100, max(0, score?.rounded ?? 0))
    html.element(
      .svg, .class("bar"), .decorative, .attribute("viewBox", "0 0 100 8"),
      .attribute("preserveAspectRatio", "none")
    ) { html in
      html.element(.rect, .class("track"), .number("width", 100), .number("height", 8))
      html.element(
        .rect, .class("fill"), .geometry("width", "\(width)"), .number("height", 8))
      if let target {
        html.element(
          .rect, .class("mark"), .geometry("x", "\(Double(target) - 0.5)"), .number("y", -2),
          .number("width", 1), .number("height", 12))
      }
    }
  }
}
