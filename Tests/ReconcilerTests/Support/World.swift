import Connectors
import JSON
import Observation
import Posture
import Reconciler
import Reports
import TestSupport
import Testing
import YAML

/// A small company with a small catalog: what the planner's tests change one thing of at a time.
struct World {
  var catalog = Self.catalog
  var desired = Self.desired
  /// By instance; an instance that is not here could not be observed.
  var tenants = ["okta-eu": Tenant()]
  /// Why instances could not be observed.
  var missing: [String: String] = [:]
  /// Whether nothing was observed here, so that only the branch is known.
  var absent = false
  /// When instances could not be observed, and why.
  var failures: [String: FailedAttempt] = [:]
  var now = "2026-06-01T07:00:00Z"
  var force = false
  var cores = 1

  static let catalog = [
    Declare.connector(
      "okta",
      "policies: { identity: id, label: name }, users: { identity: id }, settings: { singleton: true }"
    ),
    Declare.recommendation(
      "okta-length", "Require long passwords",
      """
      parameters: { minimum: 14 }
      collection: policies
      where: resource.status == "ACTIVE"
      compliant: resource.minLength >= parameters.minimum
      label: resource.name
      settings: { minLength: resource.minLength, groups: resource.groups }
      """),
    Declare.recommendation(
      "okta-mfa", "Require a second factor", impact: "low",
      """
      collection: users
      compliant: resource.mfa
      label: resource.id
      """),
    Declare.recommendation(
      "okta-threat", "Block known attackers", impact: "medium",
      """
      compliant: collections.settings[0].mode == "block"
      settings: { mode: "collections.settings[0].mode" }
      """),
    Declare.document(
      "Initiative", "saas",
      """
      title: SaaS Security
      metrics:
        - { name: passwords, title: Passwords, weight: high, recommendations: [okta-length] }
        - { name: rest, title: Rest, weight: low, recommendations: [okta-mfa, okta-threat] }
      """),
  ].documents

  static let desired = [
    Declare.settings("gates: { newNotCompliant: off }"),
    Declare.document(
      "Instance", "okta-eu", labels: "region: eu",
      """
      app: okta
      recommendations: on
      maxAge: 24h
      source: { api: { parameters: { domain: eu.okta.com } } }
      """),
    Declare.document(
      "Instance", "okta-us", labels: "region: us",
      """
      app: okta
      recommendations: off
      source: { api: {} }
      """), Declare.document("Initiative", "saas", "{ tracked: on, targetScore: 80 }"),
  ].documents

  /// A tenant as it is: its resources in the vendor's order.
  struct Tenant {
    var policies: [JSONValue] = [Self.policy("a", 14), Self.policy("b", 20)]
    var users: [JSONValue] = [Self.user("ada", true), Self.user("bob", true)]
    var settings: [JSONValue] = [["mode": "block"]]
    var incomplete: [CollectionSummary] = []
    var observedAt = "2026-06-01T06:00:00Z"

    static func policy(_ id: String, _ length: JSONValue, groups: JSONValue = ["x", "y"])
      -> JSONValue
    {
      [
        "id": .string(id), "name": .string("Policy \(id)"), "status": "ACTIVE",
        "minLength": length, "groups": groups,
      ]
    }

    static func user(_ id: String, _ mfa: Bool) -> JSONValue {
      ["id": .string(id), "mfa": .bool(mfa)]
    }

    func reading() throws -> MemoryReading {
      let all = [("policies", policies), ("users", users), ("settings", settings)]
      let hidden = Set(incomplete.map(\.name))
      var collections: [(String, [JSONValue])] = []
      for (name, resources) in all where !hidden.contains(name) {
        collections.append((name, resources))
      }
      let text =
        collections.map { "\($0.0) \(JSONValue.array($0.1).compactText)" }
        + incomplete.map { "\($0)" }
      return MemoryReading(
        collections, incomplete: incomplete, observedAt: try #require(Instant(observedAt)),
        digest: Digest.sha256(text.joined(separator: "\n")))
    }
  }

  // MARK: Changing it

  mutating func declare(_ document: String) { desired += "---\n" + document }

  mutating func replace(_ old: String, with new: String) {
    precondition(desired.contains(old), "the desired state has no '\(old)'")
    desired = desired.replacing(old, with: new)
  }

  mutating func replaceInCatalog(_ old: String, with new: String) {
    precondition(catalog.contains(old), "the catalog has no '\(old)'")
    catalog = catalog.replacing(old, with: new)
  }

  mutating func change(_ instance: String = "okta-eu", _ body: (inout Tenant) -> Void) {
    var tenant = tenants[instance] ?? Tenant()
    body(&tenant)
    tenants[instance] = tenant
  }

  /// Notes that `okta-eu` could not be observed.
  mutating func fail(_ code: Fault.Code, _ detail: String, at time: String) {
    guard let at = Instant(time), let state = try? state().state,
      let instance = state.instances.first, let connector = state.connectors["okta"]
    else { return }
    failures["okta-eu"] = FailedAttempt(
      at: at, failure: Fault(code, detail),
      of: ObservationOrigin(instance, connector: connector))
  }

  /// Declares accounts of `okta-eu` that are kept for emergencies.
  mutating func keep(_ items: String...) {
    replace(
      "  maxAge: 24h\n", with: "  maxAge: 24h\n  breakGlass: [\(items.joined(separator: ", "))]\n")
  }

  /// An exception for `okta-length` on `okta-eu`.
  static func exception(
    _ name: String = "e", recommendation: String = "okta-length", status: String = "riskAccepted",
    resources: String? = nil, expires: String? = "2026-12-31"
  ) -> String {
    Declare.exception(
      name, of: recommendation, on: "okta-eu", status: status, resources: resources,
      expires: expires)
  }

  // MARK: Planning

  func state() throws -> (state: DesiredState, compiled: CompiledState) {
    try Declared(desired, catalog: catalog).sound()
  }

  /// Whether its desired state has no faults.
  var isSound: Bool { !Declared(desired, catalog: catalog).diagnostics.hasErrors }

  func plan(after recorded: Snapshot = .empty) throws -> Plan {
    let (state, compiled) = try state()
    let now = try #require(Instant(now))
    var observations: [String: InstanceObservation] = [:]
    for instance in state.instances where instance.recommendations {
      if absent {
        observations[instance.name] = .absent
      } else if let reason = missing[instance.name] {
        observations[instance.name] = .missing(Fault(.failed, reason))
      } else if let tenant = tenants[instance.name] {
        let reading = try tenant.reading()
        observations[instance.name] = .observed(
          reading.summary, compiled.evaluator(for: instance, in: state, now: now).evaluate(reading))
      }
    }
    var planner = Planner(
      desired: state,
      reference: DesiredReference(revision: nil, path: "desired-state", digest: ""),
      observations: observations, recorded: recorded, recordedRevision: nil, now: now,
      takesSuspects: force)
    planner.failures = failures
    planner.cores = cores
    planner.readsBreakGlass = compiled.readers(of: "instance.breakGlass", app: "okta")
    var answers: [String: [String: Verdict]] = [:]
    for question in EarlierVerdicts.questions(
      observations, recorded: recorded, state: state, compiled: compiled)
    {
      let reading = try #require(try tenants[question.instance.name]?.reading())
      answers[question.instance.name] = compiled.evaluator(
        for: question.instance, in: state, now: question.at, only: question.recommendations
      ).evaluate(reading)
    }
    planner.earlier = EarlierVerdicts(answers)
    return planner.plan()
  }

  /// What apply would write down of it now, read back from its bytes.
  func recorded(after earlier: Snapshot = .empty) throws -> Snapshot {
    try plan(after: earlier).recorded()
  }
}

extension Plan {
  /// The state that apply records, read back from the files it writes.
  func recorded() throws -> Snapshot {
    let files = Dictionary(
      uniqueKeysWithValues: ReportTree.state(of: self).map { ($0.path, $0.bytes) })
    func value(_ path: String) throws -> JSONValue {
      JSONValue(try JSONView(parsing: try #require(files[path])))
    }
    var (state, names) = try StateCodec.decodeRoot(try value("state.json"), path: "state.json")
    for name in names {
      let path = "instances/\(name)/state.json"
      let instance = try StateCodec.decodeInstance(try value(path), path: path)
      state.instances[instance.name] = instance
    }
    return state
  }

  /// The changes but those of scores, a line each.
  var lines: [String] { comparison.changes.filter { $0.type != .scoreChanged }.map(\.line) }

  /// The changes of scores, a line each.
  var scoreLines: [String] { comparison.changes.filter { $0.type == .scoreChanged }.map(\.line) }

  func result(_ recommendation: String, on instance: String = "okta-eu") -> RecommendationResult? {
    comparison.instances.first { $0.name == instance }?.results.first {
      $0.name == recommendation
    }
  }
}

extension Change {
  /// `drift [drift] okta-eu/okta-length/Policy a/minLength: 14 → 8`
  var line: String {
    let subject = [
      instance, initiative, metric, recommendation, exception, resource, setting,
    ].compactMap(\.self).joined(separator: "/")
    return "\(type.rawValue) [\(cause.rawValue)] \(subject): \(Phrases.reason(of: self))"
  }
}
