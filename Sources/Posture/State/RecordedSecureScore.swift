/// Microsoft Secure Score as it was recorded of one instance.
package struct RecordedSecureScore: Sendable, Hashable {
  /// What was read; without remediation.
  package var observation: SecureScoreObservation
  /// How each control stood, by identifier.
  package var standings: [String: Standing]
  package var records: [SecureScoreRecord]

  package init(
    observation: SecureScoreObservation, standings: [String: Standing],
    records: [SecureScoreRecord]
  ) {
    self.observation = observation
    self.standings = standings
    self.records = records
  }

  package struct Standing: Sendable, Hashable {
    package var compliance: Compliance
    package var status: Status?
    package var exception: String?
    /// The instance that it speaks of, where that can be told and is another than it was read through.
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

  /// What apply would record of a plan.
  package init(_ plan: SecureScorePlan) {
    observation = SecureScoreObservation()
    observation.scoredAt = plan.scoredAt
    observation.current = plan.current
    observation.possible = plan.possible
    observation.controls = plan.recommendations.map { recommendation in
      var control = recommendation.control
      control.remediation = ""
      return control
    }
    standings = Dictionary(
      plan.recommendations.map {
        (
          $0.control.id,
          Standing(
            compliance: $0.compliance, status: $0.status, exception: $0.exception,
            instance: $0.instance == plan.instance ? nil : $0.instance)
        )
      }, uniquingKeysWith: { first, _ in first })
    records = plan.records
  }

  /// What apply would record of plans, by the instance they were read through.
  package static func all(in plans: [SecureScorePlan]) -> [String: RecordedSecureScore] {
    Dictionary(
      plans.map { ($0.instance, RecordedSecureScore($0)) }, uniquingKeysWith: { first, _ in first })
  }
}
