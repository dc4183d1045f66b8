#if Service
/// The forms in which figures are given: OpenMetrics to who asks for it, else Prometheus' older text, which everything reads.
enum MetricsForm: Sendable, Equatable {
  /// [OpenMetrics 1.0](https://prometheus.io/docs/specs/om/open_metrics_spec/).
  case openMetrics
  /// [The text form 0.0.4](https://prometheus.io/docs/instrumenting/exposition_formats/).
  case text

  /// Chooses by what is accepted: OpenMetrics wherever it is named with a weight above 0, as Prometheus itself serves it.
  ///
  /// - Parameter accept: The values of all header fields of that name.
  init(accept: [String]) {
    let ranges = accept.flatMap { $0.split(separator: ",") }
    self = ranges.contains(where: Self.namesOpenMetrics) ? .openMetrics : .text
  }

  private static func namesOpenMetrics(_ range: Substring) -> Bool {
    let parts = range.split(separator: ";").map { part in
      part.filter { !$0.isWhitespace }.lowercased()
    }
    guard parts.first == "application/openmetrics-text" else { return false }
    let version = parts.first { $0.hasPrefix("version=") }?.dropFirst("version=".count)
    let weight = parts.first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) }
    return weight != 0 && (version == nil || version == "1.0.0")
  }

  var contentType: String {
    switch self {
    case .openMetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8"
    case .text: "text/plain; version=0.0.4; charset=utf-8"
    }
  }

  /// OpenMetrics text in this form.
  ///
  /// The older form names a counter's family with the `_total` that its samples have, and knows no units and no end.
  func text(of openMetrics: String) -> String {
    if self == .openMetrics { return openMetrics }
    var counters: Set<Substring> = []
    var text = ""
    text.reserveCapacity(openMetrics.utf8.count)
    for line in openMetrics.split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: 3)
      guard line.hasPrefix("# "), words.count >= 2 else {
        text += "\(line)\n"
        continue
      }
      if words[1] == "EOF" || words[1] == "UNIT" { continue }
      guard words.count == 4 else {
        text += "\(line)\n"
        continue
      }
      if words[1] == "TYPE", words[3] == "counter" { counters.insert(words[2]) }
      let name = counters.contains(words[2]) ? "\(words[2])_total" : String(words[2])
      text += "# \(words[1]) \(name) \(words[3])\n"
    }
    return text
  }
}
#endif
