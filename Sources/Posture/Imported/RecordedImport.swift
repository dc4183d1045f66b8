internal import Text

/// An imported score as it was recorded of one instance.
package struct RecordedImport: Sendable, Hashable {
  /// The source that it was read from.
  package let source: ImportedSource
  /// What was read, without remediation and without an obstacle.
  package var observation: ImportedObservation
  /// How each control stood, by identifier.
  package var standings: [String: ControlRecord]
  /// What came of effects, in order of identifier.
  package var records: [Effect.Record]

  package init(
    source: ImportedSource, observation: ImportedObservation, standings: [String: ControlRecord],
    records: [Effect.Record]
  ) {
    self.source = source
    self.observation = observation
    self.standings = standings
    self.records = records
  }

  /// How a control stood when it was recorded.
  package struct ControlRecord: Sendable, Hashable {
    /// How the source scored it, in Plumb's words.
    package var compliance: Compliance
    /// What was decided; nil when the source did not score it.
    package var status: Status?
    /// The name of the exception that gave the status; nil when none did.
    package var exception: String?
    /// The name of the instance that it speaks of; nil where that can't be told, and where it is
    /// the one that it was read through.
    package var instance: String?

    package init(
      compliance: Compliance, status: Status?, exception: String?, instance: String? = nil
    ) {
      self.instance = instance
      self.compliance = compliance
      self.status = status
      self.exception = exception
    }
  }

  /// What apply would record of a score.
  package init(_ score: ImportedScore) {
    source = score.source
    observation = ImportedObservation()
    observation.scoredAt = score.scoredAt
    observation.current = score.current
    observation.possible = score.possible
    observation.controls = score.recommendations.map { recommendation in
      var control = recommendation.control
      control.remediation = ""
      return control
    }
    standings = Dictionary(
      firstOf: score.recommendations.map {
        (
          $0.control.id,
          ControlRecord(
            compliance: $0.compliance, status: $0.status, exception: $0.exception,
            instance: $0.instance == score.instance ? nil : $0.instance)
        )
      })
    records = score.records
  }

  /// What apply would record of several, by the instance they were read through.
  package static func all(of scores: [ImportedScore]) -> [String: RecordedImport] {
    Dictionary(firstOf: scores.map { ($0.instance, RecordedImport($0)) })
  }
}
