internal import JSON
package import Posture
internal import YAML

/// A plan as [OCSF](https://schema.ocsf.io) Compliance Findings (class 2003), a JSON object a line.
///
/// One finding for every result that applies. What passes is told too: a finding that a SIEM holds
/// open is closed by it.
package enum OCSFReport {
  fileprivate static let schemaVersion = "1.5.0"
  /// The affected resources that a finding names.
  fileprivate static let mostResources = 100

  package static func plan(
    _ plan: Comparison, filter: PlanFilter = PlanFilter(), version: String
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    for finding in Finding.of(filter.applied(to: plan)) where finding.urgency != .notApplicable {
      var writer = JSONWriter()
      writer.object { $0.finding(finding, at: plan.at, version: version) }
      writer.newline()
      bytes += VisibleJSON.bytes(writer.bytes)
    }
    return bytes
  }

  fileprivate struct Caption {
    let id: Int
    let name: String

    init(_ id: Int, _ name: String) {
      self.id = id
      self.name = name
    }
  }

  fileprivate static func activity(_ finding: Finding) -> Caption {
    switch finding.news?.type {
    case .new, .regressed: Caption(1, "Create")
    case .resolved: Caption(3, "Close")
    default: finding.urgency == .met ? Caption(3, "Close") : Caption(2, "Update")
    }
  }

  fileprivate static func severity(_ finding: Finding) -> Caption {
    if finding.urgency == .met { return Caption(1, "Informational") }
    return switch finding.recommendation.impact {
    case .high: Caption(4, "High")
    case .medium: Caption(3, "Medium")
    case .low: Caption(2, "Low")
    }
  }

  fileprivate static func status(_ finding: Finding) -> Caption {
    switch finding.result.status {
    case .completed, .resolvedThroughThirdParty, .resolvedThroughAlternateMitigation:
      Caption(4, "Resolved")
    case .riskAccepted: Caption(3, "Suppressed")
    case .planned: Caption(2, "In Progress")
    case .toAddress, nil: Caption(1, "New")
    }
  }

  fileprivate static func verdict(_ finding: Finding) -> Caption {
    switch finding.result.decision.compliance {
    case .compliant, .notApplicable: Caption(1, "Pass")
    case .unknown: Caption(2, "Warning")
    case .notCompliant: Caption(3, "Fail")
    }
  }

  /// Milliseconds since 1970.
  fileprivate static func milliseconds(_ instant: Instant) -> Int64 {
    Int64(instant.secondsSince1970) * 1_000
  }
}

extension JSONWriter {
  fileprivate mutating func finding(_ finding: Finding, at now: Instant, version: String) {
    let activity = OCSFReport.activity(finding)
    let severity = OCSFReport.severity(finding)
    let status = OCSFReport.status(finding)
    let seen = finding.instance.observedAt ?? now
    let created = finding.result.since ?? seen
    member("activity_id", activity.id)
    member("activity_name", activity.name)
    member("category_uid", 2)
    member("category_name", "Findings")
    member("class_uid", 2003)
    member("class_name", "Compliance Finding")
    member("type_uid", 2003 * 100 + activity.id)
    member("type_name", "Compliance Finding: \(activity.name)")
    // Of findings, the time is when the finding came to be.
    member("time", OCSFReport.milliseconds(created))
    member("severity_id", severity.id)
    member("severity", severity.name)
    member("status_id", status.id)
    member("status", status.name)
    member(
      "message",
      Escaping.terminal("\(finding.recommendation.title): \(finding.sentence())", to: 1_500))
    object("metadata") { writer in
      writer.member("version", OCSFReport.schemaVersion)
      writer.object("product") { writer in
        writer.member("name", "Plumb")
        writer.member("vendor_name", "Plumb")
        writer.member("version", version)
      }
      writer.member("tenant_uid", finding.instance.name)
    }
    object("finding_info") { writer in
      writer.member("uid", "\(finding.instance.name)/\(finding.recommendation.name)")
      writer.member("title", Escaping.terminal(finding.recommendation.title))
      let rationale = Escaping.terminalLines(finding.recommendation.rationale)
        .joined(separator: "\n")
      writer.member(ifPresent: "desc", rationale.isEmpty ? nil : rationale)
      writer.member("created_time", OCSFReport.milliseconds(created))
      writer.member("last_seen_time", OCSFReport.milliseconds(seen))
      writer.array("types") { $0.element(finding.recommendation.category.rawValue) }
    }
    compliance(finding)
    resources(finding)
    object("remediation") { writer in
      writer.member(
        "desc", Escaping.terminalLines(finding.recommendation.remediation).joined(separator: "\n"))
      let addresses =
        ([finding.result.manage] + finding.recommendation.references.map(\.url))
        .compactMap { $0.flatMap(Escaping.linkTarget) }
      if !addresses.isEmpty { writer.array("references", addresses) }
    }
    object("unmapped") { writer in
      writer.member("app", finding.instance.app)
      writer.member("compliance", finding.result.decision.compliance.rawValue)
      writer.member(ifPresent: "status", finding.result.status?.rawValue)
      writer.member(ifPresent: "exception", finding.result.exception)
      writer.member("affected_count", finding.result.decision.affectedCount)
      writer.member("counted", finding.result.decision.counted)
      writer.member("stale", finding.result.isStale)
      let facts = finding.result.verdict.facts
      if !facts.isEmpty { writer.member("evidence", facts.visible) }
    }
  }

  private mutating func compliance(_ finding: Finding) {
    let recommendation = finding.recommendation
    let verdict = OCSFReport.verdict(finding)
    let frameworks = recommendation.controls.reduce(into: [String]()) { list, control in
      if !list.contains(control.framework) { list.append(control.framework) }
    }
    object("compliance") { writer in
      writer.member("control", recommendation.name)
      // Every finding has a standard: where no framework knows the recommendation, the catalog does.
      writer.array(
        "standards", (frameworks.isEmpty ? ["plumb"] : frameworks).map { Escaping.terminal($0) })
      if !recommendation.controls.isEmpty {
        writer.array(
          "requirements",
          recommendation.controls.map { Escaping.terminal("\($0.framework) \($0.id)") })
      }
      writer.member("status_id", verdict.id)
      writer.member("status", verdict.name)
      let details =
        [finding.result.decision.reasonText].compactMap(\.self)
        + finding.result.verdict.facts.map { $0.text() }
      if !details.isEmpty { writer.array("status_details", details.map { Escaping.terminal($0) }) }
    }
  }

  /// The instance, then what is affected of it.
  private mutating func resources(_ finding: Finding) {
    array("resources") { writer in
      writer.elementObject { writer in
        writer.member("uid", finding.instance.name)
        writer.member("name", Escaping.terminal(finding.instance.displayName))
        writer.member("type", finding.instance.app)
        if !finding.instance.labels.isEmpty {
          writer.array(
            "labels",
            finding.instance.labels.sorted { $0.key < $1.key }
              .map { Escaping.terminal("\($0.key)=\($0.value)") })
        }
      }
      for resource in finding.result.decision.affected.prefix(OCSFReport.mostResources) {
        writer.elementObject { writer in
          writer.member("uid", Escaping.terminal(resource.id))
          writer.member(
            "name", Escaping.terminal(resource.label.isEmpty ? resource.id : resource.label))
          writer.member("type", finding.recommendation.collection?.value ?? finding.instance.app)
          let facts = finding.result.verdict.facts(of: resource)
          if !facts.isEmpty { writer.object("data") { $0.member("values", facts.visible) } }
        }
      }
    }
  }
}
