import Connectors
import JSON
import Posture
import YAML

@testable import Reports

/// Plans that are larger than life.
enum Crowd {
  /// An instance with so many results that are not compliant; every third is newly so.
  static func failing(_ count: Int) -> Plan {
    var plan = Sample.quiet
    let instance = plan.instances.first { $0.name == "okta-contoso-us" }!
    let failing = instance.results.first {
      $0.name == "okta-password-minimum-length"
    }!
    // Their recommendations need other names, and nothing else: parsed once, then renamed.
    let results = (0..<count).map { number in
      Sample.named(failing, "r\(String(number + 100_000).dropFirst())")
    }
    plan.instances = [Sample.with(instance, results: results)]
    plan.exceptions = []
    plan.changes = results.enumerated().filter { $0.offset % 3 == 2 }.map { _, result in
      Change(
        .verdict(from: .compliant, to: .notCompliant, basis: .affected(2, of: 4)),
        of: .result(instance: instance.name, recommendation: result.name),
        cause: .drift)
    }
    return plan
  }
}

extension Sample {
  /// A plan in which everything that a tenant says is one text: display names, labels and identities
  /// of resources, values of settings, reasons.
  static func hostile(_ text: String) -> Plan {
    var plan = eventful
    plan.instances = plan.instances.map { instance in
      var hostile = instance
      hostile.state.displayName = text
      hostile.state.labels = instance.labels.mapValues { _ in text }
      hostile.state.staleReason = instance.staleReason.map { _ in .text(text, nil) }
      hostile.state.collections = instance.collections.map {
        CollectionSummary(
          name: $0.name, state: $0.state, count: $0.count,
          fault: $0.fault.map { Fault($0.code, text) })
      }
      hostile.results = instance.results.map { self.hostile($0, text) }
      return hostile
    }
    plan.changes = plan.changes.map { change in
      let resource = Change.Resource(label: text, id: text + "1")
      let subject: Change.Subject =
        switch change.subject {
        case .resource(_, let instance, let recommendation):
          .resource(resource, instance: instance, recommendation: recommendation)
        case .setting(let name, .some, let instance, let recommendation):
          .setting(name, resource: resource, instance: instance, recommendation: recommendation)
        default: change.subject
        }
      let what: Change.What =
        switch change.what {
        case .drift: .drift(from: .string(text), to: ["a": [.string(text)]])
        case .resource(let isJoining, _, _):
          .resource(isJoining: isJoining, settings: ["a": .string(text)], collection: text)
        case .verdict(let from, let to, _):
          .verdict(from: from, to: to, basis: .reason(.text(text)))
        case .stale: .stale(.text(text, nil))
        case .collection(let from, let to, _):
          .collection(from: from, to: to, fault: Fault(.failed, text))
        case let what: what
        }
      return Change(what, of: subject, cause: change.cause)
    }
    return plan
  }

  private static func hostile(_ result: RecommendationResult, _ text: String)
    -> RecommendationResult
  {
    var (verdict, decision) = (result.verdict, result.decision)
    decision.reason = decision.reason.map { _ in .text(text) }
    decision.affected = decision.affected.map {
      AffectedResource(id: text + $0.id, label: text, settings: ["value": .string(text)])
    }
    if decision.compliance == .notCompliant, decision.affected.isEmpty {
      // What a verdict over the whole instance blames, and what it rests on.
      decision.affectedCount = 2
      decision.affected = ["1", "2"].map {
        AffectedResource(id: text + $0, label: text, settings: ["value": [.string(text)]])
      }
    }
    (verdict.affected, verdict.affectedCount) = (decision.affected, decision.affectedCount)
    verdict.evidence = [
      NamedValue(name: "counted", value: [.object([(text, .string(text))]), .string(text)]),
      NamedValue(name: "found", value: .string(text)),
    ]
    verdict.expected = [
      NamedValue(name: "found", value: .string(text)),
      NamedValue(name: "value", value: [.string(text)]),
    ]
    verdict.settings = verdict.settings.map { settings in
      ResourceSettings(
        id: text + settings.id, label: text,
        values: settings.values.map { (name: $0.name, value: .string(text)) })
    }
    var state = result.state
    state.verdict = verdict
    state.decision = decision
    return RecommendationResult(like: result, state: state, manage: "https://\(text)/admin")
  }
}
