internal import Posture

/// Where what is known of an instance comes from; nothing where it has one source.
enum SourceWords {
  /// A sentence for each source, in their order: `api, observed at 2026-06-01T02:00:00Z: 54 collections`.
  static func of(_ instance: InstancePlan) -> [String] {
    instance.sources.map { source in
      let taken = instance.collections.count { $0.source == source.name }
      let seen = source.observedAt.map { "observed at \($0)" } ?? "never observed"
      return "\(source.name), \(seen): \(Words.count(taken, "collection"))"
        + (source.staleReason.map { "; not seen now: \(Phrases.text(of: $0))" } ?? "")
    }
  }
}

extension RecommendationResult {
  /// The names of the sources that it rests on, sorted and joined; nil where the instance has one source.
  var sourceText: String? {
    let names = Set(self.verdict.sources.values).sorted()
    return names.isEmpty ? nil : "from \(names.joined(separator: ", "))"
  }
}

extension Change.Kind {
  /// Whether it tells that something is seen again, or from elsewhere.
  var tellsSight: Bool {
    self == .observationRestored || self == .collectionRestored || self == .sourceChanged
  }
}
