import JSON
import TestSupport
import Testing
import Text
import YAML

@testable import Posture
@testable import Reconciler

/// Whatever is recorded and altered alone is told, or it is known why not.
@Suite("Every recorded field") struct EveryFieldTests {
  /// Fields whose change is not told by itself, and why.
  private static let untold: [String: String] = [
    "state.apiVersion": "what the file is", "state.kind": "what the file is",
    "state.instances": "the instances' own files count; this is what history reads",
    "state.disabled": "what is switched off appears and goes, and that is told",
    "state.initiatives.title": "words", "state.initiatives.metrics.title": "words",
    "state.initiatives.score": "computed", "state.initiatives.exactScore": "computed",
    "state.initiatives.plannedScore": "computed", "state.initiatives.achievableScore": "computed",
    "state.initiatives.coverage": "computed", "state.initiatives.metrics.value": "computed",
    "state.initiatives.metrics.exactValue": "computed",
    "state.initiatives.metrics.earned": "computed",
    "state.initiatives.metrics.possible": "computed",
    "state.exceptions.instances": "which instances are meant; what is covered there is told",
    "state.exceptions.results": "what is covered moves results, and those are told",
    "state.exceptions.affectedResources": "what is covered moves results, and those are told",
    "state.exceptions.effects": "what moves scores is told of them",
    "instance.apiVersion": "what the file is", "instance.kind": "what the file is",
    "instance.app": "another app is another digest", "instance.appTitle": "words",
    "instance.displayName": "words", "instance.labels": "what they select is told",
    "instance.observedAt": "a newer look is no change",
    "instance.judgedAt": "a newer look is no change",
    "instance.observationDigest": "a newer look is no change",
    "instance.cost": "what a look took is no posture",
    "instance.collections.count": "resources that matter are told by what judges them",
    "instance.collections.reason": "that it is not complete is told once",
    "instance.collections.code": "that it is not complete is told once",
    "instance.sources.observedAt": "a newer look is no change",
    "instance.sources.digest": "a newer look is no change",
    "instance.results.sources": "where collections come from is told of the instance",
    "instance.results.title": "words",
    "instance.results.digest": "another definition of the same verdict is renewed",
    "instance.results.declaration": "another definition of the same verdict is renewed",
    "instance.results.collection": "another definition of the same verdict is renewed",
    "instance.results.exception": "the exceptions themselves are told",
    "instance.results.since": "when a verdict was told",
    "instance.results.cause": "why a verdict was told",
    "instance.results.affectedCause": "why a verdict was told",
    "instance.results.reason": "what a verdict rests on",
    "instance.results.tally": "the exceptions themselves are told",
    "instance.results.affected.exceptions": "the exceptions themselves are told",
    "instance.results.affected.label": "a resource is known by its identity",
    "instance.results.affected.settings": "what a verdict rests on",
    "instance.results.evidence": "what a verdict rests on",
    "instance.results.expected": "what a verdict rests on",
    "instance.results.settings.label": "a resource is known by its identity",
    "instance.results.settingsAreCut": "how much is written down",
  ]

  static let snapshot: Snapshot = {
    var fresh = Snapshot.Instance(
      name: "okta-eu", app: "okta", displayName: "Okta EU", recommendations: true, digest: "d",
      observedAt: Instant(secondsSince1970: 1_000), observationDigest: "o",
      collections: [
        CollectionSummary(
          name: "users", state: .denied, count: 3, fault: Fault(.denied, "HTTP 403"), source: "api")
      ], staleReason: nil,
      results: [result("okta-length", isCut: false), result("okta-mfa", compliant: 2)])
    fresh.appTitle = "Okta"
    fresh.labels = ["region": "eu"]
    fresh.cost = 8
    fresh.judgedAt = Instant(secondsSince1970: 2_000)
    fresh.sources = [
      .init(
        name: "api", observedAt: Instant(secondsSince1970: 1_000), digest: "o", staleReason: nil),
      .init(
        name: "recorded", observedAt: Instant(secondsSince1970: 900), digest: "p",
        staleReason: .tooOld(Instant(secondsSince1970: 900), maxAge: 60)),
    ]
    fresh.breakGlass = [.init(id: "a", kind: .user, reason: "R", owner: "o@contoso.example")]
    let stale = Snapshot.Instance(
      name: "okta-us", app: "okta", displayName: "Okta US", recommendations: true, digest: "d",
      observedAt: nil, observationDigest: nil, collections: [],
      staleReason: .notObserved(Fault(.unreachable, "HTTP 503")), results: [])
    var exception = Snapshot.Exception(name: "e", digest: "x", state: .active)
    var terms = Snapshot.Exception.Terms(
      status: .riskAccepted, owner: "o@contoso.example", justification: "Because.")
    terms.recommendations = ["okta-length"]
    terms.resources = "true"
    terms.ticket = "A-1"
    terms.expires = CalendarDate("2026-12-31")
    exception.terms = terms
    exception.instances = ["okta-eu"]
    exception.results = 1
    exception.resources = 2
    exception.effects = [
      .init(
        initiative: "saas", title: "SaaS", score: Fraction(1), plannedScore: Fraction(2),
        achievableScore: Fraction(3))
    ]
    return Snapshot(
      initiatives: [
        InitiativeDefinition(
          name: "saas", title: "SaaS", targetScore: 80, instances: ["okta-eu"],
          metrics: [
            .init(
              name: "m", title: "M", weight: .high, recommendations: ["okta-length", "okta-mfa"])
          ])
      ], instances: [fresh, stale], exceptions: [exception], disabled: ["okta-threat"])
  }()

  private static func result(
    _ name: String, isCut: Bool = true, compliant: Int = 1
  ) -> Snapshot.Result {
    let first = Unjudged(
      label: "Four", error: "no such key: 'a'", unread: [.member("a", why: "HTTP 403")])
    var verdict = Verdict(
      compliance: .notCompliant, reason: .unjudged(count: 1, first: first), counted: 5,
      compliantCount: compliant, affectedCount: 1,
      affected: [
        AffectedResource(id: "1", label: "One", settings: ["length": 8], exceptions: ["p"])
      ],
      settings: [ResourceSettings(id: "1", label: "One", values: [("length", 8)])])
    if isCut {
      verdict.tally = Tally([
        []: Counts(compliant: compliant, error: 4 - compliant, unjudged: first, place: 2),
        ["p"]: Counts(notCompliant: 1),
      ])
    }
    verdict.sources = ["policies": "api"]
    verdict.evidence = [NamedValue(name: "found", value: 1)]
    verdict.expected = [NamedValue(name: "length", value: 14)]
    verdict.settingsAreCut = isCut
    var decision = Decision(verdict, holding: ["p": .planned])
    decision.exception = "e"
    var result = Snapshot.Result(
      name: name, title: "T", digest: "d", declaration: "r", collection: "policies", points: 10,
      since: Instant(secondsSince1970: 500), verdict: verdict, decision: decision)
    result.cause = .drift
    result.affectedCause = .drift
    return result
  }

  @Test("nothing is left out of the example that there is to record")
  func example() {
    var empty: [String: Bool] = [:]
    func look(at value: Any) {
      for child in Mirror(reflecting: value).children {
        guard let label = child.label else { continue }
        let mirror = Mirror(reflecting: child.value)
        let isEmpty =
          [.optional, .collection, .dictionary, .set].contains(mirror.displayStyle)
          && mirror.children.isEmpty
        empty[label] = (empty[label] ?? true) && isEmpty
      }
    }
    let snapshot = Self.snapshot
    look(at: snapshot)
    for instance in snapshot.instances {
      look(at: instance)
      for result in instance.results {
        look(at: result)
        look(at: result.verdict)
      }
    }
    for exception in snapshot.exceptions {
      look(at: exception)
      if let terms = exception.terms { look(at: terms) }
    }
    // What is imported has a file and a test of its own; incomplete are files of earlier versions; what is wrong with a condition is not recorded.
    #expect(Set(empty.filter(\.value).map(\.key)) == ["imports", "incomplete", "faults"])
  }

  @Test("altering one of them alone gives a change, or stands in a list with the reason")
  func everyField() throws {
    let desired = try World().state().state
    var told: [String: Bool] = [:]
    let root = StateCodec.encode(Self.snapshot)
    for place in Self.places(of: root) {
      told["state" + place.name] =
        (told["state" + place.name] ?? false)
        || Self.candidates(for: place, in: root).contains { value in
          guard let read = try? StateCodec.decodeRoot(value, path: "x").state else { return false }
          var altered = Self.snapshot
          altered.initiatives = read.initiatives
          altered.exceptions = read.exceptions
          altered.disabled = read.disabled
          return Self.isTold(altered, desired)
        }
    }
    for instance in Self.snapshot.instances {
      let file = StateCodec.encode(instance)
      for place in Self.places(of: file) {
        told["instance" + place.name] =
          (told["instance" + place.name] ?? false)
          || Self.candidates(for: place, in: file).contains { value in
            guard let read = try? StateCodec.decodeInstance(value, path: "x") else { return false }
            var altered = Self.snapshot
            altered.instances[instance.name] = nil
            altered.instances[read.name] = read
            return Self.isTold(altered, desired)
          }
      }
    }
    Self.expect(told, toBeToldBut: Self.untold)
    #expect(told.count > 40)
  }

  /// Each field is told, or stands in the list, and none does both.
  static func expect(_ told: [String: Bool], toBeToldBut untold: [String: String]) {
    func isListed(_ name: String) -> Bool {
      untold.keys.contains { name == $0 || name.hasPrefix($0 + ".") }
    }
    let silent = told.filter { !$0.value }.map(\.key).sorted()
    #expect(silent.filter { !isListed($0) } == [], "neither told nor listed")
    let listed = told.filter { $0.value && isListed($0.key) }.map(\.key).sorted()
    #expect(listed == [], "told, and listed all the same")
  }

  static func isTold(
    _ altered: Snapshot, _ desired: DesiredState, from before: Snapshot = snapshot
  ) -> Bool {
    let report = ReportReference(
      revision: "", at: Instant(secondsSince1970: 0), desiredRevision: nil)
    return !ReportDifference(
      from: (report, before), to: (report, altered), desired: desired
    ).comparison.changes.isEmpty
  }

  // MARK: Altering

  struct Place {
    /// `.results.status`
    let name: String
    let path: [Step]
  }

  enum Step {
    case member(String)
    case element(Int)
  }

  static func places(
    of value: JSONValue, _ name: String = "", _ path: [Step] = []
  ) -> [Place] {
    switch value {
    case .object(let members):
      members.flatMap { places(of: $1, "\(name).\($0)", path + [.member($0)]) }
    case .array(let elements):
      elements.enumerated().flatMap { places(of: $1, name, path + [.element($0)]) }
    default: [Place(name: name, path: path)]
    }
  }

  /// What may stand in place of any text.
  private static let texts: [String] =
    Compliance.allCases.map(\.rawValue) + Status.allCases.map(\.rawValue)
    + Snapshot.Exception.State.allCases.map(\.rawValue)
    + CollectionSummary.State.allCases.map(\.rawValue) + Weight.allCases.map(\.rawValue)
    + Change.Cause.allCases.map(\.rawValue) + StaleReason.Code.allCases.map(\.rawValue) + [
      "on", "off", "user", "group", "2030-01-01", "2030-01-01T00:00:00Z", "7/3", "other",
    ]

  static func candidates(for place: Place, in file: JSONValue) -> [JSONValue] {
    let values: [JSONValue] =
      texts.map(JSONValue.string) + [.int(0), .int(2), .int(7), .bool(true), .bool(false)]
    return values.map { set($0, at: place.path[...], in: file) }.filter { $0 != file }
  }

  private static func set(
    _ value: JSONValue, at path: ArraySlice<Step>, in file: JSONValue
  ) -> JSONValue {
    guard let step = path.first else { return value }
    switch (step, file) {
    case (.member(let name), .object(let members)):
      return .object(
        members.map { $0.0 == name ? ($0.0, set(value, at: path.dropFirst(), in: $0.1)) : $0 })
    case (.element(let index), .array(let elements)):
      return .array(
        elements.enumerated().map {
          $0 == index ? set(value, at: path.dropFirst(), in: $1) : $1
        })
    default: return file
    }
  }
}
