package import Posture

/// Figures of one name, that a running process keeps.
package struct MetricFamily: Sendable {
  let name: String
  let help: String
  let type: String
  let unit: String?
  /// Behind the name, the labels and the value.
  let samples: [(suffix: String, labels: [(String, String)], value: String)]

  /// What only grows. Its samples' names end with `_total`, which `name` leaves out.
  package static func counter(
    _ name: String, _ help: String, _ samples: [([(String, String)], Int)]
  ) -> MetricFamily {
    MetricFamily(
      name: name, help: help, type: "counter", unit: nil,
      samples: samples.map { ("_total", $0.0, String($0.1)) })
  }

  package static func gauge(
    _ name: String, _ help: String, _ samples: [([(String, String)], Int)], unit: String? = nil
  ) -> MetricFamily {
    MetricFamily(
      name: name, help: help, type: "gauge", unit: unit,
      samples: samples.map { ("", $0.0, String($0.1)) })
  }

  /// How many there were, and what they come to.
  package static func summary(
    _ name: String, _ help: String, count: Int, sum: Double, unit: String
  ) -> MetricFamily {
    MetricFamily(
      name: name, help: help, type: "summary", unit: unit,
      samples: [("_count", [], String(count)), ("_sum", [], String(sum))])
  }
}

extension OpenMetricsReport {
  /// What a running process counts, behind the figures of the plan that it made last.
  package static func running(
    _ plan: Plan?, _ families: [MetricFamily], version: String
  ) -> String {
    var page = MetricPage()
    if let plan {
      figures(of: plan, version: version, &page)
    } else {
      buildInfo(version, &page)
    }
    for family in families { page.add(family) }
    page.end()
    return page.text
  }
}
