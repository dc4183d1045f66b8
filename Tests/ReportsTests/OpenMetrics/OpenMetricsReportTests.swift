import Posture
import Testing

@testable import Reports

@Suite("OpenMetrics report")
struct OpenMetricsReportTests {
  @Test("tells scores, coverage, counts and ages")
  func eventful() throws {
    try Golden.expect(
      String(decoding: OpenMetricsReport.plan(Sample.eventful, version: "1.2.3"), as: UTF8.self),
      matches: "plan.openmetrics.txt")
  }

  @Test("is well-formed: families whole, no series twice, the end said")
  func grammar() throws {
    for plan in [Sample.eventful, Sample.quiet, Sample.hostile("a\"b\\n\nc\\")] {
      let metrics = try ParsedMetrics(OpenMetricsReport.plan(plan, version: "1.2.3"))
      #expect(metrics.samples.count > 50)
    }
  }

  @Test("gives a label's value back as it was shown")
  func labels() throws {
    let metrics = try ParsedMetrics(
      OpenMetricsReport.plan(Sample.hostile("a\"b\\c\nd"), version: "1"))
    let names = metrics.samples.filter { $0.name == "plumb_instance_info" }
      .map { $0.labels["display_name"] }
    #expect(names == ["a\"b\\c\\nd", "a\"b\\c\\nd"])
  }
}
