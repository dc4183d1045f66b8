package import Observation
package import Posture

/// Carries out what a plan would write into Microsoft Secure Score.
package struct SecureScoreSync: Sendable {
  private let credentials: CredentialSource
  private let options: ObserverOptions

  package init(credentials: CredentialSource, options: ObserverOptions) {
    self.credentials = credentials
    self.options = options
  }

  /// The plan with what came of it: it is recorded with the plan, so that a report says what was
  /// written, and what was not.
  ///
  /// A run that was killed behind a write finds it written when it comes again; nothing is lost but
  /// the report's word for it.
  func carriedOut(
    _ plan: Plan, desired: DesiredState
  ) async throws(ObservationFault) -> Plan {
    var plan = plan
    let targets = try ObservationTarget.all(in: desired, credentials: credentials)
    var scores = plan.secureScores
    for index in scores.indices {
      let score = scores[index]
      guard !score.writes.isEmpty, let target = targets.first(where: { $0.name == score.instance })
      else { continue }
      let results = await SecureScoreWriter.write(score.writes, to: target, options: options)
      let observation = plan.instances.first { $0.name == score.instance }?.observationDigest
      let records = zip(score.writes, results).map { write, result in
        SecureScoreRecord(
          control: write.control, title: write.title, state: write.to, exception: write.exception,
          outcome: result.outcome, reason: result.reason, decision: result.decision, at: plan.at,
          observation: observation)
      }
      scores[index].record(records)
    }
    plan.record(scores)
    return plan
  }
}

extension SecureScorePlan {
  /// Takes in what came of the writes.
  mutating func record(_ new: [SecureScoreRecord]) {
    var byControl = Dictionary(
      records.map { ($0.control, $0) }, uniquingKeysWith: { first, _ in first })
    for record in new {
      // The same failure again is no news: it keeps its time.
      if let old = byControl[record.control], old.says(record) {
        byControl[record.control] = old
      } else {
        byControl[record.control] = record
      }
      guard record.outcome != .failed else { continue }
      writes = writes.compactMap { write in
        guard write.control == record.control else { return write }
        return record.outcome == .leftAlone ? write.leftAlone(record) : nil
      }
    }
    records = byControl.values.sorted { $0.control < $1.control }
  }
}

extension SecureScoreWrite {
  fileprivate func leftAlone(_ record: SecureScoreRecord) -> SecureScoreWrite {
    SecureScoreWrite(
      control: control, title: title, from: record.decision ?? from, to: to, exception: exception,
      comment: comment, obstacle: record.reason)
  }
}

extension SecureScoreRecord {
  /// Whether another record says the same, whenever it was made.
  fileprivate func says(_ other: SecureScoreRecord) -> Bool {
    control == other.control && state == other.state && exception == other.exception
      && outcome == other.outcome && reason == other.reason && decision == other.decision
      && observation == other.observation
  }
}

extension Plan {
  /// What could not be written into Microsoft Secure Score, with its instance.
  package var failedWrites: [(instance: String, record: SecureScoreRecord)] {
    comparison.secureScores.flatMap { score in
      score.records.filter { $0.outcome == .failed }.map { (score.instance, $0) }
    }
  }
}
