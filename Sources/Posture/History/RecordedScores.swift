/// The scores that one report recorded, as they were printed.
package struct RecordedScores: Sendable, Hashable {
  package var initiatives: [Initiative]
  package var instances: [Instance]

  package init(initiatives: [Initiative], instances: [Instance]) {
    self.initiatives = initiatives
    self.instances = instances
  }

  package struct Initiative: Sendable, Hashable {
    package let name: String
    package let title: String
    package let targetScore: Int
    package let score: PrintedScore?
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
  }

  package struct Metric: Sendable, Hashable {
    package let name: String
    package let title: String
    package let value: PrintedScore?

    package init(name: String, title: String, value: PrintedScore?) {
      self.name = name
      self.title = title
      self.value = value
    }
  }

  package struct Instance: Sendable, Hashable {
    package let name: String
    package let app: String
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
