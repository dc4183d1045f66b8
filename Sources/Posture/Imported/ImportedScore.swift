/// An imported score in a plan: a vendor's own recommendations, read through one instance, and what the
/// exceptions of the desired state would write into it.
package struct ImportedScore: Sendable {
  /// The source that recommends and scores.
  package let source: ImportedSource
  /// The name of the instance that it was read through, whose score it is.
  package let instance: String
  /// When the source made the score; nil when there is none.
  package let scoredAt: Instant?
  /// The source's own total of points earned; nil when there is no score.
  package let current: ImportedPoints?
  /// The source's own total of points that can be earned; nil when there is no score.
  package let possible: ImportedPoints?
  /// Why there are no recommendations or points now, and the recorded ones stand; nil when there
  /// are.
  package let obstacle: Reason?
  /// Sorted by identifier.
  package var recommendations: [ImportedRecommendation]
  /// What would make the source say what the exceptions say, in order of identifier.
  package var effects: [Effect]
  /// What came of earlier effects, in order of identifier.
  package var records: [Effect.Record]
  /// The total of those that count beside the native recommendations; a filter does not change it.
  package let counted: Total

  package init(
    source: ImportedSource, instance: String, scoredAt: Instant?, current: ImportedPoints?,
    possible: ImportedPoints?, obstacle: Reason?, recommendations: [ImportedRecommendation],
    effects: [Effect], records: [Effect.Record]
  ) {
    self.source = source
    self.instance = instance
    self.scoredAt = scoredAt
    self.current = current
    self.possible = possible
    self.obstacle = obstacle
    self.recommendations = recommendations
    self.effects = effects
    self.records = records
    counted = Total(recommendations)
  }

  /// What its effects are carried out on.
  package var target: Effect.Target { .imported(source, instance: instance) }

  /// Points of imported recommendations that no native one stands for.
  ///
  /// A total of its own: none of it is in the score of an instance or initiative.
  package struct Total: Sendable, Hashable {
    /// The points that they earn.
    package let earned: ImportedPoints
    /// The points that they can earn.
    package let possible: ImportedPoints
    /// How many recommendations count.
    package let count: Int
    /// How many recommendations are the same practice as a native one, and count there alone.
    package let same: Int

    init(_ recommendations: [ImportedRecommendation]) {
      let counted = recommendations.filter(\.isCounted)
      earned = counted.reduce(.zero) { $0 + ($1.control.earned ?? .zero) }
      possible = counted.reduce(.zero) { $0 + $1.control.possible }
      count = counted.count
      same = recommendations.count { !$0.same.isEmpty && $0.isScored }
    }
  }
}
