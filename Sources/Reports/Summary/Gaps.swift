internal import Posture

/// What a plan could not see, told per instance: a posture with holes says where they are.
struct Gaps {
  let instance: InstancePlan
  /// Why the whole instance is not seen as it is now.
  let staleReason: String?
  let collections: [CollectionSummary]
  /// Unknown recommendations by the reason, most first.
  let unknown: [(reason: String, count: Int)]

  /// Nil when everything of the instance is seen, or nothing is looked for.
  init?(_ instance: InstancePlan) {
    guard instance.recommendations else { return nil }
    self.instance = instance
    staleReason = instance.staleReason
    collections = instance.collections.filter { $0.state != .complete }
    var counts: [String: Int] = [:]
    for result in instance.results where result.evaluation.compliance == .unknown {
      counts[result.evaluation.reason ?? "no reason was given", default: 0] += 1
    }
    unknown = counts.map { (reason: $0.key, count: $0.value) }
      .sorted { $0.count != $1.count ? $0.count > $1.count : $0.reason < $1.reason }
    if staleReason == nil && collections.isEmpty && unknown.isEmpty { return nil }
  }

  static func of(_ plan: Plan) -> [Gaps] { plan.instances.compactMap(Gaps.init) }

  /// Each a sentence.
  var sentences: [String] {
    var sentences: [String] = []
    if let staleReason { sentences.append("not observed now: \(staleReason)") }
    sentences += collections.map { collection in
      "collection \(collection.name) is \(collection.state.rawValue)"
        + (collection.reason.map { ": \($0)" } ?? "")
    }
    sentences += unknown.prefix(5).map { reason, count in
      "\(Words.count(count, "recommendation")) unknown: \(reason)"
    }
    if unknown.count > 5 {
      let rest = unknown.dropFirst(5).reduce(0) { $0 + $1.count }
      sentences.append("\(Words.count(rest, "more recommendation")) unknown for other reasons")
    }
    return sentences
  }
}
