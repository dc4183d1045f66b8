internal import Posture

/// What a plan could not see, told per instance: a posture with holes says where they are.
struct Gaps {
  let instance: InstancePlan
  /// Why the whole instance is not seen as it is now.
  let staleReason: StaleReason?
  let collections: [CollectionSummary]
  /// How many recommendations are unknown because of each of those collections.
  private var unknownBy: [String: Int] = [:]
  /// How many are unknown because the whole instance is not seen.
  private var unseen = 0
  /// How many are unknown because of each of several sources that is not seen.
  private var unknownWithout: [String: Int] = [:]
  /// Unknown recommendations by the reason, most first.
  let unknown: [(reason: String, recommendations: [String])]

  /// Nil when everything of the instance is seen, or nothing is looked for.
  init?(_ instance: InstancePlan) {
    guard instance.recommendations else { return nil }
    self.instance = instance
    staleReason = instance.staleReason
    collections = instance.collections.filter { $0.state != .complete }
    var reasons: [String: [String]] = [:]
    let missing = Set(collections.map(\.name))
    for result in instance.results where result.decision.compliance == .unknown {
      // Why a collection is not whole is told once, with the collection.
      if case .incomplete(let collection, _, _)? = result.decision.reason,
        missing.contains(collection)
      {
        unknownBy[collection, default: 0] += 1
        continue
      }
      // So is why the whole instance is not seen.
      if let staleReason = instance.staleReason,
        result.decision.reason == .unseen(staleReason)
      {
        unseen += 1
        continue
      }
      // So is why a source is not seen.
      if case .sourceUnseen(_, let source, _)? = result.decision.reason,
        staleReason?.suspicion == nil, !instance.state.isUnseenAlike,
        instance.source(source)?.staleReason != nil
      {
        unknownWithout[source, default: 0] += 1
        continue
      }
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
  var sentences: [String] { sentences(most: 5) }

  /// - Parameter most: How many reasons are told of what is unknown; of the others, how many there are.
  func sentences(most: Int) -> [String] {
    var sentences: [String] = []
    let isOne = staleReason?.suspicion != nil || instance.state.isUnseenAlike
    let sources = isOne ? [] : instance.sources
    sentences += sources.compactMap { source in
      let count = unknownWithout[source.name] ?? 0
      return source.staleReason.map {
        "source \(source.name) is not seen now: \(Phrases.text(of: $0))"
          + (count > 0 ? "; \(Words.count(count, "recommendation")) unknown" : "")
      }
    }
    let unjudged = Words.count(unseen, "recommendation") + " unknown"
    if sentences.isEmpty, let staleReason {
      sentences.append(
        "not observed now: \(Phrases.text(of: staleReason))" + (unseen > 0 ? "; \(unjudged)" : ""))
    } else if unseen > 0 {
      sentences.append("\(unjudged), as none of the sources is seen now")
    }
    sentences += collections.map { collection in
      let count = unknownBy[collection.name] ?? 0
      return Phrases.text(of: collection)
        + (count > 0 ? "; \(Words.count(count, "recommendation")) unknown" : "")
    }
    sentences += unknown.prefix(most).map { reason, names in
      names.count == 1
        ? "\(names[0]) is unknown: \(reason)" : "\(names.count) recommendations unknown: \(reason)"
    }
    if unknown.count > most {
      let rest = unknown.dropFirst(most).reduce(0) { $0 + $1.recommendations.count }
      sentences.append("\(Words.count(rest, "more recommendation")) unknown for other reasons")
    }
    return sentences
  }
}
