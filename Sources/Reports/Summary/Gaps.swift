internal import Posture

/// What a plan could not see, told per instance: a posture with holes says where they are.
struct Gaps {
  let instance: InstancePlan
  /// Why the whole instance is not seen as it is now.
  let staleReason: StaleReason?
  let collections: [CollectionSummary]
  /// Unknown recommendations by the reason, most first.
  let unknown: [(reason: String, recommendations: [String])]

  /// Nil when everything of the instance is seen, or nothing is looked for.
  init?(_ instance: InstancePlan) {
    guard instance.recommendations else { return nil }
    self.instance = instance
    staleReason = instance.staleReason
    collections = instance.collections.filter { $0.state != .complete }
    var reasons: [String: [String]] = [:]
    for result in instance.results where result.decision.compliance == .unknown {
      reasons[result.decision.reasonText ?? "no reason was given", default: []]
        .append(result.name)
    }
    unknown = reasons.map { (reason: $0.key, recommendations: $0.value) }.sorted { left, right in
      let counts = (left.recommendations.count, right.recommendations.count)
      return counts.0 != counts.1 ? counts.0 > counts.1 : left.reason < right.reason
    }
    if staleReason == nil && collections.isEmpty && unknown.isEmpty { return nil }
  }

  static func of(_ plan: Comparison) -> [Gaps] { plan.instances.compactMap(Gaps.init) }

  /// Each a sentence.
  var sentences: [String] {
    var sentences: [String] = []
    if let staleReason { sentences.append("not observed now: \(Phrases.text(of: staleReason))") }
    sentences += collections.map(Phrases.text)
    sentences += unknown.prefix(5).map { reason, names in
      names.count == 1
        ? "\(names[0]) is unknown: \(reason)" : "\(names.count) recommendations unknown: \(reason)"
    }
    if unknown.count > 5 {
      let rest = unknown.dropFirst(5).reduce(0) { $0 + $1.recommendations.count }
      sentences.append("\(Words.count(rest, "more recommendation")) unknown for other reasons")
    }
    return sentences
  }
}
