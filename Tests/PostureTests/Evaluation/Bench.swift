import JSON
import Posture
import Reports
import TestSupport
import Testing
import YAML

/// One recommendation on one instance, judged from YAML to verdict.
struct Bench {
  static let catalog = Declare.connector(
    "okta",
    """
    policies: { identity: id, label: name }, rules: { identity: id, forEach: policies },
      users: { identity: id }, settings: { singleton: true },
      consolePolicies:
        { notAvailable: { reason: Okta has no API for them, where: Admin > Security > Console } }
    """)

  static let instance = Declare.instance(
    "okta-eu", labels: "region: eu",
    source: "recorded: { path: o, parameters: { domain: eu.okta.com } }")

  /// The desired state of a recommendation `r` with these fields of its `spec`, line by line.
  static func text(_ fields: String, before documents: String = "", exceptions: String = "")
    -> String
  {
    documents
      + [Declare.recommendation("r", of: "okta", fields), instance, exceptions]
      .filter { !$0.isEmpty }.documents
  }

  /// The diagnostics of a desired state in `x.yaml`, conditions included.
  static func faults(of text: String, catalog: String = catalog) -> [String] {
    let (_, _, diagnostics) = compile(text, catalog: catalog)
    return diagnostics.all.map(\.description)
  }

  /// The diagnostics of `r` with these fields, of which the first is on line 10.
  static func faults(_ fields: String, before documents: String = "") -> [String] {
    faults(of: text(fields, before: documents))
  }

  static func compile(_ text: String, catalog: String = catalog) -> (
    DesiredState, CompiledState, Diagnostics
  ) {
    let declared = Declared(text, catalog: catalog)
    return (declared.state, declared.compile(), declared.diagnostics)
  }

  static func judge(
    _ fields: String, before documents: String = "", exceptions: String = "",
    _ reading: MemoryReading, at now: String = "2026-06-01T00:00:00Z"
  ) throws -> Verdict {
    try decide(fields, before: documents, exceptions: exceptions, reading, at: now).verdict
  }

  /// The verdict, and what is decided about it.
  static func decide(
    _ fields: String, before documents: String = "", exceptions: String = "",
    _ reading: MemoryReading, at now: String = "2026-06-01T00:00:00Z"
  ) throws -> (verdict: Verdict, decision: Decision) {
    let (state, compiled, diagnostics) = compile(
      text(fields, before: documents, exceptions: exceptions))
    try #require(!diagnostics.hasErrors, "\(diagnostics)")
    let instance = try #require(state.instances.first)
    let now = try #require(Instant(now))
    let evaluator = compiled.evaluator(for: instance, in: state, now: now)
    let verdict = try #require(evaluator.evaluate(reading)["r"])
    return (verdict, state.decisions(on: instance, at: now).decision(on: verdict, of: "r"))
  }

  /// An exception named `name` for `r` about resources.
  static func exception(
    _ name: String = "e", status: String = "riskAccepted", resources: String?,
    expires: String? = "2026-12-31"
  ) -> String {
    Declare.exception(
      name, of: "r", on: "okta-eu", status: status, resources: resources, expires: expires)
  }
}

extension Verdict {
  /// Why, in a sentence.
  var sentence: String? { reason.map(Phrases.text) }

  /// Whether it says that it is unknown, why, and nothing else.
  func isUnknown(because sentence: String) -> Bool {
    self == Verdict(compliance: .unknown, reason: reason) && self.sentence == sentence
  }

  /// As it counts where nothing is decided.
  var line: String { Decision(self).line }
}

extension Decision {
  /// `notCompliant 3 counted, 1 compliant, 2 affected, 0 exempt, 0 planned`
  var line: String {
    "\(compliance.rawValue) \(counted) counted, \(compliantCount) compliant, "
      + "\(affectedCount) affected, \(exemptCount) exempt, \(plannedCount) planned"
      + (reason.map { ": \(Phrases.text(of: $0))" } ?? "")
  }
}
