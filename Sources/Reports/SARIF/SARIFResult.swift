internal import Connectors
internal import JSON
internal import Posture
internal import Text
internal import YAML

/// A result of a run, before it is written.
struct SARIFResult {
  let rule: SARIFRule
  let level: SARIFRule.Level
  let message: String
  let location: SARIFLocation
  /// The instance or exception.
  let subject: String
  let qualifiedSubject: String
  let fingerprint: String
  /// `new`, `updated` or `unchanged`; nil where there is nothing to compare with.
  let baselineState: String?
  var decision: (justification: String, location: SARIFLocation)?
  let properties: [(String, JSONValue)]

  /// The longest message, in Unicode scalars.
  private static let longestMessage = 1_500

  /// The affected resources that a result's properties tell of, with their values.
  private static let mostResources = 20

  /// All results of a plan, the most urgent first.
  ///
  /// - Parameter tellsDecided: Whether accepted risks are told, as suppressed.
  static func of(_ plan: Plan, tellsDecided: Bool) -> [SARIFResult] {
    let isCompared = plan.base != nil || plan.recordedRevision != nil
    let exceptions = Dictionary(firstOf: plan.exceptions.map { ($0.exception.name, $0.exception) })
    let findings = Finding.of(plan.comparison)
    let failures = findings.filter(\.isFailure).compactMap {
      SARIFResult($0, isCompared: isCompared)
    }
    let calls = plan.exceptions.compactMap {
      SARIFResult($0, changes: isCompared ? plan.changes : nil)
    }
    let gaps = Gaps.of(plan.comparison).compactMap {
      SARIFResult($0, changes: isCompared ? plan.changes : nil)
    }
    guard tellsDecided else { return failures + calls + gaps }
    let decided = findings.filter {
      $0.result.decision.compliance == .notCompliant && !$0.isFailure
    }.compactMap { finding -> SARIFResult? in
      guard let exception = finding.result.exception.flatMap({ exceptions[$0] }) else { return nil }
      var result = SARIFResult(finding, isCompared: isCompared)
      result?.decision = (exception.decisionText, SARIFLocation(exception))
      return result
    }
    return failures + calls + gaps + decided
  }

  /// Nil when nothing says where the instance is declared: GitHub shows no alert without a place.
  private init?(_ finding: Finding, isCompared: Bool) {
    guard let location = SARIFLocation(finding.instance) else { return nil }
    let result = finding.result
    rule = SARIFRule(finding.recommendation)
    level = SARIFRule.Level(finding.recommendation.impact)
    message = Self.message("\(finding.recommendation.title): \(finding.sentence())")
    self.location = location
    subject = result.instance
    qualifiedSubject = "\(finding.instance.app)/\(result.instance)"
    fingerprint = Digest.sha256("\(result.instance)\n\(finding.recommendation.name)")
    baselineState = isCompared ? Self.baselineState(finding.urgency) : nil
    let decision = result.decision
    properties = [
      ("app", .string(finding.instance.app)),
      ("impact", .string(finding.recommendation.impact.rawValue)),
      ("status", result.status.map { .string($0.rawValue) } ?? .null),
      ("affected", .int(Int64(result.decision.affectedCount))),
      ("counted", .int(Int64(decision.counted))),
      ("evidence", result.verdict.facts.visible),
      (
        "affectedResources",
        .array(
          decision.affected.prefix(Self.mostResources).map { resource in
            [
              "id": .string(Escaping.terminal(resource.id)),
              "label": .string(Escaping.terminal(resource.label)),
              "values": result.verdict.facts(of: resource).visible,
            ]
          })
      ),
    ]
  }

  private static func baselineState(_ urgency: Urgency) -> String {
    switch urgency {
    case .newFailure: "new"
    case .worse: "updated"
    default: "unchanged"
    }
  }

  /// An exception that wants a decision.
  private init?(_ item: ExceptionPlan, changes: [Change]?) {
    guard let rule = SARIFRule(item.state), let call = item.callText else { return nil }
    self.rule = rule
    level = rule.level
    message = Self.message(call)
    location = SARIFLocation(item.exception)
    subject = item.exception.name
    qualifiedSubject = "exception/\(item.exception.name)"
    fingerprint = Digest.sha256("exception\n\(item.exception.name)\n\(item.state.rawValue)")
    baselineState = changes.map { changes in
      changes.contains { $0.exception == item.exception.name && $0.isPressing }
        ? "new" : "unchanged"
    }
    properties = [("owner", .string(Escaping.terminal(item.exception.owner)))]
  }

  /// What is not seen of an instance.
  private init?(_ gaps: Gaps, changes: [Change]?) {
    guard let location = SARIFLocation(gaps.instance) else { return nil }
    rule = .gap
    level = rule.level
    let sentences = gaps.sentences.map { Escaping.terminal($0) }
    message = Self.message("\(gaps.instance.name): \(sentences.joined(separator: "; "))")
    self.location = location
    subject = gaps.instance.name
    qualifiedSubject = "\(gaps.instance.app)/\(gaps.instance.name)"
    fingerprint = Digest.sha256("gap\n\(gaps.instance.name)")
    baselineState = changes.map { changes in
      changes.contains { change in
        change.instance == gaps.instance.name
          && [.suspect, .observationStale, .collectionIncomplete].contains(change.type)
      } ? "new" : "unchanged"
    }
    properties = [("app", .string(gaps.instance.app))]
  }

  /// One line in which no tenant's text becomes a link: `[text](target)` is one in a message
  /// (SARIF 2.1.0, 3.11.6).
  private static func message(_ text: String) -> String {
    Escaping.terminal(text, to: longestMessage).replacing("](", with: "] (")
  }
}

extension SARIFLocation {
  init?(_ instance: InstancePlan) {
    guard let mark = instance.mark else { return nil }
    self.init(mark, name: instance.name)
  }

  init(_ exception: Exception) { self.init(exception.mark, name: exception.name) }

  private init(_ mark: Mark, name: String) {
    file = mark.file
    line = mark.line
    column = mark.column
    endColumn = mark.column + name.unicodeScalars.count
  }
}
