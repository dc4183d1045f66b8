package import Posture

/// A plan as JUnit XML, for the test reports of CI systems.
///
/// A suite for each instance, a case for each recommendation: *failure* is not compliant, *error* is
/// unknown (an error is never a pass), *skipped* does not apply, or is an accepted risk or resolved
/// elsewhere. There is no official schema; this is what Ant's JUnit task writes and CI systems read.
package enum JUnitReport {
  /// The affected resources that a failure names.
  private static let mostResources = 50

  package static func plan(_ plan: Plan, filter: PlanFilter = PlanFilter()) -> [UInt8] {
    let plan = filter.applied(to: plan)
    let findings = Dictionary(grouping: Finding.of(plan.comparison), by: \.instance.name)
    var writer = XMLWriter()
    writer.element("testsuites", []) { writer in
      for (index, instance) in plan.instances.filter(\.recommendations).enumerated() {
        suite(instance, findings[instance.name] ?? [], index: index, at: plan.at, &writer)
      }
    }
    return writer.bytes
  }

  /// What a case ends as.
  private enum CaseResult {
    case passed
    case failure(message: String, text: String)
    case error(message: String)
    case skipped(message: String)

    init(_ finding: Finding) {
      let result = finding.result
      let message = Escaping.terminal(
        "\(finding.recommendation.title): \(finding.sentence())", to: 1_500)
      switch result.decision.compliance {
      case .compliant: self = .passed
      case .notApplicable: self = .skipped(message: "not applicable")
      case .notCompliant, .unknown:
        if let status = result.status, status == .riskAccepted || status.isResolvedElsewhere {
          let exception = result.exception.map { " by exception \($0)" } ?? ""
          self = .skipped(message: "\(status.rawValue)\(exception)")
        } else if result.decision.compliance == .unknown {
          self = .error(message: message)
        } else {
          var lines = finding.remedyLines
          if let facts = finding.factsText(most: JUnitReport.mostResources) {
            lines.insert("Found: \(facts)", at: 0)
          }
          if let affected = finding.affectedText(most: JUnitReport.mostResources) {
            lines.insert("Affected: \(affected)", at: 0)
          }
          self = .failure(message: message, text: lines.joined(separator: "\n"))
        }
      }
    }
  }

  private static func suite(
    _ instance: InstancePlan, _ findings: [Finding], index: Int, at time: Instant,
    _ writer: inout XMLWriter
  ) {
    let cases = findings.map { (finding: $0, outcome: CaseResult($0)) }
    func count(_ isCounted: (CaseResult) -> Bool) -> String {
      String(cases.count { isCounted($0.outcome) })
    }
    // The host is none: it would be another one on every runner.
    writer.element(
      "testsuite",
      [
        ("id", String(index)), ("name", instance.name), ("package", instance.app),
        ("timestamp", String((instance.observedAt ?? time).description.dropLast())),
        ("hostname", "localhost"), ("tests", String(cases.count)),
        ("failures", count { if case .failure = $0 { true } else { false } }),
        ("errors", count { if case .error = $0 { true } else { false } }),
        ("skipped", count { if case .skipped = $0 { true } else { false } }), ("time", "0"),
      ]
    ) { writer in
      writer.element("properties", []) { writer in
        func property(_ name: String, _ value: String) {
          writer.element("property", [("name", name), ("value", Escaping.terminal(value))])
        }
        property("displayName", instance.displayName)
        if let score = instance.card.score { property("score", score.oneDecimal) }
        if let reason = instance.staleReason { property("stale", Phrases.text(of: reason)) }
      }
      for (finding, outcome) in cases { testCase(finding, outcome, &writer) }
      writer.element("system-out", [])
      writer.element("system-err", [])
    }
  }

  private static func testCase(
    _ finding: Finding, _ outcome: CaseResult, _ writer: inout XMLWriter
  ) {
    writer.element(
      "testcase",
      [
        ("name", finding.recommendation.name), ("classname", finding.instance.name),
        ("time", "0"),
      ]
    ) { writer in
      switch outcome {
      case .passed: break
      case .failure(let message, let text):
        writer.element(
          "failure", [("message", message), ("type", finding.recommendation.impact.rawValue)]
        ) { $0.text(text) }
      case .error(let message):
        writer.element("error", [("message", message), ("type", "unknown")])
      case .skipped(let message): writer.element("skipped", [("message", message)])
      }
    }
  }
}
