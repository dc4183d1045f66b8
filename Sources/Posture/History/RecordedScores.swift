/// The scores that one report recorded, as they were printed.
package struct RecordedScores: Sendable, Hashable {
  /// In the order of the report.
  package var initiatives: [Initiative]
  /// In the order of the report.
  package var instances: [Instance]

  package init(initiatives: [Initiative], instances: [Instance]) {
    self.initiatives = initiatives
    self.instances = instances
  }

  /// The scores of what a comparison ends with, as its report will record them.
  package init(_ comparison: Comparison) {
    initiatives = comparison.initiatives.map { Initiative($0.score) }
    instances = comparison.instances.map { instance in
      Instance(
        name: instance.name, app: instance.app, score: instance.card.score.map(PrintedScore.init),
        verdicts: nil)
    }
  }

  /// The scores of what stands, computed of it: where what was recorded is about more than is told.
  package init(_ snapshot: Snapshot) {
    initiatives = snapshot.scores.map(Initiative.init)
    instances = snapshot.instances.map { instance in
      Instance(
        name: instance.name, app: instance.app, score: instance.score.map(PrintedScore.init),
        verdicts: nil)
    }
  }

  /// What a report recorded of a tracked initiative.
  package struct Initiative: Sendable, Hashable {
    /// The initiative's name.
    package let name: String
    /// The initiative's title at that time.
    package let title: String
    /// The score that it was to reach, in per cent.
    package let targetScore: Int
    /// Nil where nothing in it counted.
    package let score: PrintedScore?
    /// In the order of the report.
    package let metrics: [Metric]

    package init(
      name: String, title: String, targetScore: Int, score: PrintedScore?, metrics: [Metric]
    ) {
      self.name = name
      self.title = title
      self.targetScore = targetScore
      self.score = score
      self.metrics = metrics
    }

    fileprivate init(_ score: InitiativeScore) {
      let definition = score.definition
      self.init(
        name: definition.name, title: definition.title, targetScore: definition.targetScore,
        score: score.score.map(PrintedScore.init),
        metrics: score.metrics.map { metric in
          Metric(
            name: metric.definition.name, title: metric.definition.title,
            value: metric.card.score.map(PrintedScore.init))
        })
    }
  }

  /// What a report recorded of a metric.
  package struct Metric: Sendable, Hashable {
    /// The metric's name, unique in its initiative.
    package let name: String
    /// The metric's title at that time.
    package let title: String
    /// The metric's score; nil where nothing in it counted.
    package let value: PrintedScore?

    package init(name: String, title: String, value: PrintedScore?) {
      self.name = name
      self.title = title
      self.value = value
    }
  }

  /// What a report recorded of an instance.
  package struct Instance: Sendable, Hashable {
    /// The instance's name.
    package let name: String
    /// The app that it was of: `okta`.
    package let app: String
    /// Nil where nothing on it counted.
    package let score: PrintedScore?
    /// The digest of its verdicts and decisions; nil in reports of a Plumb that did not record it.
    package let verdicts: String?

    package init(name: String, app: String, score: PrintedScore?, verdicts: String?) {
      self.name = name
      self.app = app
      self.score = score
      self.verdicts = verdicts
    }
  }
}
