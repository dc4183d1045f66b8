internal import Posture
internal import Text

/// One result as the formats for other programs tell it.
struct Finding {
  let result: RecommendationResult
  let recommendation: Recommendation
  let instance: InstancePlan
  let urgency: Urgency
  /// What changed about it.
  let changes: [Change]

  /// Every result of the plan, new failures first, then what got worse, then what stays.
  static func of(_ plan: Comparison) -> [Finding] {
    let index = UrgencyIndex(plan)
    let instances = plan.instances.keyed(by: \.name)
    return index.sorted(plan.instances.flatMap(\.results)).compactMap { result, urgency in
      guard let instance = instances[result.instance], let known = result.recommendation else {
        return nil
      }
      return Finding(
        result: result, recommendation: known, instance: instance, urgency: urgency,
        changes: index.changes(of: result))
    }
  }

  /// Not compliant, and neither an accepted risk nor resolved elsewhere: work, planned or not.
  var isFailure: Bool {
    result.decision.compliance == .notCompliant
      && (result.status == .toAddress || result.status == .planned)
  }

  /// What changed of the verdict first and foremost; nil where only settings drifted, or nothing.
  var news: Change? {
    let verdicts = changes.filter { !$0.type.isDrift }
    return verdicts.first { $0.type != .affectedAdded && $0.type != .affectedRemoved }
      ?? verdicts.first
  }

  // MARK: Words, escaped as for a terminal: one line, nothing hidden

  /// `Okta Contoso EU (okta-contoso-eu)`.
  var instanceText: String {
    let name = Escaping.clipped(instance.displayName, to: 120)
    return Escaping.terminal(
      name == instance.name ? name : "\(name) (\(instance.name))")
  }

  /// `was compliant, the tenant changed`; nil where nothing changed.
  var newsText: String? {
    guard let news else { return nil }
    let words =
      switch news.type {
      case .new: "new"
      case .affectedAdded: "more resources are affected"
      case .affectedRemoved: "fewer resources are affected"
      default: "was \(Words.of(news.from))"
      }
    return Escaping.terminal("\(words), \(Words.of(news.cause))")
  }

  /// The first affected resources, each with the values that decide about it: `Default Policy
  /// (minLength: 8 (expected at least 12)), Kiosks and 3 more`; nil where none is named.
  func affectedText(most: Int) -> String? {
    let decision = result.decision
    let named = decision.affected.prefix(most).map { resource in
      let name = Words.resource(
        label: Escaping.clipped(resource.label, to: 80), id: Escaping.clipped(resource.id, to: 80))
      let facts = result.verdict.decidingFacts(of: resource).text(most: 3, longest: 60)
      return Escaping.terminal(name + (facts.map { " (\($0))" } ?? ""))
    }
    guard !named.isEmpty else { return nil }
    let rest = decision.affectedCount - named.count
    return named.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }

  /// What was found of the instance as a whole beside what was expected:
  /// `superAdministrators: 5 (expected 2 to 4)`; nil where nothing was.
  func factsText(most: Int = 5) -> String? {
    result.verdict.facts.text(most: most).map { Escaping.terminal($0) }
  }

  /// What is the case, in one paragraph.
  func sentence(mostResources: Int = 10) -> String {
    var parts = ["\(instanceText): \(Words.of(result.decision.compliance))"]
    if let extent = result.extent { parts[0] += ", \(extent)" }
    if let reason = result.decision.reasonText { parts.append(Escaping.terminal(reason)) }
    if let facts = factsText() { parts.append(facts) }
    if let affected = affectedText(most: mostResources) { parts.append(affected) }
    if let newsText { parts.append(newsText) }
    if let exception = result.exception, let status = result.status {
      parts.append("\(status.rawValue) by exception \(exception)")
    }
    if let source = result.sourceText { parts.append(source) }
    if result.isStale { parts.append("as recorded, not observed now") }
    return parts.joined(separator: "; ") + "."
  }

  /// What to do about it, with where: lines of plain text.
  var remedyLines: [String] {
    var lines = Escaping.terminalLines(recommendation.remediation)
    if let manage = result.manage.flatMap(Escaping.linkTarget) { lines.append(manage) }
    return lines
  }
}

extension Exception {
  /// Why it was decided, by whom and until when, in one line.
  var decisionText: String {
    let day = expires.map { ", until \($0)" } ?? ""
    return Escaping.terminal("\(justification) (\(owner)\(day))")
  }
}

extension ExceptionPlan {
  /// What its state asks for, in one sentence; nil while it is active.
  var callText: String? {
    let day = exception.expires.map { " on \($0)" } ?? ""
    let owner = Escaping.clipped(exception.owner, to: 120)
    let text: String? =
      switch standing.state {
      case .active: nil
      case .expired:
        "exception \(exception.name) ended\(day), owner \(owner): renew it, or fix what it covered and delete it"
      case .expiringSoon:
        "exception \(exception.name) ends\(day), owner \(owner): renew it, or fix what it covers"
      case .unused:
        "exception \(exception.name) covers nothing that is amiss any more, owner \(owner): delete it"
      }
    return text.map { Escaping.terminal($0) }
  }
}
